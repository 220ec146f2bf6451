import type { Depth } from '../claims/claim.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { showsRateAbove } from '../statistics/clopper-pearson.js';
import {
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  violationProcess,
} from '../statistics/e-process.js';
import { plant, selfClaim } from './planted.js';

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

export const claim = selfClaim({
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
