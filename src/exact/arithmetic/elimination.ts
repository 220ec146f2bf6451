import { one, type Rational, rational, zero } from './rational.js';

type Vector = readonly Rational[];

/** All solutions of a linear system: `particular` + any combination of `kernel`. */
export interface Solutions {
  /** The solution with 0 in every free unknown. */
  readonly particular: readonly Rational[];
  /** A basis of the null space, one vector for each free unknown. */
  readonly kernel: readonly Vector[];
  /** The unknowns that the equations determine from the free ones. */
  readonly pivots: readonly number[];
}

/**
 * All x with Ax = b, by elimination in rationals.
 *
 * @param rows A, row by row
 * @param right b, an entry for each row
 * @param unknowns the number of columns, for a system without rows
 * @returns undefined if there is no solution
 */
export function solutionsOf(rows: readonly Vector[], right: Vector, unknowns: number): Solutions | undefined {
  const system = rows.map((row, i) => [...row, right[i]!]);
  const pivots: number[] = [];
  for (let column = 0; column < unknowns && pivots.length < system.length; column++) {
    const at = pivots.length;
    const found = system.findIndex((row, i) => i >= at && !row[column]!.equals(zero));
    if (found < 0) continue;
    [system[at], system[found]] = [system[found]!, system[at]!];
    const pivot = system[at]!.map((entry) => entry.div(system[at]![column]!));
    system[at] = pivot;
    system.forEach((row, i) => {
      const factor = row[column]!;
      if (i === at || factor.equals(zero)) return;
      system[i] = row.map((entry, j) => (pivot[j]!.equals(zero) ? entry : entry.sub(factor.mul(pivot[j]!))));
    });
    pivots.push(column);
  }
  if (system.slice(pivots.length).some((row) => !row[unknowns]!.equals(zero))) return undefined;
  const particular = new Array<Rational>(unknowns).fill(zero);
  pivots.forEach((column, i) => {
    particular[column] = system[i]![unknowns]!;
  });
  const free = Array.from({ length: unknowns }, (_, column) => column).filter((column) => !pivots.includes(column));
  const kernel = free.map((column) => {
    const vector = new Array<Rational>(unknowns).fill(zero);
    vector[column] = one;
    pivots.forEach((pivot, i) => {
      vector[pivot] = system[i]![column]!.neg();
    });
    return vector;
  });
  return { particular, kernel, pivots };
}

/** M = Σ_k pivots[k] · columns[k] columns[k]ᵀ with pivots ≥ 0: M as a sum of squares. */
export interface Squares {
  readonly pivots: readonly Rational[];
  readonly columns: readonly Vector[];
}

/**
 * The factors of M = LDLᵀ with a unit lower triangular L, which show that M is positive semidefinite.
 *
 * @param matrix symmetric
 * @returns undefined if M is not positive semidefinite
 */
export function squaresOf(matrix: readonly Vector[]): Squares | undefined {
  const rest = matrix.map((row) => [...row]);
  const pivots: Rational[] = [];
  const columns: Vector[] = [];
  for (let k = 0; k < rest.length; k++) {
    const pivot = rest[k]![k]!;
    const column = rest.map((row) => row[k]!);
    if (pivot.lt(zero)) return undefined;
    // A zero on the diagonal of a semidefinite matrix has a row of zeros.
    if (pivot.equals(zero)) {
      if (column.some((entry) => !entry.equals(zero))) return undefined;
      continue;
    }
    const scaled = column.map((entry) => entry.div(pivot));
    pivots.push(pivot);
    columns.push(scaled);
    for (let i = k; i < rest.length; i++) {
      for (let j = k; j < rest.length; j++) rest[i]![j] = rest[i]![j]!.sub(column[i]!.mul(scaled[j]!));
    }
  }
  return { pivots, columns };
}

/**
 * The rational nearest to `value` among the convergents of its continued fraction with a denominator ≤ `largest`: the first that differs from
 * it by at most `tolerance` · max(1, |value|).
 *
 * @returns undefined if none of them is that near
 */
export function nearbyFraction(value: number, tolerance: number, largest: number): Rational | undefined {
  let [before, numerator] = [0n, 1n];
  let [beforeDenominator, denominator] = [1n, 0n];
  for (let rest = value; Number.isFinite(rest); ) {
    const whole = Math.floor(rest);
    [before, numerator] = [numerator, BigInt(whole) * numerator + before];
    [beforeDenominator, denominator] = [denominator, BigInt(whole) * denominator + beforeDenominator];
    if (Number(denominator) > largest) return undefined;
    const error = Math.abs(Number(numerator) / Number(denominator) - value);
    if (error <= tolerance * Math.max(1, Math.abs(value))) return rational(numerator, denominator);
    rest = 1 / (rest - whole);
  }
  return undefined;
}
