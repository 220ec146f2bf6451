import { slotAlpha, slotCount } from '../statistics/budget.js';
import { decideBound, type ReplicateSource } from '../statistics/decision.js';
import {
  bets,
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  requireLeftSide,
  violationProcess,
} from '../statistics/e-process.js';
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

export const claim = selfClaim({
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
