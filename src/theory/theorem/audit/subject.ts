import type { ProximableFunction } from '../../../reference/functions/definition/proximable-function.js';
import type { Problem, ProblemAtStep } from '../../../reference/problem/problem.js';
import { keyedStream, type RandomStream, streamKey } from '../../../reference/sampling/keyed-stream.js';
import type { DeclaredConstants } from './declared-constants.js';
import { gradientRelation, type Relation, subgradientRelation } from './relation.js';
import { type SearchPlan, searchPoints } from './search-points.js';

/** The audited problem in n dimensions at one step, with the declared constants. */
export interface AuditSubject {
  readonly problem: Problem;
  readonly dimension: number;
  readonly declared: DeclaredConstants;
  /** f = d + r_γ at the scheduled step; undefined when no step is defined. */
  readonly atStep?: ProblemAtStep;
  /** x⁰, if there is one. */
  readonly start?: Float64Array;
  /** μ/L of a theorem about one value of it. */
  readonly inverseConditionNumber?: number;
  readonly plan: SearchPlan;
}

/** The random numbers of one search, which depend only on the seed and the part. */
export function searchStream({ plan }: AuditSubject, part: string): RandomStream {
  return keyedStream(streamKey(plan.seed, `audit ${part}`, 1, 0));
}

/** Base points of one search, aimed at the kinks of the target. */
export function basePoints(subject: AuditSubject, part: string, target?: ProximableFunction): Float64Array[] {
  return searchPoints(subject.dimension, subject.plan, part, target, subject.atStep?.step ?? 1);
}

/** A gradient or subdifferential to search, with the base points of the search. */
export interface Target {
  readonly relation: Relation;
  points(): Float64Array[];
}

/** ∇d. */
export function smoothTarget(subject: AuditSubject): Target {
  return { relation: gradientRelation(subject.problem.smooth), points: () => basePoints(subject, 'd') };
}

/** ∂r_1 … ∂r_K. */
export function componentTargets(subject: AuditSubject): Target[] {
  const step = subject.atStep?.step ?? 1;
  return subject.problem.functions.map((fn, k) => {
    const relation = subgradientRelation(fn, k, step);
    return { relation, points: () => basePoints(subject, relation.part, fn) };
  });
}
