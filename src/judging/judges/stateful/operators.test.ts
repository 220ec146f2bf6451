import test from 'ava';
import { reference } from '../../../claims/implementation/reference.js';
import { fromDouble, type Rational, toDouble } from '../../../exact/arithmetic/rational.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { ofAnything } from '../precision.js';
import { exactOperators } from './operators.js';
import { exactly } from './rule.js';

const input: StatefulCase = {
  problem: {
    smooth: { type: 'quadratic', curvature: [0.75, 2], center: [0.25, -0.5] },
    functions: [
      { type: 'huber', weight: 1.5, threshold: 0.5 },
      { type: 'quadratic', curvature: 0.5, center: [1.25, -3] },
    ],
    probabilities: [0.25, 0.75],
  },
  step: 0.25,
  x: Float64Array.of(1.75, -0.5),
  batches: [[0], [1]],
  hyperparameters: { epoch: 1, regularizer: { type: 'l1', weight: 0.25 } },
};
const x = Array.from(input.x, fromDouble).map(exactly);
const operators = exactOperators(reference, input);
/** Roundings, as many as a sum may take, of a number of size 1. */
const unit = ofAnything * 2 ** -53;
const errors = (terms: readonly { readonly error: number }[]): number[] => terms.map(({ error }) => error);
const values = (terms: readonly { readonly value: Rational }[]): number[] => terms.map(({ value }) => toDouble(value));

test('a gradient is known to the roundings of the numbers that it is made of, whatever γ is', (t) => {
  for (const step of [3, 0.25, 2 ** -10]) {
    const { gradient, stochasticGradient } = operators([0], step);
    // ∇d = (0.75·1.5, 0), ∇r_1 = (0.75, −0.75), ∇r_2 = (0.25, 1.25).
    t.deepEqual(values(gradient(x)), [1.125 + 0.25 * 0.75 + 0.75 * 0.25, 0.25 * -0.75 + 0.75 * 1.25]);
    t.deepEqual(values(stochasticGradient(x)), [1.875, -0.75]);
    // Products of at most three numbers, each a sum of a number up to 3 and of 1.
    for (const error of [...errors(gradient(x)), ...errors(stochasticGradient(x))]) {
      t.true(error > unit && error < 4 ** 3 * unit, `${error / unit} units at γ = ${step}`);
    }
  }
});

test('the gradient of one linear component is known exactly, and only where it stands alone', (t) => {
  const linear = [
    [0.1, 0],
    [3, -0.7],
  ].map((coefficients) => ({ type: 'linear', coefficients }));
  const problem = { smooth: { type: 'zero' }, functions: linear, probabilities: [0.5, 0.5] };
  const given = exactOperators(reference, { ...input, problem });
  t.deepEqual(values(given([1], 0.25).stochasticGradient(x)), [3, -0.7]);
  t.deepEqual(errors(given([1], 0.25).stochasticGradient(x)), [0, 0]);
  const beside = exactOperators(reference, { ...input, problem: { ...input.problem, functions: linear } });
  for (const several of [given([0, 1], 0.25).stochasticGradient(x), beside([1], 0.25).stochasticGradient(x)]) {
    for (const error of errors(several)) t.true(error > 0);
  }
});

test('a gradient mapping, which is a difference divided by γ, is known to the roundings of x divided by γ', (t) => {
  for (const step of [0.25, 2 ** -10]) {
    for (const error of errors(operators([0], step).stochasticMapping(x))) {
      t.true(error > unit / step && error < 3 * (1 + 3) * (unit / step), `${(error * step) / unit} units, γ = ${step}`);
    }
  }
});

test('P passes on what its point is off by 1 + γL times, L = 2', (t) => {
  for (const step of [0.25, 3]) {
    const { mean } = operators([0], step);
    const known = errors(mean(x));
    const off = errors(mean(x.map(({ value }, i) => ({ value, error: i * 2 ** -10 }))));
    for (const [i, error] of off.entries()) t.is(error - known[i]!, (1 + 2 * step) * 2 ** -10);
  }
});

test('a prox of the regulariser passes on what its point is off by, and adds its own roundings', (t) => {
  for (const step of [0.25, 3]) {
    const moved = operators([0], step).regularized(x.map(({ value }) => ({ value, error: 2 ** -10 })));
    t.deepEqual(values(moved), [1.75 - step / 4, Math.min(0, step / 4 - 0.5)]);
    for (const [i, error] of errors(moved).entries()) {
      const own = error - 2 ** -10;
      t.true(own > unit && own < 2 * (Math.max(1, Math.abs(input.x[i]!)) + (1 + step) / 4) * unit);
    }
  }
});
