import test from 'ava';
import { mean, sampleVariance } from 'simple-statistics';
import { type EProcess, holdsProcessWithCap, holdsProcessWithSecondMoment, violationProcess } from './e-process.js';
import { exponential, rateIsAbove, replicatesOf, twoPoint, uniform } from './laws.test.helper.js';
import { type KnownLaw, meanInterval } from './mean-interval.js';

test('the interval of a mean misses it at most as often as stated, on either side, at a stopping time', async (t) => {
  const error = 0.05;
  const runs = 200;
  // Stopped when it looks most wrong: skewed laws, for which mean ± 1.96 standard errors misses in a fifth of the runs and more.
  for (const [law, cap] of [
    [twoPoint(1, 0.02), 1],
    [twoPoint(1, 0.95), 1],
    [exponential(1), undefined],
  ] as const) {
    let misses = 0;
    let naive = 0;
    for (let run = 0; run < runs; run++) {
      const draws = await replicatesOf(law, `interval ${run}`)(0, 60);
      const missed = (n: number, interval: readonly [number, number]) =>
        n > 0 && (interval[0] > law.mean || interval[1] < law.mean);
      let [seen, seenNaive] = [false, false];
      for (const n of [20, 40, 60]) {
        const sample = draws.slice(0, n);
        const interval = meanInterval(sample, { cap, bound: law.mean }, error);
        const half = 1.96 * Math.sqrt(sampleVariance(Array.from(sample)) / n);
        seen ||= missed(n, interval);
        seenNaive ||= missed(n, [mean(Array.from(sample)) - half, mean(Array.from(sample)) + half]);
        t.is(interval[1] === Number.POSITIVE_INFINITY, cap === undefined);
      }
      if (seen) misses += 1;
      if (seenNaive) naive += 1;
    }
    t.false(rateIsAbove(error, misses, runs), `${law.name}: ${misses} of ${runs}`);
    // The mutant: the interval that this one replaces.
    t.true(rateIsAbove(error, naive, runs), `${law.name}: ${naive} of ${runs}`);
  }
});

test('the ends of the interval of a mean are where the processes cross, rounded outwards by little', async (t) => {
  const error = 1e-3;
  const sample = await replicatesOf(uniform(1), 'ends')(0, 500);
  const average = mean(Array.from(sample));
  const standardError = Math.sqrt(sampleVariance(Array.from(sample)) / sample.length);
  const reached = (process: EProcess): boolean => {
    for (const x of sample) process.observe(x);
    return process.reaches(Math.log(2 / error));
  };
  const [lower, upper] = meanInterval(sample, { cap: 2, bound: 1 }, error);
  t.true(lower < average && average < upper && upper - lower < 12 * standardError);
  t.true(reached(violationProcess(lower)) && !reached(violationProcess(lower + standardError / 16)));
  t.true(reached(holdsProcessWithCap(upper, 2)) && !reached(holdsProcessWithCap(upper - standardError / 16, 2)));
  const [, moment] = meanInterval(sample, { secondMoment: 4 / 3, bound: 1 }, error);
  t.true(reached(holdsProcessWithSecondMoment(moment, 4 / 3, 1)));
  // Only zeros, only M, and one replicate.
  t.deepEqual(meanInterval(new Float64Array(500), { cap: 1, bound: 1 })[0], 0);
  t.deepEqual(meanInterval(new Float64Array(500).fill(1), { cap: 1, bound: 1 })[1], 1);
  t.deepEqual(meanInterval(Float64Array.of(0.5), { cap: 1, bound: 1 }), [0, 1]);
});

test('a second moment v bounds a mean by √v, below 1 too', (t) => {
  const [lower, upper] = meanInterval(new Float64Array(20).fill(0.5), { secondMoment: 0.25, bound: 0.5 });
  t.true(lower <= 0.5 && upper >= 0.5 && upper <= 0.5 + 1e-12, `${lower}, ${upper}`);
});

test('an interval refuses invalid samples and laws, and accepts a plain array', (t) => {
  t.deepEqual(
    meanInterval([0.5, 0.25], { cap: 1, bound: 1 }),
    meanInterval(Float64Array.of(0.5, 0.25), { cap: 1, bound: 1 }),
  );
  for (const x of [Number.NaN, -1, Infinity, 1.5]) {
    t.throws(
      () => meanInterval([0.5, x], { cap: 1, bound: 1 }),
      { instanceOf: RangeError, message: /replicate 1 / },
      `${x}`,
    );
  }
  t.throws(() => meanInterval([0.5, Number.NaN], { bound: 1 }), { instanceOf: RangeError });
  t.throws(() => meanInterval([], { bound: 1 }), { instanceOf: RangeError, message: /^sample must have at least one/ });
  for (const wrong of [Number.NaN, -1, Infinity]) {
    t.throws(() => meanInterval([0.5], { bound: wrong }), { instanceOf: RangeError, message: /^bound must be / });
    t.throws(() => meanInterval([0], { bound: 1, cap: wrong }), { instanceOf: RangeError, message: /^cap must be / });
    t.throws(() => meanInterval([0], { bound: 1, secondMoment: wrong }), {
      instanceOf: RangeError,
      message: /^secondMoment /,
    });
    t.throws(() => meanInterval([0.5], { bound: 1 }, wrong), { instanceOf: RangeError, message: /^error must be / });
  }
  const misspelt = { bound: 1, capp: 1 } as KnownLaw;
  t.throws(() => meanInterval([0.5], misspelt), { instanceOf: TypeError, message: /"capp" \(did you mean cap\?\)/ });
});
