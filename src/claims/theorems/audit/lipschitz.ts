import type { Witness } from './finding.js';
import { formatNumber, formatPair, formatPoint, formatVector } from './format.js';
import type { Growth } from './growth.js';
import type { Relation } from './relation.js';
import type { Secant } from './secant-meter.js';
import { searchSecants } from './secants.js';
import { type AuditSubject, componentTargets, searchStream, smoothTarget, type Target } from './subject.js';
import { type ConstantEvidence, judgeConstant, optional } from './verdict.js';

/** Assumption 1(b): ∇d is Lipschitz continuous with a constant L. */
export function judgeSmooth(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { problem, declared } = subject;
  return judgeConstant({
    ...optional('declared', declared.lipschitz),
    ...optional('computed', problem.smooth.lipschitz),
    ...secantEvidence(subject, [smoothTarget(subject)], [problem.smooth.lipschitz]),
    symbol: 'L',
  });
}

/** Assumption 1(c): the r_k are convex (they are made so) and have gradients that are Lipschitz continuous with the same L. */
export function judgeComponents(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { problem, declared } = subject;
  const constants = problem.functions.map((fn) => fn.smooth?.lipschitz);
  const certified = constants.filter((constant) => constant !== undefined);
  return judgeConstant({
    ...optional('declared', declared.lipschitz),
    ...(certified.length === constants.length && { computed: Math.max(...certified) }),
    ...secantEvidence(subject, componentTargets(subject), constants),
    symbol: 'L',
  });
}

/** The worst secant over several relations, with the constants that are certified; a relation that has none ends the search. */
export function secantEvidence(
  subject: AuditSubject,
  targets: readonly Target[],
  certified: readonly (number | undefined)[],
): Pick<ConstantEvidence, 'searched' | 'cases' | 'unbounded' | 'witness'> {
  if (subject.plan.points === 0) return { cases: 0 };
  let worst: { secant: Secant; relation: Relation } | undefined;
  let cases = 0;
  for (const [j, { relation, points }] of targets.entries()) {
    const bounded = certified[j] !== undefined;
    const found = searchSecants(relation, points(), searchStream(subject, relation.part), bounded);
    cases += found.pairs;
    if (found.growth) return { cases, searched: Infinity, unbounded: growthWitness(relation, found.growth) };
    if (found.worst === undefined) continue;
    if (found.worst.ratio === Infinity) {
      return { cases, searched: Infinity, unbounded: kinkWitness(relation, found.worst) };
    }
    if (worst === undefined || found.worst.ratio > worst.secant.ratio) worst = { secant: found.worst, relation };
  }
  if (worst === undefined) return { cases };
  const { secant, relation } = worst;
  return { cases, searched: secant.ratio, witness: () => secantWitness(relation, secant) };
}

function growthWitness(relation: Relation, { ratios, last, kind }: Growth): Witness {
  if (last.ratio === Infinity) return kinkWitness(relation, last);
  const shown = ratios.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
  return {
    ...secantWitness(relation, last),
    explanation: `no L serves ${relation.part}: ‖∇${relation.part}(x) − ∇${relation.part}(y)‖/‖x − y‖ grows without end for points ${kind === 'far' ? 'ever farther out' : 'ever closer together'}: …, ${shown}`,
  };
}

function kinkWitness({ part }: Relation, { x, y, images: [g, h] }: Secant): Witness {
  return {
    part,
    x: Array.from(x),
    y: Array.from(y),
    measured: Infinity,
    explanation: `${part} is not differentiable: it has two subgradients at ${formatPoint('x', x)}: ${formatVector(g)} and ${formatVector(h)}`,
  };
}

function secantWitness({ part }: Relation, { x, y, ratio }: Secant): Witness {
  return {
    part,
    x: Array.from(x),
    y: Array.from(y),
    measured: ratio,
    explanation: `‖∇${part}(x) − ∇${part}(y)‖/‖x − y‖ = ${formatNumber(ratio)} at ${formatPair(x, y)}`,
  };
}
