import test from 'ava';
import fc from 'fast-check';
import { maximum, one, parseRational, type Rational, rational, square, two, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { coordinateFunction, rationalFunctionTypes } from './coordinate-function.js';
import type { Specification } from './parameters.js';
import { valueAt } from './piecewise-quadratic.js';
import { coordinateSmooth, rationalSmoothTypes } from './smooth.js';

const q = parseRational;
/** Small rationals, not only dyadic ones. */
const points = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 12 }))
  .map(([n, d]) => rational(BigInt(n), BigInt(d)));

/** One function of every type with its value written as the literature has it; undefined is +∞. */
const abs = (u: Rational) => u.abs();
const plus = (u: Rational) => maximum(u, zero);
const half = (u: Rational) => u.div(two);
const huber = (u: Rational, delta: Rational) =>
  abs(u).lte(delta) ? half(square(u)) : delta.mul(abs(u).sub(half(delta)));
const examples: readonly (readonly [Specification, (u: Rational) => Rational | undefined])[] = [
  [{ type: 'zero' }, () => zero],
  [{ type: 'linear', coefficients: [7, -1.5] }, (u) => q('-3/2').mul(u)],
  [{ type: 'squared-l2', weight: 3 }, (u) => half(q('3').mul(square(u)))],
  [{ type: 'quadratic', curvature: [0, 0.5], center: 2 }, (u) => half(q('1/2').mul(square(u.sub(two))))],
  [{ type: 'l1', weight: 0.75 }, (u) => q('3/4').mul(abs(u))],
  [{ type: 'l1', weight: 0 }, () => zero],
  [{ type: 'weighted-l1', weights: [2, 0.75] }, (u) => q('3/4').mul(abs(u))],
  [{ type: 'elastic-net', l1Weight: 0.5, l2Weight: 2 }, (u) => half(abs(u)).add(square(u))],
  [{ type: 'huber', weight: 1.5, threshold: 0.5 }, (u) => q('3/2').mul(huber(u, q('1/2')))],
  [{ type: 'box', lower: [0, -1], upper: [1, 0.5] }, (u) => (u.gte(one.neg()) && u.lte(q('1/2')) ? zero : undefined)],
  [{ type: 'real-part-box', lower: 0, upper: 1 }, () => zero],
  [{ type: 'box', lower: '-Infinity', upper: 1 }, (u) => (u.lte(one) ? zero : undefined)],
  [{ type: 'box', lower: 0.5, upper: 0.5 }, (u) => (u.equals(q('1/2')) ? zero : undefined)],
  [{ type: 'box', lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }, () => zero],
  [{ type: 'nonnegative' }, (u) => (u.gte(zero) ? zero : undefined)],
  [{ type: 'hinge', weight: 2 }, (u) => two.mul(plus(one.sub(u)))],
  [{ type: 'pinball', weight: 2, quantile: 0.75 }, (u) => maximum(q('3/2').mul(u), half(u).neg())],
  [{ type: 'squared-hinge', weight: 3 }, (u) => half(q('3').mul(square(plus(one.sub(u)))))],
  [{ type: 'scaled', factor: 2.5, inner: { type: 'l1', weight: 2 } }, (u) => q('5').mul(abs(u))],
  [
    { type: 'translated', shift: [0, 1.5], inner: { type: 'huber', weight: 1, threshold: 1 } },
    (u) => huber(u.sub(q('3/2')), one),
  ],
  [
    { type: 'translated', shift: [0, 1.5], inner: { type: 'nonnegative' } },
    (u) => (u.gte(q('3/2')) ? zero : undefined),
  ],
  [{ type: 'tilted', slope: [0, -2], inner: { type: 'l1', weight: 1 } }, (u) => abs(u).sub(two.mul(u))],
  [
    { type: 'regularized', weight: 2, center: [0, 1], inner: { type: 'l1', weight: 1 } },
    (u) => abs(u).add(square(u.sub(one))),
  ],
  [{ type: 'precomposed', factor: -2, inner: { type: 'hinge', weight: 1 } }, (u) => plus(one.add(two.mul(u)))],
  [
    { type: 'precomposed', factor: 0.5, inner: { type: 'box', lower: -1, upper: 1 } },
    (u) => (abs(u).lte(two) ? zero : undefined),
  ],
  [{ type: 'conjugate', inner: { type: 'l1', weight: 0.5 } }, (u) => (abs(u).lte(q('1/2')) ? zero : undefined)],
  [{ type: 'conjugate', inner: { type: 'squared-l2', weight: 4 } }, (u) => square(u).div(q('8'))],
  [
    { type: 'conjugate', inner: { type: 'linear', coefficients: [0, 3] } },
    (u) => (u.equals(q('3')) ? zero : undefined),
  ],
  [{ type: 'conjugate', inner: { type: 'box', lower: -1, upper: 2 } }, (u) => maximum(u.neg(), two.mul(u))],
  // The Moreau envelope of w|u| with smoothing μ is a Huber function of threshold μw and weight 1/μ.
  [{ type: 'moreau-envelope', smoothing: 0.5, inner: { type: 'l1', weight: 3 } }, (u) => two.mul(huber(u, q('3/2')))],
  [
    {
      type: 'separable-sum',
      blocks: [
        { length: 1, function: { type: 'zero' } },
        { length: 2, function: { type: 'l1', weight: 1 } },
      ],
    },
    abs,
  ],
];

