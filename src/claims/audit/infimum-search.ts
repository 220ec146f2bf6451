import { proximalAverage } from '../../functions/calculus/proximal-average.js';
import type { ProblemAtStep } from '../../problem.js';
import { climb, growsWithoutEnd } from './climb.js';
import { proxOrNaN } from './relation.js';
import { axisDirections, farScales, mixedDirections } from './search-points.js';

/** f at one point of its domain. */
export interface ObjectiveValue {
  readonly x: Float64Array;
  readonly value: number;
}

export interface InfimumFindings {
  /** The smallest value met. */
  readonly least?: ObjectiveValue;
  /** Values along one ray that fall without an end in sight. */
  readonly descent?: { readonly values: readonly number[]; readonly last: ObjectiveValue };
  readonly cases: number;
}

/** Proximal-gradient steps from each of the best points. */
const descents = 60;
const refined = 4;

/**
 * Looks for small values of f = d + r_γ at points u = Σθ_k prox_{γr_k}(y), where r_γ needs no inversion: along rays, at kinks and random
 * points, by proximal-gradient steps from the best ones, and by local search. Rays are left out where f is known to be bounded below: far
 * out, terms that cancel leave nothing but their rounding.
 */
export function searchInfimum(
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

  const scales = farScales(average.accuracy !== undefined);

  function observe(y: Float64Array): number {
    cases++;
    const x = new Float64Array(dimension);
    proxOrNaN(average, () => average.prox(y, problem.step, x), x);
    if (Number.isNaN(x[0])) return Number.NaN;
    const value = smooth.value(x) + average.valueAtPreimage(y);
    if (Number.isFinite(value) && !(value >= (least?.value ?? Infinity))) {
      least = { x, value };
      leastPreimage = y;
    }
    return value;
  }

  const directions = rays ? [...axisDirections(dimension, 4, random), ...mixedDirections(dimension, random)] : [];
  for (const direction of directions.flatMap((vector) => [vector, vector.map((value) => -value)])) {
    const values = scales.map((scale) => observe(direction.map((value) => scale * value)));
    if (growsWithoutEnd(values.map((value) => -value))) {
      return { descent: { values, last: least! }, least: least!, cases };
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
  return { ...(least && { least }), cases };
}
