import { unitRoundoff } from '../../../src/claims/implementation/dtype.js';
import { maximum, minimum, one, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import type { StatefulCase } from '../../../src/judging/arbitraries/stateful-case.js';
import { worstOf } from '../../../src/judging/judges/judgement.js';
import { ofDifference } from '../../../src/judging/judges/precision.js';
import {
  anyOf,
  certainSign,
  closest,
  combination,
  type Expected,
  exactly,
  nothing,
  product,
  type Rule,
  type Uncertain,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** The step of a coordinate and its previous gradient; undefined after an uncertain sign, on which both depend. */
interface Resilient {
  readonly size: Uncertain;
  readonly gradient: Uncertain;
  /** The gradient is 0, and the implementation has moved by the sign that it gives 0. */
  readonly movedAtZero?: boolean;
}

const rule: Rule = ({ given, u }) => {
  const [smallest, largest] = [given('smallestStep'), given('largestStep')];
  const within = ({ value, error }: Uncertain): Uncertain => ({
    value: maximum(smallest, minimum(largest, value)),
    error,
  });
  let memory: readonly (Resilient | undefined)[] | undefined;
  return ({ x, next: observed, step, stochasticGradient }) => {
    const now = stochasticGradient(x).map((g, i): Resilient | undefined => {
      const before = memory === undefined ? { size: exactly(step), gradient: nothing } : memory[i];
      // With another sign of 0 than 0, what it remembers is unknown.
      if (before?.movedAtZero === true) return undefined;
      const sign = certainSign(g);
      const signBefore = before && certainSign(before.gradient);
      if (before === undefined || sign === undefined || signBefore === undefined) return undefined;
      const turned = sign * signBefore;
      const factor = turned > 0 ? given('etaPlus') : turned < 0 ? given('etaMinus') : one;
      const size = within(product(exactly(factor), before.size, u));
      const places = [zero, size.value, size.value.neg()].map((move) => x[i]!.value.add(move));
      const movedAtZero = sign === 0 && !closest(places, observed[i]!).equals(x[i]!.value);
      return { size, gradient: turned < 0 ? nothing : g, movedAtZero };
    });
    memory = now;
    return x.map((value, i): Expected => {
      const here = now[i];
      if (here === undefined) return { values: [], error: 0 };
      const move = (sign: bigint): Uncertain => combination(one, value, rational(-sign), here.size, u);
      if (here.movedAtZero === true) return anyOf([move(1n), move(-1n)]);
      return anyOf([move(BigInt(certainSign(here.gradient)!))]);
    });
  };
};

/** Whether the first two slopes of the run agree in sign in its first coordinate. */
function firstTurn({ problem, batches }: StatefulCase): string[] {
  const [before, after] = [0, 1].map((t) => (problem.functions[batches[t]![0]!]!['coefficients'] as number[])[0]!);
  if (before! * after! === 0) return [];
  return [before! * after! < 0 ? 'a sign that turns' : 'a sign that stays'];
}

/** Rprop: a step for each coordinate, which grows while the sign of its slope stays and shrinks when that turns. */
export const claim = statefulClaim({
  algorithm: 'rprop',
  version: 3,
  equation: 'torch.optim.Rprop',
  statement:
    'Δ ← η₊Δ while the sign of ∇f̂(x)_i stays and η₋Δ when it turns, within its range; x_i ← x_i − Δ sgn ∇f̂(x)_i, and x_i where it turns',
  method: { signs: 'each coordinate until its sign is at rounding level' },
  rule,
  classify: firstTurn,
  mustReach: ['a sign that turns', 'a sign that stays'],
  // After a gradient of 0 that moves x, the rule does not know the step.
  invariant: {
    name: 'its steps stay in their range',
    judge({ x, hyperparameters }, iterates, { description }) {
      const { smallestStep, largestStep } = hyperparameters as Readonly<Record<string, number>>;
      const u = unitRoundoff(description.dtype);
      const excesses = iterates.flatMap((next, t) =>
        Array.from(next, (value, i) => {
          const from = (iterates[t - 1] ?? x)[i]!;
          const moved = Math.abs(value - from);
          const outside = moved === 0 ? 0 : Math.max(smallestStep! - moved, moved - largestStep!, 0);
          return {
            ratio: outside / (ofDifference * u * (Math.abs(from) + moved + smallestStep!)),
            explanation: () => `entry ${i} of x_${t + 1} has moved by ${moved}`,
          };
        }),
      );
      return worstOf(excesses);
    },
  },
});
