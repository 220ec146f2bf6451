import type { ProblemAtStep } from '../../../reference/problem/problem.js';
import { climb, growsFarOut, peaks } from './climb.js';
import type { Witness } from './finding.js';
import { formatNumber, formatPoint } from './format.js';
import { proxOrNaN } from './relation.js';
import { axisDirections, bothWays, farScales, mixedDirections } from './search-points.js';
import { type AuditSubject, basePoints, searchStream } from './subject.js';
import { type ConstantEvidence, judgeConstant, optional } from './verdict.js';

/** Assumption 1(d): E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x. */
export function judgeVariance(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const computed = subject.atStep!.constants(subject.dimension).sigma;
  const found = search(subject, computed !== undefined);
  return judgeConstant({
    ...optional('declared', subject.declared.sigma),
    ...optional('computed', computed),
    ...(measured(found) && {
      searched: found.growth ? Infinity : found.worst.value,
      witness: () => pointWitness(found.worst),
    }),
    ...evidence(found),
    symbol: 'σ',
  });
}

/** Assumption 2(d): E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all x and i. */
export function judgeCoordinateVariance(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { declared, atStep, dimension } = subject;
  const computed = atStep!.constants(dimension).coordinateSigma;
  const found = search(subject, computed !== undefined);
  return judgeConstant({
    ...optional('declared', declared.coordinateSigma && Array.from(declared.coordinateSigma)),
    ...optional('computed', computed && Array.from(computed)),
    ...(measured(found) && {
      searched: found.growth ? Infinity : found.coordinates.map(({ value }) => value),
      witness: (i: number) => pointWitness(found.coordinates[i]!, i),
    }),
    ...evidence(found),
    symbol: 'σ_i',
  });
}

function search(subject: AuditSubject, bounded: boolean): VarianceFindings | undefined {
  const { plan, problem, atStep } = subject;
  if (plan.points === 0) return undefined;
  const each = { ...plan, points: Math.ceil(plan.points / problem.functions.length) };
  const points = problem.functions.flatMap((fn, k) => basePoints({ ...subject, plan: each }, `P_${k + 1}`, fn));
  return searchVariance(atStep!, points, searchStream(subject, 'variance'), bounded);
}

/** Whether the deviation was a finite double anywhere. */
function measured(found: VarianceFindings | undefined): found is VarianceFindings {
  return found !== undefined && found.overflows < found.cases;
}

function evidence(found: VarianceFindings | undefined): Pick<ConstantEvidence, 'cases' | 'overflows' | 'unbounded'> {
  if (found === undefined) return { cases: 0 };
  const { cases, overflows } = found;
  if (found.growth === undefined) return { cases, overflows };
  const { values, last } = found.growth;
  const shown = values.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
  const witness: Witness = {
    ...pointWitness(last),
    explanation: `no σ serves: (E‖P_k(x) − P(x)‖²)^½/γ grows without end along a ray: …, ${shown}, the last at ${formatPoint('x', last.x)}`,
  };
  return { cases, overflows, unbounded: witness };
}

function pointWitness({ x, value }: Deviation, coordinate?: number): Witness {
  const measure =
    coordinate === undefined
      ? '(E‖P_k(x) − P(x)‖²)^½/γ'
      : `(E(P_k(x)_${coordinate + 1} − P(x)_${coordinate + 1})²)^½/γ`;
  return {
    part: 'P_k',
    x: Array.from(x),
    measured: value,
    explanation: `${measure} = ${formatNumber(value)} at ${formatPoint('x', x)}`,
  };
}

/** (E‖P_k(x) − P(x)‖²)^½/γ at one point, whole or of one coordinate. */
interface Deviation {
  readonly x: Float64Array;
  /** A lower bound, with rounding subtracted. */
  readonly value: number;
}

interface VarianceFindings {
  readonly worst: Deviation;
  /** The largest deviation of each coordinate. */
  readonly coordinates: readonly Deviation[];
  /** Deviations at growing scales along one direction that do not level off, with the last point. */
  readonly growth?: { readonly values: readonly number[]; readonly last: Deviation };
  /** Points that the search evaluated. */
  readonly cases: number;
  /** The points among them at which the deviation is not a finite double. */
  readonly overflows: number;
}

