import type { Depth } from '../claims/claim.js';
import { categoricalSampler } from '../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { multinomialSampler } from '../reference/sampling/multinomial.js';
import { slotAlpha, slotCount } from '../statistics/budget.js';
import { showsRateAbove } from '../statistics/clopper-pearson.js';
import { decideBound, type ReplicateSource } from '../statistics/decision.js';
import {
  bets,
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  requireLeftSide,
  violationProcess,
} from '../statistics/e-process.js';
import { logMixtureRatio } from '../statistics/multinomial-test.js';
import { plant, selfClaim } from './planted.js';

/** A law with mean 1. */
type Law = readonly (readonly [probability: number, x: number])[];
const upToTwo: Law = [
  [0.5, 0],
  [0.5, 2],
];
/** Its second moment is 4. */
const upToFour: Law = [
  [0.75, 0],
  [0.25, 4],
];

/** E after one observation, on average over a law: at most 1 under the null. */
function expectation(make: () => EProcess, law: Law): number {
  return law.reduce((sum, [probability, x]) => {
    const process = make();
    process.observe(x);
    return sum + probability * Math.exp(process.logValue());
  }, 0);
}

const above = (value: number, limit: number, what: string): string | undefined =>
  value > limit * (1 + 1e-12) ? `${what} is ${value.toPrecision(3)}, above ${limit}` : undefined;

/** A test against b = 1, and a wrong one, at a law with E[X] = b. */
const atBound = (name: string, law: Law, piece: () => EProcess, wrong: () => EProcess) =>
  plant({ name, piece, wrong, finds: (make) => above(expectation(make, law), 1, 'E[E] at the bound') });

/** The process with other numbers put into it. */
const fed = (process: EProcess, change: (x: number) => number): EProcess => ({
  ...process,
  observe: (x) => process.observe(change(x)),
});

/** Replicates that alternate between two values. */
const alternating =
  (one: number, other: number): ReplicateSource =>
  async (from, to) =>
    Float64Array.from({ length: to - from }, (_, i) => ((from + i) % 2 === 0 ? one : other));

/** What is decided of E[X] ≤ 1 for X ≤ 4. */
type Decide = (replicates: ReplicateSource) => Promise<string>;
const decide =
  (bound: number): Decide =>
  async (replicates) =>
    (await decideBound({ bound, cap: 4, maximumReplicates: 4096 }, replicates)).verdict;

export const selfStatisticsClaim = selfClaim({
  id: 'self-statistics',
  about: 'statistics',
  plants: [
    plant({
      name: 'a mixture of bets without 1/J',
      piece: violationProcess,
      wrong: (bound) => {
        const process = violationProcess(bound);
        return { ...process, logValue: () => process.logValue() + Math.log(bets.length) };
      },
      finds: (process) => above(Math.exp(process(1).logValue()), 1, 'E before any observation'),
    }),
    atBound(
      'a test of E[X] ≤ b that takes X twice',
      upToTwo,
      () => violationProcess(1),
      () => fed(violationProcess(1), (x) => 2 * x),
    ),
    atBound(
      'a test of E[X] ≥ b that takes half of the cap',
      upToFour,
      () => holdsProcessWithCap(1, 4),
      () => fed(holdsProcessWithCap(1, 2), (x) => Math.min(x, 2)),
    ),
    atBound(
      'a quarter of the second moment',
      upToFour,
      () => holdsProcessWithSecondMoment(1, 4, 1),
      () => holdsProcessWithSecondMoment(1, 1, 1),
    ),
    plant({
      name: 'a slot that is the whole budget',
      piece: slotAlpha,
      wrong: slotAlpha * slotCount,
      finds: (alpha) => above(alpha * slotCount, 1e-9, 'the budget of all slots'),
    }),
    plant({
      name: 'a replicate above its cap',
      piece: requireLeftSide,
      wrong: (x) => x,
      finds: (take) => {
        try {
          take(2, 0, 1);
        } catch {
          return undefined;
        }
        return 'X = 2 is taken where X ≤ 1 is derived';
      },
    }),
    plant<Decide>({
      name: 'a bound that is taken twice',
      piece: decide(1),
      wrong: decide(2),
      finds: async (verdict) => {
        const violating = await verdict(alternating(0, 3));
        return violating === 'violated' ? undefined : `a mean of 1.5 b comes out ${violating}`;
      },
    }),
    plant<Decide>({
      name: 'a bound that is halved',
      piece: decide(1),
      wrong: decide(0.5),
      finds: async (verdict) => {
        const [half, at] = [await verdict(alternating(0, 1)), await verdict(alternating(0, 2))];
        if (at === 'violated' || at === 'holds') return `a mean of b comes out ${at}`;
        return half === 'holds' ? undefined : `a mean of b/2 comes out ${half}`;
      },
    }),
  ],
});

