import { mock } from 'node:test';
import test from 'ava';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import type { EngineChoice } from '../left-side/engine-names.js';
import { EngineError } from '../left-side/exact-engines.js';
import { signRate, spgmRate } from '../theorem/example-theorems.test.helper.js';
import type { BoundInstance, Theorem } from '../theorem/theorem.js';
import { decideRow, type RowRequest } from './bound-row.js';

function request(theorem: Theorem, instance: Omit<BoundInstance, 'name'>, iterations: number): RowRequest {
  return {
    ...{ claim: 'engines', version: 1, theorem, iterations },
    instance: { name: 'instance', ...instance },
    budget: quickBudget(),
    unchosen: { minimumReplicates: 2000 },
  };
}

const decideRowBy = (engine: EngineChoice, row: RowRequest) => decideRow({ ...row, engine });

const linear = (...coefficients: number[]) => ({ type: 'linear', coefficients });
const parabola = (curvature: number, center: number) => ({ type: 'quadratic', curvature, center });
const matched = {
  problem: { smooth: parabola(2, 0), functions: [parabola(2, 0.5), parabola(2, -0.5)], probabilities: [0.5, 0.5] },
  start: [1],
};
const cosine = {
  problem: {
    smooth: { type: 'cosine', weight: 1 },
    functions: [linear(0.375), linear(-0.125)],
    probabilities: [0.25, 0.75],
  },
  start: [1],
};

// Starts from which no mini-batch mean of signProx is exactly 0: floats may round such a tie to either side, rationals do not.
test('every engine gives the left side that Monte Carlo estimates', async (t) => {
  for (const [theorem, instance, T, choice] of [
    [spgmRate, matched, 4, 'enumeration'],
    [spgmRate, matched, 16, 'moments'],
    [signRate, { ...matched, start: [0.15] }, 4, 'enumeration'],
    [signRate, { ...matched, start: [0.15] }, 16, 'lattice'],
    [signRate, { ...cosine, start: [0.9] }, 16, 'lattice'],
  ] as const) {
    const exact = await decideRowBy(choice, request(theorem, instance, T));
    const sampled = await decideRowBy('monte-carlo', request(theorem, instance, T));
    t.is(exact.engine, choice);
    t.true(['holds', 'proved-exactly'].includes(exact.verdict));
    t.is(sampled.verdict, 'holds');
    const [lower, upper] = exact.leftInterval;
    t.true(lower <= upper && upper - lower <= 1e-6 * upper);
    // The interval misses with probability 10⁻³ at most.
    const [from, to] = sampled.leftInterval;
    t.true(sampled.replicates >= 2000 && from < to && to - from < 0.2 * exact.left, `${choice}: ${from} to ${to}`);
    t.true(from <= exact.left && exact.left <= to, `${choice}: ${exact.left} outside ${from} to ${to}`);
    t.deepEqual(
      [exact.step, exact.miniBatch, exact.bound, exact.sharpBound, exact.constants],
      [sampled.step, sampled.miniBatch, sampled.bound, sampled.sharpBound, sampled.constants],
    );
  }
});

test('auto takes the exact engine that applies, else Monte Carlo', async (t) => {
  const engineOf = async (theorem: Theorem, instance: Omit<BoundInstance, 'name'>, T: number) =>
    (await decideRowBy('auto', request(theorem, instance, T))).engine;
  t.is(await engineOf(spgmRate, matched, 4), 'enumeration');
  t.is(await engineOf(spgmRate, matched, 64), 'moments');
  t.is(await engineOf(signRate, matched, 64), 'lattice');
  t.is(await engineOf(signRate, cosine, 4), 'lattice');
  t.is(await engineOf(spgmRate, cosine, 4), 'paths');
  t.is(await engineOf(spgmRate, cosine, 64), 'monte-carlo');
});

test('an engine that does not apply says why and what to do', async (t) => {
  const refused = async (choice: 'enumeration' | 'moments' | 'lattice', row: RowRequest): Promise<string> =>
    (await t.throwsAsync(decideRowBy(choice, row), { instanceOf: EngineError })).message;
  t.regex(
    await refused('moments', request(signRate, matched, 4)),
    /^engine moments does not apply to signProx at T = 4: .+; give --engine auto, which takes one that applies$/,
  );
  t.regex(await refused('lattice', request(spgmRate, matched, 32)), /is for signProx and ‖G‖₁, .+; give --engine auto/);
  t.regex(await refused('enumeration', request(spgmRate, cosine, 4)), /cosine does not have rational values; give/);
  // At once: paths of minutes are counted, not followed.
  t.regex(await refused('enumeration', request(signRate, matched, 64)), /65 outcomes of a mini-batch for each; give/);
});

