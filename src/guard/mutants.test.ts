import test, { type ExecutionContext } from 'ava';
import type { Claim } from '../claims/claim.js';
import type { Evidence } from '../claims/evidence.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { placedClaims } from '../cli/collections.js';
import { successVerdicts } from '../report/record/outcome.js';
import { wrapModule } from './module-implementation.js';
import { seeds } from './programs.test.helper.js';

/** The files as they are shipped: three levels above the compiled test. */
const fixtures = new URL('../../../fixtures/', import.meta.url);

interface Mutant {
  readonly name: string;
  readonly killedBy: string;
  readonly description: string;
  readonly load: () => unknown;
}

const claims = placedClaims.map(({ claim }) => claim);
const { mutants } = (await import(new URL('mutants/mutants.js', fixtures).href)) as {
  mutants: readonly Mutant[];
};

/**
 * What a claim finds at a mutant: its first counterexample, which is enough to kill. Where none ends the check early, it is made in full,
 * because only that goes on until every category was reached.
 */
async function caught(claim: Claim, mutant: Implementation, seed: string): Promise<Evidence> {
  const judge = async (verdictOnly: boolean): Promise<Evidence> => {
    const [checked] = await runClaims([claim], mutant, { ...quickBudget(seed), verdictOnly });
    return checked!.evidence;
  };
  const first = await judge(true);
  return first.verdict === 'violated' ? first : judge(false);
}

/** It must die under every seed that is asked for: one that shows in few cases of one part could be caught by a lucky one. */
async function mustDie(t: ExecutionContext, mutant: Mutant): Promise<void> {
  const claim = claims.find(({ id }) => id === mutant.killedBy);
  if (claim === undefined) return t.fail(`${mutant.killedBy} is no claim`);
  const implementation = wrapModule(mutant.load(), mutant.name);
  for (const seed of seeds) {
    const { verdict, reason } = await caught(claim, implementation, seed);
    t.is(verdict, 'violated', `seed ${seed}: ${mutant.description}: ${reason}`);
  }
}

test.serial(
  'the library that they are made of passes every claim, so that what kills them is what is wrong',
  async (t) => {
    const { default: library } = (await import(new URL('mutants/library.js', fixtures).href)) as { default: unknown };
    for (const { claim, evidence } of await runClaims(claims, wrapModule(library, 'library'), quickBudget())) {
      const accepted = [...(claim.expected ?? successVerdicts), 'not-applicable'];
      t.true(accepted.includes(evidence.verdict), `${claim.id}: ${evidence.verdict}: ${evidence.reason}`);
      t.is(evidence.verdict === 'not-applicable', claim.requires.referenceOnly === true, claim.id);
    }
  },
);

for (const mutant of mutants) {
  test.serial(`${mutant.name} is caught by ${mutant.killedBy}`, mustDie, mutant);
}

test('every mutant has a unique name and names the claim that catches it', (t) => {
  t.is(new Set(mutants.map(({ name }) => name)).size, mutants.length);
  t.deepEqual(
    mutants.filter(({ killedBy }) => !claims.some(({ id }) => id === killedBy)).map(({ name }) => name),
    [],
  );
  t.true(mutants.length >= 60, `${mutants.length} mutants`);
});
