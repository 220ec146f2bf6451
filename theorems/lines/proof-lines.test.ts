import test from 'ava';
import type { Claim } from '../../src/claims/claim.js';
import type { Evidence } from '../../src/claims/evidence.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { type Rational, rational, toDouble } from '../../src/exact/arithmetic/rational.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import { judgeLines } from './judge-lines.js';
import { refuteAsPrinted } from './line-claim.js';
import { exactInfimum } from './run-law.js';

test('a line that holds is not called false', (t) => {
  const judge = (left: bigint) =>
    judgeLines([{ name: 'a line', left: rational(left), relation: '≤', right: rational(2n) }]);
  t.is(judge(2n).explanation!(), 'a line: 2 (2) ≤ 2 (2)');
  t.is(judge(3n).explanation!(), 'a line: 3 (3) ≤ 2 (2) is false');
});

const infimumOf = (smooth: object, functions: object[]): number | undefined => {
  const json = { smooth, functions, probabilities: functions.map(() => 1 / functions.length) };
  const infimum: Rational | undefined = exactInfimum(
    atStep(rationalProblem(json as Parameters<typeof rationalProblem>[0], 1), rational(1n)),
  );
  return infimum && toDouble(infimum);
};

test('the infimum of f in rationals', (t) => {
  const parabola = (curvature: number, center: number) => ({ type: 'quadratic', curvature, center });
  const linear = (slope: number) => ({ type: 'linear', coefficients: [slope] });
  const huber = { type: 'huber', weight: 1, threshold: 1 };
  // ½(u − 3)² + 2u is least at u = 1.
  t.is(infimumOf(parabola(1, 3), [linear(2)]), 4);
  // Huber's loss plus u/2: least at −½. With slope 1 it tends to −½ along a half-line, with slope 2 to −∞.
  t.is(infimumOf({ type: 'zero' }, [{ type: 'tilted', slope: 0.5, inner: huber }]), -1 / 8);
  t.is(infimumOf(huber, [linear(1)]), -1 / 2);
  t.is(infimumOf(huber, [linear(-1)]), -1 / 2);
  t.is(infimumOf(huber, [linear(2)]), undefined);
  t.is(infimumOf(huber, [linear(-2)]), undefined);
  t.is(infimumOf({ type: 'zero' }, [{ type: 'zero' }]), 0);
  // Concave d: −½u² against a Huber function falls, against a parabola of curvature 2 it does not.
  t.is(infimumOf(parabola(-1, 0), [huber]), undefined);
  t.is(infimumOf(parabola(-1, 0), [parabola(2, 1)]), -1);
  // A concave piece between two convex ones is least at an end: −½u² plus the indicator of [−1, 2].
  t.is(infimumOf(parabola(-1, 0), [{ type: 'box', lower: -1, upper: 2 }]), -2);
  // d ≥ 0 that is not piecewise quadratic counts as 0.
  t.is(infimumOf({ type: 'geman-mcclure', weight: 1, scale: 1 }, [parabola(1, 2)]), 0);
  t.is(infimumOf({ type: 'geman-mcclure', weight: 1, scale: 1 }, [linear(1)]), undefined);
});

test('a counterexample counts only beside a claim that holds otherwise, and only while it refutes', async (t) => {
  const base = (verdict: Evidence['verdict']): Claim => ({
    id: 'base',
    version: 1,
    source: { section: '5.2' },
    statement: 's',
    method: 'm',
    requires: {},
    check: async () => ({
      ...{ verdict, reason: 'as usual', cases: 7, parts: [], seed: '1', seconds: 0, reproduce: '' },
    }),
  });
  const check = (verdict: Evidence['verdict'], refuted: string | undefined, replayOnly = false) =>
    refuteAsPrinted(base(verdict), {
      name: 'the equality',
      instead: 'it is an inequality',
      input: { x: 1 },
      refuted: () => refuted,
    }).check(reference, { ...quickBudget(), replayOnly });

  const refuted = await check('proved-exactly', '0 = 1 is false');
  t.is(refuted.verdict, 'misprint');
  t.is(refuted.reason, 'the equality: 0 = 1 is false; it is an inequality. as usual');
  t.is(refuted.parts!.at(-1)!.verdict, 'misprint');
  t.deepEqual(refuted.minimal!.input, { x: 1 });
  t.is((await check('proved-exactly', undefined)).verdict, 'violated');
  t.is((await check('violated', '0 = 1 is false')).verdict, 'violated');
  t.is((await check('proved-exactly', '0 = 1 is false', true)).verdict, 'proved-exactly');
});

test('only a line that does not hold is called false', (t) => {
  const said = (left: bigint, right: bigint, relation: '=' | '≤'): string =>
    judgeLines([{ name: 'a line', left: rational(left), relation, right: rational(right) }]).explanation!();
  t.is(said(1n, 2n, '≤'), 'a line: 1 (1) ≤ 2 (2)');
  t.is(said(2n, 1n, '≤'), 'a line: 2 (2) ≤ 1 (1) is false');
  t.is(said(1n, 1n, '='), 'a line: 1 (1) = 1 (1)');
  t.is(said(1n, 2n, '='), 'a line: 1 (1) = 2 (2) is false');
});
