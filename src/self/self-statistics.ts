import { reasonWithoutSampling, requirePower } from '../statistics/bound-check.js';
import { alphaPerRun, slotAlpha, slotCount, spendSlots, sumSpendings } from '../statistics/budget.js';
import { decideBound, type ReplicateSource } from '../statistics/decision.js';
import {
  bets,
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  requireLeftSide,
  violationProcess,
} from '../statistics/e-process.js';
import { meanInterval } from '../statistics/mean-interval.js';
import { logMixtureRatio } from '../statistics/multinomial-test.js';
import { undecidedProbability } from '../statistics/plan.js';
import { Moments } from '../statistics/summaries.js';
import { plant, selfClaim } from './planted.js';

/** E after one observation, on average over a law: at most 1 under the null. */
function expectation(process: () => EProcess, law: readonly (readonly [probability: number, x: number])[]): number {
  return law.reduce((sum, [probability, x]) => {
    const own = process();
    own.observe(x);
    return sum + probability * Math.exp(own.logValue());
  }, 0);
}

const slack = 1e-12;
const above = (value: number, limit: number, what: string): string | undefined =>
  value > limit * (1 + slack) ? `${what} is ${value.toPrecision(3)}, above ${limit}` : undefined;
const refuses = (action: () => unknown): boolean => {
  try {
    action();
    return false;
  } catch {
    return true;
  }
};

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
    plant({
      name: 'a test of E[X] ≤ b that takes X twice',
      piece: violationProcess,
      wrong: (bound) => fed(violationProcess(bound), (x) => 2 * x),
      finds: (process) =>
        above(
          expectation(
            () => process(1),
            [
              [0.5, 0],
              [0.5, 2],
            ],
          ),
          1,
          'E[E] at the bound',
        ),
    }),
    plant({
      name: 'a test of E[X] ≥ b that takes half of the cap',
      piece: holdsProcessWithCap,
      wrong: (bound, cap) => fed(holdsProcessWithCap(bound, cap / 2), (x) => Math.min(x, cap / 2)),
      finds: (process) =>
        above(
          expectation(
            () => process(1, 4),
            [
              [0.75, 0],
              [0.25, 4],
            ],
          ),
          1,
          'E[E] at the bound',
        ),
    }),
    plant({
      name: 'a quarter of the second moment',
      piece: holdsProcessWithSecondMoment,
      wrong: (bound, v, stakes) => holdsProcessWithSecondMoment(bound, v / 4, stakes),
      // P[X = v/b] = b²/v has the mean b and the second moment v.
      finds: (process) =>
        above(
          expectation(
            () => process(1, 4, 1),
            [
              [0.75, 0],
              [0.25, 4],
            ],
          ),
          1,
          'E[E] at the bound',
        ),
    }),
    plant({
      name: 'a slot that is the whole budget',
      piece: { alpha: slotAlpha, slots: slotCount },
      wrong: { alpha: slotAlpha * slotCount, slots: slotCount },
      finds: ({ alpha, slots }) => above(alpha * slots, 1e-9, 'the budget of all slots'),
    }),
    plant({
      name: 'a slot that is not divided by its runs',
      piece: alphaPerRun,
      wrong: () => slotAlpha,
      finds: (perRun) => above(7 * perRun(7), slotAlpha, 'the level of seven runs'),
    }),
    plant({
      name: 'spending that is never over',
      piece: sumSpendings,
      wrong: (spendings) => ({ ...sumSpendings(spendings), withinBudget: true }),
      finds: (sum) =>
        sum([spendSlots(slotCount), spendSlots(1)]).withinBudget ? 'a slot too many is spent' : undefined,
    }),
    plant({
      name: 'a replicate above its cap',
      piece: requireLeftSide,
      wrong: (x) => x,
      finds: (take) => (refuses(() => take(2, 0, 1)) ? undefined : 'X = 2 is taken where X ≤ 1 is derived'),
    }),
    plant({
      name: 'a replicate that is NaN',
      piece: requireLeftSide,
      wrong: (x, _, cap) => Math.min(x, cap ?? x),
      finds: (take) => (refuses(() => take(Number.NaN, 0, 1)) ? undefined : 'NaN is taken as a left side'),
    }),
    plant({
      name: 'a second moment compared with b in place of b²',
      piece: reasonWithoutSampling,
      wrong: ({ bound, secondMoment }) => (secondMoment! <= bound ? 'v ≤ b' : undefined),
      finds: (reason) =>
        reason({ bound: 0.5, secondMoment: 0.4, maximumReplicates: 1 }) === undefined
          ? undefined
          : 'E[X²] = 0.4 proves E[X] ≤ 0.5, though √0.4 > 0.5',
    }),
    plant({
      name: 'a check that is never refused for its power',
      piece: requirePower,
      wrong: () => undefined,
      finds: (require_) => {
        const power = { ratio: 2, probability: 0.99 };
        const weak = { bound: 1, cap: 100, maximumReplicates: 10, power };
        return refuses(() => require_(weak, slotAlpha)) ? undefined : 'ten replicates are enough for M = 100 b';
      },
    }),
    plant({
      name: 'power without the threshold of E',
      piece: undecidedProbability,
      wrong: (situation, n) => undecidedProbability({ ...situation, alpha: 1 - 2 ** -20 }, n),
      // Eight replicates at the cap M = 2b multiply E by less than 2⁸, which is less than 1/α.
      finds: (undecided) => {
        const open = undecided({ side: 'violated', bound: 1, cap: 2, mean: 2, alpha: 1e-3 }, 8);
        return open < 1 ? `eight replicates decide with probability ${1 - open}, where E ≤ 256 < 1/α` : undefined;
      },
    }),
    plant({
      name: 'an interval at 1/ε in place of 2/ε',
      piece: meanInterval,
      wrong: (sample, known, error = 1e-3) => meanInterval(sample, known, 2 * error),
      finds: (interval) => {
        const sample = Float64Array.from({ length: 64 }, (_, i) => (i % 4) / 3);
        const [lower] = interval(sample, { cap: 1, bound: 1 }, 1e-3);
        const process = violationProcess(lower);
        for (const x of sample) process.observe(x);
        const reached = Math.exp(process.logValue());
        return reached < 2000 * (1 - slack)
          ? `the lower end is rejected at E = ${reached.toPrecision(4)}, below 2/ε`
          : undefined;
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
    plant({
      name: 'a test of draws without the number of laws',
      piece: logMixtureRatio,
      wrong: (counts, probabilities) => logMixtureRatio(counts, probabilities) + Math.log(2),
      finds: (ratio) => {
        const law = [0.25, 0.25, 0.5];
        const mean = law.reduce(
          (sum, p, k) =>
            sum +
            p *
              Math.exp(
                ratio(
                  [0, 1, 2].map((j) => (j === k ? 1 : 0)),
                  law,
                ),
              ),
          0,
        );
        return Math.abs(mean - 1) < slack
          ? undefined
          : `E[E] under the law itself is ${mean.toPrecision(3)}, right is 1`;
      },
    }),
    plant({
      name: 'a sample variance with n in place of n − 1',
      piece: (values: readonly number[]): number => {
        const moments = new Moments();
        for (const x of values) moments.add(x);
        return moments.variance;
      },
      wrong: (values) => {
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
        return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
      },
      finds: (variance) => (variance([1, 3]) === 2 ? undefined : `the variance of 1 and 3 is ${variance([1, 3])}`),
    }),
  ],
});
