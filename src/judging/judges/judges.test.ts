import test from 'ava';
import fc from 'fast-check';
import { decodeExact, encodeExact, fromBits, toBits } from '../../claims/exact-encoding.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../reference/functions/index.js';
import { judgeSame } from '../parts/algorithm-parts.js';
import { judgeVector, worstOf } from './judgement.js';
import { oracleOf } from './oracle.js';
import { maximumNorm, parameterMagnitude, showVector } from './precision.js';
import { judgeProximalPoint, judgeStationarity } from './proximal-optimality.js';
import { judgeSignStep } from './sign-step.js';

/** Every double: all bit patterns, and the ends of every range. */
const doubles = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => new Float64Array(BigUint64Array.of(bits).buffer)[0]!),
  fc.constantFrom(
    ...[0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, -Number.MIN_VALUE],
    ...[2 ** -1022, 2 ** -1022 - Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2, 0.1],
  ),
);

test('exact encoding gives every double back through JSON, alone, in vectors and in nested values', (t) => {
  const roundTrip = (value: unknown): unknown => decodeExact(JSON.parse(JSON.stringify(encodeExact(value))));
  fc.assert(
    fc.property(fc.array(doubles, { maxLength: 6 }), fc.string(), (values, text) => {
      const vector = Float64Array.from(values);
      const value = { values, nested: [{ vector, text, flag: true, none: null }], f64: text };
      const back = roundTrip(value) as typeof value;
      t.deepEqual(back, value);
      t.true(back.nested[0]!.vector instanceof Float64Array);
      // deepEqual holds −0 and 0 apart and takes NaN for NaN; the bits are the last word on subnormals.
      values.forEach((entry, i) => {
        if (!Number.isNaN(entry)) t.is(toBits(back.values[i]!), toBits(entry));
      });
    }),
    { numRuns: 300 },
  );
  t.is(JSON.stringify(encodeExact([1, -3, 2 ** 53 - 1])), '[1,-3,9007199254740991]');
  t.is(toBits(1), '3ff0000000000000');
  t.is(toBits(-0), '8000000000000000');
  t.is(fromBits('0000000000000001'), 5e-324);
  t.is(fromBits('7ff0000000000000'), Number.POSITIVE_INFINITY);
});

test('a malformed double is refused, not guessed', (t) => {
  for (const wrong of ['', '3ff', '3FF0000000000000', '0x3ff0000000000000', '3ff0000000000000 ', 'zzzzzzzzzzzzzzzz']) {
    t.throws(() => fromBits(wrong), { instanceOf: RangeError, message: /16 lower-case hex digits/ });
    t.throws(() => decodeExact({ f64: wrong }), { instanceOf: RangeError });
    t.throws(() => decodeExact({ f64: [wrong] }), { instanceOf: RangeError });
  }
  // A record that only looks like a double is one.
  t.deepEqual(decodeExact({ f64: 3 }), { f64: 3 });
  t.deepEqual(decodeExact({ f64: '3ff0000000000000', unit: 'm' }), { f64: '3ff0000000000000', unit: 'm' });
});

/** u judged as prox_{γr}(y) in double precision: by the inequality, and to rounding where r has a gradient. */
function optimality(specification: FunctionSpecification, step: number, y: Float64Array, u: Float64Array, rest = {}) {
  const target = parseFunction(specification);
  const claim = { target, step, y, u, precision: 2 ** -53, magnitude: parameterMagnitude(specification), ...rest };
  const inequality = judgeProximalPoint(claim);
  if (target.gradient === undefined || !u.every(Number.isFinite) || u.length !== y.length) return inequality;
  return worstOf([inequality, judgeStationarity(claim)]);
}

test('an entry is judged at its own size if it depends on its own y_i alone, else at the size of the largest', (t) => {
  const y = Float64Array.of(2 ** 40, 1);
  const off = (specification: FunctionSpecification): number => {
    const u = parseFunction(specification).prox(y, 1);
    u[1]! += 2 ** -20;
    return optimality(specification, 1, y, u).ratio;
  };
  const smoothed = (type: string) => ({ type: 'moreau-envelope', smoothing: 1, inner: { type, weight: 1 } });
  t.true(off(smoothed('l1')) > 1);
  t.true(off(smoothed('l2')) <= 1);
});

