import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import test from 'ava';
import { mean, sampleVariance } from 'simple-statistics';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { alphaPerRun, falseAlarmBudget, slotAlpha, slotCount, spendSlots, sumSpendings } from './budget.js';
import { decideBound, type ReplicateSource } from './decision.js';
import {
  bets,
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  violationProcess,
} from './e-process.js';
import { meanInterval } from './mean-interval.js';
import { logMixtureRatio, undetectedProbability } from './multinomial-test.js';
import { detectableMean, type PlanSituation, plannedReplicates, undecidedProbability } from './plan.js';

/** A law on [0, ∞) by inversion of its distribution function; `cap` where it has one. */
interface Law {
  readonly name: string;
  readonly quantile: (u: number) => number;
  readonly mean: number;
  readonly secondMoment: number;
  readonly cap?: number;
}

const twoPoint = (top: number, mean: number): Law => ({
  name: `two-point on {0, ${top}}`,
  quantile: (u) => (u < mean / top ? top : 0),
  mean,
  secondMoment: mean * top,
  cap: top,
});
const uniform = (top: number): Law => ({
  name: `uniform on [0, ${top}]`,
  quantile: (u) => top * u,
  mean: top / 2,
  secondMoment: top ** 2 / 3,
  cap: top,
});
const exponential = (mean: number): Law => ({
  name: `exponential of mean ${mean}`,
  quantile: (u) => -mean * Math.log1p(-u),
  mean,
  secondMoment: 2 * mean ** 2,
});

/** Replicates of a law: value i depends on the key and i only. */
function replicatesOf(law: Law, key: string): ReplicateSource {
  return async (from, to) =>
    Float64Array.from({ length: to - from }, (_, i) =>
      law.quantile(keyedStream(streamKey(key, law.name, 1, from + i))()),
    );
}

/** The same value in every replicate. */
const constant =
  (x: number): ReplicateSource =>
  async (from, to) =>
    new Float64Array(to - from).fill(x);

/** Whether the lower end of the one-sided Clopper–Pearson interval at confidence 1 − 10⁻⁶ is above `rate`. */
function rateIsAbove(rate: number, events: number, trials: number): boolean {
  return events > 0 && betaQuantile(1e-6, events, trials - events + 1) > rate;
}

/** How many of `paths` independent paths of length n reach 1/α. */
function crossings(make: () => EProcess, law: Law, paths: number, length: number, alpha: number): number {
  const threshold = -Math.log(alpha);
  let count = 0;
  for (let path = 0; path < paths; path++) {
    const random = keyedStream(streamKey('crossings', law.name, 1, path));
    const process = make();
    for (let n = 0; n < length; n++) {
      process.observe(law.quantile(random()));
      if (process.reaches(threshold)) {
        count += 1;
        break;
      }
    }
  }
  return count;
}

test('false alarms at E[X] = b exactly stay within α', (t) => {
  const alpha = 0.01;
  const [paths, length] = [2000, 300];
  for (const law of [twoPoint(1, 0.2), twoPoint(1, 0.8), uniform(1), exponential(1)]) {
    const { mean, cap, secondMoment } = law;
    const processes: Record<string, () => EProcess> = {
      V: () => violationProcess(mean),
      'H by v': () => holdsProcessWithSecondMoment(mean, secondMoment, mean),
    };
    if (cap !== undefined) processes['H by M'] = () => holdsProcessWithCap(mean, cap);
    for (const [name, make] of Object.entries(processes)) {
      const events = crossings(make, law, paths, length, alpha);
      t.false(rateIsAbove(alpha, events, paths), `${name}, ${law.name}: ${events} of ${paths}`);
    }
  }
  // The judge itself: a process without the ln J of the mixture, the classical error, is rejected by it.
  const greedy = () => {
    const process = violationProcess(0.2);
    return { ...process, reaches: (threshold: number) => process.reaches(threshold - Math.log(bets.length)) };
  };
  t.true(rateIsAbove(alpha, crossings(greedy, twoPoint(1, 0.2), paths, length, alpha), paths));
});

