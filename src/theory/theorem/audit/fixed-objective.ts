import { gradientOracle } from '../../../reference/problem/gradients.js';
import { nearlyFixed, objectiveLipschitz } from '../objective-constants.js';
import type { HypothesisFinding } from './finding.js';
import { judgeInfimum } from './infimum.js';
import { secantEvidence } from './lipschitz.js';
import type { Relation } from './relation.js';
import { type AuditSubject, basePoints } from './subject.js';
import { judgeCoordinateVariance, judgeVariance } from './variance.js';
import { judgeConstant, optional } from './verdict.js';

type Judged = Omit<HypothesisFinding, 'hypothesis' | 'name' | 'statement'>;

const fixed = { objective: 'fixed' } as const;

/** Relative rounding of ∇f̄, with a margin. */
const rounding = 2 ** -40;

/** f̄ = d + Σθ_k r_k has a finite infimum. */
export const judgeFixedInfimum = ofFixed(judgeInfimum);

/** E‖∇r_k(x) − Σθ_j∇r_j(x)‖² ≤ σ² for all x. */
export const judgeFixedVariance = ofFixed(judgeVariance);

/** The same for every coordinate. */
export const judgeFixedCoordinateVariance = ofFixed(judgeCoordinateVariance);

/** ‖∇f̄(x) − ∇f̄(y)‖ ≤ L‖x − y‖ for all x and y. */
export function judgeFixedSmooth(subject: AuditSubject): Judged {
  const { problem, dimension, declared } = subject;
  return (
    notDifferentiable(subject) ??
    judgeConstant({
      ...optional('declared', declared.lipschitz),
      ...optional('computed', objectiveLipschitz(fixed, problem, dimension).lipschitz),
      ...secantEvidence(subject, [{ relation: gradientOf(subject), points: () => basePoints(subject, 'f̄') }], [1]),
      symbol: 'L',
    })
  );
}

/** |f̄(y) − f̄(x) − ⟨∇f̄(x), y − x⟩| ≤ ½ΣL_i(y_i − x_i)² for all x and y: by certificate alone. */
export function judgeFixedCoordinateSmooth(subject: AuditSubject): Judged {
  const { problem, dimension, declared } = subject;
  const { coordinateLipschitz } = objectiveLipschitz(fixed, problem, dimension);
  return (
    notDifferentiable(subject) ??
    judgeConstant({
      ...optional('declared', declared.coordinateLipschitz && Array.from(declared.coordinateLipschitz)),
      ...optional('computed', coordinateLipschitz && Array.from(coordinateLipschitz)),
      cases: 0,
      symbol: 'L_i',
    })
  );
}

/** d is convex. */
export function judgeConvex({ problem }: AuditSubject): Judged {
  const { type, convex } = problem.smooth;
  if (convex) return { cases: 0, verdict: 'certified', reason: `${type} is convex` };
  return { cases: 0, verdict: 'consistent', reason: `${type} is not known to be convex` };
}

/** The finding about d + r_γ at a step at which r_γ equals Σθ_k r_k up to γσ₀²/2. */
function ofFixed(judge: (subject: AuditSubject) => Judged): (subject: AuditSubject) => Judged {
  return (subject) => notDifferentiable(subject) ?? judge({ ...subject, atStep: nearlyFixed(subject.problem) });
}

function notDifferentiable({ problem }: AuditSubject): Judged | undefined {
  const kinked = problem.functions.findIndex(({ gradient }) => gradient === undefined);
  if (kinked < 0) return undefined;
  const { type } = problem.functions[kinked]!;
  const reason = `r_${kinked + 1} = ${type} has no gradient, and d + Σθ_k r_k is differentiated`;
  return { cases: 0, verdict: 'violated', reason };
}

function gradientOf({ problem, dimension }: AuditSubject): Relation {
  const oracle = gradientOracle(problem, dimension);
  return {
    ...{ part: 'f̄', gradient: true, accuracy: rounding, iterative: false },
    evaluate(y, point, image) {
      point.set(y);
      oracle.full(y, image);
    },
  };
}
