import type { StatefulCase } from '../../../src/claims/arbitraries/stateful-case.js';
import { sharesOf } from '../../../src/claims/judges/declared-accuracy.js';
import { worstOf } from '../../../src/claims/judges/judgement.js';
import { oracleOf } from '../../../src/claims/judges/oracle.js';
import { ofDifference, unitRoundoff } from '../../../src/claims/judges/precision.js';
import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulInvariant, statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** Whether the first two slopes of the run agree in sign in its first coordinate. */
function firstTurn({ problem, step, x, batches, hyperparameters }: StatefulCase): string[] {
  const slopeAt = (point: Float64Array, t: number): number =>
    oracleOf(problem).gradient(sharesOf(batches[t]!, problem.functions.length), point)![0]!;
  const before = slopeAt(x, 0);
  const { smallestStep, largestStep } = hyperparameters as Readonly<Record<string, number>>;
  const size = Math.min(Math.max(step, smallestStep!), largestStep!);
  const after = slopeAt(
    x.map((value) => value - size * Math.sign(before)),
    1,
  );
  if (before * after === 0) return [];
  return [before * after < 0 ? 'a sign that turns' : 'a sign that stays'];
}

/** Rprop: a step for each coordinate, which grows while the sign of its slope stays and shrinks when that turns. */
export const claim = propertyClaim({
  id: 'rprop',
  version: 2,
  source: { section: 'beyond the paper', equation: 'torch.optim.Rprop' },
  statement:
    'Δ ← η₊Δ while the sign of ∇f̂(x)_i stays and η₋Δ when it turns, within its range; x_i ← x_i − Δ sgn ∇f̂(x)_i, and x_i where it turns',
  method:
    'every iterate of 12 to 16 against the rule in rationals, from the own iterates before, no more of a coordinate after a sign that is rounding; ' +
    'two runs by turns',
  requires: { algorithms: ['rprop'] },
  success: 'holds',
  effort: 0.3,
  parts: async (implementation) => {
    const u = unitRoundoff(implementation.description.dtype);
    return [
      ...(await statefulParts(implementation, 'rprop', {
        classify: firstTurn,
        mustReach: ['a sign that turns', 'a sign that stays'],
      })),
      ...statefulInvariant(implementation, 'rprop', {
        name: 'its steps stay in their range',
        change: (input) => input,
        judge({ x, hyperparameters }, iterates) {
          const { smallestStep, largestStep } = hyperparameters as Readonly<Record<string, number>>;
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
      }),
    ];
  },
});
