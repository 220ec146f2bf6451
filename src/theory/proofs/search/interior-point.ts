type SquareMatrix = readonly (readonly number[])[];

/** C + Σ z_i A_i ⪰ 0; an A_i that is absent is 0. */
export interface MatrixInequality {
  readonly constant: SquareMatrix;
  readonly coefficients: readonly (SquareMatrix | undefined)[];
}

/** c + Σ z_i a_i ≥ 0. */
export interface LinearInequality {
  readonly constant: number;
  readonly coefficients: readonly number[];
}

/** Inequalities in `unknowns` numbers z. */
export interface Inequalities {
  readonly unknowns: number;
  readonly matrices: readonly MatrixInequality[];
  readonly linear: readonly LinearInequality[];
}

/** A point of the interior, and for every inequality the multiplier that the central path gives it. */
export interface CentralPoint {
  readonly z: readonly number[];
  /** μS⁻¹ for the slack S of a matrix inequality, μ/s for that of a linear one. */
  readonly matrices: readonly SquareMatrix[];
  readonly linear: readonly number[];
}

/** Every |z_i| stays below this, so that the central path exists. */
const box = 1e6;
/** A smaller box, in which a point of the interior is centred: its entries are then moderate. */
const innerBox = 1e3;

/** A slack that counts as room: feasible with a margin of this needs no more of it. */
const enough = 1e-3;
/** Newton's decrement below which a point is central. */
const central = 1e-12;
/** μ at the end of a central path. */
const last = 1e-10;

/** The Cholesky factor of a symmetric matrix, of which the lower half is read; undefined if a pivot is not positive. */
function factorOf(matrix: SquareMatrix): number[][] | undefined {
  const factor: number[][] = [];
  for (let i = 0; i < matrix.length; i++) {
    const row = matrix[i]!.slice(0, i + 1);
    for (let j = 0; j <= i; j++) {
      const other = j === i ? row : factor[j]!;
      let entry = row[j]!;
      for (let k = 0; k < j; k++) entry -= row[k]! * other[k]!;
      if (j < i) row[j] = entry / other[j]!;
      else if (entry > 0) row[j] = Math.sqrt(entry);
      else return undefined;
    }
    factor.push(row);
  }
  return factor;
}

/** The solution of LLᵀx = b. */
function solved(factor: SquareMatrix, b: readonly number[]): number[] {
  const x = [...b];
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i]![k]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}

const inverseOf = (factor: SquareMatrix): number[][] =>
  factor.map((_, i) =>
    solved(
      factor,
      factor.map((__, j) => (i === j ? 1 : 0)),
    ),
  );

/** The slacks at z: matrices by their Cholesky factors; undefined outside of the interior or of |z_i| < size. */
function slacksAt({ matrices, linear }: Inequalities, size: number, z: readonly number[]) {
  const rows: number[] = [];
  for (const entry of z) if (!(Math.abs(entry) < size)) return undefined;
  for (const { constant, coefficients } of linear) {
    let slack = constant;
    for (let i = 0; i < z.length; i++) slack += coefficients[i]! * z[i]!;
    if (!(slack > 0)) return undefined;
    rows.push(slack);
  }
  const factors: number[][][] = [];
  for (const { constant, coefficients } of matrices) {
    const slack = constant.map((row) => [...row]);
    for (let i = 0; i < z.length; i++) {
      const A = coefficients[i];
      if (A === undefined) continue;
      for (let r = 0; r < slack.length; r++) for (let c = 0; c <= r; c++) slack[r]![c]! += z[i]! * A[r]![c]!;
    }
    const factor = factorOf(slack);
    if (factor === undefined) return undefined;
    factors.push(factor);
  }
  return { rows, factors };
}

/** What Newton's method maximises: objective·z/μ + Σ log det of the slacks, with |z_i| < size. */
interface Barrier {
  readonly inequalities: Inequalities;
  readonly objective: readonly number[];
  readonly size: number;
}

