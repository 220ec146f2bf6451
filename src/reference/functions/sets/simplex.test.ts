import test from 'ava';
import { simplex } from './simplex.js';

test('a projection is a member, whatever the rounding of its sum', (t) => {
  const set = simplex({ total: 0.125 });
  const y = new Float64Array(18);
  y[9] = 0.00003812370379407959;
  y[16] = 0.12496187629620592;
  for (const shrunk of [1, 1 / (1 + 0.00390625 * 0.625)]) {
    const u = set.prox(
      y.map((value) => shrunk * value),
      1,
    );
    t.is(set.violation!(u), 0);
    t.is(set.value(u), 0);
  }
  // The sum of the second one is off by more than that of eighteen additions.
  t.is(set.value(y.map((value) => 1.000001 * value)), Number.POSITIVE_INFINITY);
});
