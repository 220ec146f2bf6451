import test from 'ava';
import fc from 'fast-check';
import type { Claim } from '../../src/claims/claim.js';
import type { Finding } from '../../src/claims/evidence.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { times } from '../../src/library/testing.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import {
  describeFamily,
  families,
  instanceAt,
  parameterCount,
  quadratics,
} from '../../src/theory/bounds/tightness-search/family.js';
import { evaluate, searchFamily } from '../../src/theory/bounds/tightness-search/search.js';
import { type TightnessSearch, tightnessSearchClaim } from '../../src/theory/bounds/tightness-search/search-claim.js';
import type { BoundInstance, Theorem } from '../../src/theory/theorem/theorem.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem1Sharp } from '../theorem-1/theorem-1-sharp.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem2Sharp } from '../theorem-2/theorem-2-sharp.js';

const check = (claim: Claim, budget = quickBudget()): Promise<Finding> => claim.check(reference, budget);

/** A search of families alone. */
const searchOf = (theorem: Theorem, rest: Partial<TightnessSearch> = {}): Claim =>
  tightnessSearchClaim({
    ...{ id: 'test-search', version: 1, theorem, word: theorem.algorithm === 'spgm' ? '1' : '2' },
    ...{ listed: () => [], listedAt: [] },
    ...rest,
  });

