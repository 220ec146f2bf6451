import { type CoordinateFindings, type CoordinateSecant, searchCoordinateSecants } from './coordinate-secants.js';
import type { Witness } from './finding.js';
import { formatNumber, formatPair, formatPoint } from './format.js';
import type { Relation } from './relation.js';
import { type AuditSubject, componentTargets, searchStream, smoothTarget, type Target } from './subject.js';
import { type ConstantEvidence, judgeConstant, optional } from './verdict.js';

/**
 * Assumption 2(b): |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all x, y. Where x and y differ in other coordinates only, the right side is
 * 0: the inequality makes ∇d(·)_i a function of x_i alone, so d must be a sum of one-dimensional functions.
 */
export function judgeCoordinateSmooth(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { problem, declared, dimension } = subject;
  const { smooth } = problem;
  const constants = [smooth.coordinateLipschitz?.bind(smooth)];
  return judgeConstant({
    ...optional('declared', declared.coordinateLipschitz && Array.from(declared.coordinateLipschitz)),
    ...optional('computed', perCoordinate(dimension, constants)),
    ...search(subject, [smoothTarget(subject)], constants),
    symbol: 'L_i',
  });
}

/** Assumption 2(c): the same for the gradient of every r_k. */
export function judgeCoordinateComponents(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { problem, declared, dimension } = subject;
  const constants = problem.functions.map(({ smooth }) => smooth?.coordinateLipschitz?.bind(smooth));
  return judgeConstant({
    ...optional('declared', declared.coordinateLipschitz && Array.from(declared.coordinateLipschitz)),
    ...optional('computed', perCoordinate(dimension, constants)),
    ...search(subject, componentTargets(subject), constants),
    symbol: 'L_i',
  });
}

/** L_i of every part that has certified ones. */
type Constants = readonly (((index: number) => number) | undefined)[];

/** The largest constant of each coordinate, when every part has them. */
function perCoordinate(dimension: number, constants: Constants): number[] | undefined {
  const certified = constants.filter((constant) => constant !== undefined);
  if (certified.length < constants.length) return undefined;
  return Array.from({ length: dimension }, (_, i) => Math.max(...certified.map((constant) => constant(i))));
}

function search(
  subject: AuditSubject,
  targets: readonly Target[],
  certified: Constants,
): Pick<ConstantEvidence, 'searched' | 'cases' | 'unbounded' | 'witness'> {
  const { dimension, plan } = subject;
  if (plan.points === 0) return { cases: 0 };
  const worst: { secant: CoordinateSecant; relation: Relation }[] = [];
  let cases = 0;
  for (const [j, { relation, points }] of targets.entries()) {
    const stream = searchStream(subject, `${relation.part} by coordinate`);
    const found = searchCoordinateSecants(relation, points(), stream, certified[j] !== undefined);
    cases += found.pairs;
    const unbounded = unboundedWitness(relation, found);
    if (unbounded) return { cases, unbounded };
    found.worst.forEach((secant, i) => {
      if (secant && !(secant.ratio <= (worst[i]?.secant.ratio ?? -1))) worst[i] = { secant, relation };
    });
  }
  return {
    cases,
    searched: Array.from({ length: dimension }, (_, i) => worst[i]?.secant.ratio ?? 0),
    witness: (i) => pairWitness(worst[i]!.relation, worst[i]!.secant),
  };
}

function unboundedWitness(relation: Relation, { cross, growth }: CoordinateFindings): Witness | undefined {
  const { part, iterative } = relation;
  const equality = iterative ? 'to within the accuracy of the prox ' : '';
  if (growth) {
    const shown = growth.ratios.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
    const i = growth.last.coordinate + 1;
    return {
      ...pairWitness(relation, growth.last),
      explanation: `no L_${i} serves ${part}: |∇${part}(x)_${i} − ∇${part}(y)_${i}|/|x_${i} − y_${i}| grows without end for points ever farther out: …, ${shown}`,
    };
  }
  if (cross === undefined) return undefined;
  const { x, y, coordinate, difference, samePoint } = cross;
  const i = coordinate + 1;
  return {
    part,
    x: Array.from(x),
    y: Array.from(y),
    measured: Infinity,
    explanation: samePoint
      ? `${part} is not differentiable: it has two subgradients at ${formatPoint('x', x)}, ${formatNumber(difference)} apart in coordinate ${i}`
      : `no L_${i} serves ${part}: it is not separable: |∇${part}(x)_${i} − ∇${part}(y)_${i}| = ${formatNumber(difference)} though ${equality}x_${i} = y_${i}, at ${formatPair(x, y)}`,
  };
}

function pairWitness({ part }: Relation, { x, y, coordinate, ratio }: CoordinateSecant): Witness {
  const i = coordinate + 1;
  return {
    part,
    x: Array.from(x),
    y: Array.from(y),
    measured: ratio,
    explanation: `|∇${part}(x)_${i} − ∇${part}(y)_${i}|/|x_${i} − y_${i}| = ${formatNumber(ratio)} at ${formatPair(x, y)}`,
  };
}
