import type { IterationsByDepth } from '../../../src/claims/bounds/bound-claim.js';
import { evidenceOfRows } from '../../../src/claims/bounds/bound-evidence.js';
import { type PlannedRow, rowClaim } from '../../../src/claims/bounds/bound-row.js';
import type { Claim } from '../../../src/claims/claim.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { OwnHypothesis } from '../../../src/claims/hypothesis.js';
import type { BoundInstance, Theorem } from '../../../src/claims/theorems/theorem.js';
import type { ProblemAtStep } from '../../../src/reference/problem/problem.js';
import { parabolas, tilted, translated } from '../../shared/functions.js';

/** d is convex, and the step not longer than 1/L of ∇d alone: then no part of the summand is negative. */
export const convexSmooth: OwnHypothesis = {
  id: 'convex-d',
  statement: 'd is convex with an L-Lipschitz ∇d, and γL ≤ 1',
  certify: ({ problem: { smooth }, step }) => smooth.convex && step * (smooth.lipschitz ?? Number.NaN) <= 1,
  search: ({ problem: { smooth }, step }, [x]) => {
    if (!smooth.convex) return { x: x!, explanation: `d = ${smooth.type} is not known to be convex` };
    const product = step * (smooth.lipschitz ?? Number.NaN);
    return product <= 1 ? undefined : { x: x!, explanation: `γL = ${product}` };
  },
};

/** What is known of an instance beside its problem. */
interface Known {
  /** R, the distance of x⁰ from a minimiser. */
  readonly distance: number;
  /** A number that the summand exceeds nowhere that x can come to. */
  readonly largest: number;
}

/** f* from below, once for each problem at a step. */
const infima = new WeakMap<ProblemAtStep, number>();

function leastValue(problem: ProblemAtStep, dimension: number): number {
  let found = infima.get(problem);
  if (found === undefined) {
    found = problem.infimum(dimension)!.lower;
    infima.set(problem, found);
  }
  return found;
}

/** f at P(x), where r_γ is Σθ_k[r_k(p_k) + ‖p_k − P(x)‖²/(2γ)] with p_k = P_k(x), so that nothing has to be inverted. */
function valueAfterStep(problem: ProblemAtStep, x: Float64Array, full: Float64Array): number {
  const { smooth, functions, probabilities } = problem.problem;
  let total = smooth.value(full);
  for (let k = 0; k < functions.length; k++) {
    const image = problem.proximalGradient(k, x);
    const squared = image.reduce((sum, entry, i) => sum + (entry - full[i]!) ** 2, 0);
    total += probabilities[k]! * (functions[k]!.value(image) + squared / (2 * problem.step));
  }
  return total;
}

/** f(P(x)) − f* + (γ/2)(1 − γL)‖G(x)‖². */
function gapAfterStep(problem: ProblemAtStep, x: Float64Array): number {
  const full = problem.mean(x);
  const squared = problem.gradientMapping(x).reduce((total, entry) => total + entry * entry, 0);
  const gap = valueAfterStep(problem, x, full) - leastValue(problem, x.length);
  return Math.max(0, gap) + (problem.step / 2) * (1 - problem.step * problem.problem.smooth.lipschitz!) * squared;
}

/**
 * SPGM for convex d. If d is convex with an L-Lipschitz gradient, the r_k are closed, proper and convex, E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x, and γL ≤ 1, then
 *
 *     E[(1/T) Σ_{t=1}^{T} (f(P(x^{t−1})) − f* + (γ/2)(1 − γL)‖G(x^{t−1})‖²)] ≤ R²/(2γT) + (1 − 1/T)γσ²/(2B),
 *
 * where R is the distance of x⁰ from a minimiser. Assumption 1(c) is not needed. Here γ = 1/√T and B = 1.
 */
export const convexSpgmTheorem = ({ distance, largest }: Known): Theorem => ({
  id: 'convex-spgm',
  source: { section: 'beyond the paper', equation: 'convex d' },
  statement:
    'E[(1/T) Σ (f(P(x^{t−1})) − f* + (γ/2)(1 − γL)‖G(x^{t−1})‖²)] ≤ R²/(2γT) + (1 − 1/T)γσ²/(2B) for SPGM, convex d and any convex r_k, γL ≤ 1',
  hypotheses: [convexSmooth, 'assumption-1a', 'assumption-1d'],
  algorithm: 'spgm',
  schedule: (iterations) => ({ step: 1 / Math.sqrt(iterations), miniBatch: 1 }),
  term: gapAfterStep,
  bound: (iterations, { sigma }, { step, miniBatch }) =>
    distance ** 2 / (2 * step * iterations) + ((1 - 1 / iterations) * step * sigma! ** 2) / (2 * miniBatch),
  cap: () => largest,
});

