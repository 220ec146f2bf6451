import test from 'ava';
import { sumWeightedRows } from './weighted-rows.js';

test('every row has its own weight, whatever the number of rows', (t) => {
  const n = 3;
  for (let rows = 1; rows <= 9; rows++) {
    const weights = Float64Array.from({ length: rows }, (_, k) => k + 1);
    // Row k holds the digits of 10ᵏ: the sum shows the weight of every row.
    const entries = Float64Array.from({ length: rows * n }, (_, p) => 10 ** Math.floor(p / n) * ((p % n) + 1));
    const out = new Float64Array(n).fill(7);
    sumWeightedRows(weights, entries, out);
    const whole = Number('987654321'.slice(9 - rows));
    t.deepEqual(Array.from(out), [whole, 2 * whole, 3 * whole], `${rows} rows`);
  }
});
