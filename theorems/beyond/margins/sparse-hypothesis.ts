import type { OwnHypothesis, OwnWitness } from '../../../src/claims/hypothesis.js';
import type { ProblemAtStep } from '../../../src/reference/problem/problem.js';

/** What is assumed of the noise of single draws. */
export interface SparseNoise {
  /** ϱ: Ĝ_i − G_i is different from 0 with this probability at most. */
  readonly rarity: number;
  /** Whether Ĝ_i − G_i is symmetric about 0. */
  readonly symmetric: boolean;
}

/** Relative to the largest noise, and of a probability: what rounding may make of 0. */
const rounding = 2 ** -30;

/** The values of Ĝ_i − G_i at x that are not 0, with their probabilities. */
function noiseAt(problem: ProblemAtStep, x: Float64Array, i: number): { value: number; probability: number }[] {
  const { probabilities } = problem.problem;
  const mapping = problem.gradientMapping(x)[i]!;
  const values = Array.from(probabilities, (probability, k) => ({
    value: problem.stochasticGradientMapping([k], x)[i]! - mapping,
    probability,
  }));
  const largest = Math.max(Math.abs(mapping), ...values.map(({ value }) => Math.abs(value)));
  return values.filter(({ value }) => Math.abs(value) > rounding * largest);
}

/** What is wrong with the noise at x. */
function faultAt(problem: ProblemAtStep, x: Float64Array, { rarity, symmetric }: SparseNoise): string | undefined {
  for (let i = 0; i < x.length; i++) {
    const noise = noiseAt(problem, x, i);
    const occurs = noise.reduce((sum, { probability }) => sum + probability, 0);
    if (occurs > rarity + rounding) return `the noise in coordinate ${i + 1} occurs with probability ${occurs}`;
    const balance = ({ value }: { value: number }): number =>
      noise
        .filter((other) => Math.abs(Math.abs(other.value) - Math.abs(value)) <= rounding * Math.abs(value))
        .reduce((sum, other) => sum + Math.sign(other.value) * other.probability, 0);
    if (symmetric && noise.some((entry) => Math.abs(balance(entry)) > rounding)) {
      return `the noise in coordinate ${i + 1} is not symmetric: ${noise.map(({ value, probability }) => `${value} with probability ${probability}`).join(', ')}`;
    }
  }
  return undefined;
}

/** Whether Ĝ − G is the same at every x: of linear r_k, and of parabolas of one curvature. */
function isConstant({ problem }: ProblemAtStep): boolean {
  const { functions } = problem.specification;
  const kinds = new Set(functions.map(({ type, curvature }) => JSON.stringify([type, curvature])));
  return kinds.size === 1 && ['linear', 'quadratic'].includes(functions[0]!.type);
}

/** That the noise of single draws is sparse: certified where it does not depend on x. */
export function sparseHypothesis(noise: SparseNoise): OwnHypothesis {
  const kind = noise.symmetric ? 'symmetric and ' : '';
  return {
    id: 'sparse-noise',
    statement: `Ĝ_i − G_i is ${kind}different from 0 with probability ${noise.rarity} at most, for single draws`,
    certify: (problem) =>
      isConstant(problem) && faultAt(problem, new Float64Array(problem.problem.dimension ?? 1), noise) === undefined,
    search(problem, points): OwnWitness | undefined {
      for (const x of points) {
        const explanation = faultAt(problem, x, noise);
        if (explanation !== undefined) return { x, explanation };
      }
      return undefined;
    },
  };
}