test('the processes are martingales: their expectation over all paths of a two-point law is 1', (t) => {
  const [top, mean, length] = [2, 0.5, 8];
  const expectation = (make: () => EProcess) => {
    let sum = 0;
    for (let path = 0; path < 2 ** length; path++) {
      const process = make();
      let probability = 1;
      for (let n = 0; n < length; n++) {
        const hit = (path >> n) & 1;
        process.observe(hit * top);
        probability *= hit ? mean / top : 1 - mean / top;
      }
      sum += probability * Math.exp(process.logValue());
    }
    return sum;
  };
  t.true(Math.abs(expectation(() => violationProcess(mean)) - 1) < 1e-12);
  t.true(Math.abs(expectation(() => holdsProcessWithCap(mean, top)) - 1) < 1e-12);
  t.true(Math.abs(expectation(() => holdsProcessWithCap(mean, 3)) - 1) < 1e-12);
  // The second-moment bound gives away e^{−z} < 1 − z + z²/2: below 1 under the null, and not by much.
  const bySecondMoment = expectation(() => holdsProcessWithSecondMoment(mean, mean * top, mean));
  t.true(bySecondMoment < 1 && bySecondMoment > 0.9, `${bySecondMoment}`);
  // Inside the null it falls, outside it grows.
  t.true(expectation(() => violationProcess(0.6)) < 1);
  t.true(expectation(() => violationProcess(0.4)) > 1);
  t.true(expectation(() => holdsProcessWithCap(0.4, top)) < 1);
  t.true(expectation(() => holdsProcessWithCap(0.6, top)) > 1);
});

test('values are the products of the definition', (t) => {
  const [b, cap, v] = [0.7, 2, 1.1];
  const observations = [0, 0.3, 2, 1.1, 0.7];
  const c = (j: number) => 0.001 * 999 ** (j / 23);
  const average = (factor: (bet: number, x: number) => number) => {
    let sum = 0;
    for (let j = 0; j < 24; j++) sum += observations.reduce((product, x) => product * factor(c(j), x), 1);
    return sum / 24;
  };
  const cases: [EProcess, number][] = [
    [violationProcess(b), average((bet, x) => 1 + (bet / b) * (x - b))],
    [holdsProcessWithCap(b, cap), average((bet, x) => 1 - (bet / (cap - b)) * (x - b))],
    [
      holdsProcessWithSecondMoment(b, v, b),
      average((bet, x) => {
        const stake = (bet * b) / v;
        return Math.exp(-stake * x) / (1 - stake * b + (stake ** 2 * v) / 2);
      }),
    ],
  ];
  for (const [process, expected] of cases) {
    for (const x of observations) process.observe(x);
    t.true(Math.abs(process.logValue() - Math.log(expected)) < 1e-12);
    t.true(process.reaches(process.logValue()));
    t.false(process.reaches(process.logValue() + 1e-9));
  }
  // No law with second moment v has a mean above √v: where the formula says so, E is infinite.
  const impossible = holdsProcessWithSecondMoment(5, 1, 0.9);
  impossible.observe(0);
  t.is(impossible.logValue(), Number.POSITIVE_INFINITY);
});

test('planted violations of twice the bound are detected at the slot level, within the plan where there is one', async (t) => {
  for (const law of [twoPoint(1, 0.2), uniform(0.4), exponential(0.2)]) {
    const bound = law.mean / 2;
    const decision = await decideBound({ bound, cap: law.cap, maximumReplicates: 5000 }, replicatesOf(law, 'planted'));
    t.is(decision.verdict, 'violated', law.name);
    t.true(decision.logE.violated >= -Math.log(slotAlpha));
    t.true(Math.abs(decision.mean! - law.mean) < law.mean / 2);
    t.is(decision.replicates, decision.crossing!);
    t.false(decision.trivial);
    t.is(decision.assumption, law.cap === undefined ? 'none' : 'M');
    if (law.cap !== undefined) {
      const situation = { side: 'violated', bound, cap: law.cap, mean: law.mean, alpha: slotAlpha } as const;
      t.true(decision.crossing! <= plannedReplicates(situation, 1e-6)!);
    }
  }
});

