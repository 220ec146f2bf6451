import { CholeskyDecomposition, Matrix } from '../../../reference/functions/numerics/matrices.js';

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

/** The slacks at z: matrices by their Cholesky factors; undefined outside of the interior. */
function slacksAt({ matrices, linear }: Inequalities, z: readonly number[]) {
  const rows = linear.map(({ constant, coefficients }) =>
    coefficients.reduce((total, entry, i) => total + entry * z[i]!, constant),
  );
  if (!rows.every((slack) => slack > 0)) return undefined;
  const factors: InstanceType<typeof CholeskyDecomposition>[] = [];
  for (const { constant, coefficients } of matrices) {
    const slack = constant.map((row, r) =>
      row.map((entry, c) => coefficients.reduce((total, A, i) => total + (A?.[r]![c] ?? 0) * z[i]!, entry)),
    );
    const factor = new CholeskyDecomposition(
      new Matrix(slack.map((row, r) => row.map((_, c) => slack[Math.max(r, c)]![Math.min(r, c)]!))),
    );
    if (!factor.isPositiveDefinite()) return undefined;
    factors.push(factor);
  }
  return { rows, factors };
}

/** objective·z/μ + Σ log det of the slacks, which Newton's method makes as large as possible; −∞ outside of the interior. */
function barrier(inequalities: Inequalities, objective: readonly number[], mu: number, z: readonly number[]): number {
  const slacks = slacksAt(inequalities, z);
  if (slacks === undefined) return Number.NEGATIVE_INFINITY;
  let value = objective.reduce((total, entry, i) => total + (entry * z[i]!) / mu, 0);
  for (const slack of slacks.rows) value += Math.log(slack);
  for (const factor of slacks.factors) {
    for (const root of factor.lowerTriangularMatrix.diagonal()) value += 2 * Math.log(root);
  }
  return value;
}

/** The gradient of the barrier at an interior z, and minus its Hessian. */
function derivatives(inequalities: Inequalities, objective: readonly number[], mu: number, z: readonly number[]) {
  const { rows, factors } = slacksAt(inequalities, z)!;
  const n = z.length;
  const gradient = objective.map((entry) => entry / mu);
  const hessian = Matrix.zeros(n, n);
  inequalities.linear.forEach(({ coefficients }, k) => {
    const ratios = coefficients.map((entry) => entry / rows[k]!);
    ratios.forEach((ratio, i) => {
      if (ratio === 0) return;
      gradient[i]! += ratio;
      for (let j = 0; j <= i; j++) hessian.set(i, j, hessian.get(i, j) + ratio * ratios[j]!);
    });
  });
  inequalities.matrices.forEach(({ constant, coefficients }, k) => {
    const inverse = factors[k]!.solve(Matrix.eye(constant.length));
    const products = coefficients.map((A) => A && inverse.mmul(new Matrix(A as number[][])));
    products.forEach((product, i) => {
      if (product === undefined) return;
      gradient[i]! += product.trace();
      for (let j = 0; j <= i; j++) {
        const other = products[j];
        if (other === undefined) continue;
        let total = 0;
        for (let r = 0; r < constant.length; r++) {
          for (let c = 0; c < constant.length; c++) total += product.get(r, c) * other.get(c, r);
        }
        hessian.set(i, j, hessian.get(i, j) + total);
      }
    });
  });
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) hessian.set(i, j, hessian.get(j, i));
  return { gradient, hessian };
}

/** H⁻¹g, with as little added to the diagonal as makes H positive definite in floating point. */
function newtonDirection(hessian: InstanceType<typeof Matrix>, gradient: readonly number[]): number[] | undefined {
  for (let added = 1e-14; added < 1; added *= 100) {
    const regular = hessian.clone();
    for (let i = 0; i < gradient.length; i++) regular.set(i, i, regular.get(i, i) * (1 + added) + added * 1e-3);
    const factor = new CholeskyDecomposition(regular);
    if (factor.isPositiveDefinite()) return factor.solve(Matrix.columnVector([...gradient])).to1DArray();
  }
  return undefined;
}