/** Its value; −∞ outside of the interior. */
function barrierAt({ inequalities, objective, size }: Barrier, mu: number, z: readonly number[]): number {
  const slacks = slacksAt(inequalities, size, z);
  if (slacks === undefined) return Number.NEGATIVE_INFINITY;
  let value = 0;
  z.forEach((entry, i) => {
    value += (objective[i]! * entry) / mu + Math.log(size - entry) + Math.log(size + entry);
  });
  for (const slack of slacks.rows) value += Math.log(slack);
  for (const factor of slacks.factors)
    factor.forEach((row, i) => {
      value += 2 * Math.log(row[i]!);
    });
  return value;
}

/** The gradient of the barrier at an interior z, and minus its Hessian, of which the lower half is set. */
function derivativesAt({ inequalities, objective, size }: Barrier, mu: number, z: readonly number[]) {
  const { rows, factors } = slacksAt(inequalities, size, z)!;
  const n = z.length;
  const gradient = z.map((entry, i) => objective[i]! / mu - 1 / (size - entry) + 1 / (size + entry));
  const hessian = z.map((entry, i) => {
    const row = new Array<number>(n).fill(0);
    row[i] = 1 / (size - entry) ** 2 + 1 / (size + entry) ** 2;
    return row;
  });
  inequalities.linear.forEach(({ coefficients }, k) => {
    for (let i = 0; i < n; i++) {
      const ratio = coefficients[i]! / rows[k]!;
      if (ratio === 0) continue;
      gradient[i]! += ratio;
      for (let j = 0; j <= i; j++) hessian[i]![j]! += (ratio * coefficients[j]!) / rows[k]!;
    }
  });
  inequalities.matrices.forEach(({ constant, coefficients }, k) => {
    const order = constant.length;
    const inverse = inverseOf(factors[k]!);
    const products = coefficients.map((A) => {
      if (A === undefined) return undefined;
      return inverse.map((row) => {
        const out = new Array<number>(order).fill(0);
        for (let m = 0; m < order; m++) for (let c = 0; c < order; c++) out[c]! += row[m]! * A[m]![c]!;
        return out;
      });
    });
    for (let i = 0; i < n; i++) {
      const product = products[i];
      if (product === undefined) continue;
      for (let r = 0; r < order; r++) gradient[i]! += product[r]![r]!;
      for (let j = 0; j <= i; j++) {
        const other = products[j];
        if (other === undefined) continue;
        for (let r = 0; r < order; r++)
          for (let c = 0; c < order; c++) hessian[i]![j]! += product[r]![c]! * other[c]![r]!;
      }
    }
  });
  return { gradient, hessian };
}

/** H⁻¹g, with as little added to the diagonal as makes H positive definite in floating point. */
export function newtonDirection(hessian: SquareMatrix, gradient: readonly number[]): number[] | undefined {
  for (let added = 1e-14; added < 1; added *= 100) {
    const factor = factorOf(
      hessian.map((row, i) => row.map((entry, j) => (i === j ? entry * (1 + added) + added * 1e-3 : entry))),
    );
    if (factor !== undefined) return solved(factor, gradient);
  }
  return undefined;
}

/** Damped Newton steps from an interior point to the central point for μ, or until `stop`. */
function center(
  barrier: Barrier,
  mu: number,
  start: readonly number[],
  stop: (z: readonly number[]) => boolean = () => false,
): readonly number[] {
  let z = start;
  let value = barrierAt(barrier, mu, z);
  for (let step = 0; step < 60 && !stop(z); step++) {
    const { gradient, hessian } = derivativesAt(barrier, mu, z);
    const direction = newtonDirection(hessian, gradient);
    if (direction === undefined) return z;
    const decrement = gradient.reduce((total, entry, i) => total + entry * direction[i]!, 0);
    if (!(decrement > central)) return z;
    let length = decrement > 0.25 ? 1 / (1 + Math.sqrt(decrement)) : 1;
    let next = z;
    let nextValue = Number.NEGATIVE_INFINITY;
    const least = value - 1e-13 * Math.abs(value);
    for (let halving = 0; halving < 40 && !(nextValue > least); halving++, length /= 2) {
      const scale = length;
      next = z.map((entry, i) => entry + scale * direction[i]!);
      nextValue = barrierAt(barrier, mu, next);
    }
    if (!(nextValue > least)) return z;
    const stalled = nextValue <= value && decrement >= 1e-6;
    [z, value] = [next, nextValue];
    if (stalled) return z;
  }
  return z;
}