test('an error of a few hundred roundings of the operands fails, and ten pass', (t) => {
  const functions: readonly FunctionSpecification[] = [
    ...['l1', 'l2', 'linf', 'max', 'hinge'].map((type) => ({ type, weight: 1 })),
    { type: 'box', lower: -1, upper: 1 },
    { type: 'simplex', total: 1 },
    { type: 'zero' },
  ];
  for (const specification of functions) {
    const y = Float64Array.of(3);
    const right = parseFunction(specification).prox(y, 1);
    const ratioAt = (roundings: number): number =>
      optimality(
        specification,
        1,
        y,
        right.map((value) => value * (1 + roundings * 2 ** -53)),
      ).ratio;
    t.true(ratioAt(10) <= 1, `${specification.type}: ${ratioAt(10)}`);
    t.true(ratioAt(350) > 1, `${specification.type}: ${ratioAt(350)}`);
  }
});

test('a corner of a norm that is not a minimiser is refused, even if no coordinate leads down from it', (t) => {
  const specification = { type: 'regularized', weight: 3.5, center: -0.0625, inner: { type: 'l2', weight: 3.625 } };
  const y = Float64Array.of(0.375, 3.25, 11.53125);
  t.true(maximumNorm(parseFunction(specification).prox(y, 3)) > 0.01);
  t.true(optimality(specification, 3, y, new Float64Array(3)).ratio > 1);
});

test('a corner of one group is refused if only the direction of that group leads down, behind wrappers and in complex numbers', (t) => {
  const grouped = {
    type: 'group-l2',
    weight: 3.5,
    groups: [
      [0, 3],
      [1, 2],
    ],
  };
  const at = Float64Array.of(0.25, -3, 0.5, 13.5625);
  for (const [specification, y] of [
    [grouped, at],
    [{ type: 'scaled', factor: 1, inner: grouped }, at],
    [{ type: 'complex-l1', weight: 3.5 }, Float64Array.of(0.25, 13.5625, -3.875)],
    [
      {
        type: 'separable-sum',
        blocks: [
          { length: 1, function: { type: 'l1', weight: 3.5 } },
          { length: 2, function: { type: 'complex-l1', weight: 3.5 } },
        ],
      },
      Float64Array.of(-3, 0.25, 13.5625),
    ],
  ] as const) {
    const right = parseFunction(specification).prox(y, 3.875);
    t.true(maximumNorm(right) > 0.001 && maximumNorm(right) < 0.01);
    t.true(optimality(specification, 3.875, y, right).ratio <= 1);
    t.true(optimality(specification, 3.875, y, new Float64Array(y.length)).ratio > 1, specification.type);
  }
});

test('a point that cannot be a minimiser has ratio Infinity and says why', (t) => {
  const y = Float64Array.of(1, 2);
  const l1: FunctionSpecification = { type: 'l1', weight: 1 };
  for (const [u, why] of [
    [Float64Array.of(1), /returned 1 entry for 2$/],
    [Float64Array.of(1, Number.NaN), /not finite$/],
    [Float64Array.of(Number.POSITIVE_INFINITY, 0), /not finite$/],
  ] as const) {
    const { ratio, explanation } = optimality(l1, 1, y, u);
    t.is(ratio, Number.POSITIVE_INFINITY);
    t.regex(explanation!(), why);
  }
  // Rounding may leave a point just outside the domain, an error may not.
  const box: FunctionSpecification = { type: 'box', lower: 0, upper: 1 };
  t.true(optimality(box, 1, Float64Array.of(3), Float64Array.of(1 + 2 ** -52)).ratio <= 1);
  const outside = optimality(box, 1, Float64Array.of(3), Float64Array.of(1 + 1e-9));
  t.true(outside.ratio > 1);
  t.regex(outside.explanation!(), /outside the domain/);
  t.is(optimality({ ...box, upper: 0 }, 1, Float64Array.of(0), Float64Array.of(0)).ratio, 0);
});

test('a rival minimiser sharpens the judgement if neighbours are far', (t) => {
  // Far from the minimiser along a diagonal only: a coupled quadratic would need it; the rival is the better point itself.
  const specification: FunctionSpecification = { type: 'squared-l2', weight: 1 };
  const y = Float64Array.of(2, 2);
  const wrong = Float64Array.of(1 + 1e-6, 1 - 1e-6);
  const claim = { target: parseFunction(specification), step: 1, y, u: wrong, precision: 2 ** -53, magnitude: 1 };
  const alone = judgeProximalPoint(claim).ratio;
  t.true(judgeProximalPoint({ ...claim, rival: Float64Array.of(1, 1) }).ratio > 2 * alone);
});

