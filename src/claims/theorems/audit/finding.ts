import type { Interval } from '../../../reference/certified/interval.js';
import type { HypothesisId } from '../../hypothesis-id.js';

export const auditVerdicts = ['certified', 'consistent', 'violated', 'not-applicable'] as const;
/**
 * certified: follows from constants that hold on all of Rⁿ · consistent: no such constant is known, and the search found nothing
 * against it · violated: a witness is on file · not-applicable: the hypothesis is about f or P_k at a step that is not defined.
 */
export type AuditVerdict = (typeof auditVerdicts)[number];

/** Points at which anyone can see a hypothesis fail, and what was measured there. */
export interface Witness {
  /** What was evaluated: `d`, `r_2`, `P_k` or `f`, components counted from 1 as in the paper. */
  readonly part: string;
  readonly x: readonly number[];
  /** The second point of a pair; absent where one point is enough. */
  readonly y?: readonly number[];
  /** The measured ratio or value; Infinity where equal arguments have different images. */
  readonly measured: number;
  /** The constant that it exceeds; absent when no constant at all would do. */
  readonly allowed?: number;
  /** One line in the terms of the mathematics. */
  readonly explanation: string;
}

/** One constant, or one for each coordinate. */
export type Constant = number | readonly number[];

/** What the auditor has to say about one hypothesis of a theorem. */
export interface HypothesisFinding {
  readonly hypothesis: HypothesisId;
  /** The hypothesis in the paper's notation. */
  readonly statement: string;
  /** The constant that the user claims. */
  readonly declared?: Constant;
  /** The certified constant (an enclosure for f*), or undefined when there is none. */
  readonly computed?: Constant | Interval;
  /** The worst ratio or value that the search met: a lower bound of the true constant (an upper one of f*). */
  readonly searched?: Constant;
  /** Pairs or points that the search evaluated. */
  readonly cases: number;
  readonly verdict: AuditVerdict;
  /** One line: how the verdict was reached. */
  readonly reason: string;
  readonly witness?: Witness;
}