test('a bound above the mean holds by a cap and by a second moment, and not without knowledge', async (t) => {
  for (const [law, bound] of [
    [twoPoint(1, 0.1), 0.2],
    [uniform(1), 0.56],
    [exponential(1), 1.4],
  ] as const) {
    const source = replicatesOf(law, 'holds');
    const common = { bound, maximumReplicates: 20_000 };
    const { cap } = law;
    if (cap !== undefined) {
      const byCap = await decideBound({ ...common, cap, secondMoment: law.secondMoment }, source);
      t.like(byCap, { verdict: 'holds', assumption: 'M', trivial: false }, law.name);
      const situation = { side: 'holds', bound, cap, mean: law.mean, alpha: slotAlpha } as const;
      t.true(byCap.crossing! <= plannedReplicates(situation, 1e-6)!);
    }
    const byMoment = await decideBound({ ...common, secondMoment: law.secondMoment }, source);
    t.like(byMoment, { verdict: 'holds', assumption: 'v', trivial: false }, law.name);
    const neither = await decideBound({ ...common, maximumReplicates: 500 }, source);
    t.is(neither.verdict, 'inconclusive');
    t.regex(neither.reason, /no violation found/);
    t.is(neither.upper, undefined);
    t.is(neither.logE.holds, 0);
  }
});

test('the plan bounds the undecided runs for every law, and is not idle', (t) => {
  const alpha = 0.01;
  const paths = 400;
  const judged = (situation: PlanSituation, make: () => EProcess, law: Law) => {
    const n = plannedReplicates(situation, 0.1)!;
    t.true(undecidedProbability(situation, n) <= 0.1);
    t.true(undecidedProbability(situation, n - 1) > 0.1);
    const undecided = paths - crossings(make, law, paths, n, alpha);
    t.false(rateIsAbove(0.1, undecided, paths), `${situation.side}, ${law.name}: ${undecided} of ${paths} after ${n}`);
    return n;
  };
  for (const law of [twoPoint(1, 0.5), uniform(1)]) {
    const above = { side: 'violated', bound: 0.25, cap: 1, mean: 0.5, alpha } as const;
    const n = judged(above, () => violationProcess(0.25), law);
    // Within a factor 5 of what half of the paths of the worst law need.
    t.true(crossings(() => violationProcess(0.25), twoPoint(1, 0.5), paths, Math.ceil(n / 5), alpha) < paths / 2);
    judged({ ...above, side: 'holds', bound: 0.7 }, () => holdsProcessWithCap(0.7, 1), law);
  }
  // A mean of 0 and a mean of M leave no chance: every replicate moves S_j the right way.
  t.is(undecidedProbability({ side: 'holds', bound: 0.5, cap: 1, mean: 0, alpha }, 1000), 0);
  t.is(undecidedProbability({ side: 'violated', bound: 0.5, cap: 1, mean: 1, alpha }, 1000), 0);
  // A mean at the bound is never planned for.
  t.is(plannedReplicates({ side: 'violated', bound: 0.5, cap: 1, mean: 0.5, alpha }, 0.1), undefined);
});

test('the plan is the minimum of its formula over bets and exponents', (t) => {
  const [b, cap, mean, alpha, n] = [0.25, 1.5, 0.4, 1e-3, 600];
  const p = mean / cap;
  const formula = (stake: number, s: number, zero: number, top: number) =>
    (24 / alpha) ** s * ((1 - p) * (1 + stake * zero) ** -s + p * (1 + stake * top) ** -s) ** n;
  let [violated, holds] = [1, 1];
  for (let j = 0; j < 24; j++) {
    const bet = 0.001 * 999 ** (j / 23);
    for (let s = 0.005; s < 4; s += 0.005) {
      violated = Math.min(violated, formula(bet / b, s, -b, cap - b));
      holds = Math.min(holds, formula(bet / (cap - 0.6), s, 0.6, 0.6 - cap));
    }
  }
  for (const [situation, grid] of [
    [{ side: 'violated', bound: b, cap, mean, alpha }, violated],
    [{ side: 'holds', bound: 0.6, cap, mean, alpha }, holds],
  ] as const) {
    const value = undecidedProbability(situation, n);
    t.true(grid < 0.9, 'the situation is not trivial');
    t.true(value <= grid * (1 + 1e-9) && value > grid * 0.99, `${value} against ${grid} on the grid`);
  }
});

