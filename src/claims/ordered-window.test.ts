import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { orderedWindow } from './ordered-window.js';

test('values are taken in the order of the tasks, for any durations', async (t) => {
  const taken: number[] = [];
  let running = 0;
  let most = 0;
  const task = async (index: number): Promise<number> => {
    most = Math.max(most, ++running);
    await sleep((7 * index) % 5);
    running--;
    return index;
  };
  const window = orderedWindow(4);
  for (let i = 0; i < 20; i++) await window.add(task(i), (value) => taken.push(value));
  await window.drain();
  t.deepEqual(
    taken,
    Array.from({ length: 20 }, (_, i) => i),
  );
  t.is(most, 4);
});

test('the first error in the order of the tasks is the one that is thrown', async (t) => {
  const taken: number[] = [];
  const window = orderedWindow(3);
  const failing = async (milliseconds: number, message: string): Promise<number> => {
    await sleep(milliseconds);
    throw new Error(message);
  };
  await window.add(Promise.resolve(0), (value) => taken.push(value));
  await window.add(failing(20, 'first'), (value) => taken.push(value));
  await window.add(failing(0, 'second'), (value) => taken.push(value)).catch(() => {});
  await t.throwsAsync(window.drain(), { message: 'first' });
  await window.abandon();
  t.deepEqual(taken, [0]);
});
