import test from 'ava';
import type { Claim } from '../../../claims/claim.js';
import type { OwnHypothesis } from '../../../claims/hypothesis.js';
import { reference } from '../../../claims/implementation/reference.js';
import { quickBudget } from '../../../claims/registry-tests.test.helper.js';
import type { ScheduleConstants, Theorem, TheoremConstants } from '../../theorem/theorem.js';
import type { IterationInput } from '../../theorem/theorem-algorithm.js';
import { readTheoremFile, type TheoremFile } from '../../theorem/theorem-file.js';
import { listedProblems } from '../tightness-search/hard-problems.js';
import { tightnessSearchClaim } from '../tightness-search/search-claim.js';
import { theoremClaims } from './theorem-claims.js';

const module = new URL('../../../../../fixtures/theorems/sgd-textbook-functions.mjs', import.meta.url).href;
const { theorem: textbook } = (await import(module)) as { readonly theorem: Theorem };
/** Additive noise on a parabola, where every left side is exact. */
const noisy = {
  name: 'parabola',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

const fileOf = (theorem: object, rest: object = {}): TheoremFile =>
  readTheoremFile({ theorem: { ...theorem, module }, ...rest });
const claimsOf = (file: TheoremFile): Claim[] => theoremClaims({ ...file, word: 'mine.mjs' });
const check = async (file: TheoremFile, suffix: string) => {
  const claim = claimsOf(file).find(({ id }) => id === `${file.theorem.id}${suffix}`)!;
  return claim.check(reference, quickBudget());
};

test('a bound from a textbook holds on its instances, and a fifth of it is violated', async (t) => {
  const held = await check(fileOf(textbook, { instances: [noisy] }), '');
  t.is(held.verdict, 'proved-exactly');
  t.deepEqual(
    held.rows!.map(({ iterations, engine }) => [iterations, engine]),
    [
      [1, 'enumeration'],
      [4, 'enumeration'],
      [16, 'moments'],
    ],
  );
  const bound: Theorem['bound'] = (...given) => textbook.bound(...given) / 5;
  t.is((await check(fileOf({ ...textbook, bound }, { instances: [noisy] }), '')).verdict, 'violated');
  t.is((await check(fileOf({ ...textbook, bound }), '-tightness')).verdict, 'violated');
});

/** LD²/(4T + 2) for gradient descent on convex functions, which a listed Huber function attains at every T. */
const attained: Partial<Theorem> = {
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: (_T, { lipschitz }) => ({ step: 1 / lipschitz!, miniBatch: 1 }),
  term: 'objective-gap',
  onlyLast: true,
  bound: (T, { lipschitz, distance }) => (lipschitz! * distance!.upper ** 2) / (4 * T + 2),
};

/** The rate of gradient descent on f of which μ = L/10, attained on a quadratic whose least curvature is L/10; and of every μ. */
const linear: Partial<Theorem> = {
  ...attained,
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-strongly-convex'],
  inverseConditionNumber: 1 / 10,
  bound: (T, { gap }) => 0.81 ** T * gap.upper,
};
const { inverseConditionNumber: _, ...ofEvery } = linear;
const everyModulus: Partial<Theorem> = {
  ...ofEvery,
  bound: (T, { lipschitz, strongConvexity, gap }) => (1 - strongConvexity! / lipschitz!) ** (2 * T) * gap.upper,
};

/** False theorems, which fail only at large T, on a plateau, far out, or for large L. */
const falseTheorems: Readonly<Record<string, Partial<Theorem>>> = {
  'a bound that falls faster from T = 41 on': {
    bound: (T, ...given) => textbook.bound(T, ...given) * (T > 40 ? 20 / T : 1),
  },
  'the last iterate in place of the average': { onlyLast: true },
  'a step that does not know L': {
    hypotheses: ['fixed-bounded-below', 'fixed-variance'],
    schedule: (T) => ({ step: 0.1 / Math.sqrt(T), miniBatch: 1 }),
    bound: (T, { sigma, gap }, { step }) => (2 * gap.upper) / (step * T) + step * sigma! ** 2,
  },
  'signs of single draws': {
    hypotheses: ['fixed-bounded-below', 'fixed-coordinate-smooth', 'fixed-coordinate-variance'],
    algorithm: 'sign-sgd',
    term: 'gradient-l1',
    schedule: (T, { lipschitz, dimension }) => ({ step: 1 / Math.sqrt(lipschitz! * dimension * T), miniBatch: 1 }),
    bound: (T, { lipschitz, sigma, gap, dimension }, { step }) =>
      gap.upper / (step * T) + (step * lipschitz! * dimension) / 2 + 2 * sigma! * Math.sqrt(dimension / T),
  },
  'LD²/(4T + 2.05) for the gap of gradient descent': {
    ...attained,
    bound: (T, { lipschitz, distance }) => (lipschitz! * distance!.upper ** 2) / (4 * T + 2.05),
  },
  '0.809^T for f of which μ = L/10': { ...linear, bound: (T, { gap }) => 0.809 ** T * gap.upper },
};

/** What the listed problems alone show. */
const onListed = (theorem: object) => {
  const search = { id: 'mine', version: 1, word: 'mine.mjs', listed: listedProblems, iterations: [] };
  return tightnessSearchClaim({ ...search, theorem: fileOf(theorem).theorem }).check(reference, quickBudget());
};

for (const [name, change] of Object.entries(falseTheorems)) {
  test(`${name}: false, and the listed problems show it`, async (t) => {
    const { verdict, reason } = await onListed({ ...textbook, ...change });
    t.is(verdict, 'violated', reason);
  });
}

for (const [name, change] of Object.entries({ 'of convex f': attained, 'of every μ': everyModulus })) {
  test(`a bound ${name} that is attained at every T is not refuted by rounding`, async (t) => {
    const { verdict, reason, rows } = await onListed({ ...textbook, ...change });
    t.is(verdict, 'holds', reason);
    for (const { left, bound } of rows!) t.true(Math.abs(left / bound - 1) < 1e-9);
  });
}

test('a file without instances: they are drawn from the seed, with noise, and only where the theorem is not silent', async (t) => {
  const file = fileOf({ ...textbook, bound: () => 1e6 });
  const { rows } = await check(file, '');
  t.is(new Set(rows!.map(({ instance }) => instance)).size, 4);
  t.true(rows!.every(({ verdict }) => verdict !== 'silent'));
  t.true(rows!.filter(({ constants }) => (constants['sigma'] as number) > 0.1).length >= 6);
  const again = await check(file, '');
  t.deepEqual(again.rows, rows);
});

test('a control that is not found fails, and its name is reported', async (t) => {
  const controls = [
    { name: 'a fifth of the bound', bound: 0.2 },
    { name: 'no noise in the bound', sigma: 0 },
  ];
  const found = await check(fileOf(textbook, { instances: [{ ...noisy, start: [0] }], controls }), '-controls');
  t.deepEqual([found.verdict, found.parts!.map(({ verdict }) => verdict)], ['holds', ['holds', 'holds']]);
  const harmless = [...controls, { name: 'twice the bound', bound: 2 }];
  const missed = await check(
    fileOf(textbook, { instances: [{ ...noisy, start: [0] }], controls: harmless }),
    '-controls',
  );
  t.deepEqual([missed.verdict, missed.reason], ['violated', 'not found: twice the bound']);
});

test('a needed hypothesis has a counterexample, one that is not needed has none, and a finite f* is not dropped', async (t) => {
  // With γ = 1/L the descent of a gradient step rests on L; that r_k vary is nothing to the whole gradient.
  const descent = {
    ...textbook,
    algorithm: 'gradient-descent',
    bound: ((T, { lipschitz, gap }, { step }) =>
      gap.upper / (step * T * (1 - (step * lipschitz!) / 2))) satisfies Theorem['bound'],
  };
  const { verdict, parts } = await check(fileOf(descent), '-hypotheses');
  t.is(verdict, 'illustrated');
  const reasons = Object.fromEntries(parts!.map(({ name, reason }) => [name, reason!]));
  t.regex(reasons['fixed-bounded-below']!, /^not dropped/);
  t.regex(reasons['fixed-smooth']!, /^needed: left\/bound = /);
  t.regex(reasons['fixed-variance']!, /^no counterexample in \d\d+ tries/);
  const even = { ...descent, hypotheses: ['fixed-bounded-below', 'fixed-smooth', evenness] };
  const [, , own] = (await check(fileOf(even), '-hypotheses')).parts!;
  t.regex(own!.reason!, /^no counterexample in \d\d+ tries/);
  const met = {
    ...descent,
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', { ...evenness, search: () => undefined }],
  };
  const [, , none] = (await check(fileOf(met), '-hypotheses')).parts!;
  t.is(none!.reason, 'no problem that does not meet it could be tried');
  const certain = { ...descent, delta: 0.1, bound: () => 1e6 };
  const [, smooth] = (await check(fileOf(certain), '-hypotheses')).parts!;
  t.regex(smooth!.reason!, /^no counterexample in \d\d+ tries, the nearest has P\(left side > b\)\/δ = 0\.00 at T = /);
});

test('a bound about d + r_γ may use the constants of d + Σθ_k r_k: they change with the others, and are not dropped', async (t) => {
  const bound: Theorem['bound'] = (T, { fixed }) => {
    const { gap, growth, sigma } = fixed!()!;
    return (4 * (gap + growth + sigma ** 2)) / Math.sqrt(T);
  };
  const hypotheses = ['assumption-1a', 'assumption-1b', 'assumption-1c', 'fixed-variance'];
  const spgm = { ...textbook, objective: 'proximal-average', hypotheses, algorithm: 'spgm', bound };
  const file = fileOf({ ...spgm, term: 'squared-gradient-mapping' }, { instances: [noisy] });
  const reasonsOf = async (suffix: string) =>
    Object.fromEntries((await check(file, suffix)).parts!.map(({ name, reason }) => [name, reason!]));
  // f̄(x⁰) − inf f̄ = ½, r_γ moves by a number only, and σ₀² = 1.
  const constants = await reasonsOf('-constants');
  t.regex(constants['σ']!, /^doubled the bound is up to 3\.00 times as large, halved down to 0\.500 times/);
  t.regex(constants['f(x⁰) − f*']!, /^doubled the bound is up to 1\.33 times as large, halved down to 0\.833 times/);
  t.regex((await reasonsOf('-hypotheses'))['fixed-variance']!, /^not dropped: it certifies constants of d \+ Σθ_k r_k/);
});

/** f(x) = f(−x), with a point at which it is not. */
const evenness: OwnHypothesis = {
  id: 'even',
  statement: 'f(x) = f(−x)',
  search(problem, points) {
    const at = (x: Float64Array) => problem.fixedObjective(x);
    const x = points.find((point) => at(point) !== at(point.map((value) => -value)));
    return x && { x };
  },
};

test('a search that no engine can follow says so and fails nothing', async (t) => {
  const coin = {
    name: 'coin',
    iterate: ({ x, random }: { x: Float64Array; random(): number }) => ({ x: x.map(random) }),
  };
  const { verdict, reason, parts } = await check(
    fileOf({ ...textbook, algorithm: coin, onlyLast: true }),
    '-tightness',
  );
  t.deepEqual([verdict, reason], ['not-applicable', 'no exact engine applies to any instance of the search']);
  t.true(parts!.every((part) => part.verdict === 'not-applicable'));
});

const convexRate = {
  ...textbook,
  id: 'convex-rate',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: ((_, { lipschitz }) => ({ step: 1 / lipschitz!, miniBatch: 1 })) satisfies Theorem['schedule'],
  term: 'objective-gap',
  onlyLast: true,
  bound: ((T, { lipschitz, distance }) => (lipschitz! * distance!.upper ** 2) / (4 * T + 2)) satisfies Theorem['bound'],
};
const huber = (start: number, threshold = 2 / 9) => ({
  name: `Huber from ${start}`,
  problem: { smooth: { type: 'huber', weight: 1, threshold }, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [start],
});

test('a rate in the distance to a minimiser is judged by it, and is silent if the distance is not certified', async (t) => {
  const valley = {
    ...huber(2),
    name: 'valley',
    problem: { ...huber(2).problem, smooth: { type: 'cosine', weight: 1 } },
  };
  const found = await check(fileOf(convexRate, { instances: [huber(2), valley] }), '');
  t.deepEqual(
    found.rows!.map(({ instance, iterations, verdict }) => [instance, iterations, verdict]),
    [1, 4, 16].flatMap((T) => [[huber(2).name, T, 'holds']]).concat([1, 4, 16].map((T) => ['valley', T, 'silent'])),
  );
  const [row] = found.rows!;
  t.true(Math.abs((row!.constants['distanceUpper'] as number) - 2) < 1e-12);
  const unguarded = { ...convexRate, hypotheses: ['fixed-bounded-below', 'fixed-smooth'] };
  const silent = await check(fileOf(unguarded, { instances: [valley] }), '');
  t.regex(silent.rows![0]!.reason, /^‖x⁰ − x\*‖ is not certified, which the theorem asks for/);
  const bound: Theorem['bound'] = (T, constants) => 0.999 * convexRate.bound(T, constants);
  t.is((await check(fileOf({ ...convexRate, bound }, { instances: [huber(2)] }), '')).verdict, 'violated');
  const reasons = (await check(fileOf(convexRate, { instances: [huber(2)] }), '-constants')).parts!.map(
    ({ name, reason }) => `${name}: ${reason}`,
  );
  t.deepEqual(reasons.slice(1, 3), ['σ: the bound does not use it', 'f(x⁰) − f*: the bound does not use it']);
  t.regex(reasons[0]!, /^L: doubled the bound is up to 2\.00 .+; halved it is exceeded on Huber from 2 at T = 4$/);
  t.regex(reasons[3]!, /^‖x⁰ − x\*‖: doubled the bound is up to 4\.00 times as large, halved down to 0\.250 times/);
  // What is far above every left side stays above it.
  const loose: Theorem['bound'] = (T, constants) => 100 * convexRate.bound(T, constants);
  const parts = (await check(fileOf({ ...convexRate, bound: loose }, { instances: [huber(2)] }), '-constants')).parts!;
  t.regex(parts[0]!.reason!, /halved it is exceeded by none of these left sides$/);
});

test('‖x − x*‖² of the only minimiser, of the nearest of several and with noise; silent where none is certified', async (t) => {
  const on = (smooth: object, start: number, slopes: readonly number[] = [0]) => ({
    name: `from ${start}`,
    problem: {
      smooth,
      functions: slopes.map((slope) => ({ type: 'linear', coefficients: [slope] })),
      probabilities: slopes.map(() => 1 / slopes.length),
    },
    start: [start],
  });
  const theorem = {
    ...textbook,
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance'],
    schedule: () => ({ step: 0.5, miniBatch: 1 }),
    term: 'squared-distance',
    onlyLast: true,
    bound: () => 2.3,
  };
  const parabola = { type: 'quadratic', curvature: 1, center: 0.75 };
  const instances = [
    on(parabola, 3),
    on({ type: 'piecewise-quadratic', knots: [-1, 0, 1, 2], slopes: [-1, 0, 0, 1] }, 3),
    on({ ...parabola, center: 0 }, 2, [1, -1]),
    on({ type: 'cosine', weight: 1 }, 2),
  ];
  const { rows } = await check(fileOf(theorem, { instances }), '');
  const firsts = rows!.filter(({ iterations }) => iterations === 1);
  // From 3 half of 2.25; to 2.5, which is 1.5 from [0, 1]; from 2 to 1 ± ½.
  for (const [k, expected] of [1.125 ** 2, 2.25, 1.25].entries())
    t.true(Math.abs(firsts[k]!.left - expected) < 1e-9, `${firsts[k]!.instance}: ${firsts[k]!.left}`);
  t.is(firsts[3]!.verdict, 'silent');
  t.regex(firsts[3]!.reason, /^‖x⁰ − x\*‖ is not certified/);
});

test('a step may be tuned by the distance, and has none if it is not certified', async (t) => {
  const schedule: Theorem['schedule'] = (T, { lipschitz, distance }) => ({
    step: Math.min(1 / lipschitz!, distance!.upper / Math.sqrt(T)),
    miniBatch: 1,
  });
  const tuned = { ...convexRate, schedule, hypotheses: ['fixed-bounded-below'], bound: () => 10 };
  const valley = { ...huber(2).problem, smooth: { type: 'cosine', weight: 1 } };
  const found = await check(
    fileOf(tuned, { instances: [huber(2, 1), { name: 'valley', problem: valley, start: [2] }] }),
    '',
  );
  t.deepEqual(
    found.rows!.map(({ step }) => step),
    [1, 1, 0.5, Number.NaN, Number.NaN, Number.NaN].map((step, i) => (i === 2 ? found.rows![2]!.step : step)),
  );
  t.true(Math.abs(found.rows![2]!.step - 0.5) < 1e-12);
  t.regex(found.rows![3]!.reason, /^‖x⁰ − x\*‖ is not certified/);
});

test('a hypothesis of its own sees the start, on given and searched instances', async (t) => {
  // Within 1 of the minimiser, which is 0 of every d here without noise, and with γ = h/L: f(x^T) − f* ≤ L/(4hT + 2).
  const near: OwnHypothesis = {
    id: 'near',
    statement: '‖x⁰‖ ≤ 1 and r is even',
    search: (problem, _points, start) =>
      Math.hypot(...start) > 1 || problem.problem.functions.length > 1
        ? { explanation: `‖x⁰‖ = ${Math.hypot(...start)}` }
        : undefined,
  };
  const schedule: Theorem['schedule'] = (_, { lipschitz }) => ({ step: 1 / (16 * lipschitz!), miniBatch: 1 });
  const bound: Theorem['bound'] = (T, { lipschitz }) => lipschitz! / (T / 4 + 2);
  const local = { ...convexRate, schedule, bound, hypotheses: [...convexRate.hypotheses, near] };
  const given = await check(fileOf(local, { instances: [huber(1, 1 / 9), huber(2)] }), '');
  t.deepEqual(
    given.rows!.map(({ verdict }) => verdict),
    ['holds', 'holds', 'holds', 'silent', 'silent', 'silent'],
  );
  t.is(given.rows![3]!.reason, 'near is violated: ‖x⁰‖ = 2');
  t.is((await check(fileOf(local), '-tightness')).verdict, 'holds');
  // Without it, starts farther out exceed the bound.
  const anywhere = { ...local, hypotheses: convexRate.hypotheses };
  t.is((await check(fileOf(anywhere), '-tightness')).verdict, 'violated');
  const [, , , own] = (await check(fileOf(local), '-hypotheses')).parts!;
  t.regex(own!.reason!, /^needed: left\/bound = /);
});

test('constants are rated by how the bound depends on them, and rates are fitted', async (t) => {
  const { parts, measured } = await check(fileOf(textbook, { instances: [noisy] }), '-constants');
  const reasons = Object.fromEntries(parts!.map(({ name, reason }) => [name, reason!]));
  // Δ = ½ and σ = 1: 2Δ/(γT) = γLσ² at each T, so that σ twice makes 1 + 4 of 2.
  t.regex(reasons['σ']!, /^doubled the bound is up to 2\.50 times as large, halved down to 0\.625 times/);
  t.regex(reasons['L']!, /^doubled the bound is up to 1\.50 times/);
  t.regex(reasons['f(x⁰) − f*']!, /^doubled the bound is up to 1\.50 times/);
  t.true(Math.abs((measured!['rate of the bound'] as number) + 0.5) < 1e-9);
  const left = measured!['rate of the left side'] as number;
  t.true(left < -0.3 && left > -0.8, `${left}`);
});

/** The gap of Nesterov's method at its last iterate, which Huber functions attain. */
const accelerated = (factor: number) => ({
  ...{ id: 'accelerated', statement: 'f(x^T) − f* ≤ 2LD²/(T² + 5T + 6)', objective: 'fixed', onlyLast: true },
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: {
    name: 'nesterov',
    start: (x: Float64Array) => ({ y: Array.from(x), t: 0 }),
    iterate({ problem, step, x, state: { y, t } }: IterationInput<{ y: number[]; t: number }>) {
      const slope = problem.gradient(Float64Array.from(y));
      const next = y.map((entry, i) => entry - step * slope[i]!);
      return { x: next, state: { y: next.map((entry, i) => entry + (t / (t + 3)) * (entry - x[i]!)), t: t + 1 } };
    },
  },
  schedule: (_T: number, { lipschitz }: ScheduleConstants) => ({ step: 1 / lipschitz!, miniBatch: 1 }),
  term: 'objective-gap',
  bound: (T: number, { lipschitz, distance }: TheoremConstants) =>
    (factor * 2 * lipschitz! * distance!.upper ** 2) / (T * T + 5 * T + 6),
});

test('the rounding of 256 iterations refutes no bound that is attained, and 0.99999 of it is refuted', async (t) => {
  const { verdict, rows = [] } = await check(fileOf(accelerated(1)), '-tightness');
  t.is(verdict, 'holds');
  const last = rows.find(({ iterations }) => iterations === 256)!;
  t.true(last.left / last.bound > 1 - 1e-9 && last.leftInterval[1] > last.bound, JSON.stringify(last));
  t.is((await check(fileOf(accelerated(0.99999)), '-tightness')).verdict, 'violated');
});
