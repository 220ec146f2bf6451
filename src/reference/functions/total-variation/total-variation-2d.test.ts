import test from 'ava';
import seedrandom from 'seedrandom';
import { totalVariation2d } from '../index.js';
import { borderedImages } from './bordered-images.js';
import { totalVariationDual } from './total-variation-2d.js';
import { advance } from './total-variation-iteration.js';

const random = seedrandom('total variation');
const noise = Float64Array.from({ length: 12 * 10 }, () => random() - 0.5);
const image = noise.map((entry, i) => 0.5 * entry + (i % 10 > 3 ? 1 : 0));
const shape = [12, 10] as const;

const distance = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((entry, i) => entry - b[i]!));
const mean = (u: Float64Array): number => u.reduce((a, b) => a + b, 0) / u.length;
const spread = (u: Float64Array): number => distance(u, new Float64Array(u.length).fill(mean(u)));

for (const variant of ['isotropic', 'anisotropic'] as const) {
  test(`${variant}: the declared accuracy is kept, from far below the noise to a flat image`, (t) => {
    for (const step of [1e-4, 0.05, 0.5, 20, 1e6]) {
      const at = (accuracy: number): Float64Array =>
        totalVariation2d({ weight: 1, shape, variant, accuracy }).prox(image, step);
      const nearlyExact = at(1e-7);
      for (const accuracy of [1e-2, 1e-4, 1e-6]) {
        t.true(
          distance(at(accuracy), nearlyExact) <= (accuracy + 1e-7) * spread(image),
          `step ${step} accuracy ${accuracy}`,
        );
      }
      t.true(Math.abs(mean(nearlyExact) - mean(image)) < 1e-14, 'the mean is kept');
      if (step >= 20) t.true(spread(nearlyExact) < 1e-14, 'flat');
    }
  });
}

test('the variants measure the corner of a square differently', (t) => {
  const corner = Float64Array.of(1, 0, 0, 0);
  t.is(totalVariation2d({ weight: 2, shape: [2, 2], variant: 'anisotropic' }).value(corner), 4);
  t.is(totalVariation2d({ weight: 2, shape: [2, 2], variant: 'isotropic' }).value(corner), 2 * Math.SQRT2);
});

test('a warm start repeats itself for the same input; a cold one never depends on the calls before', (t) => {
  const other = noise.map((entry) => 3 * entry);
  const warm = totalVariation2d({ weight: 1, shape, variant: 'isotropic', warmStart: true });
  const first = warm.prox(image, 0.3);
  t.deepEqual(warm.prox(image, 0.3), first);
  warm.prox(other, 0.1);
  t.true(distance(warm.prox(image, 0.3), first) <= 2e-6 * spread(image));
  const cold = totalVariation2d({ weight: 1, shape, variant: 'isotropic' });
  const before = cold.prox(image, 0.3);
  cold.prox(other, 0.1);
  t.deepEqual(cold.prox(image, 0.3), before);
});

test('a small image that converges like 1/k is given as many iterations as it takes', (t) => {
  const step = 0.328125;
  const y = new Float64Array(22);
  y.set([1, -1], 10);
  const u = totalVariation2d({ weight: 1, shape: [11, 2], variant: 'isotropic' }).prox(y, step);
  // Flat but for the middle row: 10 pixels 0, then a and b, and 10 pixels c, with r = a − b + |(c − a, b − a)| + c − b.
  const [a, b, c] = u.subarray(10, 13) as unknown as [number, number, number];
  const length = Math.hypot(c - a, b - a);
  const near = (value: number, right: number) => t.true(Math.abs(value - right) <= 1e-5, `${value}, ${right}`);
  near(a, 1 - step * (1 + (2 * a - b - c) / length));
  near(b, -1 + step * (2 + (a - b) / length));
  near(10 * c, step * ((a - c) / length - 1));
  u.forEach((entry, i) => {
    if (i < 10 || i > 11) near(entry, i < 10 ? 0 : c);
  });
});

test('an accuracy below rounding is an error, not an answer', (t) => {
  const solve = totalVariationDual({ shape, isotropic: true, accuracy: 1e-30, warmStart: false });
  // 120 pixels are updated 10⁸ times in all.
  t.throws(() => solve(image, 0.05, new Float64Array(image.length)), {
    message: /^total-variation-2d: accuracy \S+ after 833336 iterations instead of 1e-30$/,
  });
  t.throws(() => totalVariation2d({ weight: 1, shape, variant: 'isotropic', accuracy: 1e-8 }), {
    message: /^total-variation-2d: accuracy is 1e-8; allowed: a finite number >= 1e-7$/,
  });
});

test('a step that leads uphill begins the momentum anew', (t) => {
  const images = borderedImages(5, 6);
  for (let row = 1; row <= 5; row++) for (let i = 1; i <= 6; i++) images.centered[7 * row + i] = Math.sin(i * row ** 2);
  const seen = [1];
  for (let k = 0; k < 60; k++) seen.push(advance(images, true, 0.25, seen.at(-1)!, 1));
  t.true(seen.slice(1).includes(1) && seen[1]! > 1);
});
