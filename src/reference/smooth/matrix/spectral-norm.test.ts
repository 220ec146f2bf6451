import test from 'ava';
import fc from 'fast-check';
import { fromDouble, type Rational, sum, zero } from '../../../exact/arithmetic/rational.js';
import { keyedStream } from '../../sampling/keyed-stream.js';
import { leastSquares, logisticRegression } from '../index.js';
import { gram, isFactorisable, scaledMatrix } from './cholesky.js';
import { Matrix } from './matrix.js';
import { boundByFactorisation, largestEigenvalueBelow, squaredSpectralNormBound } from './spectral-norm.js';

function gaussian(rows: number, columns: number, key: string): Matrix {
  const random = keyedStream(key);
  const draw = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return new Matrix(rows, columns, Float64Array.from({ length: rows * columns }, draw));
}

/** ‖AᵀAx‖ for a unit vector x from power iteration: at most ‖A‖₂², up to rounding. */
function reached({ rows, columns, data }: Matrix, iterations = 200): number {
  let x = Float64Array.from({ length: columns }, (_, i) => 1 + (i % 7));
  let size = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = new Float64Array(columns);
    for (let j = 0; j < rows; j++) {
      const row = data.subarray(j * columns, (j + 1) * columns);
      const product = row.reduce((total, entry, i) => total + entry * x[i]!, 0);
      row.forEach((entry, i) => {
        next[i]! += product * entry;
      });
    }
    size = Math.sqrt(next.reduce((total, entry) => total + entry * entry, 0));
    x = next.map((entry) => entry / size);
  }
  return size;
}

/** AᵀA in rationals. */
function exactGram({ rows, columns, data }: Matrix): Rational[][] {
  const entries = Array.from(data, fromDouble);
  const at = (j: number, i: number) => entries[j * columns + i]!;
  const indices = (length: number) => Array.from({ length }, (_, i) => i);
  return indices(columns).map((i) =>
    indices(columns).map((k) => sum(indices(rows).map((j) => at(j, i).mul(at(j, k))))),
  );
}

/** Whether bound·I − M ⪰ 0 by elimination in rationals: no pivot is negative, and where one is 0 so is its row. */
function isAbove(bound: number, symmetric: readonly (readonly Rational[])[]): boolean {
  let rest = symmetric.map((row, i) => row.map((entry, k) => (i === k ? fromDouble(bound).sub(entry) : entry.neg())));
  while (rest.length > 0) {
    const [[pivot, ...row], ...below] = rest as [[Rational, ...Rational[]], ...Rational[][]];
    if (pivot.lt(zero)) return false;
    if (pivot.equals(zero) && row.some((entry) => !entry.equals(zero))) return false;
    rest = below.map(([head, ...entries]) =>
      entries.map((entry, k) => (pivot.equals(zero) ? entry : entry.sub(head!.mul(row[k]!).div(pivot)))),
    );
  }
  return true;
}

const ordinary = fc.double({ min: -2, max: 2, noNaN: true });
/** Numbers of which the squares neither vanish nor overflow, of very different sizes. */
const illScaled = fc.tuple(ordinary, fc.integer({ min: -490, max: 490 })).map(([entry, power]) => entry * 2 ** power);
const order = fc.integer({ min: 1, max: 4 });
const matrices = fc
  .tuple(order, order, fc.constantFrom(fc.integer({ min: -3, max: 3 }), ordinary, illScaled))
  .chain(([rows, columns, entry]) =>
    fc
      .array(entry as fc.Arbitrary<number>, { minLength: rows * columns, maxLength: rows * columns })
      .map((data) => new Matrix(rows, columns, Float64Array.from(data))),
  );

for (const [rows, columns] of [
  [100, 100],
  [400, 400],
  [90, 300],
  [300, 90],
] as const) {
  test(`least squares, Gaussian ${rows} × ${columns}: L is within 1 % of the largest eigenvalue`, (t) => {
    const matrix = gaussian(rows, columns, `${rows} × ${columns}`);
    const { lipschitz } = leastSquares({ matrix, target: new Float64Array(rows) });
    const least = reached(matrix);
    t.true(lipschitz! >= least && lipschitz! <= 1.01 * least, `${lipschitz} for ${least}`);
    const labels = new Array(rows).fill(1);
    t.is(logisticRegression({ matrix, labels }).lipschitz, lipschitz! / 4);
  });
}

test('the bound is at least the largest eigenvalue in rational arithmetic, whatever the sizes of the entries', (t) => {
  fc.assert(
    fc.property(matrices, (matrix) => isAbove(squaredSpectralNormBound(matrix), exactGram(matrix))),
    { numRuns: 100 },
  );
  t.pass();
});

