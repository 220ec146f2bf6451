import test from 'ava';
import type { Certificate } from '../../../claims/certificate.js';
import { one, parseRational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { readTheoremWithoutBound } from '../../theorem/theorem-file.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { parseExpression } from '../certificates/expression.js';
import { format, scale } from '../certificates/polynomial.js';
import { ratioOn, worstProgram } from './attaining.js';
import type { Attaining } from './function-through.js';
import { alternativeTo, fixed, solve } from './program.js';
import { descentRun, runSpace } from './run-proof.js';
import { type WorstOptions, type WorstRow, worst as worstOf } from './worst.js';

/** The fields of a file. */
type Fields = Readonly<Record<string, unknown>>;
const worst = async (fields: Fields, options?: WorstOptions) =>
  worstOf(readTheoremWithoutBound({ theorem: fields }).theorem, options);

/** Gradient descent with γ = a/L; convex, and the last value, unless something else is said. */
const descent = (a = 1, over: Fields = {}) => ({
  id: 'tried',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: { step: `${a}/L` },
  term: 'objective-gap',
  onlyLast: true,
  ...over,
});
const stronglyConvex = (ratio?: number, over: Fields = {}) =>
  descent(1, {
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-strongly-convex'],
    ...(ratio !== undefined && { inverseConditionNumber: ratio }),
    ...over,
  });
const average = { hypotheses: ['fixed-bounded-below', 'fixed-smooth'], term: 'squared-gradient' };

/** Gradient descent that ends at the point with the smallest gradient. */
const keepsBest = { name: 'keeps the best point', step: ['x = x − γ∇f(x)'], returns: 'best' };
const accelerated = {
  name: 'accelerated gradient',
  memory: { y: 'x⁰', z: 'x⁰' },
  step: ['z = x + max(0, t − 1)/(t + 2)·(x − y)', 'y = x', 'x = z − γ∇f(z)'],
};

const valuesOf = (rows: readonly WorstRow[]): string[] =>
  rows.map(({ answer, lower, upper }) => (answer === 'exact' && lower === upper ? upper! : answer));
const isAccepted = (certificate: Certificate): boolean =>
  checkCertificate(certificate).every(({ problem }) => problem === undefined);

/** Worst cases of the literature: Drori and Teboulle 2014; Taylor, Hendrickx and Glineur 2017; Abbaszadehpeivasti, de Klerk and Zamani 2022. */
const known: readonly (readonly [
  what: string,
  theorem: Fields,
  values: readonly string[],
  conjecture: string | undefined,
  options?: WorstOptions,
])[] = [
  ['convex, γL = 1', descent(), ['1/6', '1/10', '1/14', '1/18'], '1/(4T + 2)'],
  ['convex, γL = 1/4', descent(0.25), ['1/3', '1/4', '1/5', '1/6'], '1/(T + 2)'],
  ['convex, γL = 3/2', descent(1.5), ['1/8', '1/14', '1/20', '1/26'], '1/(6T + 2)'],
  [
    'convex, the last gradient',
    descent(1, { term: 'squared-gradient' }),
    ['2/3', '2/5', '2/7'],
    '2/(2T + 1)',
    { iterations: [1, 2, 3] },
  ],
  [
    'convex, the last gradient by ‖x⁰ − x*‖²',
    descent(1, { term: 'squared-gradient' }),
    ['1/4', '1/9', '1/16', '1/25'],
    '1/(T² + 2T + 1)',
    { start: 'distance' },
  ],
  ['average gradient', descent(1, { ...average, onlyLast: undefined }), ['2', '1', '2/3', '1/2'], '2/T'],
  ['smallest gradient', descent(1, { ...average, algorithm: keepsBest }), ['4/5', '1/2', '4/11', '2/7'], '4/(3T + 2)'],
  ['accelerated gradient', descent(1, { algorithm: accelerated }), ['1/6', '1/10', '1/15', '1/21'], '2/(T² + 5T + 6)'],
  ['convex, γL = 7/4', descent(1.75), ['9/32', '81/512', '729/8192', '6561/131072'], '1/2 (9/16)^T'],
  [
    'strongly convex, γL = 1',
    descent(),
    ['81/100', '6561/10000', '531441/1000000', '43046721/100000000'],
    '(81/100)^T',
    { strongConvexity: '1/10' },
  ],
  ['strongly convex, γL = 3/2', descent(1.5), ['289/400'], undefined, { strongConvexity: '1/10', iterations: [1] }],
  [
    'strongly convex, ‖x^T − x*‖²',
    stronglyConvex(0.1, { term: 'squared-distance' }),
    ['81/100', '6561/10000'],
    undefined,
    { iterations: [1, 2] },
  ],
  ['strongly convex, of the theorem', stronglyConvex(0.1), ['81/100'], undefined, { iterations: [1] }],
  ['strongly convex, γL = 19/10', descent(1.9), ['81/100'], undefined, { strongConvexity: '1/10', iterations: [1] }],
  [
    'strongly convex by ‖x⁰ − x*‖²',
    descent(),
    ['81/542', '6561/81902', '531441/10434062'],
    undefined,
    { strongConvexity: '1/10', iterations: [1, 2, 3], start: 'distance' },
  ],
];

for (const [what, theorem, values, conjecture, options] of known) {
  test(`the worst case is exact: ${what}`, async (t) => {
    const found = await worst(theorem, options);
    t.deepEqual(valuesOf(found.rows), values);
    t.is(found.answer, 'exact');
    t.is(found.conjecture?.formula, conjecture);
    t.true(isAccepted(found.certificate!));
    t.is(found.certificate!.stages.length, values.length);
    for (const { attained } of found.rows) t.true(attained!.left[0] > 0);
  });
}

test('a certificate with any multiplier changed by 1/1000 is rejected, and one of another class', async (t) => {
  const { certificate } = await worst(descent(), { iterations: [1, 2, 3] });
  const strong = await worst(descent(), { iterations: [1], strongConvexity: '1/10' });
  const factor = rational(1001n, 1000n);
  let changed = 0;
  for (const { stages } of [certificate!, strong.certificate!]) {
    for (const stage of stages) {
      for (const k of stage.cases[0]!.terms.keys()) {
        const terms = stage.cases[0]!.terms.map((term, i) =>
          i === k && 'multiplier' in term
            ? { ...term, multiplier: format(scale(parseExpression(term.multiplier), factor)) }
            : term,
        );
        t.false(isAccepted({ stages: [{ ...stage, cases: [{ terms }] }] }), `${stage.name}, term ${k}`);
        changed++;
      }
      // The same inequalities of a function that is not convex, and a goal that is a thousandth better.
      const functions = { f: { ...stage.functions!['f']!, convex: false } };
      t.false(isAccepted({ stages: [{ ...stage, functions }] }));
      t.false(isAccepted({ stages: [{ ...stage, goal: `${stage.goal} − 1/1000 L‖x‖²` }] }));
    }
  }
  t.true(changed > 20);
});

test('a thousandth less than an exact worst case has no certificate, and a thousandth more no points that exceed it', (t) => {
  for (const T of [1, 2, 3]) {
    const question = { convex: true, term: 'objective-gap', minimiser: true, method: () => run } as const;
    const run = descentRun(T, one, true);
    const space = runSpace(question, true, run, false);
    const program = worstProgram(space, space.distance);
    const value = rational(1n, BigInt(4 * T + 2));
    t.true('multipliers' in solve(fixed(program, 'τ', value)));
    const less = fixed(program, 'τ', value.mul(rational(999n, 1000n)));
    t.true('none' in solve(less));
    t.true('multipliers' in solve(alternativeTo(less)));
    t.true('none' in solve(alternativeTo(fixed(program, 'τ', value.mul(rational(1001n, 1000n))))));
  }
});

test('a function that is not of the class attains nothing, and one beside the worst one attains less', (t) => {
  const method = descentRun(2, one, true);
  const convex = { convex: true, strongConvexity: zero, term: 'objective-gap', start: 'distance' } as const;
  const on = (knots: readonly number[], slopes: readonly number[], start: number, lipschitz = 1, weight = 0) => {
    const smooth = { type: 'piecewise-quadratic', knots, slopes };
    const functions = [weight === 0 ? { type: 'zero' } : { type: 'squared-l2', weight }];
    const problem = { problem: { smooth, functions, probabilities: [1] }, start: [start], lipschitz } as const;
    return (measured: Parameters<typeof ratioOn>[2]) =>
      ratioOn(problem as unknown as Attaining, method, measured)?.ratio.toFraction();
  };
  t.is(on([0, 1, 5], [0, 1, 1], 5)(convex), '1/10');
  t.is(on([0, 1, 4], [0, 1, 1], 4)(convex), '3/32');
  t.is(on([0, 1, 5], [0, 1, 1], 6)(convex), '7/72');
  // A slope that rises faster than L, one that falls, a minimum elsewhere, and less curvature than μ.
  t.is(on([0, 1, 5], [0, 2, 2], 5)(convex), undefined);
  t.is(on([0, 1, 5], [0, 1, 0], 5)(convex), undefined);
  t.is(on([0, 1, 5], [0, 1, 0], 5)({ ...convex, convex: false, start: 'gap' }), '1');
  t.is(on([1, 2, 3], [-1, 0, 1], 6)(convex), undefined);
  const strong = { ...convex, strongConvexity: parseRational('1/10') };
  t.is(on([0, 1, 5], [0, 1, 1], 5)(strong), undefined);
  t.is(on([0, 1, 5], [0, 9, 9], 5, 10, 1)(strong) === undefined, false);
  t.is(on([0, 1, 5], [0, 10, 10], 5, 10, 1)(strong), undefined);
});

test('a supremum that no function attains is enclosed', async (t) => {
  // Far from x* gradient descent does not move on a convex f as f(x⁰) − f* measures it.
  const { answer, unit, rows, conjecture } = await worst(descent(), { start: 'gap', iterations: [1, 2] });
  t.deepEqual([answer, unit, conjecture], ['enclosed', 'f(x⁰) − f*', undefined]);
  for (const { answer: found, ends, upper, attained } of rows) {
    t.deepEqual([found, upper, attained], ['enclosed', '1', undefined]);
    t.true(ends![0] >= 0.99 && ends![0] < 1);
  }
});

test('what has no model is refused in one line', async (t) => {
  const refused: readonly (readonly [Fields, RegExp, WorstOptions?])[] = [
    [
      descent(1, {
        ...average,
        algorithm: 'sgd',
        hypotheses: [...average.hypotheses, 'fixed-variance'],
        onlyLast: undefined,
      }),
      /no such model with noise/,
    ],
    [descent(1, { hypotheses: ['fixed-bounded-below', 'fixed-smooth'] }), /need d-convex/],
    [descent(1, { term: 'squared-distance' }), /models of ‖x − x\*‖² need fixed-strongly-convex/],
    [descent(1, average), /needs a convex f: add d-convex/, { start: 'distance' }],
    [descent(), /must be μ\/L as a fraction between 0 and 1, such as 1\/10, got 2/, { strongConvexity: '2' }],
    [descent(), /must be μ\/L as a fraction/, { strongConvexity: 'a tenth' }],
    [stronglyConvex(), /^the theorem is about every μ: give it inverseConditionNumber/],
    [stronglyConvex(0.2), /is 1\/10, and the theorem has μ\/L = 1\/5$/, { strongConvexity: '1/10' }],
    [descent(), /T = 9 was asked for: .* T from 1 to 8/, { iterations: [9] }],
    [
      descent(1, { hypotheses: ['fixed-bounded-below', 'fixed-smooth', { id: 'mine', statement: 'f is mine' }] }),
      /own hypothesis mine/,
    ],
    [descent(1, { schedule: { step: '½' } }), /γL must be the same for all L/],
    [descent(1, { schedule: { step: '√0.5/L' } }), /the step has √ of anything but/],
    [descent(1, { statement: 'any', schedule: () => ({ step: 1, miniBatch: 1 }) }), /^theorem\.schedule is a function/],
  ];
  for (const [theorem, message, options] of refused) {
    const error = await t.throwsAsync(worst(theorem, options), { instanceOf: NoModelError, message });
    t.false(error?.message.includes('\n'));
  }
});

/** Steps on d + r. */
const composite = (line: string | Fields, over: Fields = {}) =>
  descent(1, {
    objective: undefined,
    hypotheses: ['assumption-1a', 'assumption-1b', 'd-convex'],
    algorithm: typeof line === 'string' ? { name: 'steps', step: [line] } : line,
    ...over,
  });
const proximalStep = 'x = P(x)';
const withoutD = { hypotheses: ['assumption-1a', 'd-zero'], schedule: { step: '√(2 + T)' } };
const strongD = {
  hypotheses: ['assumption-1a', 'assumption-1b', 'd-strongly-convex'],
  inverseConditionNumber: 1 / 10,
};
const acceleratedProximal = {
  name: 'accelerated proximal gradient',
  memory: { y: 'x⁰', z: 'x⁰' },
  step: ['z = x', 'x = P(y)', 'y = x + t/(t + 3)·(x − z)'],
};
const subgradientStep = 'x = x − γs(x)';
const lipschitzR = { hypotheses: ['assumption-1a', 'd-zero', 'r-lipschitz'], schedule: { step: 'D/(M√T)' } };
/** The subgradient method that ends at the point with the least f. */
const keepsLeast = { name: 'keeps the least f', step: [subgradientStep], returns: 'best' };

/** PEPit's proximal gradient, accelerated proximal gradient, proximal point, projected gradient and subgradient methods. */
const ofComposite: readonly [string, Fields, WorstOptions, readonly string[]][] = [
  ['proximal gradient', composite(proximalStep), {}, ['1/4', '1/8']],
  ['accelerated', composite(acceleratedProximal), {}, ['1/4', '1/8']],
  [
    'projected',
    composite(proximalStep, { hypotheses: ['assumption-1a', 'assumption-1b', 'd-convex', 'r-indicator'] }),
    {},
    ['1/4', '1/8'],
  ],
  ['‖G(x^T)‖²', composite(proximalStep, { term: 'squared-gradient-mapping' }), {}, ['2/3', '2/5']],
  [
    'strongly convex d',
    composite(proximalStep, { ...strongD, term: 'squared-distance' }),
    {},
    ['81/100', '6561/10000'],
  ],
  ['proximal point', composite(proximalStep, withoutD), {}, ['1/4', '1/8', '1/12']],
  [
    '‖G(x^T)‖² of proximal point',
    composite(proximalStep, { ...withoutD, term: 'squared-gradient-mapping' }),
    { start: 'distance' },
    ['1/4', '1/9'],
  ],
];
for (const [name, theorem, options, expected] of ofComposite) {
  test(`worst cases of steps on d + r, by a function that attains them: ${name}`, async (t) => {
    const { rows, certificate } = await worst(theorem, {
      ...options,
      iterations: expected.map((_, k) => k + 1),
    });
    t.deepEqual(valuesOf(rows), expected);
    t.true(isAccepted(certificate!));
    t.true(rows.every(({ attained }) => attained!.engine === 'paths'));
  });
}

test('the average of a subgradient method, and its best point, are at most M‖x⁰ − x*‖ divided by a root', async (t) => {
  const mean = await worst(composite(subgradientStep, { ...lipschitzR, onlyLast: undefined }), { iterations: [4] });
  t.is(mean.rows[0]!.upper, '1/2');
  t.true(mean.rows[0]!.ends![0] > 0.4999);
  t.is(mean.unit, 'M‖x⁰ − x*‖');
  const best = await worst(composite(keepsLeast, { ...lipschitzR, schedule: { step: 'D/(M√(T + 1))' } }), {
    iterations: [3],
  });
  t.is(best.rows[0]!.upper, '1/2');
});

test('an algorithm that is no proximal step or subgradient step on d + r has no worst case here', async (t) => {
  for (const [line, message] of [
    ['x = x − γsgn(P(x))', /not linear/],
    ['x = x − γs(P(x))', /asks for proximal steps and for subgradients/],
    ['x = ∇f(x)', /asks for gradients, and its models know/],
  ] as const)
    await t.throwsAsync(worst(composite(line), { iterations: [2] }), { instanceOf: NoModelError, message });
  await t.throwsAsync(
    worst(composite(subgradientStep, { ...lipschitzR, schedule: { step: 'D' } }), { iterations: [1] }),
    {
      message: /not a number times ‖x⁰ − x\*‖\/M/,
    },
  );
  await t.throwsAsync(worst(composite(proximalStep, { ...withoutD, schedule: { step: '1/L' } }), { iterations: [1] }), {
    message: /the step has the name L, which its models do not have/,
  });
});
