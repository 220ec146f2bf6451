import test from 'ava';
import { logMixtureRatio, undetectedProbability } from './multinomial-test.js';

test('the power that is planned for the multinomial test is no more than it has, and not much less', (t) => {
  const [p, q, n, alpha] = [[0.25, 0.75], [0.5, 0.5], 120, 1e-3] as const;
  const planned = undetectedProbability(p, q, n, alpha);
  let missed = 0;
  let logChoose = 0;
  for (let k = 0; k <= n; k++) {
    if (logMixtureRatio([k, n - k], p) < -Math.log(alpha)) missed += Math.exp(logChoose - n * Math.LN2);
    logChoose += Math.log((n - k) / (k + 1));
  }
  t.true(missed <= planned && planned < 20 * missed, `${missed} of ${planned}`);
  // What p forbids to the alternative, and an alternative that is p itself.
  t.true(undetectedProbability(p, [0, 1], 400, alpha) < 1e-9);
  t.is(undetectedProbability(p, p, n, alpha), 1);
});
