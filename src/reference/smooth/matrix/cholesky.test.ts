import test from 'ava';
import { keyedStream } from '../../sampling/keyed-stream.js';
import { gram, isFactorisable } from './cholesky.js';
import { Matrix } from './matrix.js';

const sizes = [1, 2, 3, 4, 5, 9, 63, 64, 65, 70, 130];

function drawn(rows: number, columns: number, key: string): Matrix {
  const random = keyedStream(key);
  return new Matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random() - 0.5),
  );
}

test('both Gram matrices in tiles have the bits of the plain sums', (t) => {
  for (const rows of sizes) {
    for (const columns of [1, 3, 66]) {
      const matrix = drawn(rows, columns, `${rows} × ${columns}`);
      const at = (j: number, i: number) => matrix.data[j * columns + i]!;
      const plain = (order: number, length: number, entry: (i: number, k: number) => number) =>
        Float64Array.from({ length: order * order }, (_, index) => {
          let sum = 0;
          for (let k = 0; k < length; k++) sum += entry(Math.floor(index / order), k) * entry(index % order, k);
          return sum;
        });
      t.deepEqual(gram(matrix, 'rows'), plain(rows, columns, at), `rows of ${rows} × ${columns}`);
      const ofColumns = plain(columns, rows, (i, j) => at(j, i));
      t.deepEqual(gram(matrix, 'columns'), ofColumns, `columns of ${rows} × ${columns}`);
    }
  }
});

/** The factorisation as it is defined. */
function plainly(matrix: Float64Array, order: number, shift: number): boolean {
  const factor = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let entry = matrix[i * order + j]! - (i === j ? shift : 0);
      for (let k = 0; k < j; k++) entry -= factor[i * order + k]! * factor[j * order + k]!;
      if (i === j && !(entry > 0)) return false;
      factor[i * order + j] = i === j ? Math.sqrt(entry) : entry / factor[j * order + j]!;
    }
  }
  return true;
}

test('the factorisation in blocks breaks down at the shift at which the plain one does', (t) => {
  for (const order of sizes) {
    const matrix = gram(drawn(order + 3, order, `factor ${order}`), 'columns');
    let [low, high] = [0, order];
    for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
      const factorisable = isFactorisable(matrix, order, middle);
      t.is(factorisable, plainly(matrix, order, middle), `order ${order}, shift ${middle}`);
      if (factorisable) low = middle;
      else high = middle;
    }
    t.true(low > 0, `order ${order}`);
  }
});

test('what is not a number, or has no positive pivot, is not factorisable', (t) => {
  t.false(isFactorisable(Float64Array.of(Number.NaN), 1, 0));
  t.false(isFactorisable(Float64Array.of(0), 1, 0));
  t.false(isFactorisable(Float64Array.of(1, 0, 1, 1), 2, 0));
  t.true(isFactorisable(Float64Array.of(1, 0, 0.5, 1), 2, 0));
});
