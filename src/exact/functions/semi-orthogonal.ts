import { type Rational, square, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { numberOf, type Specification } from './parameters.js';

type Vector = readonly Rational[];

/** The rows of a matrix W, whose entries are exact doubles. */
export function rowsOf({ matrix }: Specification): readonly Vector[] {
  const { rows, columns, data } = matrix as { rows: number; columns: number; data: ArrayLike<number> };
  return Array.from({ length: rows }, (_, j) =>
    Array.from({ length: columns }, (_, i) => numberOf(data[j * columns + i])),
  );
}

const product = (a: Vector, b: Vector): Rational => sum(a.map((entry, i) => entry.mul(b[i]!)));

/** Wu. */
export function analysed(specification: Specification, u: Vector): Rational[] {
  return rowsOf(specification).map((row) => product(row, u));
}

/** Wᵀq. */
export function synthesised(specification: Specification, q: Vector): Rational[] {
  const rows = rowsOf(specification);
  return rows[0]!.map((_, i) => sum(rows.map((row, j) => row[i]!.mul(q[j]!))));
}

/**
 * ν with WWᵀ = νI.
 *
 * @throws NotRationalError if no ν satisfies it exactly, as for most orthogonal matrices rounded to doubles
 */
export function frameBoundOf(specification: Specification): Rational {
  const rows = rowsOf(specification);
  const bound = sum(rows[0]!.map(square));
  for (const [j, row] of rows.entries()) {
    for (const [k, other] of rows.slice(0, j + 1).entries()) {
      if (product(row, other).equals(j === k ? bound : zero)) continue;
      throw new NotRationalError(`rows ${k} and ${j} of the matrix are orthogonal and of one length to rounding alone`);
    }
  }
  return bound;
}
