import fc from 'fast-check';
import { type Problem, type ProblemSpecification, parseProblem } from '../../src/library/algorithms.js';
import type { Claim, HypothesisId, Part } from '../../src/library/claims.js';
import type { Interval } from '../../src/library/functions.js';
import {
  auditAssumptions,
  claimMaker,
  deriveSeed,
  formatConstant,
  hypotheses,
  norm,
  plural,
} from '../../src/library/testing.js';
import type {
  AuditOptions,
  BoundInstance,
  DeclaredConstants,
  HypothesisFinding,
  Theorem,
} from '../../src/library/theorems.js';
import { certifiedProblem } from '../shared/certified-problem.js';
import { theorem1Instances, theorem2Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';

/** A problem that breaks a hypothesis for every constant. */
export interface BrokenProblem {
  readonly name: string;
  readonly problem: ProblemSpecification;
  readonly dimension: number;
  /** γ, where the problem has no constants that would define one. */
  readonly step?: number;
}

// Problems that break one hypothesis of Assumption 1 or 2 whatever the constant: the auditor must say so and show where.

const half = [0.5, 0.5];

/** Breaks (a): f falls without end. */
export const unboundedBelow: readonly BrokenProblem[] = [
  {
    name: 'd = 0, linear r',
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [1, 0] }], probabilities: [1] },
    dimension: 2,
    step: 1,
  },
  {
    name: 'd = −½x², r = 0',
    problem: {
      smooth: { type: 'quadratic', curvature: -1, center: 0 },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    dimension: 1,
  },
];

/** Breaks (b): a quartic d, whose gradient has secants of any slope. */
export const quarticSmooth: readonly BrokenProblem[] = [
  {
    name: 'phase retrieval',
    problem: {
      smooth: {
        type: 'phase-retrieval',
        matrix: { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] },
        intensities: [1, 0, 4],
      },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    dimension: 2,
  },
];

/** Breaks (c): kinks, and domains that are not all of Rⁿ. These functions motivate the method. */
export const nonSmoothComponents: readonly BrokenProblem[] = [
  { type: 'l1', weight: 0.5 },
  { type: 'elastic-net', l1Weight: 0.25, l2Weight: 1 },
  { type: 'nonnegative' },
  { type: 'box', lower: -1, upper: 2 },
  { type: 'l2-ball', radius: 1 },
  { type: 'simplex', total: 1 },
  { type: 'total-variation-2d', weight: 0.5, shape: [2, 2], variant: 'anisotropic' },
].map((inner) => ({
  name: `r_2 = ${inner.type}`,
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'squared-l2', weight: 1 }, inner],
    probabilities: half,
  },
  dimension: 4,
  step: 0.5,
}));

/** Breaks (d): the noise of parabolas of different curvature, or of a kink against a parabola, grows with x. */
export const unboundedNoise: readonly BrokenProblem[] = [
  {
    name: 'd = 0, curvatures 1 and 3',
    problem: {
      smooth: { type: 'zero' },
      functions: [
        { type: 'quadratic', curvature: 1, center: 1 },
        { type: 'quadratic', curvature: 3, center: -1 },
      ],
      probabilities: half,
    },
    dimension: 1,
  },
  {
    name: 'cosine, Huber against a parabola',
    problem: {
      smooth: { type: 'cosine', weight: 1 },
      functions: [
        { type: 'huber', weight: 1, threshold: 1 },
        { type: 'squared-l2', weight: 1 },
      ],
      probabilities: half,
    },
    dimension: 2,
  },
];

