import { createRequire } from 'node:module';
import test from 'ava';
import seedrandom from 'seedrandom';
import { l1, semiOrthogonal, squaredL2 } from '../index.js';

const { Matrix, QrDecomposition } = createRequire(import.meta.url)('ml-matrix') as typeof import('ml-matrix');

type Rows = readonly (readonly number[])[];

const n = 64;
const indices = Array.from({ length: n }, (_, i) => i);
const matrix = (rows: Rows) => ({ rows: rows.length, columns: rows[0]!.length, data: rows.flat() });
const behind = (rows: Rows) => semiOrthogonal({ matrix: matrix(rows), inner: l1({ weight: 1 }) });

const cosines: Rows = indices.map((k) =>
  indices.map((i) => Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * i + 1) * k) / (2 * n))),
);

/** All levels of the orthonormal Haar transform: means of halves, and below them differences of what is left. */
function haar(length: number): Rows {
  if (length === 1) return [[1]];
  const spread = (row: readonly number[], sign: number): number[] =>
    row.flatMap((entry) => [Math.SQRT1_2 * entry, sign * Math.SQRT1_2 * entry]);
  const half = length / 2;
  const details = Array.from({ length: half }, (_, j) =>
    spread(
      Array.from({ length: half }, (_, i) => (i === j ? 1 : 0)),
      -1,
    ),
  );
  return [...haar(half).map((row) => spread(row, 1)), ...details];
}

/** An orthonormal basis of random directions, as a factorisation gives it. */
function factor(): Rows {
  const random = seedrandom('factor');
  const entries = indices.map(() => indices.map(() => random() - 0.5));
  return new QrDecomposition(new Matrix(entries)).orthogonalMatrix.to2DArray();
}

test('transforms in use are orthogonal to rounding, and not where their entries are rounded to singles', (t) => {
  for (const rows of [cosines, haar(n), factor()]) {
    t.notThrows(() => behind(rows));
    t.notThrows(() => behind(rows.slice(0, 5).map((row) => row.map((entry) => 1e3 * entry))));
    t.throws(() => behind(rows.map((row) => row.map(Math.fround))), { message: /^semi-orthogonal: matrix: product/ });
  }
});

test('what is thresholded is exactly 0 behind a square matrix', (t) => {
  const y = Float64Array.from(indices, (i) => Math.sin(i) / 100);
  t.deepEqual(behind(cosines).prox(y, 1), new Float64Array(n));
});

test('the constant is at least the square of the norm times that of the inner function, and next to it', (t) => {
  const smooth = (rows: Rows): number =>
    semiOrthogonal({ matrix: matrix(rows), inner: squaredL2({ weight: 3 }) }).smooth!.lipschitz;
  const constant = smooth([[3, -4]]);
  t.true(constant >= 75 && constant <= 75 * (1 + 2 ** -40));
  const largest = smooth(cosines);
  t.true(largest >= 3 && largest <= 3 * (1 + 2 ** -30));
});

test('kinks are where a coefficient of a single entry has one', (t) => {
  // Entries 2 and −1, ν = 5: the kinks of l1 at the step 5γ are 0 and ±5γ.
  const kinks = behind([[2, -1]]).kinks!(1).map((kink) => kink || 0);
  t.deepEqual(
    [...new Set(kinks)].sort((a, b) => a - b),
    [-5, -2.5, 0, 2.5, 5],
  );
});
