import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import { registry } from '../../../reference/functions/index.js';
import { gradientOracle } from '../../../reference/problem/gradients.js';
import { nearlyFixed, objectiveLipschitz, objectiveStrongConvexity, valueLipschitzOf } from '../objective-constants.js';
import type { HypothesisFinding } from './finding.js';
import { formatNumber, formatPair } from './format.js';
import { judgeInfimum } from './infimum.js';
import { secantEvidence } from './lipschitz.js';
import type { Relation } from './relation.js';
import { norm } from './search-points.js';
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

/** ⟨∇f̄(x) − ∇f̄(y), x − y⟩ ≥ μ‖x − y‖² for all x and y: by certificate, or refuted by a pair. */
export function judgeFixedStronglyConvex(subject: AuditSubject): Judged {
  const { problem, dimension, declared, inverseConditionNumber: ratio } = subject;
  const lipschitz = declared.lipschitz ?? objectiveLipschitz(fixed, problem, dimension).lipschitz;
  const about = { ...fixed, hypotheses: ['fixed-strongly-convex'] } as const;
  const share = ratio === undefined ? {} : { inverseConditionNumber: ratio };
  const computed = objectiveStrongConvexity({ ...about, ...share }, problem, lipschitz);
  const differentiable = notDifferentiable(subject);
  if (differentiable !== undefined) return differentiable;
  if (computed !== undefined) {
    const reason = `μ = ${formatNumber(computed)}${ratio === undefined ? '' : ` = ${formatNumber(ratio)} L`} holds on all of Rⁿ`;
    return { computed, cases: 0, verdict: 'certified', reason };
  }
  const needed = (ratio ?? 0) * (lipschitz ?? 0);
  const secants = subject.plan.points === 0 ? [] : flattestSecants(subject);
  const [flattest] = secants;
  const wanted =
    ratio === undefined ? 'no μ > 0, or none below L,' : `μ = ${formatNumber(ratio)} L = ${formatNumber(needed)}`;
  if (flattest !== undefined && (ratio === undefined ? flattest.most <= 0 : flattest.most < needed)) {
    const { x, y, measured } = flattest;
    const explanation = `⟨∇f̄(x) − ∇f̄(y), x − y⟩/‖x − y‖² = ${formatNumber(measured)} at ${formatPair(x, y)}`;
    const witness = { part: 'f̄', x: Array.from(x), y: Array.from(y), measured, explanation };
    const against = ratio === undefined ? 'so that no μ > 0 holds' : `which is less than ${wanted}`;
    return { cases: secants.length, verdict: 'violated', reason: `${explanation}, ${against}`, witness };
  }
  const tried = secants.length === 0 ? 'nothing was searched' : `none of ${secants.length} pairs refutes it`;
  return {
    cases: secants.length,
    verdict: 'consistent',
    reason: `${ratio === undefined ? wanted : `no ${wanted}`} is certified; ${tried}`,
  };
}

/** Pairs of points, that of the least ⟨∇f̄(x) − ∇f̄(y), x − y⟩/‖x − y‖² first; at most so much, with rounding. */
function flattestSecants(subject: AuditSubject) {
  const oracle = gradientOracle(subject.problem, subject.dimension);
  const points = basePoints(subject, 'f̄').map((x) => {
    const gradient = new Float64Array(x.length);
    oracle.full(x, gradient);
    return { x, gradient };
  });
  const pairs = points.slice(1).flatMap((from, k) => [0, k].map((to) => [from, points[to]!] as const));
  const secants = pairs.map(([{ x, gradient: g }, { x: y, gradient: h }]) => {
    const way = x.map((entry, i) => entry - y[i]!);
    const length = norm(way);
    const measured = way.reduce((sum, entry, i) => sum + entry * (g[i]! - h[i]!), 0) / length ** 2;
    const error = g.every((entry, i) => entry === h[i]!) ? 0 : (rounding * (norm(g) + norm(h))) / length;
    return { x, y, measured, most: measured + error };
  });
  return secants.filter(({ most }) => Number.isFinite(most)).sort((a, b) => a.most - b.most);
}

/** d is convex. */
export function judgeConvex({ problem }: AuditSubject): Judged {
  const { type, convex } = problem.smooth;
  if (convex) return { cases: 0, verdict: 'certified', reason: `${type} is convex` };
  return { cases: 0, verdict: 'consistent', reason: `${type} is not known to be convex` };
}

/** ⟨∇d(x) − ∇d(y), x − y⟩ ≥ μ‖x − y‖² for all x and y: by certificate alone. */
export function judgeStronglyConvex({ problem, declared, inverseConditionNumber: ratio }: AuditSubject): Judged {
  const { smooth } = problem;
  const about = {
    hypotheses: ['assumption-1b', 'd-strongly-convex'],
    ...(ratio !== undefined && { inverseConditionNumber: ratio }),
  } as const;
  const computed = objectiveStrongConvexity(about, problem, declared.lipschitz ?? smooth.lipschitz);
  const wanted = ratio === undefined ? '' : ` = ${formatNumber(ratio)} L`;
  if (computed === undefined)
    return { cases: 0, verdict: 'consistent', reason: `no μ${wanted} of ${smooth.type} is certified` };
  return {
    computed,
    cases: 0,
    verdict: 'certified',
    reason: `μ = ${formatNumber(computed)}${wanted} holds on all of Rⁿ`,
  };
}

/** |r_γ(x) − r_γ(y)| ≤ M‖x − y‖: by certificate alone. */
export function judgeValueLipschitz({ problem, dimension }: AuditSubject): Judged {
  const computed = valueLipschitzOf(problem, dimension);
  if (computed !== undefined)
    return { computed, cases: 0, verdict: 'certified', reason: `M = ${formatNumber(computed)} holds on all of Rⁿ` };
  return { cases: 0, verdict: 'consistent', reason: 'no M is certified: the slopes of some r_k have no known bound' };
}

/** d = 0. */
export function judgeZero({ problem: { smooth } }: AuditSubject): Judged {
  if (smooth.type === 'zero') return { cases: 0, verdict: 'certified', reason: 'd is 0' };
  return { cases: 0, verdict: 'consistent', reason: `d is ${smooth.type}: give the problem no d, or zero` };
}

/** r_γ = r is the indicator function of one set: of several, r_γ is that of none in general. */
export function judgeIndicator({ problem: { functions, specification } }: AuditSubject): Judged {
  const isIndicator = ({ type, ...parameters }: FunctionSpecification): boolean => {
    const trait = registry.get(type)?.definition.traits.indicator;
    const { inner } = parameters as { readonly inner?: FunctionSpecification };
    return trait === 'yes' || (trait === 'inherited' && inner !== undefined && isIndicator(inner));
  };
  const [only] = specification.functions;
  const { type } = functions[0]!;
  if (functions.length === 1 && isIndicator(only!))
    return { cases: 0, verdict: 'certified', reason: `${type} is the indicator function of a set` };
  const reason = functions.length > 1 ? `there are ${functions.length} r_k` : `r is ${type}`;
  return { cases: 0, verdict: 'consistent', reason: `${reason}: give the problem one r, such as box or l2-ball` };
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
