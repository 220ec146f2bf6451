// How many times the gradients of one thread two worker threads compute, each on a problem of its own, as the runs of a figure do: by
// the clock, and by CPU time, which leaves out waiting for a core. Both want a machine with two free cores: on a busy one the clock
// measures the others, and CPU time does not see what two at once cost each other. Turns of one and of two alternate. With
// `javascript` the matrices lie in plain arrays, which no WebAssembly sweeps.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { phaseRetrievalProblem, smooth } from '../../dist/src/index.js';

const [repeats, turns] = [60, 7];

if (isMainThread) {
  const argv = process.argv.slice(2);
  const workers = [0, 1].map(() => new Worker(new URL(import.meta.url), { argv }));
  const run = async (some) => {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const done = some.map((worker) => once(worker, 'message'));
    for (const worker of some) worker.postMessage('run');
    await Promise.all(done);
    const { user, system } = process.cpuUsage(cpu);
    return { clock: performance.now() - start, cpu: user + system };
  };
  await run(workers);
  const [one, two] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    one.push(await run(workers.slice(0, 1)));
    two.push(await run(workers));
  }
  const best = (runs) => Math.min(...runs.map(({ clock }) => clock));
  const total = (runs) => runs.reduce((sum, { cpu }) => sum + cpu, 0);
  console.log(
    `${((2 * best(one)) / best(two)).toFixed(2)} by the clock, ${((4 * total(one)) / total(two)).toFixed(2)} by CPU time`,
  );
  for (const worker of workers) worker.unref();
} else {
  const { problem, start } = phaseRetrievalProblem({ seed: 'bench' });
  const { matrix, ...rest } = problem.smooth.parameters;
  const { rows, columns, data } = matrix;
  const term =
    process.argv[2] === 'javascript'
      ? smooth.phaseRetrieval({ matrix: { rows, columns, data: Float64Array.from(data) }, ...rest })
      : problem.smooth;
  const gradient = new Float64Array(start.length);
  parentPort.on('message', () => {
    for (let k = 0; k < repeats; k++) term.gradient(start, gradient);
    parentPort.postMessage('done');
  });
}