test('the detectable mean inverts the plan', (t) => {
  const check = { bound: 0.1, cap: 1, alpha: slotAlpha };
  const mean = detectableMean(check, 2000, 0.99)!;
  t.true(undecidedProbability({ ...check, side: 'violated', mean }, 2000) <= 0.01);
  t.true(undecidedProbability({ ...check, side: 'violated', mean: mean - 1e-3 }, 2000) > 0.01);
  t.true(detectableMean(check, 20_000, 0.99)! < mean);
  t.is(detectableMean({ ...check, bound: 0.999 }, 10, 0.99), undefined);
  for (const [option, call] of [
    ['bound', () => detectableMean({ ...check, bound: 0 }, 10, 0.9)],
    ['cap', () => detectableMean({ ...check, cap: 0.1 }, 10, 0.9)],
    ['cap', () => detectableMean({ ...check, cap: Number.POSITIVE_INFINITY }, 10, 0.9)],
    ['mean', () => undecidedProbability({ ...check, side: 'holds', mean: 2 }, 10)],
    ['alpha', () => undecidedProbability({ ...check, side: 'holds', mean: 0, alpha: 1 }, 10)],
    ['power', () => detectableMean(check, 10, 1)],
    ['undecided', () => plannedReplicates({ ...check, side: 'holds', mean: 0 }, Number.NaN)],
  ] as const) {
    t.throws(call, { instanceOf: RangeError, message: new RegExp(`^${option}`) });
  }
});

test('a decision depends on the replicates in index order only, not on the chunks or on what lies beyond', async (t) => {
  const requests: [number, number][] = [];
  const source: ReplicateSource = (from, to) => {
    requests.push([from, to]);
    return replicatesOf(uniform(1), 'chunks')(from, to);
  };
  const check = { bound: 0.6, cap: 1, maximumReplicates: 5000 };
  const whole = await decideBound({ ...check, firstChunk: 5000 }, source);
  t.is(whole.verdict, 'holds');
  const expected = JSON.stringify(whole);
  for (const firstChunk of [1, 7, 64, whole.crossing!, whole.crossing! + 1]) {
    t.is(JSON.stringify(await decideBound({ ...check, firstChunk }, source)), expected);
  }
  requests.length = 0;
  await decideBound(check, source);
  t.true(requests.length > 1);
  t.true(
    requests.every(([from], i) => from === (i === 0 ? 0 : requests[i - 1]![1])),
    'contiguous prefix',
  );
  // The first crossing decides, whatever comes later.
  const tail: ReplicateSource = async (from, to) =>
    Float64Array.from({ length: to - from }, (_, i) => (from + i < 100 ? 0.1 : 1));
  const early = await decideBound({ ...check, firstChunk: 5000 }, tail);
  t.is(early.verdict, 'holds');
  t.true(early.crossing! < 100);
  const kept = await decideBound({ ...check, minimumReplicates: 2000 }, tail);
  t.like(kept, { verdict: 'holds', crossing: early.crossing, replicates: 2000 });
  t.true(Math.abs(kept.mean! - (100 * 0.1 + 1900) / 2000) < 1e-12);
});

test('an understated cap is a hard error, rounding of a correct one is not', async (t) => {
  await t.throwsAsync(
    decideBound({ bound: 0.45, cap: 0.9, maximumReplicates: 1000 }, replicatesOf(uniform(1), 'cap')),
    { instanceOf: RangeError, message: /above the derived cap M = 0\.9/ },
  );
  // Also when the cap alone decides and replicates are drawn for a chart only.
  await t.throwsAsync(
    decideBound({ bound: 1, cap: 0.9, maximumReplicates: 100, minimumReplicates: 100 }, constant(0.95)),
    { message: /above the derived cap/ },
  );
  const rounded = await decideBound({ bound: 0.5, cap: 1, maximumReplicates: 100 }, constant(1 + 2 ** -50));
  t.like(rounded, { verdict: 'violated', mean: 1 });
  await t.throwsAsync(decideBound({ bound: 0.5, cap: 1, maximumReplicates: 100 }, constant(1 + 2 ** -30)));
  for (const bad of [Number.NaN, -1e-300, Number.POSITIVE_INFINITY]) {
    await t.throwsAsync(decideBound({ bound: 0.5, maximumReplicates: 10 }, constant(bad)), {
      message: /left side of replicate 0 must be finite/,
    });
  }
  await t.throwsAsync(
    decideBound({ bound: 0.5, maximumReplicates: 10 }, async () => new Float64Array(3)),
    {
      message: /replicates 0 to 9 must be 10 left sides, got 3/,
    },
  );
});