/** The multipliers of the inequalities at a central point for μ. */
function multipliersAt({ inequalities, size }: Barrier, mu: number, z: readonly number[]): CentralPoint {
  const { rows, factors } = slacksAt(inequalities, size, z)!;
  return {
    z,
    matrices: factors.map((factor) => inverseOf(factor).map((row) => row.map((entry) => entry * mu))),
    linear: rows.map((slack) => mu / slack),
  };
}

/** The largest t ≤ 1 for which all slacks are ≥ t, as far as it matters. */
export interface Margin extends CentralPoint {
  /** About 0.001 or more if there is room; below 0 by more than rounding if no z meets the inequalities; otherwise there is no interior. */
  readonly margin: number;
}

/**
 * The room that the inequalities leave: phase 1 of an interior-point method with a logarithmic barrier (Boyd and Vandenberghe, Convex
 * Optimization, § 11.4), in doubles. If there is room, z is central in a moderate box. If there is none, the multipliers, scaled to a total
 * trace of 1, tend to a certificate of that.
 */
export function roomOf({ unknowns, matrices, linear }: Inequalities): Margin {
  const nothing = new Array<number>(unknowns).fill(0);
  const withMargin: Inequalities = {
    unknowns: unknowns + 1,
    matrices: matrices.map(({ constant, coefficients }) => ({
      constant,
      coefficients: [...coefficients, constant.map((row, r) => row.map((_, c) => (r === c ? -1 : 0)))],
    })),
    linear: [
      ...linear.map(({ constant, coefficients }) => ({ constant, coefficients: [...coefficients, -1] })),
      { constant: 1, coefficients: [...nothing, -1] },
    ],
  };
  const lowest = Math.min(
    0,
    ...linear.map(({ constant }) => constant),
    ...matrices.flatMap(({ constant }) =>
      constant.map((row, r) => row.reduce((total, entry, c) => total - (r === c ? 0 : Math.abs(entry)), row[r]!)),
    ),
  );
  let z: readonly number[] = [...nothing, lowest - 1];
  // Numbers beyond the box say nothing.
  if (lowest - 1 <= -box) return { margin: 0, z: nothing, matrices: [], linear: [] };
  const barrier = { inequalities: withMargin, objective: [...nothing, 1], size: box };
  for (let mu = 1; mu > last / 10; mu /= 8) {
    z = center(barrier, mu, z, (at) => at.at(-1)! > enough);
    if (z.at(-1)! > enough) break;
  }
  const margin = z.at(-1)!;
  const point = z.slice(0, -1);
  if (margin > 1e-7) {
    const size = point.every((entry) => Math.abs(entry) < innerBox) ? innerBox : box;
    const inside = { inequalities: { unknowns, matrices, linear }, objective: nothing, size };
    return { ...multipliersAt(inside, 1, center(inside, 1, point)), margin };
  }
  const found = multipliersAt(barrier, 1, z);
  const trace =
    found.linear.reduce((total, entry) => total + entry, 0) +
    found.matrices.reduce((total, matrix) => total + matrix.reduce((sum, row, r) => sum + row[r]!, 0), 0);
  return {
    margin,
    z: point,
    matrices: found.matrices.map((matrix) => matrix.map((row) => row.map((entry) => entry / trace))),
    linear: found.linear.slice(0, -1).map((entry) => entry / trace),
  };
}

/** The largest objective·z, from a point of the interior along the central path, in doubles; up to a smaller μ than `end`. */
export function maximise(
  inequalities: Inequalities,
  objective: readonly number[],
  start: readonly number[],
  end = last,
): CentralPoint {
  const barrier = { inequalities, objective, size: box };
  let z = start;
  let mu = 1;
  for (; mu > end; mu /= 6) z = center(barrier, mu, z);
  return multipliersAt(barrier, mu * 6, z);
}
