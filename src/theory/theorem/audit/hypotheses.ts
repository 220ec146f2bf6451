import type { HypothesisId, TheoremHypothesis } from '../../../claims/hypothesis.js';
import { judgeCoordinateComponents, judgeCoordinateSmooth } from './coordinate-lipschitz.js';
import type { HypothesisFinding } from './finding.js';
import {
  judgeConvex,
  judgeFixedCoordinateSmooth,
  judgeFixedCoordinateVariance,
  judgeFixedInfimum,
  judgeFixedSmooth,
  judgeFixedStronglyConvex,
  judgeFixedVariance,
  judgeIndicator,
  judgeStronglyConvex,
  judgeValueLipschitz,
  judgeZero,
} from './fixed-objective.js';
import { judgeInfimum } from './infimum.js';
import { judgeComponents, judgeSmooth } from './lipschitz.js';
import type { AuditSubject } from './subject.js';
import { judgeCoordinateVariance, judgeVariance } from './variance.js';

/** A hypothesis that the auditor knows, and how to check it on a problem. */
export interface Hypothesis {
  /** The paper's name, such as `1(b)`, or the id. */
  readonly name: string;
  /** In few words, beside its name; absent where the name says it. */
  readonly short?: string;
  /** In the paper's notation. */
  readonly statement: string;
  /** True if it is about f or P_k, which depend on the step. */
  readonly needsStep: boolean;
  /** It says that f* is finite, without which there is no bound. */
  readonly infimum?: true;
  /** It bounds the noise. */
  readonly noise?: true;
  /** The constant that it gives to a schedule. */
  readonly gives?: 'lipschitz' | 'coordinateLipschitz' | 'strongConvexity' | 'valueLipschitz';
  /** The finding on a problem: certified, refuted with a witness, or open. */
  judge(subject: AuditSubject): Omit<HypothesisFinding, 'hypothesis' | 'name' | 'statement'>;
}

const infimum = {
  short: 'f* is finite',
  statement: 'f = d + r has a finite f* (that it is attained is not used)',
  needsStep: true,
  infimum: true,
  judge: judgeInfimum,
} as const;

/** Every hypothesis that a theorem can name. */
export const hypotheses: Readonly<Record<HypothesisId, Hypothesis>> = {
  'assumption-1a': { name: '1(a)', ...infimum },
  'assumption-1b': {
    name: '1(b)',
    short: '∇d is L-Lipschitz',
    statement: '‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y',
    needsStep: false,
    gives: 'lipschitz',
    judge: judgeSmooth,
  },
  'assumption-1c': {
    name: '1(c)',
    short: 'r_k smooth, convex',
    statement: 'r_k closed, proper, convex, ‖∇r_k(x) − ∇r_k(y)‖ ≤ L‖x − y‖ for all x, y',
    needsStep: false,
    gives: 'lipschitz',
    judge: judgeComponents,
  },
  'assumption-1d': {
    name: '1(d)',
    short: 'bounded noise',
    statement: 'E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x',
    needsStep: true,
    noise: true,
    judge: judgeVariance,
  },
  'assumption-2a': { name: '2(a)', ...infimum },
  'assumption-2b': {
    name: '2(b)',
    short: '∇d is L_i-Lipschitz',
    statement: '|∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
    needsStep: false,
    gives: 'coordinateLipschitz',
    judge: judgeCoordinateSmooth,
  },
  'assumption-2c': {
    name: '2(c)',
    short: 'r_k smooth, convex',
    statement: 'r_k closed, proper, convex, |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
    needsStep: false,
    gives: 'coordinateLipschitz',
    judge: judgeCoordinateComponents,
  },
  'assumption-2d': {
    name: '2(d)',
    short: 'bounded noise',
    statement: 'E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all i, x',
    needsStep: true,
    noise: true,
    judge: judgeCoordinateVariance,
  },
  'd-convex': { name: 'd-convex', statement: 'd is convex', needsStep: false, judge: judgeConvex },
  'd-strongly-convex': {
    name: 'd-strongly-convex',
    short: 'd is μ-strongly convex',
    statement: '⟨∇d(x) − ∇d(y), x − y⟩ ≥ μ‖x − y‖² for all x, y, with μ > 0',
    needsStep: false,
    gives: 'strongConvexity',
    judge: judgeStronglyConvex,
  },
  'd-zero': { name: 'd-zero', statement: 'd = 0', needsStep: false, judge: judgeZero },
  'r-indicator': {
    name: 'r-indicator',
    statement: 'K = 1, and r is the indicator function of a closed convex set',
    needsStep: false,
    judge: judgeIndicator,
  },
  'r-lipschitz': {
    name: 'r-lipschitz',
    short: 'r_γ is M-Lipschitz',
    statement: '|r_γ(x) − r_γ(y)| ≤ M‖x − y‖ for all x, y',
    needsStep: false,
    gives: 'valueLipschitz',
    judge: judgeValueLipschitz,
  },
  'fixed-bounded-below': {
    name: 'fixed-bounded-below',
    short: 'f* is finite',
    statement: 'f̄ = d + Σθ_k r_k has a finite f*',
    needsStep: false,
    infimum: true,
    judge: judgeFixedInfimum,
  },
  'fixed-smooth': {
    name: 'fixed-smooth',
    short: '∇f̄ is L-Lipschitz',
    statement: '‖∇f̄(x) − ∇f̄(y)‖ ≤ L‖x − y‖ for all x, y',
    needsStep: false,
    gives: 'lipschitz',
    judge: judgeFixedSmooth,
  },
  'fixed-strongly-convex': {
    name: 'fixed-strongly-convex',
    short: 'f̄ is μ-strongly convex',
    statement: '⟨∇f̄(x) − ∇f̄(y), x − y⟩ ≥ μ‖x − y‖² for all x, y, with μ > 0',
    needsStep: false,
    gives: 'strongConvexity',
    judge: judgeFixedStronglyConvex,
  },
  'fixed-variance': {
    name: 'fixed-variance',
    short: 'bounded noise',
    statement: 'E‖∇r_k(x) − Σθ_j∇r_j(x)‖² ≤ σ² for all x',
    needsStep: false,
    noise: true,
    judge: judgeFixedVariance,
  },
  'fixed-coordinate-smooth': {
    name: 'fixed-coordinate-smooth',
    short: '∇f̄ is L_i-Lipschitz',
    statement: '|f̄(y) − f̄(x) − ⟨∇f̄(x), y − x⟩| ≤ ½ΣL_i(y_i − x_i)² for all x, y',
    needsStep: false,
    gives: 'coordinateLipschitz',
    judge: judgeFixedCoordinateSmooth,
  },
  'fixed-coordinate-variance': {
    name: 'fixed-coordinate-variance',
    short: 'bounded noise',
    statement: 'E(∇r_k(x)_i − Σθ_j∇r_j(x)_i)² ≤ σ_i² for all i, x',
    needsStep: false,
    noise: true,
    judge: judgeFixedCoordinateVariance,
  },
};

/** The description of a hypothesis. */
export type DescribedHypothesis = Pick<Hypothesis, 'name' | 'statement' | 'short'>;

/** The name and statement of a hypothesis of either kind. */
export const describeHypothesis = (hypothesis: TheoremHypothesis): DescribedHypothesis =>
  typeof hypothesis === 'string' ? hypotheses[hypothesis] : { name: hypothesis.id, statement: hypothesis.statement };