/** A law on [0, ∞) with mean 1, by inversion. */
interface UnitLaw {
  readonly name: string;
  readonly quantile: (u: number) => number;
  readonly cap?: number;
}

const twoPoint: UnitLaw = { name: 'two-point', quantile: (u) => (u < 1 / 4 ? 4 : 0), cap: 4 };
const uniform: UnitLaw = { name: 'uniform', quantile: (u) => 2 * u, cap: 2 };
const exponential: UnitLaw = { name: 'exponential', quantile: (u) => -Math.log1p(-u) };

/**
 * Levels at which alarms are counted, on the same paths. Of 800 paths it cannot be chance that 124, 51 or 25 alarm: a rate of three times the level is
 * found with probability 0.997 at least at 0.1 and 0.03, and at 0.01 with 0.45, where five times is found with 0.996. At depth deep 2200 paths
 * find three times 0.01 with probability 0.99. Twice 0.01 stays out of reach: it would take 7000 paths. A right test alarms less often than its
 * level says, here at most two fifths as often: an error that does not bring it above is none that paths can show.
 */
const levels = [0.1, 0.03, 0.01] as const;
const pathsAt: Readonly<Record<Depth, number>> = { quick: 800, standard: 800, deep: 2200 };
const length = 250;
/** Probability that a right process is told to be wrong at one level, were the paths drawn anew: they are not. */
const error = 1e-6;

/** The fewest events in as many trials that show a rate above this one. */
function fewestShowing(rate: number, trials: number): number {
  let events = Math.ceil(rate * trials);
  while (!showsRateAbove(rate, events, trials, error)) events++;
  return events;
}

/** A path of a law: replicates that depend on its number alone. */
const replicatesOf = ({ name, quantile }: UnitLaw, path: number): (() => number) => {
  const random = keyedStream(streamKey('self', `self-alarms ${name}`, 1, path));
  return () => quantile(random());
};

/** The first level at which more paths reach 1/α than its level says; it is known as soon as so many have. */
function alarming(make: () => EProcess, law: UnitLaw, paths: number): string | undefined {
  const most = levels.map((level) => fewestShowing(level, paths));
  const counts = levels.map(() => 0);
  for (let path = 0; path < paths; path++) {
    const next = replicatesOf(law, path);
    const process = make();
    // A process that reaches one level has reached those before it.
    let reached = 0;
    for (let n = 0; n < length && reached < levels.length; n++) {
      process.observe(next());
      while (reached < levels.length && process.reaches(-Math.log(levels[reached]!))) {
        if (++counts[reached]! === most[reached])
          return `${counts[reached]} of ${paths} paths alarm at the level ${levels[reached]}`;
        reached++;
      }
    }
  }
  return undefined;
}

/** A process that forgets what it has lost: as one who looks often, and begins anew when it looks bad. */
function forgetful(make: () => EProcess): EProcess {
  let process = make();
  return {
    observe(x) {
      process.observe(x);
      if (process.logValue() < 0) process = make();
    },
    logValue: () => process.logValue(),
    reaches: (threshold) => process.reaches(threshold),
  };
}

/** A process that is shown the same replicates by two shards. */
const twice = (process: EProcess): EProcess => ({
  ...process,
  observe(x) {
    process.observe(x);
    process.observe(x);
  },
});

