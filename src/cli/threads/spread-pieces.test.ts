import test from 'ava';
import { decidePieces, joinPieces, left, noneTaken } from './spread-pieces.js';

const planned = ['a', 'b', 'c', 'd', 'e'];
const nowhere = new Map<number, string>();
const loud = async (each: string): Promise<string> => each.toUpperCase();
const failing =
  (...these: string[]) =>
  async (each: string): Promise<string> => {
    if (these.includes(each)) throw new Error(`no ${each}`);
    return loud(each);
  };

test('threads that share a counter decide each piece exactly once', async (t) => {
  const taken = noneTaken();
  t.is(left(taken, 5), 5);
  const [one, other] = await Promise.all([decidePieces(taken, planned, loud), decidePieces(taken, planned, loud)]);
  t.deepEqual([...one.found.keys(), ...other.found.keys()].sort(), [0, 1, 2, 3, 4]);
  t.is(left(taken, 5), 0);
  const never = async (): Promise<string> => t.fail() as never;
  for (const [own, others] of [
    [one, other],
    [other, one],
  ] as const) {
    t.deepEqual(await joinPieces(planned, own, others.found, never), ['A', 'B', 'C', 'D', 'E']);
  }
});

test('after a failed piece no more are taken, and the error is that of the first failing piece', async (t) => {
  const taken = noneTaken();
  const decide = failing('b', 'd');
  const own = await decidePieces(taken, planned, decide);
  t.deepEqual([...own.found], [[0, 'A']]);
  t.is(own.failed?.piece, 1);
  t.is(left(taken, 5), 0);
  await t.throwsAsync(joinPieces(planned, own, nowhere, decide), { message: 'no b' });
  // Another thread failed at b, and this one at d.
  const late = { found: new Map([[2, 'C']]), failed: { piece: 3, error: new Error('no d') } };
  await t.throwsAsync(joinPieces(planned, late, new Map([[0, 'A']]), decide), { message: 'no b' });
  // What another thread failed at by itself, because it was lost, is found here.
  const whole = { found: new Map([[0, 'A']]) };
  t.deepEqual(await joinPieces(planned, whole, nowhere, loud), ['A', 'B', 'C', 'D', 'E']);
});
