import type { HypothesisId } from '../../hypothesis-id.js';
import { judgeCoordinateComponents, judgeCoordinateSmooth } from './coordinate-lipschitz.js';
import type { HypothesisFinding } from './finding.js';
import { judgeInfimum } from './infimum.js';
import { judgeComponents, judgeSmooth } from './lipschitz.js';
import type { AuditSubject } from './subject.js';
import { judgeCoordinateVariance, judgeVariance } from './variance.js';

/** A hypothesis of the paper, and how a problem is held against it. */
export interface Hypothesis {
  /** As the paper calls it: `1(b)`. */
  readonly name: string;
  /** In the paper's notation. */
  readonly statement: string;
  /** True when it is about f or P_k, which depend on the step. */
  readonly needsStep: boolean;
  judge(subject: AuditSubject): Omit<HypothesisFinding, 'hypothesis' | 'statement'>;
}

const infimum = {
  statement: 'f = d + r has a finite f* (that it is attained is not used)',
  needsStep: true,
  judge: judgeInfimum,
} as const;

/** Every hypothesis that a theorem can name. */
export const hypotheses: Readonly<Record<HypothesisId, Hypothesis>> = {
  'assumption-1a': { name: '1(a)', ...infimum },
  'assumption-1b': {
    name: '1(b)',
    statement: '‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y',
    needsStep: false,
    judge: judgeSmooth,
  },
  'assumption-1c': {
    name: '1(c)',
    statement: 'r_k closed, proper, convex, ‖∇r_k(x) − ∇r_k(y)‖ ≤ L‖x − y‖ for all x, y',
    needsStep: false,
    judge: judgeComponents,
  },
  'assumption-1d': {
    name: '1(d)',
    statement: 'E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x',
    needsStep: true,
    judge: judgeVariance,
  },
  'assumption-2a': { name: '2(a)', ...infimum },
  'assumption-2b': {
    name: '2(b)',
    statement: '|∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
    needsStep: false,
    judge: judgeCoordinateSmooth,
  },
  'assumption-2c': {
    name: '2(c)',
    statement: 'r_k closed, proper, convex, |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
    needsStep: false,
    judge: judgeCoordinateComponents,
  },
  'assumption-2d': {
    name: '2(d)',
    statement: 'E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all i, x',
    needsStep: true,
    judge: judgeCoordinateVariance,
  },
};