/** What replicates import: they run the left side, which depends on no R. */
export const convexSpgm: Theorem = convexSpgmTheorem({ distance: 1, largest: 1 });

interface KnownInstance extends Known {
  readonly instance: BoundInstance;
  /** T of the paths in place of the depth's. */
  readonly iterations?: readonly number[];
}

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

/** f is even in all of them, so that 0 is a minimiser whatever γ is. */
export const convexInstances: Readonly<Record<'smooth' | 'kinked' | 'fromMinimiser' | 'coordinates', KnownInstance>> = {
  // |x| ≤ 1 + ½, |G| ≤ 2|x|.
  smooth: {
    instance: {
      name: 'quadratic, quadratic r_k',
      problem: { smooth: parabola, functions: parabolas(1, 1, -1), probabilities: [0.5, 0.5] },
      start: [1],
    },
    ...{ distance: 1, largest: 4.5 },
  },
  // |x| ≤ 2 + 1, |G| ≤ |x| + 1.
  kinked: {
    instance: {
      name: 'quadratic, ℓ1 about ½ and −½',
      problem: {
        smooth: parabola,
        functions: [0.5, -0.5].map((shift) => translated([shift], { type: 'l1', weight: 1 })),
        probabilities: [0.5, 0.5],
      },
      start: [2],
    },
    ...{ distance: 2, largest: 12 },
  },
  // |x| ≤ ½. At γ = ½ the kinks are where P_k − P takes x, and the bound is attained.
  fromMinimiser: {
    instance: {
      name: 'd = 0 and ℓ1 about ½ and −½, tilted, x⁰ = x*',
      problem: {
        smooth: { type: 'zero' },
        functions: [1, -1].map((sign) => tilted([-sign], translated([sign / 2], { type: 'l1', weight: 1 }))),
        probabilities: [0.5, 0.5],
      },
      start: [0],
    },
    ...{ distance: 0, largest: 1, iterations: [4] },
  },
  coordinates: {
    instance: {
      name: 'quadratic, ℓ1 about two centres, n = 2',
      problem: {
        smooth: parabola,
        functions: [1, -1].map((sign) => translated([sign / 2, -sign / 4], { type: 'l1', weight: 1 })),
        probabilities: [0.5, 0.5],
      },
      start: [2, 1],
    },
    ...{ distance: Math.sqrt(5), largest: 18 },
  },
};

/** T whose paths are all followed, and of sampled runs, which are those with kinks. */
const followed: IterationsByDepth = { quick: [1, 4], standard: [1, 4, 9], deep: [1, 4, 9, 16] };
const sampled: IterationsByDepth = { quick: [64], standard: [256], deep: [256, 1024] };

/** The theorem for convex d as `convex-spgm-exact` has it, on whole problems with certified σ and f*, and on long runs. */
export const claim = claimOf(
  { theoremOf: convexSpgmTheorem, instances: convexInstances as Readonly<Record<string, KnownInstance>> },
  ({ theoremOf, instances }): Claim =>
    rowClaim(
      {
        id: 'convex-spgm',
        version: 1,
        source: convexSpgm.source,
        statement: convexSpgm.statement,
        hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1d'],
        method:
          'all sequences of mini-batches in doubles for short runs, two e-processes for long ones, on smooth and on ℓ1 r_k with γ = 1/√T',
        requires: { referenceOnly: true },
      },
      {
        plan: ({ depth }) =>
          Object.entries(instances).flatMap(([name, { instance, iterations: own, ...known }]): PlannedRow[] => {
            const row = { theorem: theoremOf(known), instance };
            return [
              ...(own ?? followed[depth]).map((iterations): PlannedRow => ({ ...row, iterations, engine: 'paths' })),
              ...(name === 'kinked' ? sampled[depth] : []).map((iterations): PlannedRow => ({ ...row, iterations })),
            ];
          }),
        conclude: evidenceOfRows,
      },
    ),
);