/** A process that sees left sides of which a part was lost, or added. */
const scaled = (process: EProcess, factor: number): EProcess => ({
  ...process,
  observe: (x) => process.observe(factor * x),
});

/** Both tests of E[X] against 1, where E[X] is 1. */
type Tests = (law: UnitLaw) => readonly (readonly [what: string, make: () => EProcess])[];
const tests: Tests = ({ cap }) => [
  ['E[X] ≤ b', () => violationProcess(1)],
  ['E[X] ≥ b', () => (cap === undefined ? holdsProcessWithSecondMoment(1, 2, 1) : holdsProcessWithCap(1, cap))],
];

const known = new Map<string, string | undefined>();

/** What shows that a test at the exact null alarms more often than a level says. */
const alarms =
  (law: UnitLaw) =>
  (made: Tests, depth: Depth): string | undefined => {
    // What is found of the tests themselves is asked for beside every planted error.
    const key = made === tests && `${law.name}/${depth}`;
    if (key && known.has(key)) return known.get(key);
    const found = firstAlarming(made(law), law, pathsAt[depth]);
    if (key) known.set(key, found);
    return found;
  };

function firstAlarming(made: ReturnType<Tests>, law: UnitLaw, paths: number): string | undefined {
  for (const [what, make] of made) {
    const found = alarming(make, law, paths);
    if (found !== undefined) return `at E[X] = b, for the test of ${what}, ${found}`;
  }
  return undefined;
}

/** A test with an error, while the other is judged as it is: 0 is that of E[X] ≤ b, 1 that of E[X] ≥ b. */
const wrongTest = (name: string, index: 0 | 1, law: UnitLaw, wrong: (own: () => EProcess) => EProcess) =>
  plant<Tests>({
    name: `${name}, ${law.name} law`,
    piece: tests,
    wrong: (given) => tests(given).flatMap(([what, own], i) => (i === index ? [[what, () => wrong(own)]] : [])),
    finds: alarms(law),
  });

export const selfAlarmsClaim = selfClaim({
  id: 'self-alarms',
  about: 'error rates',
  plants: [
    wrongTest('a test of E[X] ≤ b that forgets what it has lost', 0, twoPoint, forgetful),
    wrongTest('a test of E[X] ≥ b that misses a tenth of every X', 1, uniform, (own) => scaled(own(), 0.9)),
    wrongTest('a test of E[X] ≤ b that counts every replicate twice', 0, exponential, (own) => twice(own())),
    wrongTest('a second moment that is the square of the mean', 1, exponential, () =>
      holdsProcessWithSecondMoment(1, 1, 1),
    ),
    wrongTest('a test of E[X] ≤ b that sees a tenth more of every X', 0, exponential, (own) => scaled(own(), 1.1)),
  ],
});

type Key = typeof streamKey;
const first: Parameters<Key> = ['1', 'check', 1, 0];

/** A stream that does not depend on one part of its key, which another stream differs in. */
const sharedStream = (name: string, part: number, other: Parameters<Key>) =>
  plant<Key>({
    name,
    piece: streamKey,
    wrong: (...given) => streamKey(...(given.with(part, first[part]!) as Parameters<Key>)),
    finds: (key) =>
      key(...first) === key(...other) ? `${first.join(' | ')} and ${other.join(' | ')} share a stream` : undefined,
  });

type Categorical = typeof categoricalSampler;

/** Draws that a right sampler gets with probability 1 − 2⁻⁵³ or more are the same in every run: the key is fixed. */
const draws = 4096;
type Counts = (theta: readonly number[], batch: number) => number[];
const countsOf: Counts = (theta, batch) => {
  const random = keyedStream(streamKey('self', 'self-samplers', 1, 0));
  const sampler = multinomialSampler(theta, batch);
  const counts = new Int32Array(theta.length);
  const total = theta.map(() => 0);
  for (let i = 0; i < draws / batch; i++) {
    sampler(random, counts);
    for (const [k, count] of counts.entries()) total[k]! += count;
  }
  return total;
};

