import test from 'ava';
import { keyedStream, streamKey } from '../../../src/reference/sampling/keyed-stream.js';
import { simulate } from '../../shared/simulate.test.helper.js';
import { normal } from '../../shared/unit-noise.js';
import { gradientLeft, signLeft } from './sparse-noise-size.js';

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
