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
 * Level of the processes: high, so that few paths tell whether it is kept. Seventeen alarms in 400 paths are what cannot be chance, so a rate of seven
 * times the level is found with probability 0.99 and one of three times in a tenth of the cases: a test that forgets what it has lost shows under the
 * two-point law and not under the uniform one, and one that counts every replicate twice not under the uniform one either.
 */
const alpha = 0.01;
const paths = 400;
const length = 250;
/** Probability that a right process is told to be wrong, were the paths drawn anew: they are not. */
const error = 1e-6;

/** How many paths reach 1/α within `steps` replicates of the law times `mean`. */
function crossings(make: () => EProcess, { name, quantile }: UnitLaw, mean = 1, steps = length): number {
  let count = 0;
  for (let path = 0; path < paths; path++) {
    const random = keyedStream(streamKey('self', `self-alarms ${name}`, 1, path));
    const process = make();
    for (let n = 0; n < steps; n++) {
      process.observe(mean * quantile(random()));
      if (process.reaches(-Math.log(alpha))) {
        count++;
        break;
      }
    }
  }
  return count;
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

/** A process that sees left sides of which a part was lost. */
const short = (process: EProcess): EProcess => ({ ...process, observe: (x) => process.observe(0.9 * x) });

/** Both tests of E[X] against 1, where E[X] is 1. */
type Tests = (law: UnitLaw) => readonly (readonly [what: string, make: () => EProcess])[];
const tests: Tests = ({ cap }) => [
  ['E[X] ≤ b', () => violationProcess(1)],
  ['E[X] ≥ b', () => (cap === undefined ? holdsProcessWithSecondMoment(1, 2, 1) : holdsProcessWithCap(1, cap))],
];

/** What shows that a test at the exact null alarms more often than its level says. */
const alarms =
  (law: UnitLaw) =>
  (made: Tests): string | undefined => {
    for (const [what, make] of made(law)) {
      const count = crossings(make, law);
      if (showsRateAbove(alpha, count, paths, error)) {
        return `at E[X] = b, ${count} of ${paths} paths refute ${what} at the level ${alpha}`;
      }
    }
    return undefined;
  };

const changed =
  (index: number, change: (make: () => EProcess) => () => EProcess): Tests =>
  (law) =>
    tests(law).map(([what, make], i) => [what, i === index ? change(make) : make]);

type Plan = typeof plannedReplicates;

/** What shows that more than a tenth of the paths are undecided after what is planned for a tenth, or that the plan is idle. */
function undecided(plan: Plan): string | undefined {
  for (const [side, mean] of [
    ['violated', 1.5],
    ['holds', 0.5],
  ] as const) {
    const law = twoPoint(4);
    const steps = plan({ side, bound: 1, cap: 4 * mean, mean, alpha }, 0.1);
    if (steps === undefined) return 'there is no plan';
    const make = side === 'violated' ? () => violationProcess(1) : () => holdsProcessWithCap(1, 4 * mean);
    const open = paths - crossings(make, law, mean, steps);
    if (showsRateAbove(0.1, open, paths, error)) return `${open} of ${paths} paths are undecided after ${steps}`;
    const early = crossings(make, law, mean, Math.ceil(steps / 5));
    if (early > paths / 2) return `${early} of ${paths} paths are decided after a fifth of ${steps}`;
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
      wrong: changed(1, (make) => () => short(make())),
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
