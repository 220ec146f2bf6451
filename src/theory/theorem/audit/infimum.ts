import type { Interval } from '../../../reference/certified/interval.js';
import { proximalAverage } from '../../../reference/functions/calculus/proximal-average.js';
import type { ProblemAtStep } from '../../../reference/problem/problem.js';
import { climb, growsFarOut } from './climb.js';
import type { HypothesisFinding, Witness } from './finding.js';
import { formatConstant, formatExact, formatNumber, formatPoint } from './format.js';
import { differenceNoise } from './noise.js';
import { proxOrNaN } from './relation.js';
import { axisDirections, farScales, largestEntry, mixedDirections } from './search-points.js';
import { type AuditSubject, basePoints, searchStream } from './subject.js';
import { beyondDoubles, optional } from './verdict.js';

/** Room for the rounding of f between a certified enclosure and a value that the search found. */
const rounding = 2 ** -30;

type InfimumFinding = Omit<HypothesisFinding, 'hypothesis' | 'name' | 'statement'>;

/**
 * Assumptions 1(a) and 2(a): f = d + r_γ has a finite infimum. The paper requires a minimum that is attained, but neither proof uses that, so only a
 * finite f* is audited. A declared f* is violated by any point at which f is smaller.
 */
export function judgeInfimum(subject: AuditSubject): InfimumFinding {
  const { declared, atStep, dimension } = subject;
  const computed = atStep!.infimum(dimension);
  const bounded = computed !== undefined && computed.lower > -Infinity;
  const unbounded = computed !== undefined && computed.upper === -Infinity;
  const found = search(subject, !bounded);
  const facts = {
    ...optional('declared', declared.infimum),
    ...optional('computed', computed),
    ...optional('searched', found?.descent ? -Infinity : found?.least?.value),
    cases: found?.cases ?? 0,
  };
  const violated = (witness: Witness, reason = witness.explanation): InfimumFinding => ({
    ...facts,
    verdict: 'violated',
    reason,
    witness,
  });
  if (found?.descent) {
    const shown = found.descent.values.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
    const witness = valueWitness(found.descent.last);
    return violated(
      witness,
      `f is unbounded below: …, ${shown} along a ray that ends at ${formatPoint('x', witness.x)}`,
    );
  }
  if (unbounded) {
    return { ...facts, verdict: 'violated', reason: 'f is unbounded below: its slopes at infinity point downwards' };
  }
  const least = found?.least;
  const floor = computed === undefined ? -Infinity : computed.lower - rounding * (1 + Math.abs(computed.lower));
  if (isBelow(least, floor)) return violated({ ...valueWitness(least), allowed: floor });
  if (declared.infimum !== undefined) return { ...facts, ...judgeDeclared(declared.infimum, computed, least) };
  if (computed === undefined) {
    const met = (found && beyondDoubles(found)) ?? 'no descent without end was met';
    return { ...facts, verdict: 'consistent', reason: `no finite f* is certified, and ${met}` };
  }
  return { ...facts, verdict: 'certified', reason: `f* = ${formatConstant(computed)}, enclosed` };
}

/** Checks a declared f*, which must not exceed the true one, against an enclosure of that and the smallest value of f that was found. */
function judgeDeclared(
  declared: number,
  computed: Interval | undefined,
  least: ObjectiveValue | undefined,
): Pick<HypothesisFinding, 'verdict' | 'reason' | 'witness'> {
  const { lower, upper } = computed ?? { lower: -Infinity, upper: Infinity };
  const enclosure = `[${formatExact(lower)}, ${formatExact(upper)}]`;
  if (declared <= lower) return { verdict: 'certified', reason: `the declared f* is at most f* ∈ ${enclosure}` };
  const limit = `${formatExact(declared)}, the declared f*`;
  // Values inside the enclosure may differ from f* by rounding only.
  if ((computed === undefined || declared > upper) && isBelow(least, declared)) {
    const witness = { ...valueWitness(least), allowed: declared };
    return { verdict: 'violated', reason: `${witness.explanation} < ${limit}`, witness };
  }
  if (declared > upper) return { verdict: 'violated', reason: `f* ∈ ${enclosure} is below ${limit}` };
  if (computed === undefined) {
    return { verdict: 'consistent', reason: `no value of f below ${formatNumber(declared)} was met` };
  }
  return { verdict: 'consistent', reason: `the declared f* lies in the enclosure ${enclosure} of f*` };
}

/** True if f is certainly below the limit at the point, despite rounding. */
function isBelow(least: ObjectiveValue | undefined, limit: number): least is ObjectiveValue {
  return least !== undefined && least.value + least.error < limit;
}

