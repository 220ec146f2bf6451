import { readdir } from 'node:fs/promises';
import test from 'ava';
import { localExecutor } from '../executors/replicate-pool.js';
import { successVerdicts } from '../report/record/outcome.js';
import type { Budget, Claim } from './claim.js';
import type { ClaimMutant } from './claim-mutant.js';
import { reference } from './implementation/reference.js';
import { exportedClaims } from './load-claims.js';

/** A quick budget in this process, so that coverage sees every replicate. */
export function quickBudget(seed = '1', depth: Budget['depth'] = 'quick'): Budget {
  return {
    depth,
    seed,
    executor: localExecutor({ workers: 0 }),
    reproduce: (claim) => `signprox verify --claims ${claim}`,
  };
}

/** One test per claim of a registry on the reference, and the tests of the registry itself. */
export function testRegistry(claims: readonly Claim[], directory: URL): void {
  for (const claim of claims) {
    test.serial(claim.id, async (t) => {
      const evidence = await claim.check(reference, quickBudget());
      t.true((claim.expected ?? successVerdicts).includes(evidence.verdict), `${evidence.verdict}: ${evidence.reason}`);
      t.true(evidence.cases > 0, 'a verdict without a case proves nothing');
    });
  }

  test('ids are unique and in kebab case, and every claim says what it states and how it is decided', (t) => {
    t.is(new Set(claims.map(({ id }) => id)).size, claims.length);
    for (const { id, version, statement, method, source } of claims) {
      t.regex(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      t.true(Number.isInteger(version) && version >= 1, id);
      for (const text of [statement, method, source.section]) t.true(text.trim().length > 0, id);
    }
  });

  test('no claim of the ledger is content with a bound that is only not refuted', (t) => {
    for (const { id, expected = [] } of claims) t.false(expected.includes('not-refuted'), id);
  });

  test('every exported claim is in the index', async (t) => {
    const files = (await readdir(directory, { recursive: true })).filter((name) => /^(?!.*\.test\.).*\.js$/.test(name));
    const modules = await Promise.all(files.map((file) => import(new URL(file, directory).href)));
    const exported = [...new Set(modules.flatMap(exportedClaims))];
    t.deepEqual(
      exported.filter((claim) => !claims.includes(claim)).map(({ id }) => id),
      [],
    );
    t.is(exported.length, claims.length);
  });
}

/** One test per wrong claim: its check must give the stated verdict, which the claim does not accept. */
export function testMutants(mutants: readonly ClaimMutant[]): void {
  for (const { claim, wrong, verdict, depth } of mutants) {
    test.serial(`${claim.id}: ${wrong} is ${verdict}`, async (t) => {
      const evidence = await claim.check(reference, { ...quickBudget('1', depth), verdictOnly: true });
      t.is(evidence.verdict, verdict, evidence.reason);
      t.false((claim.expected ?? successVerdicts).includes(verdict));
    });
  }
}
