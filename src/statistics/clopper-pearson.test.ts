import test from 'ava';
import { showsRateAbove } from './clopper-pearson.js';
import { rateIsAbove } from './laws.test.helper.js';

test('the lower end of the interval is that of the quantiles of the beta law', (t) => {
  for (const rate of [0.01, 0.1, 0.5]) {
    for (const trials of [40, 400]) {
      const found = Array.from({ length: trials + 1 }, (_, events) => showsRateAbove(rate, events, trials, 1e-6));
      t.deepEqual(
        found,
        found.map((_, events) => rateIsAbove(rate, events, trials)),
      );
      t.true(found.includes(true) && !found[Math.ceil(rate * trials)]);
    }
  }
});

test('by hand: three of three show a rate above 1/11 at 10⁻³, but not above 1/9', (t) => {
  t.true(showsRateAbove(1 / 11, 3, 3, 1e-3));
  t.false(showsRateAbove(1 / 9, 3, 3, 1e-3));
  t.false(showsRateAbove(0.5, 0, 3, 0.999));
  t.throws(() => showsRateAbove(0.5, 4, 3, 0.1), { message: /events must be an integer in \[0, trials = 3\], got 4/ });
  t.throws(() => showsRateAbove(1, 1, 3, 0.1), { message: /rate must be in \(0, 1\)/ });
});
