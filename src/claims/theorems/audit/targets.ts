import { gradientRelation, type Relation, subgradientRelation } from './relation.js';
import { type AuditSubject, basePoints } from './subject.js';

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
