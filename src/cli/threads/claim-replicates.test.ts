import test from 'ava';
import type { Executor } from '../../claims/claim.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { untilIdle } from './claim-replicates.js';

const job = {
  module: 'data:text/javascript,export const replicate = (_, index) => index * index;',
  parameters: {},
};
const ownThread = localExecutor({ workers: 0 }).run;
const squares = (from: number, to: number) => Float64Array.from({ length: to - from }, (_, i) => (from + i) ** 2);

/** Every thread, which tells what it is asked for. */
function everyThread() {
  const asked: (readonly [number, number])[] = [];
  const run: Executor['run'] = (own, from, to, take) => {
    asked.push([from, to]);
    return ownThread(own, from, to, take);
  };
  return { asked, run };
}

test('a range that started on one thread moves to all threads once one is idle', async (t) => {
  for (const after of [0, 1, 5, 11, 12, Number.POSITIVE_INFINITY]) {
    const idle = Int32Array.of(after === 0 ? 1 : 0);
    const { asked, run } = everyThread();
    const taken: number[] = [];
    const values = await untilIdle(ownThread, run, idle)(job, 3, 15, (piece) => {
      taken.push(...piece);
      if (taken.length >= after) idle[0] = 1;
      return true;
    });
    t.deepEqual(values, squares(3, 15), `idle after ${after}`);
    t.deepEqual(taken, [...squares(3, 15)]);
    t.deepEqual(asked, after < 12 ? [[3 + after, 15]] : []);
  }
});

test('replicates that are no longer needed are requested from no thread', async (t) => {
  const idle = Int32Array.of(0);
  const { asked, run } = everyThread();
  const values = await untilIdle(ownThread, run, idle)(job, 0, 8, ([value]) => {
    if (value === 4) idle[0] = 1;
    return value !== 4;
  });
  t.deepEqual(values, squares(0, 3));
  t.deepEqual(asked, []);
});
