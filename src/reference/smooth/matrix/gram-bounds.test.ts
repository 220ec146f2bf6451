import test from 'ava';
import { majorantOf } from '../../problem/create-problem.js';
import { leastSquares } from '../index.js';
import { rowSumsOfGram, smallestEigenvalueBound } from './gram-bounds.js';
import { Matrix } from './matrix.js';

const square = (order: number, ...data: number[]) => new Matrix(order, order, Float64Array.from(data));

test('the smallest eigenvalue of AᵀA is bounded from below, closely, at every scale', (t) => {
  // The circulant of 2, 1, 1 has the eigenvalues 4, 1, 1.
  const circulant = [2, 1, 1, 1, 2, 1, 1, 1, 2];
  for (const scale of [1, 2 ** 200, 2 ** -200]) {
    const bound = smallestEigenvalueBound(square(3, ...circulant.map((entry) => scale * entry)));
    t.true(bound <= scale ** 2 && bound >= (1 - 1e-9) * scale ** 2, `${scale}: ${bound}`);
    const diagonal = smallestEigenvalueBound(square(2, 3 * scale, 0, 0, -5 * scale));
    t.true(diagonal <= 9 * scale ** 2 && diagonal >= 9 * (1 - 1e-9) * scale ** 2, `${scale}: ${diagonal}`);
  }
  t.is(smallestEigenvalueBound(new Matrix(1, 2, Float64Array.of(1, 0))), 0, 'fewer rows than columns');
  t.true(smallestEigenvalueBound(new Matrix(2, 1, Float64Array.of(3, 4))) > 24.999, 'more rows than columns');
  t.true(smallestEigenvalueBound(square(2, 1, 2, 2, 4)) < 1e-12, 'singular');
  t.is(smallestEigenvalueBound(square(65, ...new Array(65 * 65).fill(1))), 0, 'too large to factorise');
});

test('the row sums are of magnitudes, and of no others', (t) => {
  for (const scale of [1, 2 ** 200, 2 ** -200]) {
    const [first, second] = rowSumsOfGram(new Matrix(1, 2, Float64Array.of(scale, -2 * scale))) as unknown as [
      number,
      number,
    ];
    // AᵀA = [[1, −2], [−2, 4]].
    t.true(first >= 3 * scale ** 2 && first <= 3 * (1 + 1e-12) * scale ** 2, `${first}`);
    t.true(second >= 6 * scale ** 2 && second <= 6 * (1 + 1e-12) * scale ** 2, `${second}`);
  }
  t.deepEqual(rowSumsOfGram(new Matrix(1, 2, new Float64Array(2))), new Float64Array(2));
});

test('a Gram matrix that is too large to form bounds nothing by its row sums', (t) => {
  const wide = new Matrix(1, 50_000, new Float64Array(50_000).fill(1));
  t.true(rowSumsOfGram(wide).every((sum) => sum === Infinity));
  const { lipschitz } = leastSquares({ matrix: wide, target: [0] });
  t.true(lipschitz! >= 50_000 && lipschitz! <= 50_000 * (1 + 1e-6));
  t.is(majorantOf(leastSquares({ matrix: wide, target: [0] }), lipschitz!, 50_000)[7], lipschitz!);
});