export const selfSamplersClaim = selfClaim({
  id: 'self-samplers',
  about: 'samplers',
  plants: [
    sharedStream('a stream without the seed', 0, ['2', 'check', 1, 0]),
    sharedStream('a stream without the id of its check', 1, ['1', 'other', 1, 0]),
    sharedStream('a stream without the version of its check', 2, ['1', 'check', 2, 0]),
    sharedStream('a stream that all replicates share', 3, ['1', 'check', 1, 1]),
    plant<Categorical>({
      name: 'u ≤ in place of u < at the end of a component',
      piece: categoricalSampler,
      wrong: (theta) => {
        const own = categoricalSampler(theta);
        return (random, indices) => own(() => Math.max(0, random() - 2 ** -53), indices);
      },
      finds: (sampler) => {
        const indices = new Int32Array(1);
        sampler([0.25, 0.75])(() => 0.25, indices);
        return indices[0] === 1 ? undefined : 'u = θ_1 draws the first component';
      },
    }),
    plant<Counts>({
      name: 'draws that do not follow θ',
      piece: countsOf,
      wrong: (theta, batch) => countsOf(Array(theta.length).fill(1 / theta.length), batch),
      finds: (counts) => {
        const theta = [0.5, 0.3, 0.2];
        const logE = logMixtureRatio(counts(theta, 4), theta);
        return logE < -Math.log(slotAlpha) ? undefined : `ln E = ${logE.toFixed(1)} against θ`;
      },
    }),
  ],
});

/** The first double of each replicate's stream, by the number of the replicate. */
type FirstDoubles = (replicate: number) => number;
const own: FirstDoubles = (replicate) => keyedStream(streamKey('self', 'self-streams', 1, replicate))();

/** A stream costs some microseconds: a million of them are left to depth deep. */
const replicates: Readonly<Record<Depth, number>> = { quick: 2 ** 14, standard: 2 ** 15, deep: 1_000_000 };

/** Among 10⁶ numbers of 53 bits a pair of equal ones has the probability 6·10⁻⁵. */
function duplicates(first: FirstDoubles, depth: Depth): string | undefined {
  const count = replicates[depth];
  const sorted = Float64Array.from({ length: count }, (_, replicate) => first(replicate)).sort();
  const equal = sorted.reduce((sum, u, i) => sum + (i > 0 && u === sorted[i - 1] ? 1 : 0), 0);
  return equal === 0 ? undefined : `${equal} of ${count} streams begin with the 53 bits of another`;
}

/**
 * What shows that the first doubles u_i, u_{i+1} of consecutive replicates are correlated. Given the earlier ones 1 ± 4(u_i − ½)(u_{i+1} − ½) has the
 * mean 1 and is ≥ 0, so V at b = 1 is an e-process for either sign.
 */
function correlated(first: FirstDoubles): string | undefined {
  const [more, less] = [violationProcess(1), violationProcess(1)];
  const threshold = -Math.log(slotAlpha / 2);
  let before = first(0) - 0.5;
  for (let replicate = 1; replicate < 2 ** 14; replicate++) {
    const u = first(replicate) - 0.5;
    more.observe(1 + 4 * before * u);
    less.observe(1 - 4 * before * u);
    if (more.reaches(threshold)) return `replicates ${replicate} and before begin alike`;
    if (less.reaches(threshold)) return `replicates ${replicate} and before begin oppositely`;
    before = u;
  }
  return undefined;
}

export const selfStreamsClaim = selfClaim({
  id: 'self-streams',
  about: 'random streams',
  plants: [
    plant<FirstDoubles>({
      name: 'a stream that is seeded by six digits of its key',
      piece: own,
      wrong: (replicate) => keyedStream(streamKey('self', 'self-streams', 1, replicate).slice(0, 6))(),
      finds: duplicates,
    }),
    plant<FirstDoubles>({
      name: 'a stream that is half of the one before',
      piece: own,
      wrong: (replicate) => (own(replicate) + own(replicate + 1)) / 2,
      finds: correlated,
    }),
    plant<FirstDoubles>({
      name: 'every other stream is the reflection of the one before',
      piece: own,
      wrong: (replicate) => (replicate % 2 === 0 ? own(replicate) : 1 - own(replicate - 1)),
      finds: correlated,
    }),
  ],
});