/** Damped Newton steps from an interior point to the central point for μ, or until `stop`. */
function center(
  inequalities: Inequalities,
  objective: readonly number[],
  mu: number,
  start: readonly number[],
  stop: (z: readonly number[]) => boolean = () => false,
): readonly number[] {
  let z = start;
  let value = barrier(inequalities, objective, mu, z);
  for (let step = 0; step < 60 && !stop(z); step++) {
    const { gradient, hessian } = derivatives(inequalities, objective, mu, z);
    const direction = newtonDirection(hessian, gradient);
    if (direction === undefined) return z;
    const decrement = gradient.reduce((total, entry, i) => total + entry * direction[i]!, 0);
    if (!(decrement > central)) return z;
    let length = decrement > 0.25 ? 1 / (1 + Math.sqrt(decrement)) : 1;
    let next = z;
    let nextValue = Number.NEGATIVE_INFINITY;
    for (let halving = 0; halving < 40 && !(nextValue > value - 1e-13 * Math.abs(value)); halving++, length /= 2) {
      next = z.map((entry, i) => entry + length * direction[i]!);
      nextValue = barrier(inequalities, objective, mu, next);
    }
    if (!(nextValue > value - 1e-13 * Math.abs(value))) return z;
    const stalled = nextValue <= value && decrement >= 1e-6;
    [z, value] = [next, nextValue];
    if (stalled) return z;
  }
  return z;
}

function within({ unknowns, linear, ...rest }: Inequalities, size: number): Inequalities {
  const sides = Array.from({ length: 2 * unknowns }, (_, k) => ({
    constant: size,
    coefficients: Array.from({ length: unknowns }, (__, i) => (i === k >> 1 ? (k % 2 === 0 ? 1 : -1) : 0)),
  }));
  return { ...rest, unknowns, linear: [...linear, ...sides] };
}

/** The multipliers of the given inequalities at a central point for μ. */
function multipliersAt(given: Inequalities, all: Inequalities, mu: number, z: readonly number[]): CentralPoint {
  const { rows, factors } = slacksAt(all, z)!;
  return {
    z,
    matrices: given.matrices.map(({ constant }, k) =>
      factors[k]!.solve(Matrix.eye(constant.length)).mul(mu).to2DArray(),
    ),
    linear: given.linear.map((_, k) => mu / rows[k]!),
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
export function roomOf(inequalities: Inequalities): Margin {
  const { unknowns, matrices, linear } = within(inequalities, box);
  const withMargin: Inequalities = {
    unknowns: unknowns + 1,
    matrices: matrices.map(({ constant, coefficients }) => ({
      constant,
      coefficients: [...coefficients, constant.map((row, r) => row.map((_, c) => (r === c ? -1 : 0)))],
    })),
    linear: [
      ...linear.map(({ constant, coefficients }) => ({ constant, coefficients: [...coefficients, -1] })),
      { constant: 1, coefficients: [...new Array<number>(unknowns).fill(0), -1] },
    ],
  };
  const lowest = Math.min(
    0,
    ...linear.map(({ constant }) => constant),
    ...matrices.flatMap(({ constant }) =>
      constant.map((row, r) => row.reduce((total, entry, c) => total - (r === c ? 0 : Math.abs(entry)), row[r]!)),
    ),
  );
  let z: readonly number[] = [...new Array<number>(unknowns).fill(0), lowest - 1];
  const objective = [...new Array<number>(unknowns).fill(0), 1];
  let mu = 1;
  for (; mu > 1e-11; mu /= 8) {
    z = center(withMargin, objective, mu, z, (at) => at.at(-1)! > enough);
    if (z.at(-1)! > enough) break;
  }
  const margin = z.at(-1)!;
  const point = z.slice(0, -1);
  if (margin > 1e-7) {
    const inside = within(inequalities, point.every((entry) => Math.abs(entry) < innerBox) ? innerBox : box);
    const nothing = point.map(() => 0);
    return { ...multipliersAt(inequalities, inside, 1, center(inside, nothing, 1, point)), margin };
  }
  const found = multipliersAt(inequalities, withMargin, 1, z);
  const trace =
    found.linear.reduce((total, entry) => total + entry, 0) +
    found.matrices.reduce((total, matrix) => total + matrix.reduce((sum, row, r) => sum + row[r]!, 0), 0);
  return {
    margin,
    z: point,
    matrices: found.matrices.map((matrix) => matrix.map((row) => row.map((entry) => entry / trace))),
    linear: found.linear.map((entry) => entry / trace),
  };
}

/** The largest objective·z, from a point of the interior along the central path, in doubles. */
export function maximise(
  inequalities: Inequalities,
  objective: readonly number[],
  start: readonly number[],
): CentralPoint {
  const bounded = within(inequalities, box);
  let z = start;
  let mu = 1;
  for (; mu > 1e-11; mu /= 6) z = center(bounded, objective, mu, z);
  return multipliersAt(inequalities, bounded, mu * 6, z);
}