const parabola = { type: 'quadratic', curvature: 1, center: 0 };
const noiseless = (start: number): BoundInstance => ({
  name: 'd = ½x², r = 0',
  problem: { smooth: parabola, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [start],
});

test('every instance of a family has L = 1, noise of mean 0 and numbers of few binary digits', (t) => {
  const point = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      families('any').chain((family) =>
        fc.tuple(
          fc.constant(family),
          fc.constantFrom(1, 4, 16, 64),
          fc.array(point, { minLength: parameterCount(family), maxLength: parameterCount(family) }),
        ),
      ),
      ([family, iterations, parameters]) => {
        const { problem, start } = instanceAt(family, iterations, parameters);
        t.is(parseProblem(problem).lipschitz(1).lipschitz, 1);
        t.is(start.length, family.dimension);
        t.is(problem.functions.length, family.components);
        const slopes = problem.functions.map((entry) => (entry['slope'] ?? start.map(() => 0)) as readonly number[]);
        for (const i of start.keys()) {
          const mean = slopes.reduce((total, slope, k) => total + slope[i]! * problem.probabilities[k]!, 0);
          t.is(mean, 0, 'otherwise f may be unbounded below');
        }
        t.is(
          problem.probabilities.reduce((a, b) => a + b),
          1,
        );
        for (const number of [...start, ...slopes.flat(), ...problem.probabilities])
          t.true(Number.isInteger(number * 2 ** 40));
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('restarts vary shapes, K, n and sgn(0), and a claim says which families it searched', async (t) => {
  const drawn = fc.sample(families('any'), { numRuns: 200, seed: 1 });
  const kinds = (of: (family: (typeof drawn)[number]) => unknown) => new Set(drawn.map(of)).size;
  t.deepEqual(
    [
      kinds((one) => one.smooth),
      kinds((one) => one.regularizer),
      kinds((one) => one.components),
      kinds((one) => one.dimension),
      kinds((one) => one.signOfZero),
    ],
    [5, 3, 3, 2, 4],
  );
  const searched = async (seed: string) =>
    (await check(searchOf(theorem2, { evaluations: 2 }), quickBudget(seed))).parts!.map(({ reason }) =>
      /searched (.*)$/.exec(reason!)![1]!.split('; '),
    );
  const [one, again, other] = [await searched('1'), await searched('1'), await searched('2')];
  t.deepEqual(one, again);
  t.deepEqual(one[0]!.slice(0, 3), quadratics.map(describeFamily));
  t.notDeepEqual(one[0]!.at(-1), one[1]!.at(-1), 'each T has draws of its own');
  t.notDeepEqual(one, other);
});

test('every parameter of a family changes the instance', (t) => {
  for (const components of [1, 2, 3] as const) {
    for (const dimension of [1, 2] as const) {
      const family = { ...quadratics[0]!, components, dimension };
      const count = parameterCount(family);
      const middle = new Array<number>(count).fill(0.4);
      const before = JSON.stringify(instanceAt(family, 4, middle));
      for (let i = 0; i < count; i++) {
        const moved = middle.map((value, j) => (i === j ? 0.6 : value));
        t.not(JSON.stringify(instanceAt(family, 4, moved)), before, `${describeFamily(family)}, parameter ${i}`);
      }
    }
  }
});

test('a ratio is left/bound: in closed form on a parabola without noise', (t) => {
  for (const T of [1, 4, 16, 64]) {
    const root = Math.sqrt(T);
    const decay = 1 - (1 - 1 / root) ** (2 * T);
    // G = x shrinks by 1 − γ; LΔ = x²/2.
    t.true(Math.abs(evaluate(theorem1, noiseless(3), T)!.ratio - (decay * root) / (2 * root - 1)) < 1e-9);
    t.true(Math.abs(evaluate(theorem1Sharp, noiseless(3), T)!.ratio - decay) < 1e-9);
    // |x| shrinks by γ from (T − ½)γ to ½γ.
    const gap = (T - 0.5) ** 2 / (8 * T);
    const { ratio } = evaluate(theorem2, noiseless((T - 0.5) / (2 * root)), T)!;
    t.true(Math.abs(ratio - root / 4 / ((4 / root) * (gap + 1))) < 1e-9);
  }
  const unbounded = {
    ...noiseless(1).problem,
    functions: [{ type: 'linear', coefficients: [1] }],
    smooth: { type: 'huber', weight: 1, threshold: 0.5 },
  };
  t.is(evaluate(theorem1, { ...noiseless(1), problem: unbounded }, 4), undefined, 'f is unbounded below: silent');
});

test('the searches find the known tight instances again, at every T and from any seed', async (t) => {
  // At T = 1 d = ½x² gives x/(4(x²/2 + 1)) and x/(2(x²/2 + ¼)), of which these are the maxima; d = r and n = 2 give more. By Theorem 2♯ no more than ½ and 1.
  const atOne: readonly (readonly [Theorem, number, number])[] = [
    [theorem1, 1, 1],
    [theorem1Sharp, 1, 1],
    [theorem2, Math.SQRT2 / 8, 1 / 2],
    [theorem2Sharp, Math.SQRT1_2, 1],
  ];
  for (const [theorem, known, most] of atOne) {
    const { verdict, parts, rows, worst } = await check(searchOf(theorem), quickBudget('8'));
    t.is(verdict, 'holds', theorem.id);
    t.deepEqual(
      parts!.map(({ name }) => name),
      ['T = 1', 'T = 4'],
    );
    t.true(parts![0]!.worstRatio >= 0.95 * known && parts![0]!.worstRatio <= most * (1 + 1e-9), theorem.id);
    t.is(worst!.ratio, Math.max(...parts!.map(({ worstRatio }) => worstRatio)));
    for (const [k, row] of rows!.entries()) t.true(Math.abs(row.left / row.bound - parts![k]!.worstRatio) < 1e-9);
  }
});

test('a bound whose constant is too small is violated, and the counterexample is judged again from its exact values', async (t) => {
  for (const [theorem, factor] of [
    [theorem1, 1 / 2],
    [theorem1Sharp, 1 / 2],
    [theorem2, 1 / 4],
    [theorem2Sharp, 1 / 2],
    [theorem2Sharp, 0.84],
  ] as const) {
    const claim = searchOf(times(factor)(theorem));
    const { verdict, minimal, rows } = await check(claim);
    t.is(verdict, 'violated', `${factor} of ${theorem.id}`);
    t.true(minimal!.ratio > 1);
    t.true(rows!.some((row) => row.verdict === 'violated'));
    const { part, input } = minimal!;
    const replay = { ...quickBudget(), replayOnly: true, savedCases: () => [{ part, input }] };
    const again = await check(claim, replay);
    t.deepEqual([again.verdict, again.cases, again.minimal?.ratio], ['violated', 1, minimal!.ratio]);
    const repaired = await check(searchOf(theorem), replay);
    t.deepEqual([repaired.verdict, repaired.cases], ['holds', 1]);
  }
});

test('0.4 of a bound is exceeded: of Theorem 2 from T = 64, in one dimension and sooner in two', async (t) => {
  const [line, , plane] = quadratics;
  const largest = async (theorem: Theorem, iterations: number, family = line!) =>
    (await searchFamily({ theorem: times(0.4)(theorem), iterations, family, evaluations: 50 })).tightest!.ratio;
  t.true((await largest(theorem1, 1)) > 1);
  t.true((await largest(theorem1Sharp, 1)) > 1);
  t.true((await largest(theorem2Sharp, 1)) > 1);
  t.true((await largest(theorem2, 64)) > 1);
  t.true((await largest(theorem2, 4, plane)) > (await largest(theorem2, 4)));
});

test('a search that no engine can follow says nothing, and one evaluation is one for each T and family', async (t) => {
  t.is((await check(searchOf(theorem1Sharp, { evaluations: 1 }))).cases, 2 * 4);
  const algorithm: Theorem['algorithm'] = { name: 'coin', iterate: ({ x, random }) => ({ x: x.map(random) }) };
  const blind = await check(searchOf({ ...theorem2, algorithm, onlyLast: true }));
  t.is(blind.verdict, 'not-applicable');
  t.regex(blind.parts![0]!.reason!, /no exact engine/);
  t.is(blind.worst, undefined);
});

test('a search keeps to its budget, and stops when it is aborted', async (t) => {
  const [family] = quadratics;
  const spent = await searchFamily({ theorem: theorem2, iterations: 4, family: family!, evaluations: 7 });
  t.is(spent.evaluations, 7);
  const controller = new AbortController();
  let evaluated = 0;
  const counted: Theorem = {
    ...theorem2,
    bound(...given) {
      evaluated++;
      if (evaluated === 20) setImmediate(() => controller.abort(new Error('stop')));
      // Longer than the event loop may wait.
      const until = performance.now() + 10;
      while (performance.now() < until);
      return theorem2.bound(...given);
    },
  };
  const { signal } = controller;
  const running = searchFamily({ theorem: counted, iterations: 4, family: family!, evaluations: 2000, signal });
  await t.throwsAsync(running, { message: 'stop' });
  t.true(evaluated < 400, `${evaluated}`);
});
