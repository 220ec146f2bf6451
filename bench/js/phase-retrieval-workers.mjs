// How many times the gradients of one thread two worker threads compute in the same time, each on a problem of its own, as the runs of
// a figure do. The turns of one and of two alternate; the best of each counts, because other load only slows.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { phaseRetrievalProblem } from '../../dist/src/index.js';

const [repeats, turns] = [60, 7];

if (isMainThread) {
  const workers = [new Worker(new URL(import.meta.url)), new Worker(new URL(import.meta.url))];
  const run = async (some) => {
    const start = performance.now();
    const done = some.map((worker) => once(worker, 'message'));
    for (const worker of some) worker.postMessage('run');
    await Promise.all(done);
    return performance.now() - start;
  };
  await run(workers);
  const [one, two] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    one.push(await run(workers.slice(0, 1)));
    two.push(await run(workers));
  }
  console.log(((2 * Math.min(...one)) / Math.min(...two)).toFixed(3));
  for (const worker of workers) worker.unref();
} else {
  const { problem, start } = phaseRetrievalProblem({ seed: 'bench' });
  const gradient = new Float64Array(start.length);
  parentPort.on('message', () => {
    for (let k = 0; k < repeats; k++) problem.smooth.gradient(start, gradient);
    parentPort.postMessage('done');
  });
}
