import test from 'ava';
import { fromDouble, rational, toDouble } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import type { Specification } from './parameters.js';
import { proximalPoints, valueAtPoint } from './proximal-points.js';

// What exact minimisers are, the test vectors show: their answers are computed again, and recomputed by fixtures/independent.

const groups = [[0, 2], [1]];
/** Rounded to doubles, a reflection is no isometry. */
const reflection = { rows: 2, columns: 3, data: [0.36, 0.48, 0.8, 0.48, 0.64, -0.6] };
const rounded = { type: 'semi-orthogonal', matrix: reflection, inner: { type: 'l1', weight: 0.75 } };

const refused: readonly (readonly [Specification, y: readonly number[], says: RegExp])[] = [
  [{ type: 'sparse-group', l1Weight: 1, groupWeight: 2.5, groups }, [2, 2, 2], /norm/],
  [{ type: 'l2', weight: 1 }, [1, 1], /norm/],
  [{ type: 'l2-ball', radius: 1 }, [1, 1], /norm of the point/],
  [{ type: 'rank-ball', rank: 1 }, [1, 1], /no rational projection/],
  [{ type: 'sphere', radius: 1 }, [0, 0], /every point/],
  [rounded, [1, 2, 3], /./],
];

for (const [specification, y, message] of refused) {
  test(`the prox of ${specification['type']} at ${y} is not rational, and refused`, (t) => {
    t.throws(() => proximalPoints(specification, rational(1n), y.map(fromDouble)), {
      instanceOf: NotRationalError,
      message,
    });
  });
}

test('a reflection that is rounded to doubles has values all the same', (t) => {
  t.true(Math.abs(toDouble(valueAtPoint(rounded, [1, 2, 3].map(fromDouble))!) - 2.82) <= 2 ** -50);
});