test('values are those of the formulas', (t) => {
  for (const [specification, formula] of examples) {
    const pieces = coordinateFunction(specification, 1);
    fc.assert(
      fc.property(points, (u) => {
        const [value, expected] = [valueAt(pieces, u), formula(u)];
        return value === undefined ? expected === undefined : expected !== undefined && value.equals(expected);
      }),
    );
  }
  const compared = ['proximal-average', ...examples.map(([{ type }]) => type)];
  t.deepEqual(
    rationalFunctionTypes().filter((type) => !compared.includes(type)),
    [],
    'these entries of `constructors` have no formula in `examples` above to be compared with',
  );
  t.deepEqual(
    compared.filter((type) => !rationalFunctionTypes().includes(type)),
    [],
    'these `examples` are not convex, or have no entry in `constructors`',
  );
});

test('smooth terms: values, and derivatives that are slopes', (t) => {
  const terms: readonly (readonly [Specification, (x: Rational) => Rational])[] = [
    [{ type: 'zero' }, () => zero],
    [{ type: 'quadratic', curvature: -1.5, center: [0, 0.5] }, (x) => q('-3/4').mul(square(x.sub(q('1/2'))))],
    [{ type: 'huber', weight: 2, threshold: 0.25 }, (x) => two.mul(huber(x, q('1/4')))],
    [
      // A parabola about −1 down to −2, and a slope that falls back to 0 at 1.
      { type: 'piecewise-quadratic', knots: [-2, -1, 0, 1], slopes: [-1, 0, 1, 0] },
      (x) => {
        if (x.lt(q('-2'))) return q('-3/2').sub(x);
        if (x.lt(zero)) return square(x.add(one)).div(two);
        return one.sub(square(maximum(zero, one.sub(x))).div(two));
      },
    ],
    [
      { type: 'geman-mcclure', weight: 3, scale: 0.5 },
      (x) =>
        q('3')
          .mul(square(x))
          .div(q('1/4').add(square(x))),
    ],
  ];
  t.deepEqual(
    terms.map(([{ type }]) => type),
    rationalSmoothTypes(),
  );
  const h = rational(1n, 1n << 40n);
  for (const [specification, formula] of terms) {
    const term = coordinateSmooth(specification, 1);
    fc.assert(
      fc.property(points, points, (x, y) => {
        const rise = formula(x.add(h)).sub(formula(x.sub(h)));
        const slope = term.derivative(x);
        const lipschitz = term
          .derivative(y)
          .sub(slope)
          .abs()
          .lte(term.lipschitz.mul(y.sub(x).abs()));
        // A central difference is off by at most h·L.
        const near = rise.div(two.mul(h)).sub(slope).abs().lte(h.mul(term.lipschitz));
        return term.value(x).equals(formula(x)) && near && lipschitz;
      }),
    );
  }
});

test('functions without a rational form are refused by name', (t) => {
  const refused = { instanceOf: NotRationalError };
  t.throws(() => coordinateFunction({ type: 'log-cosh', weight: 1, scale: 1 }, 0), { ...refused, message: /log-cosh/ });
  t.throws(() => coordinateSmooth({ type: 'cosine', weight: 1 }, 0), { ...refused, message: /cosine/ });
  t.throws(() => coordinateFunction({ type: 'l1' }, 0), { ...refused, message: /number/ });
  t.throws(() => coordinateFunction({ type: 'scaled', factor: 2 }, 0), { ...refused, message: /inner/ });
  t.throws(() => coordinateFunction({ type: 'separable-sum', blocks: [] }, 2), { ...refused, message: /coordinate 2/ });
});
