import test from 'ava';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim as eq6 } from '../prox/eq6-prox.js';
import { claim as separable } from '../prox/prox-separable.js';

/** A library whose prox of one function is changed. */
function library(type: string, change: (right: Float64Array) => Float64Array): Implementation {
  const { reference: _, functionOf: __, ...rest } = reference;
  return {
    ...rest,
    description: { ...reference.description, methods: ['prox'], functions: [type], smooth: [], algorithms: [] },
    prox: async (...asked) => change(await reference.prox(...asked)),
  };
}

const off = (roundings: number) => (right: Float64Array) =>
  right.length < 2 ? right : right.map((value) => value * (1 + roundings * 2 ** -53));

test('what the claims about shape allow is some dozens of roundings', async (t) => {
  const verdict = async (roundings: number) =>
    (await separable.check(library('l1', off(roundings)), quickBudget())).verdict;
  t.is(await verdict(10), 'holds');
  t.is(await verdict(800), 'violated');
});

test('an error that values cannot see is seen by the gradient', async (t) => {
  // Far above its minimum a steep φ has rounding that is larger than what the error moves it by.
  const input = encodeExact({
    specification: { type: 'squared-l2', weight: 1000 },
    step: 1,
    y: Float64Array.of(1000, 3),
  });
  const verdict = async (error: number) => {
    const own: Implementation = {
      ...reference,
      prox: async (...asked) => (await reference.prox(...asked)).map((value) => value * (1 + error)),
    };
    const savedCases = () => [{ part: 'squared-l2', input }];
    return (await eq6.check(own, { ...quickBudget(), savedCases, replayOnly: true })).verdict;
  };
  t.is(await verdict(2 ** -50), 'holds');
  t.is(await verdict(2 ** -32), 'violated');
});
