import fc from 'fast-check';
import { dyadic, positiveDyadic } from '../../../src/claims/arbitraries/dyadic.js';
import { drawable } from '../../../src/claims/arbitraries/problem-case.js';
import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  signFamilies,
  smoothProblemCase,
} from '../../../src/claims/arbitraries/smooth-problem-case.js';
import { parabolas } from '../../shared/functions.js';

/** A run of signProx with momentum on a problem of Assumption 2, with a mini-batch for each iteration. */
export interface MomentumCase extends Pick<SmoothProblemCase, 'problem' | 'x' | 'step' | 'signOfZero'> {
  /** m of α = 2/(m² + 1). */
  readonly inverseRoot: number;
  /** 0-based components of the mini-batches, T of them. */
  readonly batches: readonly (readonly number[])[];
}

const inverseRoot = fc.constantFrom(1, 2, 2, 3, 7);

/** Runs of up to four iterations. */
export const anyCase: fc.Arbitrary<MomentumCase> = fc
  .record({
    base: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: signFamilies.rational, maximumBatch: 3 }),
    inverseRoot,
    later: fc.array(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
  })
  .map(({ base: { problem, x, step, signOfZero, indices }, later, ...rest }) => {
    const allowed = drawable(problem.probabilities);
    const batches = [indices, ...later.map((draws) => draws.map((draw) => allowed[draw % allowed.length]!))];
    return { ...rest, problem, x, step, signOfZero, batches };
  });

/** d and r_k of one curvature, and a first draw with P_k(x) = x: a wrong sign where all of d″ and r″ is L. */
export const matchedCase: fc.Arbitrary<MomentumCase> = fc
  .record({
    curvature: positiveDyadic(2, 4),
    x: dyadic(2, 4),
    centers: fc.tuple(dyadic(2, 4), dyadic(2, 4)),
    step: positiveDyadic(2, 4),
    inverseRoot,
    signOfZero: fc.constantFrom('zero' as const, 'positive' as const, 'negative' as const),
    later: fc.array(fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 1 }), { maxLength: 2 }),
  })
  .map(({ curvature, x, centers, later, ...rest }) => ({
    ...rest,
    problem: {
      smooth: { type: 'quadratic', curvature, center: 2 * x - centers[0] },
      functions: parabolas(curvature, ...centers),
      probabilities: [0.5, 0.5],
    },
    x: Float64Array.of(x),
    batches: [[0], ...later],
  }));

/** d and r of one curvature from far away: every step goes the same way, and G changes as fast as it can. */
export const marchingCase: fc.Arbitrary<MomentumCase> = fc
  .record({
    curvature: positiveDyadic(2, 4),
    step: positiveDyadic(2, 4),
    inverseRoot,
    signOfZero: fc.constant('zero' as const),
    iterations: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ curvature, iterations, ...rest }) => ({
    ...rest,
    problem: {
      smooth: { type: 'quadratic', curvature, center: 0 },
      functions: parabolas(curvature, 0),
      probabilities: [1],
    },
    x: Float64Array.of(64),
    batches: Array.from({ length: iterations }, () => [0]),
  }));

/** A problem with α = 2/(m² + 1), B and T. */
export interface NoiseCase extends Pick<SmoothProblemCase, 'problem' | 'x' | 'step' | 'signOfZero'> {
  readonly inverseRoot: number;
  readonly miniBatch: number;
  readonly iterations: number;
}

/** Whole laws are found of runs of up to four iterations. */
export const noiseCase: fc.Arbitrary<NoiseCase> = fc
  .record({
    base: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: rationalFamilies }),
    // Short steps too, so that the noise is not small beside them.
    step: fc.oneof(positiveDyadic(2, 4), positiveDyadic(1, 64)),
    inverseRoot: fc.constantFrom(1, 2, 3, 7),
    size: fc.constantFrom(
      { miniBatch: 1, iterations: 2 },
      { miniBatch: 1, iterations: 3 },
      { miniBatch: 1, iterations: 4 },
      { miniBatch: 2, iterations: 3 },
      { miniBatch: 3, iterations: 2 },
    ),
  })
  .map(({ base: { problem, x, signOfZero }, size, ...rest }) => ({ problem, x, signOfZero, ...size, ...rest }));
