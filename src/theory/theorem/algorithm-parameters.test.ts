import test from 'ava';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import { decideRow } from '../bounds/bound-row.js';
import { exactEngines } from '../left-side/exact-engines.js';
import { leftSide } from '../left-side/monte-carlo.js';
import { signRate } from './example-theorems.test.helper.js';
import type { BoundInstance, Theorem } from './theorem.js';
import type { OwnAlgorithm } from './theorem-algorithm.js';

/** d = ½x² with noise ±1: L = 1, σ₀ = 1 and Δ̄ = 2, whatever the step is. */
const instance: BoundInstance = {
  name: 'parabola',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  },
  start: [2],
};

/** x⁺ = x − γ·stride, in which nothing is drawn. */
const walk: OwnAlgorithm = {
  name: 'walk',
  iterate: ({ x, step, parameters }) => ({ x: x.map((entry) => entry - step * parameters['stride']!) }),
};

const { cap: _, ...paper } = signRate;
const theorem: Theorem = {
  ...paper,
  id: 'walk',
  algorithm: walk,
  schedule: (iterations) => ({ step: 1 / iterations, miniBatch: 1, parameters: { stride: 2 } }),
  // x is 2 and 1 before the two steps of length 1.
  bound: (_iterations, _constants, { parameters }) => 1.5 + parameters!['stride']! / 100,
};

test('the parameters of a schedule reach every iteration, the bound and the row', async (t) => {
  const schedule = { step: 1 / 2, miniBatch: 1, parameters: { stride: 2 } };
  const answer = exactEngines.paths({ theorem, instance, iterations: 2, schedule });
  const [lower, upper] = 'interval' in answer ? answer.interval : [Number.NaN, Number.NaN];
  t.true(lower <= 1.5 && 1.5 <= upper && upper - lower < 1e-9);
  const { problem, start } = instance;
  const key = { seed: '1', check: 'parameters', version: 1, signOfZero: 'zero' as const };
  t.is(leftSide(theorem, { ...key, ...schedule, problem, start, iterations: 2 })(0), 1.5);
  const row = await decideRow({
    ...{ claim: 'test', version: 1, theorem, instance, iterations: 2, engine: 'paths' as const },
    budget: quickBudget(),
  });
  t.is(row.bound, 1.52);
  t.is(row.constants['stride'], 2);
  t.deepEqual([row.step, row.miniBatch, 'parameters' in row], [0.5, 1, false]);
  t.is(row.verdict, 'holds');
});

test('an algorithm without parameters gets none', (t) => {
  const seen: unknown[] = [];
  const curious: OwnAlgorithm = {
    name: 'curious',
    iterate({ x, parameters }) {
      seen.push(parameters);
      return { x };
    },
  };
  const request = { theorem: { ...theorem, algorithm: curious }, instance, iterations: 2 };
  exactEngines.paths({ ...request, schedule: { step: 1, miniBatch: 1 } });
  t.true(seen.length > 0);
  for (const parameters of seen) t.deepEqual(parameters, {});
});