test('decided without sampling: by the cap, by the second moment, and a bound of zero', async (t) => {
  const never: ReplicateSource = () => Promise.reject(new Error('sampled'));
  const byCap = await decideBound({ bound: 1, cap: 1, maximumReplicates: 10 }, never);
  t.like(byCap, { verdict: 'holds', trivial: true, replicates: 0, assumption: 'M' });
  t.is(byCap.mean, undefined);
  const byMoment = await decideBound({ bound: 1, secondMoment: 0.99, maximumReplicates: 10 }, never);
  t.like(byMoment, { verdict: 'holds', trivial: true, assumption: 'v' });
  const zero = await decideBound({ bound: 0, cap: 0, maximumReplicates: 10 }, never);
  t.like(zero, { verdict: 'holds', trivial: true });
  const three = { bound: 0, cap: 1, maximumReplicates: 3 };
  const refuted = await decideBound(three, async () => Float64Array.of(0, 1e-300, 0));
  t.like(refuted, { verdict: 'violated', crossing: 2 });
  t.is((await decideBound(three, constant(0))).verdict, 'inconclusive');
  // Replicates for a chart may contradict a derived second moment: that is a violation, not a pass.
  const drawn = { bound: 1, secondMoment: 1, maximumReplicates: 100, minimumReplicates: 100 };
  t.like(await decideBound(drawn, constant(3)), { verdict: 'violated', trivial: false });
  t.like(await decideBound(drawn, constant(1)), { verdict: 'holds', trivial: true, replicates: 100, mean: 1 });
});

test('the upper bound U is where H crosses, to rounding, and decides holds-within-rho', async (t) => {
  const source = replicatesOf(uniform(1), 'upper');
  const sample = await source(0, 4000);
  for (const secondMoment of [undefined, 1 / 3]) {
    const check = { bound: 0.5, maximumReplicates: 4000, ...(secondMoment ? { secondMoment } : { cap: 1 }) };
    const plain = await decideBound(check, source);
    t.is(plain.verdict, 'inconclusive');
    const upper = plain.upper!;
    const crosses = (mean: number) => {
      const process = secondMoment
        ? holdsProcessWithSecondMoment(mean, secondMoment, 0.5)
        : holdsProcessWithCap(mean, 1);
      for (const x of sample) process.observe(x);
      return process.logValue() >= -Math.log(slotAlpha);
    };
    t.true(crosses(upper));
    t.false(crosses(upper - 1e-6));
    const rho = upper / 0.5 - 1;
    t.is((await decideBound({ ...check, rho: rho + 1e-6 }, source)).verdict, 'holds-within-rho');
    t.is((await decideBound({ ...check, rho: rho - 1e-6 }, source)).verdict, 'inconclusive');
  }
  // Nothing below M was ever seen: U is M itself.
  t.is((await decideBound({ bound: 0.9, cap: 1, maximumReplicates: 5 }, constant(1))).upper, 1);
});

test('U falls below the true mean no more often than α', async (t) => {
  const alphaHolds = 0.05;
  const runs = 600;
  let misses = 0;
  for (let run = 0; run < runs; run++) {
    // The bound is far below the mean and V is asleep: what is judged is U alone.
    const decision = await decideBound(
      { bound: 0.1, cap: 1, alphaHolds, alphaViolated: 1e-200, maximumReplicates: 40, firstChunk: 40 },
      replicatesOf(twoPoint(1, 0.5), `coverage ${run}`),
    );
    if (decision.upper! < 0.5) misses += 1;
  }
  t.false(rateIsAbove(alphaHolds, misses, runs), `${misses} of ${runs}`);
});

test('the interval of a mean misses it no more often than it says, on either side, at a stopping time', async (t) => {
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
        const sample = draws.subarray(0, n);
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
  // Nothing but zeros, nothing but M, and one replicate.
  t.deepEqual(meanInterval(new Float64Array(500), { cap: 1, bound: 1 })[0], 0);
  t.deepEqual(meanInterval(new Float64Array(500).fill(1), { cap: 1, bound: 1 })[1], 1);
  t.deepEqual(meanInterval(Float64Array.of(0.5), { cap: 1, bound: 1 }), [0, 1]);
});