test.serial('a long run of an exact engine ends when it is aborted', async (t) => {
  // By this clock a turn of the event loop is always due, however fast the machine is.
  let time = 0;
  const clock = mock.method(performance, 'now', () => (time += 1000));
  for (const [choice, theorem, T] of [
    ['moments', spgmRate, 4_000_000],
    ['lattice', signRate, 4096],
  ] as const) {
    const controller = new AbortController();
    const row = request(theorem, matched, T);
    const running = decideRowBy(choice, { ...row, budget: { ...row.budget, signal: controller.signal } });
    setImmediate(() => controller.abort(new Error('stop')));
    await t.throwsAsync(running, { message: 'stop' }, choice);
  }
  clock.mock.restore();
});

test('the verdict on an enclosed left side', async (t) => {
  const bounded = (factor: number): Theorem => ({
    ...signRate,
    bound: () => factor * left,
  });
  const { left } = await decideRowBy('lattice', request(signRate, cosine, 16));
  const verdictAt = async (factor: number) =>
    (await decideRowBy('lattice', request(bounded(factor), cosine, 16))).verdict;
  t.is(await verdictAt(1 + 1e-5), 'holds');
  t.is(await verdictAt(1 - 1e-5), 'violated');
  // The enclosure of f* is wider than that of the left side: a bound that moves with f* from below to above it decides nothing.
  const { constants } = await decideRowBy('lattice', request(signRate, cosine, 16));
  const middle = ((constants['gapLower'] as number) + (constants['gapUpper'] as number)) / 2;
  const around: Theorem = { ...signRate, bound: (_, { gap }) => left * (1 + 1e3 * (gap.upper - middle)) };
  t.is((await decideRowBy('lattice', request(around, cosine, 16))).verdict, 'inconclusive');
  // d = ½Lx², r = 0, T = 1 attains theorem 1: ‖G‖² = L²x² = 2L·½Lx².
  const attained = {
    problem: { smooth: parabola(3, 0), functions: [{ type: 'zero' }], probabilities: [1] },
    start: [0.7],
  };
  const row = await decideRowBy('auto', request(spgmRate, attained, 1));
  t.is(row.verdict, 'holds', 'the float that the bound is proves no equality');
  t.true(Math.abs(row.left / row.bound - 1) < 1e-9);
});

test('Monte Carlo says where ties are rounded away, and only there it differs from an exact engine', async (t) => {
  // Quadratics whose residuals are not exact in floats: from x⁰ = γ two of four draws of each component are a tie.
  const tied = request(signRate, { ...matched, start: [0.125] }, 4);
  const [sampled, exact] = [await decideRowBy('monte-carlo', tied), await decideRowBy('lattice', tied)];
  t.regex(
    sampled.reason,
    /; \d+(\.\d+)? % of 192 signs of Ĝ are within rounding of 0: where Ĝ is exactly 0 floats may take either sign/,
  );
  t.true(Math.abs(sampled.left / exact.left - 1) > 0.1, 'the tie is not followed');
  const share = Number(/([\d.]+) % of/.exec(sampled.reason)![1]);
  t.true(share > 5 && share < 60);
  const untied = await decideRowBy('monte-carlo', request(signRate, { ...matched, start: [0.15] }, 4));
  t.notRegex(untied.reason, /rounding/);
  t.notRegex(
    (await decideRowBy('monte-carlo', request(spgmRate, matched, 4))).reason,
    /rounding/,
    'SPGM takes no sign',
  );
  // Single draws come as components, not as counts.
  const single: Theorem = {
    ...signRate,
    schedule: (T, constants) => ({ ...signRate.schedule(T, constants), miniBatch: 2 }),
  };
  const { reason } = await decideRowBy('monte-carlo', request(single, { ...matched, start: [0.25] }, 4));
  t.regex(reason, /within rounding of 0/);
});

test('a row is silent whatever the engine when a hypothesis is not certified', async (t) => {
  const lasso = {
    problem: { ...matched.problem, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] },
    start: [1],
  };
  for (const choice of ['auto', 'enumeration', 'monte-carlo'] as const) {
    const { verdict, reason, replicates } = await decideRowBy(choice, request(spgmRate, lasso, 4));
    t.is(verdict, 'silent');
    t.is(replicates, 0);
    t.regex(reason, /^1\(c\) is violated: r_1 is not differentiable/);
  }
  const outside = {
    problem: { ...matched.problem, functions: [{ type: 'box', lower: 0, upper: 1 }], probabilities: [1] },
    start: [2],
  };
  t.is((await decideRowBy('auto', request(spgmRate, outside, 4))).verdict, 'silent');
});

test('constants that define no step are an error, not a verdict', async (t) => {
  const flat = {
    problem: { smooth: { type: 'zero' }, functions: [linear(1), linear(-1)], probabilities: [0.5, 0.5] },
    start: [0],
  };
  for (const choice of ['auto', 'monte-carlo'] as const) {
    await t.throwsAsync(decideRowBy(choice, request(signRate, flat, 4)), {
      name: 'ScheduleError',
      message: /‖L‖₁ > 0, got 0/,
    });
  }
});
