import test from 'ava';
import { reference } from '../claims/implementation/reference.js';
import { localExecutor } from '../executors/replicate-pool.js';
import { wrapModule } from '../guard/module-implementation.js';
import { boundClaim } from '../theory/bounds/bound-claim.js';
import { matchedQuadratics, spgmRate } from '../theory/theorem/example-theorems.test.helper.js';
import { createBudget } from './budget.js';
import { checkClaims, type Register } from './check-claims.js';
import { judge } from './judge.js';

const theorems = [
  boundClaim({ id: 'spgm-rate', version: 1, theorem: spgmRate, method: 'sampling', instances: [matchedQuadratics] }),
];

const description = {
  ...{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: ['prox'] },
  ...{ functions: ['l1'], smooth: [], algorithms: [] },
  conventions: { signOfZero: 'unknown', halfInSquaredNorm: true },
};

/** A library of the prox of l1, which forgets its step where that is asked for. */
const library = (forgetful: boolean) =>
  wrapModule(
    {
      describe: () => description,
      prox: ({ weight }: { weight: number }, step: number, y: readonly number[]) =>
        y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - (forgetful ? 1 : step) * weight, 0)),
    },
    'mine',
  );

/** The tests that are added, by title. */
function added(add: (register: Register) => void): Map<string, (context?: unknown) => Promise<void>> {
  const tests = new Map<string, (context?: unknown) => Promise<void>>();
  add((title, run) => tests.set(title, run));
  return tests;
}

test('a test for each claim that applies, in the words of its statement', (t) => {
  const titles = [...added((register) => checkClaims(register, library(false), { also: theorems })).keys()];
  t.true(
    titles.some((title) => title.startsWith('eq6-prox: prox_{γr}(y) is ')),
    titles.join('\n'),
  );
  t.false(
    titles.some((title) => title.startsWith('theorem-1')),
    'it has no algorithm',
  );
});

test('a right library passes, a wrong one fails with the smallest counterexample and a command to reproduce it', async (t) => {
  const run = (forgetful: boolean) =>
    [...added((register) => checkClaims(register, library(forgetful), { claims: 'eq6-prox' })).values()][0]!;
  await t.notThrowsAsync(() => run(false)());
  const error = await t.throwsAsync(() => run(true)());
  t.regex(
    error!.message,
    /^violated: .+\nprox of l1: wrong\n {2}prox of l1.* at y = .*: returned .*, right is .*\nreproduce: claims 'eq6-prox', depth 'quick', seed '1'$/,
  );
});

test('the test framework gets a pass, or a skip for a claim that does not apply', async (t) => {
  const [run] = added((register) => checkClaims(register, library(false), { claims: 'eq6-prox' })).values();
  const told: string[] = [];
  await run!({ pass: () => told.push('pass') });
  t.deepEqual(told, ['pass']);
  const refusing = {
    ...reference,
    description: { ...reference.description, functions: ['l1'], smooth: [], algorithms: [] },
  };
  const skips = [...added((register) => checkClaims(register, refusing, { claims: 'function-*' })).values()];
  const reasons: string[] = [];
  for (const each of skips) await each({ skip: (reason: string) => reasons.push(reason) });
  t.true(reasons.length > 0 && reasons.every((reason) => reason.length > 10), reasons.join('\n'));
});

test('a wrong option is reported at once', async (t) => {
  const check = (options: Parameters<typeof checkClaims>[2]) => () =>
    checkClaims(() => undefined, library(false), options);
  t.throws(check({ claims: 'eq5-prox' }), { message: 'no claim matches "eq5-prox" (did you mean eq6-prox?)' });
  t.throws(check({ claims: 'spgm-rate', also: theorems }), { message: /^no claim applies to mine: / });
  t.throws(check({ seed: 'a b' }), { message: /^a seed is .*, got "a b"$/ });
  const misspelt = (option: string) => check({ [option]: 'quick' } as object);
  const thrown = {
    instanceOf: TypeError,
    message: /^there is no option "detph" \(did you mean depth\?\): the options of /,
  };
  t.throws(misspelt('detph'), thrown);
  t.throws(misspelt('claim'), {
    instanceOf: TypeError,
    message: /"claim" \(did you mean claims\?\): .* of checkClaims /,
  });
  await t.throwsAsync(judge(library(false), { detph: 'quick' } as object), thrown);
  t.throws(() => createBudget({ detph: 'quick' } as object), thrown);
  t.throws(() => localExecutor({ worker: 1 } as object), { instanceOf: TypeError, message: /did you mean workers/ });
  t.throws(check({ depth: 'deeper' as 'deep' }), { message: 'a depth is quick, standard, deep, got "deeper"' });
});

test('by subjects there is a test for each function and method, and only the wrong one fails', async (t) => {
  const two = (forgetful: boolean) =>
    wrapModule(
      {
        describe: () => ({ ...description, methods: ['prox', 'value'], functions: ['squared-l2', 'l1'] }),
        prox: ({ type, weight }: { type: string; weight: number }, step: number, y: readonly number[]) =>
          y.map((v) =>
            type === 'l1'
              ? Math.sign(v) * Math.max(Math.abs(v) - (forgetful ? 1 : step) * weight, 0)
              : v / (1 + step * weight),
          ),
        value: ({ type, weight }: { type: string; weight: number }, x: readonly number[]) =>
          x.reduce((sum, v) => sum + (type === 'l1' ? weight * Math.abs(v) : (weight / 2) * v * v), 0),
      },
      'mine',
    );
  const claims = 'eq6-prox,function-values';
  const failing = async (forgetful: boolean) => {
    const failed: string[] = [];
    const tests = added((register) => checkClaims(register, two(forgetful), { claims, by: 'subjects' }));
    for (const [title, run] of tests) {
      await run().catch(({ message }: Error) => failed.push(`${title}: ${message}`));
    }
    return { titles: [...tests.keys()].sort(), failed };
  };
  const titles = ['claims about no subject', 'prox of l1', 'prox of squared-l2', 'value of l1', 'value of squared-l2'];
  t.deepEqual(await failing(false), { titles, failed: [] });
  const { failed, ...wrong } = await failing(true);
  t.deepEqual(wrong, { titles });
  t.is(failed.length, 1, failed.join('\n'));
  t.regex(failed[0]!, /^prox of l1: prox of l1: wrong\n {2}prox of l1.* at y = .*: returned .*, right is /);
  t.throws(() => checkClaims(() => undefined, two(false), { by: 'subject' as 'subjects' }), {
    instanceOf: RangeError,
    message: "by is 'subject': give 'claims' or 'subjects'",
  });
});
