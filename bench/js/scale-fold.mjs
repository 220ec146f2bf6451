// Argument: tasks, each a range of one replicate, which comes back as a worker sends it. They are the replicates of rows at the null, where no e-process
// crosses, so that each row takes 50 000 of them and then looks for its upper bound.
import { readValues, valuesMessage } from '../../dist/src/executors/queue/messages.js';
import { decideBound } from '../../dist/src/statistics/decision.js';

const tasks = Number(process.argv[2]);
const maximumReplicates = 50_000;
const answers = [0, 2].map((left) => valuesMessage({ values: Float64Array.of(left) }, 1));
const source = async (from, to) => {
  const values = new Float64Array(to - from);
  for (let i = from; i < to; i++) values.set(readValues(answers[i % 2], 1).values, i - from);
  return values;
};
const before = process.cpuUsage();
for (let row = 0; row < tasks / maximumReplicates; row++) {
  await decideBound({ bound: 1, cap: 4, maximumReplicates, rho: 0.1 }, source);
}
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
