import { growsFarOut, growsWithoutEnd } from './climb.js';
import type { Witness } from './finding.js';
import { formatNumber, formatPair, formatPoint, formatVector } from './format.js';
import type { Relation } from './relation.js';
import { axisDirections, bothWays, farScales, mixedDirections, norm, normalized } from './search-points.js';
import { type Secant, secantMeter } from './secant-meter.js';
import { type AuditSubject, componentTargets, searchStream, smoothTarget, type Target } from './subject.js';
import { type ConstantEvidence, judgeConstant, optional } from './verdict.js';

/** A family of pairs whose ratios keep growing. */
interface Growth {
  /** Ratios at geometric scales, in order. */
  readonly ratios: readonly number[];
  readonly last: Secant;
  /** `far apart` or `close together`. */
  readonly kind: 'far' | 'near';
}

/** Scales of pairs for the search for growth at short distances. */
const nearScales = Array.from({ length: 10 }, (_, j) => 16 ** -j);
/** Number of base points around which close pairs are tried. */
const nearBases = 8;

/** A family of pairs with unbounded ratios: farther and farther out along a direction, or closer and closer together around a point. */
function findGrowth(
  relation: Relation,
  meter: ReturnType<typeof secantMeter>,
  points: readonly Float64Array[],
  directions: readonly Float64Array[],
): Growth | undefined {
  const far = (direction: Float64Array, scale: number): Secant => {
    const base = direction.map((value) => scale * value);
    return meter.measure(...meter.ends(base, scale, direction), 0);
  };
  const found = growing(bothWays(directions), farScales(relation.iterative), 'far', far);
  if (found !== undefined) return found;
  for (const base of points.slice(0, nearBases)) {
    const near = (direction: Float64Array, scale: number): Secant =>
      meter.measure(...meter.ends(base, scale * Math.max(1, norm(base)), direction), 0);
    const growth = growing(directions, nearScales, 'near', near);
    if (growth !== undefined) return growth;
  }
  return undefined;
}

/** The first direction along which the ratios grow without limit. */
function growing(
  directions: readonly Float64Array[],
  scales: readonly number[],
  kind: Growth['kind'],
  measure: (direction: Float64Array, scale: number) => Secant,
): Growth | undefined {
  for (const direction of directions) {
    const secants = scales.map((scale) => measure(direction, scale));
    const infinite = secants.find(({ ratio }) => ratio === Infinity);
    if (infinite !== undefined) return { ratios: [Infinity], last: infinite, kind };
    const ratios = secants.map(({ ratio }) => ratio);
    const grows =
      kind === 'far' ? growsFarOut(ratios, (scale) => measure(direction, scale).ratio) : growsWithoutEnd(ratios);
    if (grows) return { ratios, last: secants.findLast(({ ratio }) => Number.isFinite(ratio))!, kind };
  }
  return undefined;
}

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

/** The worst secant over several relations, with the certified constants; a relation for which no constant can exist ends the search. */
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
    explanation: `${part} is not differentiable at ${formatPoint('x', x)}: it has two subgradients, ${formatVector(g)} and ${formatVector(h)}`,
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

export interface SecantFindings {
  readonly worst?: Secant;
  readonly growth?: Growth;
  readonly pairs: number;
}

/** Distances of a pair, relative to max(1, ‖x‖). */
const distances = [1, 2 ** -6, 2 ** -16];
/** How many times the best pairs are turned towards the direction in which their images differ. */
const turns = 24;
const refined = 4;

/**
 * Looks for the pair of largest ratio ‖g(x) − g(y)‖/‖x − y‖: pairs near and far, straddling kinks, along axes, differences of axes, the
 * diagonal and random directions; the best pairs are turned towards their own image difference (power iteration for a
 * symmetric Jacobian). Stops at the first pair of equal points with different images, and at the first unbounded family, which is searched only if no
 * constant is certified: ten scales of growth do not disprove a constant.
 */
function searchSecants(
  relation: Relation,
  points: readonly Float64Array[],
  random: () => number,
  bounded: boolean,
): SecantFindings {
  const dimension = points[0]!.length;
  const meter = secantMeter(relation, dimension);
  const directions = [...axisDirections(dimension, 4, random), ...mixedDirections(dimension, random)];
  const growth = bounded ? undefined : findGrowth(relation, meter, points, directions);
  if (growth !== undefined) return { growth, worst: growth.last, pairs: meter.pairs };
  let record = 0;
  const best: (Secant & { base: Float64Array; distance: number; direction: Float64Array })[] = [];
  for (const base of points) {
    const along = [...axisDirections(dimension, 2, random), ...mixedDirections(dimension, random)];
    for (const direction of along) {
      for (const relative of distances) {
        const distance = relative * Math.max(1, norm(base));
        const secant = meter.measure(...meter.ends(base, distance, direction), record);
        record = Math.max(record, secant.ratio || 0);
        if (secant.ratio === Infinity) return { worst: secant, pairs: meter.pairs };
        if (Number.isNaN(secant.ratio)) continue;
        best.push({ base, distance, direction, ...secant });
        if (best.length > 8 * refined) keepBest(best);
      }
    }
  }
  keepBest(best);
  let worst: Secant | undefined = best[0];
  for (const { base, distance, direction } of best) {
    let turned = direction;
    for (let turn = 0; turn < turns && worst!.ratio < Infinity; turn++) {
      const secant = meter.measure(...meter.ends(base, distance, turned), worst!.ratio);
      if (secant.ratio > worst!.ratio) worst = secant;
      const difference = meter.g.map((value, i) => value - meter.h[i]!);
      if (!(norm(difference) > 0)) break;
      turned = normalized(difference);
    }
  }
  return { ...(worst && { worst }), pairs: meter.pairs };
}

function keepBest(secants: Secant[]): void {
  secants.sort((a, b) => b.ratio - a.ratio);
  secants.length = Math.min(secants.length, refined);
}
