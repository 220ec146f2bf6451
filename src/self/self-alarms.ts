import type { Depth } from '../claims/claim.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { showsRateAbove } from '../statistics/clopper-pearson.js';
import {
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  violationProcess,
} from '../statistics/e-process.js';
import { plannedReplicates } from '../statistics/plan.js';
import { plant, selfClaim } from './planted.js';

/** A law on [0, ∞) with mean 1, by inversion. */
interface UnitLaw {
  readonly name: string;
  readonly quantile: (u: number) => number;
  readonly cap?: number;
}

const twoPoint = (cap: number): UnitLaw => ({ name: 'two-point', quantile: (u) => (u < 1 / cap ? cap : 0), cap });
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

/** The one test with a change; the other is judged as it is. */
const changed =
  (index: number, change: (make: () => EProcess) => () => EProcess): Tests =>
  (law) =>
    tests(law).flatMap(([what, make], i) => (i === index ? [[what, change(make)] as const] : []));

type Plan = typeof plannedReplicates;

/** Paths on which a plan is tried, and the level of that. */
const planned = { paths: 400, alpha: 0.01 };

/** How many paths of the two-point law with this mean reach 1/α within the steps. */
function decided(make: () => EProcess, mean: number, steps: number): number {
  let count = 0;
  for (let path = 0; path < planned.paths; path++) {
    const next = replicatesOf(twoPoint(4), path);
    const process = make();
    for (let n = 0; n < steps; n++) {
      process.observe(mean * next());
      if (process.reaches(-Math.log(planned.alpha))) {
        count++;
        break;
      }
    }
  }
  return count;
}

/** What shows that more than a tenth of the paths are undecided after what is planned for a tenth, or that the plan is idle. */
function undecided(plan: Plan): string | undefined {
  const { paths, alpha } = planned;
  for (const [side, mean] of [
    ['violated', 1.5],
    ['holds', 0.5],
  ] as const) {
    const steps = plan({ side, bound: 1, cap: 4 * mean, mean, alpha }, 0.1);
    if (steps === undefined) return 'there is no plan';
    const make = side === 'violated' ? () => violationProcess(1) : () => holdsProcessWithCap(1, 4 * mean);
    const open = paths - decided(make, mean, steps);
    if (showsRateAbove(0.1, open, paths, error)) return `${open} of ${paths} paths are undecided after ${steps}`;
    const soon = decided(make, mean, Math.ceil(steps / 5));
    if (soon > paths / 2) return `${soon} of ${paths} paths are decided after a fifth of ${steps}`;
  }
  return undefined;
}

export const claim = selfClaim({
  id: 'self-alarms',
  about: 'error rates',
  plants: [
    plant<Tests>({
      name: 'a test of E[X] ≤ b that forgets what it has lost, two-point law',
      piece: tests,
      wrong: changed(0, (make) => () => forgetful(make)),
      finds: alarms(twoPoint(4)),
    }),
    plant<Tests>({
      name: 'a test of E[X] ≥ b that misses a tenth of every X, uniform law',
      piece: tests,
      wrong: changed(1, (make) => () => scaled(make(), 0.9)),
      finds: alarms(uniform),
    }),
    plant<Tests>({
      name: 'a test of E[X] ≤ b that counts every replicate twice, exponential law',
      piece: tests,
      wrong: changed(0, (make) => () => twice(make())),
      finds: alarms(exponential),
    }),
    plant<Tests>({
      name: 'a second moment that is the square of the mean, exponential law',
      piece: tests,
      wrong: changed(1, () => () => holdsProcessWithSecondMoment(1, 1, 1)),
      finds: alarms(exponential),
    }),
    plant<Tests>({
      name: 'a test of E[X] ≤ b that sees a tenth more of every X, exponential law',
      piece: tests,
      wrong: changed(0, (make) => () => scaled(make(), 1.1)),
      finds: alarms(exponential),
    }),
    plant<Plan>({
      name: 'a plan of half of the replicates',
      piece: plannedReplicates,
      wrong: (situation, share) => Math.ceil(plannedReplicates(situation, share)! / 2),
      finds: undecided,
    }),
    plant<Plan>({
      name: 'a plan of ten times the replicates',
      piece: plannedReplicates,
      wrong: (situation, share) => 10 * plannedReplicates(situation, share)!,
      finds: undecided,
    }),
  ],
});