test('the worst of judgements is the largest, and NaN is worse than all', (t) => {
  t.is(worstOf([{ ratio: 1 }, { ratio: 3 }, { ratio: 2 }]).ratio, 3);
  t.true(Number.isNaN(worstOf([{ ratio: 1 }, { ratio: Number.NaN }]).ratio));
  t.is(worstOf([{ ratio: -1 }]).ratio, -1);
});

test('vectors are judged entry by entry, with NaN and lengths', (t) => {
  const expected = Float64Array.of(1, 2);
  const ratio = (actual: number[], allowed: (i: number) => number = () => 0.5): number =>
    judgeVector('v', Float64Array.from(actual), expected, allowed).ratio;
  t.is(ratio([1, 2]), 0);
  t.is(
    ratio([1, 2], () => 0),
    0,
  );
  t.is(ratio([1, 2.25]), 0.5);
  t.is(ratio([0, 2.25]), 2);
  t.is(
    ratio([1.5, 2.5], (i) => 1 + i),
    0.5,
  );
  t.true(Number.isNaN(ratio([1, Number.NaN])));
  t.true(Number.isNaN(ratio([Number.NaN, 2])), 'a right entry after it does not take NaN back');
  t.is(ratio([1]), Number.NaN);
  t.is(ratio([1, 2, 3]), Number.POSITIVE_INFINITY);
  t.is(judgeVector('v', expected, expected, () => 1).explanation!(), 'v: returned [1, 2], right is [1, 2]');
  const explain = (actual: number[], allowed: (i: number) => number = () => 0.5): string =>
    judgeVector('v', Float64Array.from(actual), expected, allowed).explanation!();
  t.is(explain([1, 2.5]), 'v: returned [1, 2.5], right is [1, 2]: entry 1 off by 0.5, relative 0.25, 1.13e+15 ulp');
  t.regex(
    explain([1 + 2 ** -52, 2.5], (i) => (i === 0 ? 2 ** -60 : 1)),
    /entry 0 off by 2.22e-16, relative 2.22e-16, 1 ulp$/,
  );
  t.regex(explain([1, Number.NaN]), /entry 1 is NaN, right is 2$/);
  t.regex(explain([1]), /1 entry where 2 are right$/);
  t.is(
    judgeVector('v', Float64Array.of(0.5), Float64Array.of(0), () => 1).explanation!(),
    'v: returned [0.5], right is [0]: off by 0.5',
  );
  t.is(judgeSame('v', Float64Array.of(0), Float64Array.of(-0)).ratio, 0);
  t.is(judgeSame('v', Float64Array.of(1), Float64Array.of(1 + 2 ** -52)).ratio, Number.POSITIVE_INFINITY);
  t.is(judgeSame('v', Float64Array.of(1), Float64Array.of(1, 1)).ratio, Number.POSITIVE_INFINITY);
});

test('sign steps: the right sign, either sign within the error, and nothing else', (t) => {
  const judge = (next: number[], direction: number[], error = 1e-12, step = 0.5): number =>
    judgeSignStep({
      name: 'signProx',
      x: Float64Array.of(1, -1),
      step,
      error,
      precision: 2 ** -53,
      next: Float64Array.from(next),
      direction: Float64Array.from(direction),
    }).ratio;
  t.is(judge([0.5, -0.5], [3, -1e-9]), 0);
  for (const tied of [0.5, 1, 1.5]) t.is(judge([tied, -1.5], [1e-13, 1]), 0, 'any convention where g is rounding');
  t.true(judge([1.25, -1.5], [1e-13, 1]) > 1e10, 'half a step is no convention');
  t.true(judge([1.5, -0.5], [3, -1]) > 1e10, 'the wrong sign');
  t.true(judge([1, -0.5], [1e-11, -1]) > 1e10, '0 where the sign is known');
  t.true(judge([0.5 + 1e-6, -0.5], [3, -1]) > 1e6, 'a step of another length');
  t.true(judge([0.5 + 2 ** -53, -0.5], [3, -1]) <= 1, 'a rounded step');
  t.is(judge([0.5], [3, -1]), Number.NaN);
  t.is(judge([0.5, -0.5, 0], [3, -1]), Number.POSITIVE_INFINITY);
  t.true(Number.isNaN(judge([0.5, Number.NaN], [3, -1])));
  t.true(Number.isNaN(judge([Number.NaN, -0.5], [3, -1])), 'a right entry after it does not take NaN back');
});

