import test from 'ava';
import { normalTail, normalTailError } from './normal-tail.js';

test('the normal tail is that of the tables, and falls', (t) => {
  // Abramowitz and Stegun, table 26.1.
  const table = new Map([
    [0, 0.5],
    [0.5, 0.308537538725987],
    [1, 0.158655253931457],
    [2, 0.022750131948179],
    [3, 0.00134989803163],
    [5, 2.866515719e-7],
  ]);
  for (const [z, value] of table) t.true(Math.abs(normalTail(z) - value) < normalTailError, `${z}`);
  t.is(normalTail(40), 0);
  for (let z = 0; z < 9; z += 1 / 64) t.true(normalTail(z + 1 / 64) <= normalTail(z) + normalTailError);
});
