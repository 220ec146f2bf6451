import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import test from 'ava';
import type { Budget } from '../../src/claims/claim.js';
import type { KillMatrix } from '../../src/claims/evidence.js';
import { definedMutants, type FunctionMutant, plantDefect } from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { generatedFunctionTypes } from '../../src/judging/arbitraries/function-specification.js';
import { functionClaims } from '../../src/reference/functions/definition/define-function.js';
import { l1, type VocabularyEntry } from '../../src/reference/functions/index.js';
import { claim, judges, kills, typesFor } from './kill-matrix.js';

/** The evidence of the matrix for given mutants. */
const killMatrix = (mutants: readonly FunctionMutant[], budget: Budget) =>
  claim.with(() => ({ planted: () => mutants })).check(reference, budget);

const about = {
  name: 'l1-step-dropped',
  type: 'l1',
  killedBy: 'prox-variational-inequality',
  description: 'the threshold is w',
} as const;
const dropped = {
  ...about,
  prox: ({ weight }: { weight?: number }, _: number, y: Float64Array) =>
    y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight!, 0)),
};

test('a mutant that its claim misses survives, and the matrix says which claims catch it', async (t) => {
  const harmless = { ...about, name: 'harmless', change: () => ({}) };
  const misnamed: FunctionMutant = { ...dropped, name: 'misnamed', killedBy: 'prox-firmly-nonexpansive' };
  const { verdict, reason, parts, matrix } = await killMatrix([harmless, misnamed, dropped], quickBudget());
  t.is(verdict, 'violated');
  const [right, wrong] = matrix!.mutants;
  t.is(
    reason,
    'not caught by the claim named for them: harmless (missed by prox-variational-inequality, caught by no claim about functions), ' +
      `misnamed (missed by prox-firmly-nonexpansive, caught by ${wrong!.caught.join(', ')})`,
  );
  t.deepEqual([right!.caught, right!.missed.length], [[], judges.length]);
  for (const claims of ['prox-variational-inequality', 'eq6-prox']) t.true(wrong!.caught.includes(claims), claims);
  t.deepEqual(
    parts!.map((part) => part.verdict),
    ['violated', 'violated', 'holds'],
  );
});

test('a wrong form names one of the claims about functions, and docs/add-a-function.md lists these', (t) => {
  t.deepEqual(
    judges.map(({ id }) => id),
    [...functionClaims],
  );
  const page = readFileSync(new URL('../../../docs/add-a-function.md', import.meta.url), 'utf8');
  t.deepEqual(
    [...page.matchAll(/^\| `([a-z0-9-]+)` \| \S/gm)].map(([, id]) => id!),
    [...functionClaims],
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

test('a claim that is named for a mutant does not depend on luck: with the fewest cases it misses it in a quarter of the runs at most', async (t) => {
  const seeds = Array.from({ length: 12 }, (_, k) => String(k + 1));
  const missed = new Map<string, number>();
  for (const mutant of definedMutants()) {
    const judge = judges.find(({ id }) => id === mutant.killedBy)!;
    for (const seed of seeds) {
      if (await kills(judge, mutant, 'quick', quickBudget(seed))) continue;
      missed.set(mutant.name, (missed.get(mutant.name) ?? 0) + 1);
    }
  }
  t.deepEqual(
    [...missed].filter(([, runs]) => runs > seeds.length / 4),
    [],
  );
});

test('every claim about functions says of a failing case what was returned, and what is right', async (t) => {
  const mutants = definedMutants();
  for (const judge of judges) {
    const mutant = mutants.find(({ killedBy }) => killedBy === judge.id)!;
    const { worst } = await judge.check(plantDefect(mutant, typesFor(mutant, judge)), {
      ...quickBudget(),
      asFound: true,
    });
    t.regex(worst?.explanation ?? '', /\d/, `${judge.id} on ${mutant.name}`);
    t.notRegex(worst!.explanation!, /undefined|\[object/, judge.id);
  }
});

test('every function of the vocabulary has a mutant, and every claim about functions has one named for it', async (t) => {
  const mutants = definedMutants();
  const files = readdirSync(new URL('../../../src/reference/functions/', import.meta.url), { recursive: true });
  const without = generatedFunctionTypes.filter((type) => !mutants.some((mutant) => mutant.type === type));
  t.deepEqual(
    without.map((type) => files.find((file) => basename(String(file)) === `${type}.ts`)),
    [],
    'these files of src/reference/functions define a function without `mutants`',
  );
  const { matrix } = await killMatrix([], quickBudget());
  t.deepEqual(
    matrix!.claims.filter((id) => !mutants.some(({ killedBy }) => killedBy === id)),
    [],
  );
  t.true(mutants.every(({ killedBy }) => matrix!.claims.includes(killedBy)));
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
          killedBy: 'prox-variational-inequality',
          prox: ({ weight }, _, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight, 0)),
        },
        'value-doubled': {
          description: 'r(u) = 2w‖u‖₁',
          killedBy: 'function-values',
          value: ({ weight }, u) => 2 * weight * u.reduce((sum, v) => sum + Math.abs(v), 0),
        },
      },
    },
  };
  const mutants = definedMutants([withForms]);
  t.deepEqual(
    mutants.map(({ name, type, killedBy }) => ({ name, type, killedBy })),
    [
      { name: 'l1-step-dropped', type: 'l1', killedBy: 'prox-variational-inequality' },
      { name: 'l1-value-doubled', type: 'l1', killedBy: 'function-values' },
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
    [['prox-variational-inequality'], ['function-values']],
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