/** Breaks 2(b): d couples its coordinates. */
export const coupledSmooth: readonly BrokenProblem[] = [
  ...quarticSmooth,
  {
    name: 'least squares',
    problem: {
      smooth: { type: 'least-squares', matrix: { rows: 2, columns: 2, data: [1, 0.125, 0, 1] }, target: [1, 2] },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    dimension: 2,
  },
];

/** Breaks 2(c): a differentiable r_k that couples its coordinates, and kinks. */
export const coupledComponents: readonly BrokenProblem[] = [
  ...nonSmoothComponents,
  {
    name: 'envelope of a ball',
    problem: {
      smooth: { type: 'zero' },
      functions: [{ type: 'moreau-envelope', smoothing: 0.5, inner: { type: 'l2-ball', radius: 1 } }],
      probabilities: [1],
    },
    dimension: 3,
  },
];

export interface AssumptionClaim extends Pick<Claim, 'version' | 'statement'>, Partial<Pick<Claim, 'counterexamples'>> {
  /** Also the id of the claim. */
  readonly hypothesis: HypothesisId;
  readonly theorem: Theorem;
  /** Problems that meet it, with certified constants. */
  readonly instances: readonly BoundInstance[];
  readonly broken: readonly BrokenProblem[];
  /** Constants that are a hundredth too small (for f*: too large) for a problem whose certified ones are given. */
  tooSmall(certified: HypothesisFinding, problem: Problem, start: Float64Array, step: number): DeclaredConstants;
}

/** Generated problems and base points of each search. */
const effort = {
  quick: { problems: 3, points: 16 },
  standard: { problems: 12, points: 32 },
  deep: { problems: 200, points: 128 },
} as const;

/** T of the steps at which generated problems are audited, in turn. */
const iterations = [1, 4, 16] as const;

/**
 * An assumption as a claim about the suite's own families: on every one of them the constant is certified and no search exceeds it, a
 * constant a hundredth too small is always found out, and problems that have no constant at all are recognised.
 */
export const assumptionClaim = claimMaker((claim: AssumptionClaim): Claim => {
  const { hypothesis, theorem, instances, broken, version, statement, counterexamples } = claim;
  return {
    id: hypothesis,
    version,
    source: { section: '2.2', equation: `Assumption ${hypotheses[hypothesis].name}` },
    statement,
    method:
      'certified constants of the problem families against a seeded search for the worst pair; constants a hundredth too small and problems without any must be found out',
    requires: { referenceOnly: true },
    ...(counterexamples && { counterexamples }),
    async check(_implementation, budget) {
      const { problems, points } = effort[budget.depth];
      const generated = fc
        .sample(certifiedProblem(), { seed: deriveSeed(budget.seed, hypothesis, version, ''), numRuns: problems })
        .map((entry, i) => ({ ...entry, name: `generated ${i + 1}` }));
      const parts: Part[] = [];
      for (const [i, instance] of [...instances, ...generated].entries()) {
        budget.signal?.throwIfAborted();
        budget.progress?.(instance.name);
        const T = iterations[i % iterations.length]!;
        parts.push(...judgeInstance(claim, instance, { iterations: T, points, seed: budget.seed }));
      }
      for (const { name, problem, dimension, step } of broken) {
        const finding = auditAssumptions(theorem, parseProblem(problem), dimension, {
          ...(step !== undefined && { step }),
          ...{ only: [hypothesis], points, seed: budget.seed },
        }).findings[0]!;
        parts.push(part(name, finding.verdict === 'violated', finding));
      }
      const failed = parts.filter(({ verdict }) => verdict === 'violated');
      return {
        verdict: failed.length === 0 ? 'holds' : 'violated',
        reason:
          failed.length === 0
            ? `certified on ${plural(instances.length + generated.length, 'problem')} and never exceeded; ${plural(parts.length - instances.length - generated.length, 'planted violation')} found out`
            : failed.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
        cases: parts.reduce((sum, { cases }) => sum + cases, 0),
        parts,
      };
    },
  };
});

/** One part about the certified constant, and one about a constant that is a hundredth too small, unless it is 0. */
function judgeInstance(
  { hypothesis, theorem, tooSmall }: AssumptionClaim,
  { name, problem: specification, start }: BoundInstance,
  options: AuditOptions,
): Part[] {
  const problem = parseProblem(specification);
  const audited = { ...options, only: [hypothesis] };
  const audit = auditAssumptions(theorem, problem, start.length, audited);
  const finding = audit.findings[0]!;
  const parts = [part(name, finding.verdict === 'certified', finding)];
  if (finding.verdict !== 'certified') return parts;
  const step = audit.step!;
  const declared = tooSmall(finding, problem, Float64Array.from(start), step);
  if (Object.values(declared).every(isZero)) return parts;
  const planted = auditAssumptions(theorem, problem, start.length, { ...audited, declared, step }).findings[0]!;
  const claimed = formatConstant(planted.declared!);
  parts.push(part(`${name}, declared ${claimed}`, planted.verdict === 'violated', planted));
  return parts;
}

const isZero = (constant: number | Float64Array): boolean =>
  typeof constant === 'number' ? constant === 0 : constant.every((value) => value === 0);

function part(name: string, right: boolean, finding: HypothesisFinding): Part {
  return {
    name,
    verdict: right ? 'holds' : 'violated',
    cases: finding.cases,
    worstRatio: finding.verdict === 'certified' ? worstRatio(finding) : 0,
    reason: `${finding.verdict}: ${finding.reason}`,
  };
}

/** Searched over certified constant, the worst over coordinates; 0 for f*, whose search approaches it from the other side. */
function worstRatio({ computed, searched }: HypothesisFinding): number {
  if (typeof computed === 'number') return computed === 0 ? 0 : (searched as number) / computed;
  if (!Array.isArray(computed)) return 0;
  return Math.max(...computed.map((value, i) => (value === 0 ? 0 : (searched as readonly number[])[i]! / value)));
}

// Declared constants that are wrong by a hundredth: an auditor that cannot find them out is blind.

/** A hundredth below the certified constant. */
const short = 0.99;

/** f* declared a hundredth of f(x⁰) − f* too large. */
function infimumTooLarge(
  { computed }: HypothesisFinding,
  problem: Problem,
  start: Float64Array,
  step: number,
): DeclaredConstants {
  const { upper } = computed as Interval;
  const gap = problem.at(step).objective(start) - upper;
  return { infimum: upper + Math.max((1 - short) * gap, 1e-6) };
}

/** L a hundredth too small for ∇d or for the ∇r_k, whichever is audited. */
export function lipschitzTooSmall({ computed }: HypothesisFinding): DeclaredConstants {
  return { lipschitz: short * (computed as number) };
}

/** Every L_i a hundredth too small. */
function coordinateLipschitzTooSmall({ computed }: HypothesisFinding): DeclaredConstants {
  return { coordinateLipschitz: Float64Array.from(computed as readonly number[], (value) => short * value) };
}

/** σ a hundredth too small: below what is attained, of which a certified one may be some per cent above. */
function sigmaTooSmall(
  _certified: HypothesisFinding,
  problem: Problem,
  start: Float64Array,
  step: number,
): DeclaredConstants {
  return { sigma: short * norm(attainedSigma(problem, start, step)) };
}

/** Every σ_i a hundredth too small, in the same way. */
function coordinateSigmaTooSmall(
  _certified: HypothesisFinding,
  problem: Problem,
  start: Float64Array,
  step: number,
): DeclaredConstants {
  return { coordinateSigma: attainedSigma(problem, start, step).map((value) => short * value) };
}

const attainedSigma = (problem: Problem, start: Float64Array, step: number): Float64Array =>
  problem.at(step).constants(start.length).attainedSigma!;

/**
 * Assumption 1(a). The objective f has a finite minimum f* = f(x*) attained at some x*.
 *
 * Here f = d + r_γ depends on γ. Neither proof uses that the minimum is attained, only that f is bounded below, so a finite infimum is
 * what is certified: by coordinatewise global minimisation, as an enclosure.
 */
export const assumption1aClaim = assumptionClaim({
  hypothesis: 'assumption-1a',
  version: 1,
  theorem: theorem1,
  statement: 'f = d + r has a finite minimum f* (its being attained is not used by the proof)',
  counterexamples: ['d = 0, r = ⟨a, u⟩: f is linear', 'd = −½x², r = 0: f falls without end'],
  instances: theorem1Instances,
  broken: unboundedBelow,
  tooSmall: infimumTooLarge,
});

/**
 * Assumption 1(b). The function d is differentiable and has a Lipschitz continuous gradient with a constant L > 0:
 *
 *     ‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y.
 *
 * d may be non-convex. The d of Figure 1 is quartic and does not satisfy it.
 */
export const assumption1bClaim = assumptionClaim({
  hypothesis: 'assumption-1b',
  version: 1,
  theorem: theorem1,
  statement: 'd is differentiable with ‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y',
  counterexamples: ['phase retrieval, d = ½‖y − (Ax)²‖²: secants of ∇d have any slope'],
  instances: theorem1Instances,
  broken: quarticSmooth,
  tooSmall: lipschitzTooSmall,
});

/**
 * Assumption 1(c). All functions r_k are closed, proper and convex and have Lipschitz continuous gradients with the same L:
 *
 *     ‖∇r_k(x) − ∇r_k(y)‖ ≤ L‖x − y‖ for all x, y.
 *
 * It excludes ℓ1, total variation and indicators, which motivate the method: two subgradients at one point show it.
 */
export const assumption1cClaim = assumptionClaim({
  hypothesis: 'assumption-1c',
  version: 1,
  theorem: theorem1,
  statement: 'every r_k is closed, proper and convex with ‖∇r_k(x) − ∇r_k(y)‖ ≤ L‖x − y‖ for all x, y',
  counterexamples: ['ℓ1, elastic net and total variation: kinks', 'box, ball, simplex: their domain has a boundary'],
  instances: theorem1Instances,
  broken: nonSmoothComponents,
  tooSmall: lipschitzTooSmall,
});

/**
 * Assumption 1(d). The proximal-gradient mappings have a bounded variance: for some σ > 0
 *
 *     E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x.
 *
 * σ moves with γ. Uniform in x, it holds when sup_y Var_θ ∇r_k(prox_{γr_k}(y)) is finite: parabolas of different curvature are out, Huber
 * and log cosh of different curvature are in.
 */
export const assumption1dClaim = assumptionClaim({
  hypothesis: 'assumption-1d',
  version: 1,
  theorem: theorem1,
  statement: 'E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x',
  counterexamples: ['d = 0, parabolas of curvature 1 and 3: the deviation grows like ‖x‖'],
  instances: theorem1Instances,
  broken: unboundedNoise,
  tooSmall: sigmaTooSmall,
});

/**
 * Assumption 2(a). The objective f has a finite minimum f* = f(x*) attained at some x*. As 1(a), at the step of theorem 2: that it is
 * attained is not used.
 */
export const assumption2aClaim = assumptionClaim({
  hypothesis: 'assumption-2a',
  version: 1,
  theorem: theorem2,
  statement: 'f = d + r has a finite minimum f* at the step of theorem 2 (its being attained is not used by the proof)',
  counterexamples: ['d = 0, r = ⟨a, u⟩: f is linear'],
  instances: theorem2Instances,
  broken: unboundedBelow,
  tooSmall: infimumTooLarge,
});

/**
 * Assumption 2(b). The function d is differentiable and there is a nonnegative vector (L_1 … L_n) such that
 *
 *     |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all i, x, y.
 *
 * It makes ∇d(·)_i a function of x_i alone, so that every d that couples its coordinates is out.
 */
export const assumption2bClaim = assumptionClaim({
  hypothesis: 'assumption-2b',
  version: 1,
  theorem: theorem2,
  statement: 'd is differentiable with |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
  counterexamples: ['least squares and phase retrieval: ∇d(·)_i moves with other coordinates'],
  instances: theorem2Instances,
  broken: coupledSmooth,
  tooSmall: coordinateLipschitzTooSmall,
});

/**
 * Assumption 2(c). All functions r_k are closed, proper and convex and satisfy
 *
 *     |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i| for all i, x, y.
 *
 * As 2(b) it leaves sums of one-dimensional functions only, and as 1(c) it leaves out every kink.
 */
export const assumption2cClaim = assumptionClaim({
  hypothesis: 'assumption-2c',
  version: 1,
  theorem: theorem2,
  statement: 'every r_k is closed, proper and convex with |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
  counterexamples: ['ℓ1, total variation, indicators: not differentiable', 'the envelope of a ball: not separable'],
  instances: theorem2Instances,
  broken: coupledComponents,
  tooSmall: coordinateLipschitzTooSmall,
});

/**
 * Assumption 2(d). The proximal-gradient mappings have a bounded variance in every coordinate: for positive (σ_1 … σ_n)
 *
 *     E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all i, x.
 */
export const assumption2dClaim = assumptionClaim({
  hypothesis: 'assumption-2d',
  version: 1,
  theorem: theorem2,
  statement: 'E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all i, x',
  counterexamples: ['d = 0, parabolas of curvature 1 and 3: the deviation grows like |x_i|'],
  instances: theorem2Instances,
  broken: unboundedNoise,
  tooSmall: coordinateSigmaTooSmall,
});