test('the bound by factorisation is at least the largest eigenvalue in rational arithmetic, whatever the estimate', (t) => {
  const estimates = fc.double({ min: 0.5, max: 1.1, noNaN: true });
  fc.assert(
    fc.property(matrices, estimates, (matrix, part) => {
      const { scaled, scale } = scaledMatrix(matrix);
      fc.pre(scale > 0);
      const estimate = part * squaredSpectralNormBound(scaled);
      return isAbove(boundByFactorisation(scaled, estimate), exactGram(scaled));
    }),
    { numRuns: 100 },
  );
  t.pass();
});

test('the smallest c that floating point takes for a bound proves one in rational arithmetic', (t) => {
  const size = 4;
  const random = keyedStream('the smallest c');
  let below = 0;
  for (let trial = 0; trial < 300; trial++) {
    const data = Float64Array.from({ length: size * size }, () => Math.floor(200 * random()) - 100);
    const matrix = new Matrix(size, size, data);
    // Of integers this small nothing is rounded.
    const symmetric = gram(matrix, 'columns');
    const opposite = symmetric.map((entry) => -entry);
    let [low, high] = [0, 2 ** 20];
    for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
      if (isFactorisable(opposite, size, -middle)) high = middle;
      else low = middle;
    }
    const exact = exactGram(matrix);
    if (!isAbove(high, exact)) below++;
    t.true(isAbove(largestEigenvalueBelow(symmetric, size, high)!, exact), `${data}`);
  }
  t.true(below > 0, 'c itself is not always a bound');
});

test('what the rounded Gram matrix has lost is in the bound', (t) => {
  // Each square of 2⁻²⁷ is less than half a unit in the last place of 1.5² and is lost.
  const small = 4000;
  const matrix = new Matrix(1, 1 + small, Float64Array.of(1.5, ...new Array(small).fill(2 ** -27)));
  t.is(gram(matrix, 'rows')[0], 2.25);
  const bound = boundByFactorisation(matrix, (2.25 * (1 + 2 ** -50)) / (1 + 2 ** -8));
  t.true(bound < 2.25 * (1 + 2 ** -20), 'the margin leaves no room');
  t.true(bound >= 2.25 + small * 2 ** -54, `${bound}`);
});

test('an estimate that is too small costs closeness, and one that is useless costs no more than the simple norms', (t) => {
  const matrix = scaledMatrix(gaussian(20, 30, 'estimates')).scaled;
  const least = reached(matrix, 4000);
  for (const [part, most] of [
    [1, 1.004],
    [0.98, 1.02],
    [0.9, 1.13],
  ] as const) {
    const bound = boundByFactorisation(matrix, part * least);
    t.true(bound >= least && bound <= most * least, `${part}: ${bound} for ${least}`);
  }
  const squares = matrix.data.reduce((total, entry) => total + entry * entry, 0);
  const useless = boundByFactorisation(matrix, 0);
  t.true(useless >= least && useless <= squares * (1 + 1e-12), `${useless} for ${least}`);
});

test('an eigenvalue of many dimensions, one dimension, badly scaled rows and large orders of small rank', (t) => {
  const size = 70;
  const of = (entry: (i: number, k: number) => number) =>
    squaredSpectralNormBound(
      new Matrix(
        size,
        size,
        Float64Array.from({ length: size * size }, (_, at) => entry(Math.floor(at / size), at % size)),
      ),
    );
  const near = (bound: number, exact: number) => t.true(bound >= exact && bound <= 1.01 * exact, `${bound}, ${exact}`);
  // Blocks of 1, 1, 1, −1: AᵀA = 2I.
  near(
    of((i, k) => (i >> 1 === k >> 1 ? 1 - 2 * (i & k & 1) : 0)),
    2,
  );
  // 1 and i on the diagonal and beside it: of rank two, AᵀA = 70·(1, 1)(1, 1)ᵀ in two coordinates.
  near(
    of((_, k) => (k < 2 ? 1 : 0)),
    140,
  );
  near(
    of((i, k) => (i === 0 && k === 69 ? 1e150 : 0)),
    1e300,
  );
  // The first row is longer than the others together by far more than rounding.
  near(
    of((i) => 10 ** (150 - 4 * i)),
    70 * 1e300,
  );
  near(
    of((i, k) => (i % 2 === k % 2 ? 1e-150 : 0)),
    35 * 35 * 1e-300,
  );
  for (const scale of [1e150, 1, 1e-150])
    near(squaredSpectralNormBound(new Matrix(1, 1, Float64Array.of(scale))), scale ** 2);
  t.is(
    of(() => 0),
    0,
  );
  const beyond = leastSquares({ matrix: { rows: 1, columns: 1, data: [1e200] }, target: [0] });
  t.false('lipschitz' in beyond, 'a constant beyond the doubles says nothing');
});
