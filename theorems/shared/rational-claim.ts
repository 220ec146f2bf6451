import type { Claim, RowFinding } from '../../src/library/claims.js';
import {
  atStep,
  coordinateLipschitz,
  enclosingDoubles,
  enumerateLeft,
  fromDouble,
  isAtMost,
  type LowerConstants,
  lowerConstants,
  type Quotient,
  rationalProblem,
  squareRootBelow,
  toDouble,
  writtenOut,
} from '../../src/library/exact.js';
import {
  claimInPieces,
  claimMaker,
  type Enclosure,
  enclosedTheorem,
  evidenceOfRows,
  exactForm,
  rationalIterations,
  tellRow,
} from '../../src/library/testing.js';
import type { BoundInstance, IterationsByDepth, Theorem } from '../../src/library/theorems.js';

/** An instance with those T for which all sample paths can be enumerated. */
export interface ExactInstance {
  readonly instance: BoundInstance;
  readonly iterations: IterationsByDepth;
}

export interface RationalClaim extends Omit<Claim, 'check' | 'requires' | 'hypotheses' | 'source'> {
  readonly theorem: Theorem;
  readonly instances: readonly ExactInstance[];
}

/** A row together with its two sides. */
export interface RationalRow {
  readonly row: RowFinding;
  readonly left: Quotient;
  readonly bound: Quotient;
}

/**
 * The theorem on one instance as a comparison of two rationals: proved if the left side is at most the bound.
 * @throws RangeError when √T is not an integer
 */
export function rationalRow(theorem: Theorem, instance: BoundInstance, iterations: number): RationalRow {
  const { miniBatch, step, bound: boundAt, sharp: sharpAt } = enclosedTheorem(theorem, iterations);
  const problem = rationalProblem(instance.problem, instance.start.length);
  const start = instance.start.map(fromDouble);
  const { lower: scheduledStep, upper } = step(coordinateLipschitz(problem));
  if (!scheduledStep.equals(upper))
    throw new RangeError(`T must be a perfect square for a rational step and bound, got ${iterations}`);
  const scheduled = atStep(problem, scheduledStep);
  const constants = lowerConstants(scheduled, start);
  const exact = exactForm(theorem, instance.problem);
  if ('inapplicable' in exact) throw new TypeError(`${theorem.id}: ${exact.inapplicable}`);
  const left = enumerateLeft({
    problem: scheduled,
    start,
    iterations,
    miniBatch,
    iteration: rationalIterations[exact.algorithm],
    norm: exact.norm,
    signOfZero: instance.signOfZero ?? 'zero',
  });
  const [bound, sharp] = [boundAt, sharpAt].map((at) => at?.(scheduledStep, constants)) as [Enclosure, Enclosure?];
  const isBelow = (end: keyof Enclosure) => [bound, ...(sharp ? [sharp] : [])].every((of) => isAtMost(left, of[end]!));
  const holds = isBelow('lower');
  const refuted = constants.exact && !isBelow('upper');
  return {
    left,
    bound: bound.lower,
    row: {
      instance: instance.name,
      iterations,
      step: toDouble(scheduled.step),
      miniBatch,
      engine: 'enumeration',
      left: toDouble(left),
      leftInterval: enclosingDoubles(left),
      bound: toDouble(bound.lower),
      ...(sharp !== undefined && { sharpBound: toDouble(sharp.lower) }),
      verdict: holds ? 'proved-exactly' : refuted ? 'violated' : 'inconclusive',
      reason: `left ${holds ? '≤' : '>'} bound in rationals, ${constants.exact ? 'all constants exact' : 'constants from below'}`,
      replicates: 1,
      constants: describeConstants(constants),
    },
  };
}

function describeConstants({ coordinateLipschitz, variance, gap }: LowerConstants): RowFinding['constants'] {
  return {
    coordinateL: coordinateLipschitz.map(toDouble),
    coordinateSigma: variance.map((entry) => toDouble(squareRootBelow(entry))),
    gapLower: toDouble(gap),
  };
}

/** A theorem proved on instances by enumerating every sequence of mini-batches in rational arithmetic, without any tolerance. */
export const rationalClaim = claimMaker((claim: RationalClaim): Claim => {
  const { theorem, instances, ...rest } = claim;
  const { source, hypotheses } = theorem;
  return claimInPieces(
    { ...rest, source, hypotheses, requires: { referenceOnly: true } },
    {
      plan: (_implementation, { depth }) =>
        instances.flatMap(({ instance, iterations }) => iterations[depth].map((T) => ({ instance, iterations: T }))),
      decide({ instance, iterations }, _implementation, budget): RationalRow {
        tellRow({ instance, iterations }, budget);
        return rationalRow(theorem, instance, iterations);
      },
      conclude(rows) {
        const exact = tightest(rows);
        return { ...evidenceOfRows(rows.map(({ row }) => row)), ...(exact && { exact }) };
      },
    },
  );
});

/** The two sides of the row with the largest left/bound, among those short enough to read. */
function tightest(rows: readonly RationalRow[]): { left: string; bound: string } | undefined {
  const byRatio = [...rows].sort((a, b) => b.row.left / b.row.bound - a.row.left / a.row.bound);
  for (const { left, bound } of byRatio) {
    const [written, limit] = [writtenOut(left), writtenOut(bound)];
    if (written !== undefined && limit !== undefined && written.length + limit.length <= 200) {
      return { left: written, bound: limit };
    }
  }
  return undefined;
}
