import test from 'ava';
import { fromDouble, one, rational, toDouble, zero } from '../../../src/exact/arithmetic/rational.js';
import { chainLeft, meanMapping } from '../../shared/sign-chain.js';
import { alternation, climb, crests, plateau } from './sign-prox-lower-bound.js';

const setting = { step: 4, iterations: 5, miniBatch: 1, sigma: 0 };

const encloses = ([lower, upper]: readonly [number, number], value: number): boolean =>
  lower <= value && value <= upper && upper - lower < 2 ** -40;

test('d′ of the crests has slopes of at most 1, the period γ, and an integral that puts x⁰ as far above the infimum as is said', (t) => {
  const { chain, gap } = crests(setting);
  // h = γ/4 = 1; every kink is at a multiple of 1, so that trapezoids are exact.
  const slopes = Array.from({ length: 17 }, (_, k) => toDouble(meanMapping(chain, rational(BigInt(k - 8)))));
  t.deepEqual(slopes.slice(0, 5), [1, 0, -1, 0, 1]);
  t.deepEqual(slopes.slice(0, 5), slopes.slice(12));
  const values = [0];
  for (let k = 1; k < slopes.length; k++) values.push(values[k - 1]! + (slopes[k]! + slopes[k - 1]!) / 2);
  t.is(values.at(-1), 0);
  t.is(toDouble(gap), values[8]! - Math.min(...values));
  for (const [x, expected] of [
    [-1 / 4, 3 / 4],
    [-5 / 4, -1 / 4],
    [9 / 2, 1 / 2],
  ] as const)
    t.is(toDouble(meanMapping(chain, fromDouble(x))), expected);
});

test('without noise the left sides are those that their instances are made for', (t) => {
  const threshold = { ...setting, step: 1 / 2 };
  const { gap } = plateau(threshold);
  t.true(gap.lt(one) && toDouble(gap) > 0.999);
  t.true(encloses(chainLeft(alternation(threshold).chain), 1 / 4));
  t.is(toDouble(alternation(threshold).gap), 1 / 32);
  t.true(encloses(chainLeft(crests(setting).chain), 1));
  // √2 at most, which is where Δ = 1.
  const far = crests({ ...setting, step: 64 });
  t.true(far.gap.lte(one) && toDouble(far.gap) > 0.999);
});

test('the noise of a climb has mean 0, no more than its variance, and a d with f(x⁰) − f* of at most 1', (t) => {
  for (const sigma of [1 / 4, 1, 16, 64]) {
    const { gap, variance, chain } = climb({ ...setting, miniBatch: 16, sigma });
    t.true(gap.lte(one) && gap.gt(zero));
    t.true(variance.lte(fromDouble(sigma ** 2)) && toDouble(variance) > 0.999 * sigma ** 2);
    t.true(chainLeft(chain)[0] > 0);
  }
});
