import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import test from 'ava';
import type { Budget } from '../../src/claims/claim.js';
import { definedMutants, type FunctionMutant, plantDefect } from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { generatedFunctionTypes } from '../../src/judging/arbitraries/function-specification.js';
import { l1, type VocabularyEntry } from '../../src/reference/functions/index.js';
import { claim, judges, typesFor } from './kill-matrix.js';

/** The evidence of the matrix for given mutants. */
const killMatrix = (mutants: readonly FunctionMutant[], budget: Budget) =>
  claim.with(() => ({ planted: () => mutants })).check(reference, budget);

const about = { name: 'l1-step-dropped', type: 'l1', description: 'the threshold is w' } as const;
const dropped = {
  ...about,
  prox: ({ weight }: { weight?: number }, _: number, y: Float64Array) =>
    y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight!, 0)),
};

test('a mutant that no claim finds survives, and the matrix says which claims were tried', async (t) => {
  const harmless = { ...about, name: 'harmless', change: () => ({}) };
  const { verdict, reason, parts, matrix } = await killMatrix([harmless, dropped], quickBudget());
  t.is(verdict, 'violated');
  t.is(reason, 'caught by no claim about functions: harmless');
  const ids = judges.map(({ id }) => id);
  t.deepEqual(
    matrix!.mutants.map(({ caught, missed }) => [caught, missed]),
    [
      [[], ids],
      [['eq6-prox'], []],
    ],
  );
  t.deepEqual(
    parts!.map((part) => part.verdict),
    ['violated', 'holds'],
  );
});

test('the claims about functions are those that docs/add-a-function.md lists', (t) => {
  const page = readFileSync(new URL('../../../docs/add-a-function.md', import.meta.url), 'utf8');
  t.deepEqual(
    [...page.matchAll(/^\| `([a-z0-9-]+)` \| \S/gm)].map(([, id]) => id!),
    judges.map(({ id }) => id),
  );
});

test('at deep depth every claim is tried', async (t) => {
  const { matrix, cases } = await killMatrix([dropped], quickBudget('1', 'deep'));
  t.is(cases, matrix!.claims.length);
  t.like(matrix!.mutants[0], {
    caught: ['eq6-prox'],
    missed: ['function-values', 'function-gradients', 'inputs-unchanged'],
  });
});

test('there are at least forty mutants, with names of their own, each caught under every seed', async (t) => {
  for (const seed of ['2', '3']) {
    const { verdict, reason, parts } = await claim.check(reference, quickBudget(seed));
    t.is(verdict, 'holds', reason);
    t.true(parts!.length >= 40);
    t.is(new Set(parts!.map(({ name }) => name)).size, parts!.length);
  }
});

test('every claim about functions says of a failing case what was returned, and what is right', async (t) => {
  const found = new Map([
    ['eq6-prox', 'l1-step-dropped'],
    ['function-values', 'l1-value-forgets-weight'],
    ['function-gradients', 'huber-gradient-not-clipped'],
    ['inputs-unchanged', 'simplex-sorts-its-input'],
  ]);
  for (const judge of judges) {
    const mutant = definedMutants().find(({ name }) => name === found.get(judge.id))!;
    const { worst } = await judge.check(plantDefect(mutant, typesFor(mutant.type)), {
      ...quickBudget(),
      asFound: true,
    });
    t.regex(worst?.explanation ?? '', /\d/, `${judge.id} on ${mutant.name}`);
    t.notRegex(worst!.explanation!, /undefined|\[object/, judge.id);
  }
});

test('every function of the vocabulary has a mutant', (t) => {
  const mutants = definedMutants();
  const files = readdirSync(new URL('../../../src/reference/functions/', import.meta.url), { recursive: true });
  const without = generatedFunctionTypes.filter((type) => !mutants.some((mutant) => mutant.type === type));
  t.deepEqual(
    without.map((type) => files.find((file) => basename(String(file)) === `${type}.ts`)),
    [],
    'these files of src/reference/functions define a function without `mutants`',
  );
});

test('the wrong forms in a definition are planted like the others: a prox, with its residuals, or a value', async (t) => {
  const { definition, fromJson } = l1;
  const withForms: VocabularyEntry<typeof definition.parameters> = {
    fromJson,
    definition: {
      ...definition,
      mutants: {
        'step-dropped': {
          description: 'the threshold is w',
          prox: ({ weight }, _, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight, 0)),
        },
        'value-doubled': {
          description: 'r(u) = 2w‖u‖₁',
          value: ({ weight }, u) => 2 * weight * u.reduce((sum, v) => sum + Math.abs(v), 0),
        },
      },
    },
  };
  const mutants = definedMutants([withForms]);
  t.deepEqual(
    mutants.map(({ name, type }) => ({ name, type })),
    [
      { name: 'l1-step-dropped', type: 'l1' },
      { name: 'l1-value-doubled', type: 'l1' },
    ],
  );
  const inner = { type: 'l1', weight: 1 };
  const [wrongProx, wrongValue] = mutants.map((mutant) => plantDefect(mutant, ['l1']).functionOf!(inner));
  t.deepEqual([...wrongProx!.prox(Float64Array.of(3), 2)], [2]);
  t.deepEqual([...wrongProx!.dividedResidual(Float64Array.of(3), 2)], [0.5]);
  t.is(wrongProx!.value(Float64Array.of(3)), 3);
  t.is(wrongValue!.value(Float64Array.of(3)), 6);
  t.deepEqual([...wrongValue!.prox(Float64Array.of(3), 2)], [1]);
  const { verdict, matrix } = await killMatrix(mutants, quickBudget());
  t.is(verdict, 'holds');
  t.deepEqual(
    matrix!.mutants.map(({ caught }) => caught),
    [['eq6-prox'], ['function-values']],
  );
});

test('a defect is planted inside of wrappers too, and nowhere else', async (t) => {
  const implementation = plantDefect(dropped, ['l1', 'scaled']);
  const y = Float64Array.of(3);
  const inner = { type: 'l1', weight: 1 };
  t.is((await implementation.ask({ method: 'prox', function: inner, step: 2, x: y })).x[0], 2);
  t.is(
    (await implementation.ask({ method: 'prox', function: { type: 'scaled', factor: 2, inner }, step: 1, x: y })).x[0],
    2,
  );
  t.is((await implementation.ask({ method: 'prox', function: { type: 'l2', weight: 1 }, step: 2, x: y })).x[0], 1);
  const fn = implementation.functionOf!(inner);
  t.is(fn.residual(y, 2)[0], 1);
  t.is(fn.dividedResidual(y, 2, y)[0], 0.5);
  await t.throwsAsync(
    async () => implementation.ask({ method: 'prox', function: { type: 'l7' }, step: 1, x: y }).then(({ x }) => x),
    { message: /^function: type is "l7"/ },
  );
});