/** Relative rounding of P_k(x)/γ, with a margin. */
const rounding = 2 ** -44;
/** Largest dimension in which every coordinate is scanned separately. */
const largestScan = 16;
const grid = Array.from({ length: 129 }, (_, k) => (k - 64) / 8);
const localEvaluations = 64;

/**
 * Searches for the x at which the components deviate most from their mean: rays, kinks, random points, grids, local search. Unbounded growth is
 * searched only if the deviation is not known to be bounded.
 */
function searchVariance(
  problem: ProblemAtStep,
  points: readonly Float64Array[],
  random: () => number,
  bounded: boolean,
): VarianceFindings {
  const dimension = points[0]!.length;
  const { probabilities, functions, smooth } = problem.problem;
  const accuracy = Math.max(rounding, ...functions.map((fn) => 4 * (fn.accuracy ?? 0)));
  const residuals = functions.map(() => new Float64Array(dimension));
  const y = new Float64Array(dimension);
  const scales = farScales(functions.some((fn) => fn.accuracy !== undefined));
  let cases = 0;
  let overflows = 0;

  /** Writes the deviation of every coordinate into `out` and returns that of the vector. */
  function deviations(x: Float64Array, out: Float64Array): number {
    cases++;
    smooth.gradient(x, y);
    for (let i = 0; i < dimension; i++) y[i] = x[i]! - problem.step * y[i]!;
    // P_k(x) − P(x) = γ(Σθ_jτ_j − τ_k) with τ_k = ρ_k(y)/γ: no ∇d to cancel.
    for (const [k, fn] of functions.entries()) {
      proxOrNaN(fn, () => fn.dividedResidual(y, problem.step, residuals[k]!), residuals[k]!);
    }
    let total = 0;
    for (let i = 0; i < dimension; i++) {
      let mean = 0;
      let size = 0;
      for (let k = 0; k < residuals.length; k++) {
        mean += probabilities[k]! * residuals[k]![i]!;
        size += probabilities[k]! * Math.abs(residuals[k]![i]!);
      }
      let variance = 0;
      for (let k = 0; k < residuals.length; k++) variance += probabilities[k]! * (residuals[k]![i]! - mean) ** 2;
      out[i] = Math.max(0, Math.sqrt(variance) - accuracy * size);
      total += out[i]! * out[i]!;
    }
    if (!Number.isFinite(total)) overflows++;
    return Math.sqrt(total);
  }

  const found = new Float64Array(dimension);
  let worst: Deviation = { x: points[0]!, value: 0 };
  const coordinates: Deviation[] = Array.from({ length: dimension }, () => worst);
  /** Measures at x and keeps the maxima. */
  function observe(x: Float64Array): number {
    const value = deviations(x, found);
    if (!Number.isFinite(value)) return value;
    if (value > worst.value) worst = { x, value };
    for (let i = 0; i < dimension; i++) {
      if (found[i]! > coordinates[i]!.value) coordinates[i] = { x, value: found[i]! };
    }
    return value;
  }

  const directions = [...axisDirections(dimension, 4, random), ...mixedDirections(dimension, random)];
  for (const direction of bothWays(directions)) {
    const along = (scale: number): Float64Array => direction.map((value) => scale * value);
    const values = scales.map((scale) => observe(along(scale)));
    if (!bounded && growsFarOut(values, (scale) => deviations(along(scale), found))) {
      return { worst, coordinates, growth: { values, last: worst }, cases, overflows };
    }
  }
  for (const point of points) observe(point);
  if (dimension <= largestScan) {
    // One coordinate at a time, by a grid and then a local search; then all together at their best values.
    for (let i = 0; i < dimension; i++) {
      const score = (point: Float64Array): number => {
        observe(point);
        return found[i]!;
      };
      const { x } = coordinates[i]!;
      const scanned = grid.map((value) => x.with(i, value)).map((point) => ({ point, score: score(point) }));
      // The largest value may be far out on a plateau, and above the foot of a peak beside a kink.
      for (const peak of peaks(scanned)) climb(score, peak, random, localEvaluations);
      const largest = coordinates[i]!;
      climb(score, { point: largest.x, score: largest.value }, random, localEvaluations);
    }
    observe(Float64Array.from(coordinates, ({ x }, i) => x[i]!));
  }
  climb(observe, { point: worst.x, score: worst.value }, random, localEvaluations);
  return { worst, coordinates, cases, overflows };
}
