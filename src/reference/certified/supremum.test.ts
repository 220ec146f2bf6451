import test from 'ava';
import { type BoxBound, type MonotoneFamily, supremumOverLine } from './supremum.js';

test('a cell whose bound cannot be computed is divided, not dropped', (t) => {
  // v(y) = y on the whole line and the bound 1/(1 + v²): over a box without end it is ∞·0, which is NaN.
  const family: MonotoneFamily = {
    size: 1,
    range: () => [-Infinity, Infinity],
    enclose(y, low, high) {
      low[0] = y;
      high[0] = y;
    },
  };
  const least = (low: number, high: number) => Math.max(0, low, -high);
  const bound: BoxBound = {
    at: ([v]) => 1 / (1 + (v! - 3) ** 2),
    over: ([low], [high]) => {
      const nearest = least(low! - 3, high! - 3);
      return Number.isFinite(low!) && Number.isFinite(high!) ? 1 / (1 + nearest ** 2) : Number.NaN;
    },
  };
  const { lower, upper } = supremumOverLine(family, bound);
  t.true(lower <= 1 && upper >= 1, `${lower}, ${upper}`);
});
