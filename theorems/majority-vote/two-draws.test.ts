import test from 'ava';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';
import { coin, fairSigns, level, parabolic, twoDraws } from './two-draws.js';
import { closeMargin, evenVoteCoefficient } from './vote-coefficients.js';

test('the mean of two fair signs is 0 half of the time', (t) => {
  const { wrong, deviation, noise } = twoDraws(coin);
  t.deepEqual(wrong, [3 / 4, 1 / 4, 1 / 4]);
  t.is(deviation, Math.SQRT2);
  t.is(noise.tail(0.1), 1 / 4);
  t.is(noise.tail(1.4), 1 / 4);
  t.is(noise.tail(1.5), 0);
});

test('sums of fair signs have their binomial law', (t) => {
  const { wrong, deviation } = twoDraws(fairSigns(2));
  // Two sums of four signs ±½ are eight of them.
  t.is(deviation, Math.SQRT2);
  const binomial = [1, 8, 28, 56, 70];
  for (const [count, k] of [
    [4, 0],
    [3, 1],
    [2, 2],
  ] as const)
    t.true(Math.abs(wrong[count]! - binomial.slice(0, k + 1).reduce((sum, value) => sum + value, 0) / 256) < 1e-15);
});

test('the tail of two draws is that of sums that are drawn', (t) => {
  const random = keyedStream(streamKey('1', 'two-draws', 1, 0));
  for (const draws of [parabolic(2), level(3)]) {
    const { noise, deviation } = twoDraws(draws);
    const total = draws.weights.reduce((sum, weight) => sum + weight, 0);
    const draw = (): number => {
      let left = random.symmetric() * total;
      const index = draws.weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return index - (draws.weights.length - 1) / 2;
    };
    const sums = Array.from({ length: 40_000 }, () => draw() + draw());
    const square = sums.reduce((sum, value) => sum + value ** 2, 0) / sums.length;
    t.true(Math.abs(square / deviation ** 2 - 1) < 0.04, draws.name);
    for (const z of [0.2, 0.7, 1.3]) {
      const share = sums.filter((sum) => sum < -z * deviation).length / sums.length;
      t.true(Math.abs(share - noise.tail(z)) < 0.012, `${draws.name}, z = ${z}: ${share}`);
    }
  }
});

test('E_M shrinks like 1/√M, and no law of two draws is close less often than its margin', (t) => {
  for (const workers of [1, 3, 25, 101, 1001]) {
    const { lower, upper } = evenVoteCoefficient(workers);
    const root = Math.sqrt(workers);
    t.true(
      lower * root > 0.74 && lower * root < 0.8959 && upper * root < 0.9,
      `E_${workers}√M in [${lower * root}, ${upper * root}]`,
    );
  }
  for (const draws of [coin, parabolic(1), parabolic(9), level(4), fairSigns(30)]) {
    const { wrong, deviation } = twoDraws(draws);
    wrong.forEach((p, count) => {
      if (count > 0) t.true(1 - 2 * p >= closeMargin(count / deviation), `${draws.name}, ${count}`);
    });
  }
  t.is(closeMargin(0), 0);
});
