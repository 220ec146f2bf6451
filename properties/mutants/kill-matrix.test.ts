import test from 'ava';
import { generatedFunctionTypes } from '../../src/claims/arbitraries/function-specification.js';
import type { KillMatrix } from '../../src/claims/evidence.js';
import { type FunctionMutant, plantDefect } from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim, killMatrix } from './kill-matrix.js';

const dropped = {
  name: 'l1-step-dropped',
  type: 'l1',
  killedBy: 'prox-variational-inequality',
  description: 'the threshold is w',
  prox: ({ weight }: { weight?: number }, _: number, y: number[]) =>
    y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight!, 0)),
};

test('a mutant that is right survives, and the matrix says which', async (t) => {
  const harmless = { ...dropped, name: 'harmless', prox: undefined, change: () => ({}) } as never;
  const { verdict, reason, parts } = await killMatrix([harmless, dropped], quickBudget());
  t.is(verdict, 'violated');
  t.is(reason, 'not caught by the claim named for them: harmless');
  t.deepEqual(
    parts!.map((part) => part.verdict),
    ['violated', 'holds'],
  );
});

test('at deep depth every claim is tried: the wrong step shows to most of them, firmness cannot see it', async (t) => {
  const { matrix, cases } = await killMatrix([dropped], quickBudget('1', 'deep'));
  const [{ caught, missed }] = matrix!.mutants as [KillMatrix['mutants'][number]];
  t.is(cases, matrix!.claims.length);
  t.deepEqual([...caught, ...missed].sort(), [...matrix!.claims].sort());
  for (const seeing of ['prox-variational-inequality', 'eq6-prox', 'prox-unique-minimiser', 'calculus-moreau']) {
    t.true(caught.includes(seeing), seeing);
  }
  for (const blind of [
    'prox-firmly-nonexpansive',
    'prox-cyclically-monotone',
    'inputs-unchanged',
    'function-gradients',
  ]) {
    t.true(missed.includes(blind), blind);
  }
});

test('at standard depth the named claim is tried first, and a few others that the seed draws', async (t) => {
  const rows = await Promise.all(
    ['1', '2', '3', '4'].map(async (seed) => {
      const { matrix } = await killMatrix([dropped], quickBudget(seed, 'standard'));
      return matrix!.mutants[0]!;
    }),
  );
  for (const { caught, missed } of rows) {
    t.is(caught[0], dropped.killedBy);
    t.is(caught.length + missed.length, 3);
  }
  t.true(new Set(rows.map(({ caught, missed }) => [...caught, ...missed].sort().join())).size > 1);
});

test('there are at least forty mutants, with names of their own, under every seed caught by the claim named for them', async (t) => {
  for (const seed of ['2', '3']) {
    const { verdict, reason, parts } = await claim.check(reference, quickBudget(seed));
    t.is(verdict, 'holds', reason);
    t.true(parts!.length >= 40);
    t.is(new Set(parts!.map(({ name }) => name)).size, parts!.length);
  }
});

test('every function of the vocabulary has a mutant, and every claim about functions has one named for it', async (t) => {
  const { mutants } = (await import(new URL('../../../fixtures/mutants/functions/index.js', import.meta.url).href)) as {
    mutants: readonly FunctionMutant[];
  };
  t.deepEqual(
    generatedFunctionTypes.filter((type) => !mutants.some((mutant) => mutant.type === type)),
    [],
  );
  const { matrix } = await killMatrix([], quickBudget());
  t.deepEqual(
    matrix!.claims.filter((id) => !mutants.some(({ killedBy }) => killedBy === id)),
    [],
  );
  t.true(mutants.every(({ killedBy }) => matrix!.claims.includes(killedBy)));
});

test('a defect is planted inside of wrappers too, and nowhere else', async (t) => {
  const implementation = plantDefect(dropped, ['l1', 'scaled']);
  const y = Float64Array.of(3);
  const inner = { type: 'l1', weight: 1 };
  t.is((await implementation.prox(inner, 2, y))[0], 2);
  t.is((await implementation.prox({ type: 'scaled', factor: 2, inner }, 1, y))[0], 2);
  t.is((await implementation.prox({ type: 'l2', weight: 1 }, 2, y))[0], 1);
  const fn = implementation.functionOf!(inner);
  t.is(fn.residual(y, 2)[0], 1);
  t.is(fn.dividedResidual(y, 2, y)[0], 0.5);
  await t.throwsAsync(async () => implementation.prox({ type: 'l7' }, 1, y), { message: /^function: type is "l7"/ });
});