function search(subject: AuditSubject, rays: boolean): InfimumFindings | undefined {
  if (subject.plan.points === 0) return undefined;
  const points = basePoints(subject, 'f', subject.problem.functions[0]);
  return searchInfimum(subject.atStep!, points, searchStream(subject, 'infimum'), rays);
}

function valueWitness({ x, value }: ObjectiveValue): Witness {
  return {
    part: 'f',
    x: Array.from(x),
    measured: value,
    explanation: `f(x) = ${formatNumber(value)} at ${formatPoint('x', x)}`,
  };
}

/** f at one point of its domain. */
interface ObjectiveValue {
  readonly x: Float64Array;
  readonly value: number;
  /** A bound on the rounding error of the value; ∞ until it is determined. */
  readonly error: number;
}

interface InfimumFindings {
  /** The smallest value that was found. */
  readonly least?: ObjectiveValue;
  /** Values along one ray that keep decreasing. */
  readonly descent?: { readonly values: readonly number[]; readonly last: ObjectiveValue };
  /** Points at which f was evaluated. */
  readonly cases: number;
  /** The points among them at which f is not a finite double. */
  readonly overflows: number;
}

/** Proximal-gradient steps from each of the best points. */
const descents = 60;
const refined = 4;
/** Relative rounding of a value that is accurate to a few units in the last place, with a margin. */
const relativeRounding = 2 ** -44;
/** Relative distance over which the rounding of f is estimated. */
const nearby = 2 ** -26;

const sum = ([d, r]: readonly [number, number]): number => d + r;

/**
 * Searches for small values of f = d + r_γ at points u = Σθ_k prox_{γr_k}(y), where r_γ needs no inversion: along rays, at kinks and random points,
 * by proximal-gradient steps from the best ones, and by local search. Rays are left out if f is known to be bounded below: far out, terms that cancel
 * leave only their rounding.
 */
function searchInfimum(
  problem: ProblemAtStep,
  points: readonly Float64Array[],
  random: () => number,
  rays = true,
): InfimumFindings {
  const { smooth, functions, probabilities } = problem.problem;
  const dimension = points[0]!.length;
  const average = proximalAverage({ functions, probabilities, step: problem.step });
  let least: ObjectiveValue | undefined;
  let leastPreimage = points[0]!;
  let cases = 0;
  let overflows = 0;

  const scales = farScales(average.accuracy !== undefined);

  function observe(y: Float64Array): number {
    cases++;
    const x = new Float64Array(dimension);
    proxOrNaN(average, () => average.prox(y, problem.step, x), x);
    const value = Number.isNaN(x[0]) ? Number.NaN : smooth.value(x) + average.valueAtPreimage(y);
    if (!Number.isFinite(value)) overflows++;
    if (Number.isFinite(value) && !(value >= (least?.value ?? Infinity))) {
      least = { x, value, error: Infinity };
      leastPreimage = y;
    }
    return value;
  }

  /** The rounding of f at the image of y: from the accuracy of its terms, and from values nearby. */
  function roundingAt(y: Float64Array): number {
    const terms = (point: Float64Array): [number, number] => [
      smooth.value(average.prox(point, problem.step)),
      average.valueAtPreimage(point),
    ];
    const [d, r] = terms(y);
    const distance = nearby * Math.max(1, largestEntry(y));
    const aside = y.map((value) => value + distance);
    const [noise] = differenceNoise((point) => Float64Array.of(sum(terms(point))), y, aside);
    return relativeRounding * (Math.abs(d) + Math.abs(r)) + noise!;
  }

  const directions = rays ? [...axisDirections(dimension, 4, random), ...mixedDirections(dimension, random)] : [];
  for (const direction of directions.flatMap((vector) => [vector, vector.map((value) => -value)])) {
    const along = (scale: number): Float64Array => direction.map((value) => scale * value);
    const values = scales.map((scale) => observe(along(scale)));
    const last = least;
    const falling = values.map((value) => -value);
    if (last !== undefined && growsFarOut(falling, (scale) => -observe(along(scale)))) {
      return { descent: { values, last }, least: last, cases, overflows };
    }
  }
  const starts = points
    .map((point) => ({ point, value: observe(point) }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value);
  for (const { point } of starts.slice(0, refined)) {
    let y = point;
    for (let step = 0; step < descents; step++) {
      const x = average.prox(y, problem.step);
      const gradient = smooth.gradient(x);
      y = x.map((value, i) => value - problem.step * gradient[i]!);
      observe(y);
    }
  }
  climb((y) => -observe(y), { point: leastPreimage, score: -(least?.value ?? Infinity) }, random, points.length);
  return { ...(least && { least: { ...least, error: roundingAt(leastPreimage) } }), cases, overflows };
}
