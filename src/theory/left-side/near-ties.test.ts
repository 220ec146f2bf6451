import test from 'ava';
import { signRate, spgmRate } from '../theorem/example-theorems.test.helper.js';
import type { BoundJob } from './bound-job.js';
import { nearTies } from './near-ties.js';

/** Ĝ is half the sum of the two slopes wherever both components are drawn. */
const jobOf = (slopes: readonly [number, number], change: Partial<BoundJob> = {}): BoundJob => ({
  problem: {
    smooth: { type: 'zero' },
    functions: slopes.map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  },
  ...{ start: [0], iterations: 5, step: 0.5, miniBatch: 2, signOfZero: 'zero' },
  ...{ seed: '1', check: 'near-ties', version: 1 },
  ...change,
});

test('signs of Ĝ that is 0, or within its few roundings of it, are in doubt: half of those of two draws of two', (t) => {
  for (const sum of [0, 2 ** -52, -(2 ** -51)]) {
    const share = /^(\S+) % of 256 signs of Ĝ are within rounding of 0/.exec(
      nearTies(signRate, jobOf([1, -1 + sum]))!,
    )!;
    t.true(Math.abs(Number(share[1]) - 50) < 15, `${share[1]} %`);
  }
});

test('the sign of Ĝ that is off 0 by more than its roundings is not in doubt', (t) => {
  // Ĝ = 2⁻⁴⁷ is 64 roundings of the slopes, which are sums of two.
  t.is(nearTies(signRate, jobOf([1, -1 + 2 ** -46])), undefined);
  t.is(nearTies(signRate, jobOf([-1, 1 - 2 ** -46])), undefined);
  t.is(nearTies(spgmRate, jobOf([1, -1])), undefined, 'SPGM takes no sign');
});
