import test from 'ava';
import type { SavedCase } from '../../src/claims/claim.js';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { differenceTolerance } from '../../src/judging/judges/declared-accuracy.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../src/reference/functions/index.js';
import { properties } from '../index.js';
import { composed, type Prox } from './composed.test.helper.js';

type Perturbation = (u: Float64Array, y: Float64Array) => Float64Array;

/** An error of `relative`|u_i| an entry, of a sign that depends on u. */
const entrywise =
  (relative: number): Perturbation =>
  (u) =>
    u.map((value, i) => value + (Math.sin(1000 * value + i) > 0 ? relative : -relative) * Math.abs(value));

/** An error of `relative`‖y‖ in the first entry. */
const normwise =
  (relative: number): Perturbation =>
  (u, y) =>
    u.map((value, i) => (i === 0 ? value + relative * Math.hypot(...y) : value));

/** The reference with log-cosh by iterations: alone, translated, and in problems with d = zero. */
function iterative(perturbed: Perturbation): Implementation {
  const prox: Prox = async (specification, step, y) => {
    const { type, shift, inner } = specification as FunctionSpecification & {
      readonly shift: readonly number[];
      readonly inner: FunctionSpecification;
    };
    if (type === 'translated') {
      const moved = await prox(
        inner,
        step,
        y.map((value, i) => value - shift[i]!),
      );
      return moved.map((value, i) => value + shift[i]!);
    }
    const exact = (await reference.ask({ method: 'prox', function: specification, step, x: y })).x;
    return type === 'log-cosh' ? perturbed(exact, y) : exact;
  };
  return otherLibrary(
    {
      ...{ methods: ['prox', 'step'], functions: ['log-cosh', 'translated'], smooth: ['zero'] },
      ...{ algorithms: ['spgm', 'sign-prox'], accuracy: { 'log-cosh': 1e-6 } },
    },
    { ...composed(prox), prox: async ({ function: r, step, x }) => ({ x: await prox(r, step, x) }) },
  );
}

for (const id of ['eq6-prox', 'algorithm-1-spgm', 'algorithm-2-sign-prox']) {
  const claim = properties.find((each) => each.id === id)!;
  test.serial(`${id}: an error within the declared accuracy is none, also in wrappers and problems`, async (t) => {
    for (const seed of ['1', '2']) {
      const evidence = await claim.check(iterative(entrywise(0.9e-6)), quickBudget(seed));
      t.is(evidence.verdict, 'holds', `${evidence.reason}: ${evidence.worst?.explanation}`);
    }
  });
}

for (const id of ['eq6-prox', 'algorithm-1-spgm']) {
  const claim = properties.find((each) => each.id === id)!;
  test.serial(`${id}: ten times the declared accuracy is an error`, async (t) => {
    const { parts } = await claim.check(iterative(entrywise(1e-5)), { ...quickBudget(), verdictOnly: true });
    t.is(parts!.find(({ name }) => name === (id === 'eq6-prox' ? 'log-cosh' : 'd = zero'))!.verdict, 'violated');
  });
}

/** x₀ − P̂(x)₀ is about x₀, and ‖x‖ = 4. */
const nearTie = (part: string, first: number): SavedCase => ({
  part,
  input: encodeExact({
    problem: {
      smooth: { type: 'zero' },
      functions: [{ type: 'log-cosh', weight: 1, scale: 1 }],
      probabilities: [1],
    },
    step: 1,
    x: Float64Array.of(first, 4),
    indices: [0],
  }),
});

for (const [id, part] of [
  ['algorithm-2-sign-prox', 'd = zero'],
  ['remark-one-bit', 'the update is a function of n bits'],
] as const) {
  const claim = properties.find((each) => each.id === id)!;
  test.serial(`${id}: either sign where the declared accuracy leaves it open, and nowhere else`, async (t) => {
    const judged = async (relative: number, first: number) => {
      const implementation = iterative(normwise(relative));
      const description = { ...implementation.description, smooth: ['zero', 'quadratic'] };
      return claim.check(
        { ...implementation, description },
        { ...quickBudget(), savedCases: () => [nearTie(part, first)], replayOnly: true },
      );
    };
    t.is((await judged(0.9e-6, 2 ** -20)).parts!.find(({ name }) => name === part)!.verdict, 'holds');
    t.is((await judged(1e-4, 2 ** -14)).parts!.find(({ name }) => name === part)!.verdict, 'violated');
  });
}

test.serial('function-values: the value of an envelope inherits what is declared for the prox inside', async (t) => {
  const claim = properties.find((each) => each.id === 'function-values')!;
  const library = (relative: number) =>
    otherLibrary(
      { methods: ['value'], functions: ['log-cosh', 'moreau-envelope'], accuracy: { 'log-cosh': 1e-6 } },
      {
        async value(question, own) {
          const { value } = await own(question);
          return { value: question.function.type === 'moreau-envelope' ? value * (1 + relative) : value };
        },
      },
    );
  t.is((await claim.check(library(1e-6), quickBudget())).verdict, 'holds');
  t.is((await claim.check(library(1e-2), { ...quickBudget(), verdictOnly: true })).verdict, 'violated');
});

test('x − P formed from ∇r_k at an inexact prox carries the error that ∇r_k makes of it', (t) => {
  const logistic = { type: 'logistic', weight: 4 };
  const problem = { smooth: { type: 'zero' }, functions: [logistic], probabilities: [1] };
  const x = Float64Array.of(-0.0625);
  const description = { ...reference.description, accuracy: { logistic: 1e-6 } };
  const { declared } = differenceTolerance({ ...reference, description }, problem, 4, x);
  const r = parseFunction(logistic);
  const differenceAt = (relative: number): number => {
    const u = r.prox(x, 4).map((value) => value * (1 + relative));
    return Math.abs(4 * r.gradient!(u)[0]! - (x[0]! - r.prox(x, 4)[0]!));
  };
  t.true(differenceAt(0.9e-6) <= declared && differenceAt(0.9e-6) > declared / 10);
  t.true(differenceAt(1e-4) > declared);
});
