import test from 'ava';
import { logMixtureRatio, undetectedProbability } from './multinomial-test.js';

test('the planned power of the multinomial test is at most its true power, and not much less', (t) => {
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

test('the ratio is a law over the counts by the law under test: its expectation over all draws is 1', (t) => {
  const theta = [0.5, 0.25, 0.125, 0.125];
  for (const draws of [1, 2, 5]) {
    let expectation = 0;
    for (let sequence = 0; sequence < 4 ** draws; sequence++) {
      const counts = [0, 0, 0, 0];
      let probability = 1;
      for (let n = 0; n < draws; n++) {
        const k = Math.floor(sequence / 4 ** n) % 4;
        counts[k]!++;
        probability *= theta[k]!;
      }
      expectation += probability * Math.exp(logMixtureRatio(counts, theta));
    }
    t.true(Math.abs(expectation - 1) < 1e-12, `${draws} draws: ${expectation}`);
  }
});

test('one draw of a component with probability 0 is proof', (t) => {
  t.is(logMixtureRatio([3, 1], [1, 0]), Number.POSITIVE_INFINITY);
  t.true(Number.isFinite(logMixtureRatio([3, 0], [1, 0])));
});
