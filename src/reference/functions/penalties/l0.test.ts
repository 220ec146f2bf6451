import test from 'ava';
import { l0 } from '../index.js';

const at = (...entries: number[]): Float64Array => Float64Array.of(...entries);

test('the prox of l0 is a set at a tie: 0 is chosen, both are known', (t) => {
  const fn = l0({ weight: 2 });
  // 2γw = 4: a tie at |y| = 2.
  t.deepEqual([...fn.prox(at(2, -2, 2.5, 1.5, 0), 1)], [0, 0, 2.5, 0, 0]);
  t.deepEqual(fn.minimizers(at(2, -2, 2.5, 1.5, 0), 1), [[0, 2], [-2, 0], [2.5], [0], [0]]);
  t.deepEqual(l0({ weight: 0 }).minimizers(at(-1, 0), 1), [[-1], [0]]);
});

test('every minimiser of l0 is as good as any point of a fine grid, and no other grid point is', (t) => {
  for (const weight of [0.5, 2]) {
    for (const step of [0.25, 1, 4]) {
      const fn = l0({ weight });
      for (let k = -40; k <= 40; k++) {
        const y = k / 8;
        const objective = (u: number): number => (u - y) ** 2 / 2 + step * fn.value(at(u));
        const grid = [...Array(161).keys()].map((j) => (j - 80) / 16);
        const least = Math.min(...grid.map(objective));
        const best = grid.filter((u) => objective(u) === least);
        t.deepEqual(fn.minimizers(at(y), step)[0], best, `weight ${weight} step ${step} y ${y}`);
        t.true(best.includes(fn.prox(at(y), step)[0]!));
      }
    }
  }
});
