import test from 'ava';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { one, parseRational, rational, toDouble, two, zero } from '../../src/exact/arithmetic/rational.js';
import { atStep } from '../../src/exact/problem/rational-problem.js';
import { problemInput } from '../../src/judging/judges/problem-case.test.helper.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { exactAgreementClaim, judgeEqual, judgeForms, judgeLinear } from './exact-agreement.js';
import {
  arithmetics,
  distanceOf,
  exactMapping,
  explains,
  literalSign,
  multipliedSign,
  residualSign,
  type SignCase,
  signLoss,
  signTables,
} from './sign-loss.js';

test('proximal averages are compared, also where the step of the prox is not theirs', async (t) => {
  const part = 'proximal average, n = 1';
  const specification = {
    type: 'proximal-average',
    functions: [
      { type: 'quadratic', curvature: 3, center: 0.1 },
      { type: 'l1', weight: 0.7 },
    ],
    probabilities: [0.25, 0.75],
    step: 0.7,
  };
  // What is compared with a tolerance is off by some rounding: a ratio of 0 here would mean that nothing was compared.
  for (const sigma of [0.7, 3]) {
    const savedCases = () => [{ part, input: encodeExact({ specification, sigma, y: 2.3 }) }];
    const { verdict, cases, worst } = await exactAgreementClaim.check(reference, {
      ...quickBudget(),
      savedCases,
      replayOnly: true,
    });
    t.deepEqual([verdict, cases], ['holds', 1]);
    t.true(worst!.ratio > 0);
  }
});

test('forms are compared without tolerance', (t) => {
  t.is(judgeForms(problemInput).ratio, 0);
  const slopes = { type: 'linear', coefficients: [0.1, -3] };
  const linear = {
    smooth: { type: 'zero' },
    functions: [slopes, { type: 'zero', coefficients: [0, 0] }],
    probabilities: [0.5, 0.5],
  };
  t.is(judgeLinear({ ...problemInput, problem: linear }).ratio, 0);
  // With any other d or r_k the result is not a gradient step along the same slopes.
  const smooth = { type: 'quadratic', curvature: 1, center: 0 };
  t.is(judgeLinear({ ...problemInput, problem: { ...linear, smooth } }).ratio, Number.POSITIVE_INFINITY);
  const nearly = one.add(parseRational(`1/${10n ** 100n}`));
  const judgement = judgeEqual('x', [one, two], [nearly, two]);
  t.is(judgement.ratio, Number.POSITIVE_INFINITY);
  t.regex(judgement.explanation!(), /^x: \[1, 2\] ≠/);
  t.is(judgeEqual('x', [one], [one, zero]).ratio, Number.POSITIVE_INFINITY);
});

test('the simulated arithmetic is the library, operation by operation, when nothing is rounded', (t) => {
  const kinds = [
    { type: 'linear', coefficients: [0.3] },
    { type: 'l1', weight: 0.2 },
    { type: 'l1', weight: 1e-20 },
    { type: 'quadratic', curvature: 1, center: 1.2 },
    { type: 'quadratic', curvature: 7, center: -0.7 },
  ];
  const round = (value: number): number => value;
  for (const first of kinds) {
    for (const second of kinds) {
      for (const step of [0.1, 0.7, 3]) {
        const input: SignCase = { functions: [first, second], step, x: 1.1, indices: [0, 1, 1] };
        const atStep = parseProblem({
          smooth: { type: 'zero' },
          functions: [first, second],
          probabilities: [0.5, 0.5],
        }).at(step);
        const x = Float64Array.of(input.x);
        t.is(literalSign(input, round), Math.sign(1.1 - atStep.miniBatch(input.indices, x)[0]!));
        t.is(residualSign(input, round), Math.sign(atStep.stochasticGradientMapping(input.indices, x)[0]!));
      }
    }
  }
});

test('the forms differ where they should: a lost sign, and a sign made of a tie', (t) => {
  const [double] = arithmetics;
  const lost: SignCase = { functions: [{ type: 'linear', coefficients: [2 ** -54] }], step: 1, x: 1.5, indices: [0] };
  t.is(literalSign(lost, double!.round), 0);
  t.is(residualSign(lost, double!.round), 1);
  t.is(toDouble(exactMapping(lost)), 2 ** -54);
  t.is(distanceOf(exactMapping(lost), 1, 2 ** -52), 'below ½ ulp');
  const slopes = [0.7, -0.5, 0.9, -1.1];
  const tie: SignCase = {
    functions: slopes.map((slope) => ({ type: 'linear', coefficients: [slope] })),
    step: 1 / 6,
    x: 1.5,
    indices: [0, 1, 2, 3],
  };
  t.is(residualSign(tie, double!.round), 0);
  t.is(multipliedSign(tie, double!.round), -1);
  t.deepEqual(
    [0, 2 ** -52, 5 * 2 ** -52, 1].map((slope) => {
      const input = { ...lost, functions: [{ type: 'linear', coefficients: [slope] }] };
      return distanceOf(exactMapping(input), 1, 2 ** -52);
    }),
    ['tie', '½ to 2 ulp', '2 to 8 ulp', 'above 8 ulp'],
  );
});

test('the table of lost signs is refused when the forms are exchanged or a form is broken', (t) => {
  for (const arithmetic of arithmetics) {
    const tables = (forms: Parameters<typeof signTables>[0]) =>
      explains(signTables(forms, arithmetic, { seed: '7', cases: 150 }));
    t.deepEqual(tables([literalSign, residualSign]), []);
    t.regex(tables([residualSign, residualSign]).join(), /keeps signs below/);
    t.regex(tables([literalSign, literalSign]).join(), /residual form loses signs: below/);
    t.regex(tables([() => -1, residualSign]).join(), /loses signs above 8/);
  }
});

test('a broken form makes the claim about lost signs fail', (t) => {
  const evidence = (residual: typeof residualSign) =>
    signLoss(
      [
        ['literal', literalSign],
        ['residual', residual],
      ],
      quickBudget('3'),
    );
  t.is(evidence(residualSign).verdict, 'illustrated');
  const failed = evidence(literalSign);
  t.is(failed.verdict, 'violated');
  t.regex(failed.reason, /^f64: the residual form loses signs/);
});

test('the forms of Ĝ are compared with each other, also where no sign depends on it', (t) => {
  const input = {
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [1, -2].map((slope) => ({ type: 'linear', coefficients: [slope] })),
      probabilities: [0.5, 0.5],
    },
    step: 0.25,
    x: Float64Array.of(3),
    indices: [0],
  };
  const off = rational(1n, 1n << 40n);
  const broken: typeof atStep = (...given) => {
    const exact = atStep(...given);
    return {
      ...exact,
      literalMapping: (weights, x) =>
        exact.literalMapping(weights, x).map((entry) => (weights[1]!.n === 0n ? entry.add(off) : entry)),
    };
  };
  t.is(judgeForms(input).ratio, 0);
  t.is(judgeForms(input, broken).ratio, Number.POSITIVE_INFINITY);
});