test('magnitudes, norms and the text of a judgement', (t) => {
  t.is(parameterMagnitude({ type: 'box', lower: [-3, 1], upper: Number.POSITIVE_INFINITY, inner: { weight: -7 } }), 7);
  t.is(parameterMagnitude({ type: 'zero' }), 0);
  t.is(maximumNorm([1, -4, 2]), 4);
  t.is(maximumNorm([]), 0);
  t.true(Number.isNaN(maximumNorm([Number.NaN])));
  t.true(Number.isNaN(maximumNorm([Number.NaN, 1])));
  t.is(showVector([1, -0.5]), '[1, -0.5]');
  t.is(showVector(new Float64Array(9)), '[0, 0, 0, 0, 0, 0, 0, 0, … 9 entries]');
});

test('the oracle writes the formulas out', (t) => {
  const problem = {
    smooth: { type: 'quadratic', curvature: 2, center: 0 },
    functions: [
      { type: 'linear', coefficients: [1] },
      { type: 'l1', weight: 1 },
    ],
    probabilities: [0.25, 0.75],
  };
  const oracle = oracleOf(problem);
  t.is(oracleOf(problem), oracle);
  const x = Float64Array.of(4);
  // x − γ∇d(x) = 4 − 0.25·8 = 2; the proxes give 1.75 (twice: both shift by γ).
  t.deepEqual([...oracle.forward(0.25, x)], [2]);
  t.deepEqual([...oracle.proximalGradient(0, 0.25, x)], [1.75]);
  t.deepEqual([...oracle.proximalGradient(1, 0.25, Float64Array.of(-4))], [-1.75]);
  // At −4: P_0 = −2.25, P_1 = −1.75.
  t.deepEqual([...oracle.mean(0.25, Float64Array.of(-4))], [0.25 * -2.25 + 0.75 * -1.75]);
  t.deepEqual([...oracle.miniBatch([0, 0, 1, 0], 0.25, Float64Array.of(-4))], [-2.125]);
  t.deepEqual([...oracle.gradient([1, 0], x)!], [9]);
  t.is(oracle.gradient([0.5, 0.5], x), undefined, 'the ℓ1 norm has no gradient');
  for (const smooth of [
    { type: 'least-squares', matrix: { rows: 1, columns: 1, data: [3] }, target: [1] },
    { type: 'phase-retrieval', matrix: { rows: 1, columns: 1, data: [3] }, intensities: [1] },
  ]) {
    const matrix = oracleOf({ ...problem, smooth });
    t.true(matrix.roundingError(1, x, 2 ** -53) > 0);
    t.true(matrix.roundingError(1, x, 2 ** -24) > matrix.roundingError(1, x, 2 ** -53) * 2 ** 28);
  }
});

test('a minimiser that rounding carries across the boundary of the domain is accepted there, and not farther outside', (t) => {
  // P⁰(y) = ¼·W(…) + ¾·(−17/28): the first term is below rounding, and the sum the infimum of the range, which is not attained.
  const specification = {
    type: 'proximal-average',
    functions: [
      { type: 'entropy', weight: 0.125 },
      { type: 'precomposed', factor: 3.5, inner: { type: 'linf-ball', radius: 2.125 } },
    ],
    probabilities: [0.25, 0.75],
    step: 0.1,
  };
  const target = parseFunction(specification);
  const y = Float64Array.of(-0.625, 0);
  const claim = { target, step: 0.1, y, precision: 2 ** -53, magnitude: 3.5 };
  const right = target.prox(y, 0.1);
  const ratioOf = (moved: number) => judgeProximalPoint({ ...claim, u: right.map((u) => u - moved) }).ratio;
  t.is(target.value(right.map((u) => u - 2 ** -52)), Number.POSITIVE_INFINITY);
  t.true(ratioOf(2 ** -52) <= 1);
  t.is(ratioOf(1e-6), Number.POSITIVE_INFINITY);
});

test('values beside u that are not numbers excuse nothing', (t) => {
  const sound = parseFunction({ type: 'l1', weight: 1 });
  const right = 2;
  const wrong = 2.5;
  const beside = (v: Float64Array): boolean => v[0] !== wrong && Math.abs(v[0]! - wrong) < 1e-9;
  const { coordinate: _, ...coupled } = sound;
  const target = { ...coupled, value: (v: Float64Array) => (beside(v) ? Number.NaN : sound.value(v)) };
  const claim = { target, step: 1, y: Float64Array.of(3), precision: 2 ** -53, magnitude: 1 };
  t.true(judgeProximalPoint({ ...claim, u: Float64Array.of(right) }).ratio <= 1);
  t.true(judgeProximalPoint({ ...claim, u: Float64Array.of(wrong) }).ratio > 1);
});
