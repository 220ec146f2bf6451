import test from 'ava';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';
import {
  additiveLeft,
  laplace,
  near,
  normalTail,
  normalTailError,
  type Plain,
  single,
  type UnitNoise,
  uniform,
} from './additive-run.js';
import { simulate } from './simulate.test.helper.js';

const [iterations, step, deviation] = [64, 1 / 16, 3 / 4];

/** d = r = ½x², of which r_γ = r: G = 2x/(1 + γ). */
const matched: Plain = { lipschitz: 1, mapping: (x, step) => (2 * x) / (1 + step), gap: (x) => x ** 2 };

/** A draw of the law of variance 1 by two numbers in (0, 1), written from its definition. */
const draws: readonly (readonly [UnitNoise, (u: number, v: number) => number])[] = [
  [uniform, (u) => Math.sqrt(3) * (2 * u - 1)],
  [laplace, (u, v) => Math.log(u / v) / Math.SQRT2],
];

test('simulated runs of workers that vote are in the enclosure', (t) => {
  const problem = single('d = r = ½x²', { ...matched, deviation, start: near(1) });
  for (const [noise, draw] of draws) {
    for (const workers of [1, 3]) {
      const [lower, upper] = additiveLeft({ problem, noise, iterations, step, workers, term: ({ size }) => size });
      const { mean, error } = simulate(2000, (seed) => {
        const random = keyedStream(streamKey(seed, `additive-run/${noise.name}/${workers}`, 1, 0));
        let [x, total] = [16.5 * step, 0];
        for (let i = 0; i < iterations; i++) {
          const mapping = (2 * x) / (1 + step);
          total += Math.abs(mapping) / iterations;
          let votes = 0;
          for (let m = 0; m < workers; m++)
            votes += Math.sign(mapping + deviation * draw(random.symmetric(), random.symmetric()));
          x -= step * Math.sign(votes);
        }
        return total;
      });
      t.true(upper - lower < 1e-6, `${noise.name}: ${upper - lower}`);
      t.true(Math.abs(mean - (lower + upper) / 2) < 5 * error, `${noise.name}, M = ${workers}: ${mean} and ${lower}`);
    }
  }
});

test('a margin is the mean of the sign where G is positive', (t) => {
  const margins: number[] = [];
  const term = ({ size, margin }: { size: number; margin: number }): number => {
    if (size < 1 / 2) margins.push(margin - size / (deviation * Math.sqrt(3)));
    return 0;
  };
  const problem = single('d = r = ½x²', { ...matched, deviation, start: near(0) });
  additiveLeft({ problem, noise: uniform, iterations, step, term });
  t.true(margins.length > 4);
  for (const difference of margins) t.true(Math.abs(difference) < 1e-14, `${difference}`);
});

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
