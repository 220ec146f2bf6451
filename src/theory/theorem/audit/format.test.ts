import test from 'ava';
import { formatConstant, formatPair, formatPoint } from './format.js';

test('constants are written short', (t) => {
  t.is(formatConstant(-0.1234567891), '−0.1234568');
  t.is(formatConstant([1, Infinity, -Infinity, Number.NaN]), '(1, ∞, −∞, NaN)');
  t.is(formatConstant([1, 2, 3, 4, 5, 6]), '(1, 2, 3, 4, 5, 6)');
  t.is(formatConstant([1, 2, 3, 4, 5, 6, 7]), '(1: 1, 2: 2, 3: 3, 4: 4, … 7 entries)');
  t.is(formatConstant(new Array(20).fill(2)), '(all 20 entries 2)');
  t.is(formatConstant({ lower: 1, upper: 1 + 1e-12 }), '1');
  t.is(formatConstant({ lower: 1, upper: 2 }), '[1, 2]');
});

test('a long point is written by its relevant entries', (t) => {
  const zeros = new Float64Array(20);
  const x = zeros.with(7, 1.5);
  t.is(formatPoint('x', [0, 0, 1.5]), 'x = (0, 0, 1.5)');
  t.is(formatPoint('x', x), 'x_8 = 1.5, others 0');
  t.is(formatPoint('x', zeros), 'x with all 20 entries 0');
  t.is(
    formatPoint(
      'x',
      zeros.map((_, i) => (i < 6 ? i : 7)),
    ),
    'x_1 = 0, x_2 = 1, x_3 = 2, x_4 = 3, … 2 more, others 7',
  );
  t.is(
    formatPoint(
      'x',
      zeros.map((_, i) => i),
    ),
    'x_1 = 0, x_2 = 1, x_3 = 2, x_4 = 3, … 20 entries',
  );
  t.is(formatPair([1, 2], [1, 3]), 'x = (1, 2), y = (1, 3)');
  t.is(formatPair(zeros, x), 'x_8 = 0, others 0, y_8 = 1.5, else y_i = x_i');
  const drawn = zeros.map((_, i) => i);
  t.is(formatPair(drawn, drawn.with(12, -1)), 'x_13 = 12, … 20 entries, y_13 = −1, else y_i = x_i');
  t.is(formatPair(zeros, drawn), 'x with all 20 entries 0, y_1 = 0, y_2 = 1, y_3 = 2, y_4 = 3, … 20 entries');
});
