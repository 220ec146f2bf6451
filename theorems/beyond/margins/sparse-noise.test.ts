import test from 'ava';
import { keyedStream, streamKey } from '../../../src/reference/sampling/keyed-stream.js';
import { prepareBound } from '../../../src/theory/theorem/prepare-bound.js';
import { normal } from '../../shared/additive-run.js';
import { slopes, translated } from '../../shared/instances.js';
import { simulate } from '../../shared/simulate.test.helper.js';
import { skewedDraws, sparseDraws, sparseNoiseTheorem } from './sparse-noise.js';
import { gradientLeft, signLeft } from './sparse-noise-lines.js';

const smooth = { type: 'quadratic', curvature: 1, center: 0 };
const symmetric = { rarity: 1 / 8, symmetric: true };
const silence = (draws: ReturnType<typeof sparseDraws>, noise = symmetric) => {
  const prepared = prepareBound(
    sparseNoiseTheorem(noise),
    { name: 'x', problem: { smooth, ...draws }, start: [1] },
    16,
  );
  return 'silent' in prepared ? prepared.silent : prepared.assumed;
};

test('the theorem is silent about noise that is too frequent or not symmetric, and says where', (t) => {
  t.deepEqual(silence(sparseDraws(1 / 8, 16)), []);
  t.regex(String(silence(sparseDraws(1 / 4, 16))), /coordinate 1 occurs with probability 0\.25/);
  t.regex(String(silence(skewedDraws(1 / 8, 16, 7))), /not symmetric: -16 with probability 0\.109375, 112 with/);
  t.deepEqual(silence(skewedDraws(1 / 8, 16, 7), { rarity: 1 / 8, symmetric: false }), []);
});

test('noise that moves with x is searched, and assumed where nothing is found', (t) => {
  const huber = { type: 'huber', weight: 1, threshold: 1 };
  const pair = { functions: [huber, translated([1], huber)], probabilities: [0.9375, 0.0625] };
  t.regex(String(silence(pair)), /coordinate 1 occurs with probability/);
  const alike = { functions: [huber, huber, huber], probabilities: [0.5, 0.25, 0.25] };
  t.regex(String(silence(alike)), /found nothing against it/);
  t.deepEqual(silence({ functions: slopes(1, 1), probabilities: [0.5, 0.5] }), []);
});

const [iterations, rarity, size] = [256, 1 / 8, 16];

/** (1/T) Σ|x^{t−1}| of one run on d = ½x² from x⁰ = 1 with noise of Box and Muller. */
function run(seed: string, next: (x: number, noise: number) => number): number {
  const random = keyedStream(streamKey(seed, 'sparse-noise-size', 1, 0));
  let [x, sum] = [1, 0];
  for (let t = 0; t < iterations; t++) {
    sum += Math.abs(x);
    const drawn = Math.sqrt(-2 * Math.log(random.symmetric())) * Math.cos(2 * Math.PI * random.symmetric());
    x = next(x, random.symmetric() < rarity ? size * drawn : 0);
  }
  return sum / iterations;
}

test('simulated runs of signProx are in the enclosure, and those of SPGM above the lower end, though not by much', (t) => {
  const step = 1 / Math.sqrt(iterations);
  const gradient = simulate(400, (seed) => run(seed, (x, noise) => x - step * (x + noise)));
  const least = gradientLeft(size, rarity);
  t.true(gradient.mean - 5 * gradient.error > least, `${gradient.mean}`);
  t.true(gradient.mean + 5 * gradient.error < 2 * least, `${gradient.mean}`);

  const signs = simulate(4000, (seed) => run(seed, (x, noise) => x - (step / 2) * Math.sign(x + noise)));
  const [lower, upper] = signLeft(normal, size, rarity);
  t.true(upper - lower < 0.001);
  t.true(Math.abs(signs.mean - (lower + upper) / 2) < 5 * signs.error + (upper - lower), `${signs.mean}`);
});