test('a check that cannot reach its stated power is refused unless declared underpowered', async (t) => {
  const check = { bound: 0.2, cap: 1, maximumReplicates: 100, power: { ratio: 2, probability: 0.99 } };
  const source = replicatesOf(twoPoint(1, 0.1), 'power');
  await t.throwsAsync(decideBound(check, source), { message: /maximumReplicates = 100 cannot detect a mean of 2·b/ });
  const declared = await decideBound({ ...check, underpowered: true }, source);
  t.true(declared.detectable! > 0.4);
  const enough = await decideBound({ ...check, maximumReplicates: 3000 }, source);
  t.true(enough.detectable! <= 0.4);
  t.is(enough.verdict, 'holds');
  // So few replicates that even the mean M goes unseen.
  await t.throwsAsync(decideBound({ ...check, maximumReplicates: 3 }, source), { message: /cannot detect/ });
  // A mean of 2b is impossible when M < 2b, and any replicate can refute b = 0: nothing to refuse.
  await t.notThrowsAsync(decideBound({ ...check, bound: 0.9 }, source));
  await t.notThrowsAsync(decideBound({ ...check, bound: 0 }, source));
});

test('bad options are refused by name', async (t) => {
  const good = { bound: 1, cap: 2, secondMoment: 3, maximumReplicates: 10 };
  for (const [name, value] of [
    ['bound', -1],
    ['bound', Number.NaN],
    ['bound', Number.POSITIVE_INFINITY],
    ['cap', -1],
    ['cap', Number.NaN],
    ['secondMoment', Number.NaN],
    ['alphaViolated', 0],
    ['alphaHolds', 1],
    ['maximumReplicates', 0],
    ['maximumReplicates', 1.5],
    ['minimumReplicates', 11],
    ['minimumReplicates', -1],
    ['firstChunk', 0],
    ['rho', -0.1],
    ['power', { ratio: 1, probability: 0.5 }],
    ['power', { ratio: 2, probability: 0 }],
  ] as const) {
    await t.throwsAsync(decideBound({ ...good, [name]: value }, constant(0)), {
      instanceOf: RangeError,
      message: new RegExp(`^${name}`),
    });
  }
});

test('the budget: fixed slots, shared slots, and the sum at the foot of the report', (t) => {
  t.is(slotAlpha * 4096, 1e-9);
  t.true(Math.abs((alphaPerRun(100) * 100) / slotAlpha - 1) < 1e-15);
  t.deepEqual(spendSlots(2), { alpha: 2 * slotAlpha, falseHolds: 2 * slotAlpha, slots: 2 });
  const full = sumSpendings(Array.from({ length: slotCount }, () => spendSlots(1)));
  t.true(full.withinBudget);
  t.is(full.slots, 4096);
  t.true(Math.abs(full.alpha - falseAlarmBudget) < 1e-20);
  t.false(sumSpendings([spendSlots(slotCount), spendSlots(1)]).withinBudget);
  t.false(sumSpendings([{ alpha: 1e-8, falseHolds: 0, slots: 1 }]).withinBudget);
  t.false(sumSpendings([{ alpha: 0, falseHolds: 1e-8, slots: 1 }]).withinBudget);
  t.false(sumSpendings([{ alpha: 0, falseHolds: 0, slots: 4097 }]).withinBudget);
  t.throws(() => alphaPerRun(0), { message: /runs/ });
  t.throws(() => spendSlots(-1), { message: /slots/ });
});

test('the power that is planned for the multinomial test is no more than it has, and not much less', (t) => {
  const [p, q, n, alpha] = [[0.25, 0.75], [0.5, 0.5], 120, 1e-3] as const;
  const planned = undetectedProbability(p, q, n, alpha);
  let missed = 0;
  let logChoose = 0;
  for (let k = 0; k <= n; k++) {
    if (logMixtureRatio([k, n - k], p) < -Math.log(alpha)) missed += Math.exp(logChoose - n * Math.LN2);
    logChoose += Math.log((n - k) / (k + 1));
  }
  t.true(missed <= planned && planned < 20 * missed, `${missed} of ${planned}`);
  // What p forbids to the alternative, and an alternative that is p itself.
  t.true(undetectedProbability(p, [0, 1], 400, alpha) < 1e-9);
  t.is(undetectedProbability(p, p, n, alpha), 1);
});
