import type { ProblemAtStep } from '../../../src/library/algorithms.js';
import type { Claim, Finding, RowFinding } from '../../../src/library/claims.js';
import { fromDouble, one, type Rational, rational, toDouble, two } from '../../../src/library/exact.js';
import { claimOf, evidenceOfRows, rowClaim } from '../../../src/library/testing.js';
import type {
  BoundInstance,
  IterationsByDepth,
  OwnHypothesis,
  PlannedRow,
  Theorem,
} from '../../../src/library/theorems.js';
import { squaredNorm } from '../../lines/arithmetic.js';
import { parabolas, tilted, translated } from '../../shared/instances.js';
import { type ConvexCase, exactConvexCase, exactRun, walkAverage } from './convex-case.js';

/** Assumption 1(c) without its smoothness. */
const convexComponents: OwnHypothesis = { id: 'r_k convex', statement: 'all r_k are closed, proper and convex' };

/** d = log(1 + e^{−x}) has none, and so no R. With any z in place of the minimiser it is not needed. */
const minimiser: OwnHypothesis = {
  id: 'a minimiser',
  statement: 'f = d + r has a minimiser; R is the distance of x⁰ from it',
};

/** d is convex, and the step not longer than 1/L of ∇d alone: then no part of the summand is negative. */
const convexSmooth: OwnHypothesis = {
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
 * where R is the distance of x⁰ from a minimiser, which f must have. The smoothness of Assumption 1(c) is not needed. Here γ = 1/√T and B = 1.
 */
export const convexSpgmTheorem = ({ distance, largest }: Known): Theorem => ({
  id: 'convex-spgm',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'convex d' },
  statement:
    'E[(1/T) Σ (f(P(x^{t−1})) − f* + (γ/2)(1 − γL)‖G(x^{t−1})‖²)] ≤ R²/(2γT) + (1 − 1/T)γσ²/(2B) for SPGM, convex d and closed, proper, convex r_k, γL ≤ 1, where R is the distance of x⁰ from a minimiser of f',
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

/** The theorem for convex d on whole problems with certified σ and f*, and on long runs. */
export const convexSpgmClaim = claimOf(
  { theoremOf: convexSpgmTheorem, instances: convexInstances as Readonly<Record<string, KnownInstance>> },
  ({ theoremOf, instances }): Claim =>
    rowClaim(
      {
        id: 'convex-spgm',
        version: 1,
        source: convexSpgm.source,
        statement: convexSpgm.statement,
        hypotheses: ['d-convex', 'assumption-1b', convexComponents, minimiser, 'assumption-1d'],
        machineChecked: {
          file: 'convex_spgm',
          theorem: 'convex_spgm',
          covers: 'finite r_k, and any z for the minimiser',
        },
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

/** Both sides on one case with L = 0 and z = 0 = x*, over all paths. */
function sidesOf(input: ConvexCase): { readonly left: Rational; readonly bound: Rational } {
  const { at, x } = exactConvexCase(input);
  const { average, variance } = exactRun(at, x, input);
  const [step, T] = [at.step, rational(BigInt(input.iterations))];
  const least = at.objective([rational(0n)])!;
  return {
    left: average((full, mapping) =>
      at
        .objective(full)!
        .sub(least)
        .add(step.div(two).mul(squaredNorm(mapping))),
    ),
    bound: squaredNorm(x)
      .div(two.mul(step).mul(T))
      .add(one.sub(one.div(T)).mul(step).mul(variance).div(two)),
  };
}

const flat = { type: 'zero' };
const base = { turned: false, z: [0], miniBatch: 1 } as const;

/** d = 0, r = |u|/2 from x⁰ = γT/2: every step goes down by γ/2, the last one to 0. */
const slopeEquality = (iterations: number): ConvexCase => ({
  ...{ ...base, iterations, step: 1 / 4, x: [iterations / 8] },
  problem: { smooth: flat, functions: [{ type: 'l1', weight: 1 / 2 }], probabilities: [1] },
});

/** d = 0, r_k = |u ∓ γ| ∓ u from x⁰ = 0: P_k(x) = soft(x, γ) ± γ. */
const movingKinkEquality = (iterations: number): ConvexCase => ({
  ...{ ...base, iterations, step: 1 / 4, x: [0] },
  problem: {
    smooth: flat,
    functions: [1, -1].map((sign) => ({
      ...{ type: 'tilted', slope: [-sign] },
      inner: { type: 'translated', shift: [sign / 4], inner: { type: 'l1', weight: 1 } },
    })),
    probabilities: [0.5, 0.5],
  },
});

const equalities = {
  'R: d = 0, r = ½|u|, x⁰ = γT/2': slopeEquality,
  'σ: d = 0, r_k = |u ∓ γ| ∓ u, x⁰ = 0': movingKinkEquality,
};

/** T of the equalities, whose paths are all followed, and of the values alone. */
const iterations = {
  quick: { equal: [1, 2, 4], alone: [256, 4096] },
  standard: { equal: [1, 2, 3, 4, 6, 8], alone: [256, 1024, 4096, 16_384] },
  deep: { equal: [1, 2, 3, 4, 6, 8, 10], alone: [256, 1024, 4096, 16_384, 65_536] },
} as const;

/** σ/c of the family in which function values alone come near the bound. */
const ratio = 16;

/**
 * Left side over bound of the function values without ‖G‖², d = 0, P_k(x) = soft(x, γc) ± γσ with σ = 16c from x⁰ = 0. In units of γc the iterate is an integer n that goes to
 * n ∓ 1 ± 16 with probability ½ each, and f(P(x)) − f* = γc² · |n ∓ 1|: a lower end.
 */
function valuesAlone(T: number): number {
  const shrunk = (n: number): number => n - Math.sign(n);
  const average = walkAverage(
    { next: (n) => [shrunk(n) + ratio, shrunk(n) - ratio], value: (n) => Math.abs(shrunk(n)) },
    T,
  );
  return ((2 / ratio ** 2) * average) / (1 - 1 / T);
}

/**
 * The theorem for convex d is attained at every T, in its first term by r = c|u| and in its noise by a kink that moves with the draw; γ and c are arbitrary. Function values
 * alone come as near as 1 − (c/σ)² where the noise is strong and the slope c small, so that ‖G‖² is.
 */
export const convexSpgmTightClaim = claimOf({ scale: 1 }, ({ scale }) => ({
  id: 'convex-spgm-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d' },
  statement:
    'the bound R²/(2γT) + (1 − 1/T)γσ²/2 is an equality for every T in either term, with (γ/2)(1 − γL)‖G‖² on its left; function values alone reach 1 − (c/σ)² of it',
  method:
    'all paths of two families in rationals, where left side and bound must be equal; the law of an integer walk in doubles for the function values alone',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const { equal, alone } = iterations[depth];
    const rows = Object.entries(equalities).flatMap(([instance, family]) =>
      equal.map((T): RowFinding => {
        const { left, bound: own } = sidesOf(family(T));
        const bound = own.mul(fromDouble(scale));
        const verdict = left.equals(bound) ? 'holds' : 'violated';
        return {
          ...{ instance, iterations: T, step: 1 / 4, miniBatch: 1, engine: 'enumeration', replicates: 1, verdict },
          ...{ left: toDouble(left), leftInterval: [toDouble(left), toDouble(left)], bound: toDouble(bound) },
          ...{ reason: `as rationals: left side ${verdict === 'holds' ? '=' : '≠'} bound`, constants: { L: 0 } },
        };
      }),
    );
    const ratios = alone.map((T) => valuesAlone(T) / scale);
    const increasing = ratios.every((value, i) => value < 1 && (i === 0 || value > ratios[i - 1]!));
    const reached = ratios.at(-1)! > 0.96;
    const holds = rows.every(({ verdict }) => verdict === 'holds') && increasing && reached;
    return {
      verdict: holds ? 'holds' : 'violated',
      reason: `${rows.filter(({ verdict }) => verdict === 'holds').length} of ${rows.length} rows are equalities; function values alone reach ${ratios.at(-1)!.toFixed(4)} at T = ${alone.at(-1)}`,
      cases: rows.length + ratios.length,
      rows,
      measured: Object.fromEntries(alone.map((T, i) => [`function values alone, T = ${T}`, ratios[i]!])),
    };
  },
}));
