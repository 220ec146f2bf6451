import test from 'ava';
import { reference } from '../claims/implementation/reference.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { claimMutants } from './claim-mutants.js';
import { placedClaims } from './collections.js';

const ledger = placedClaims.map(({ claim }) => claim);

/** What is told and never failed: nothing that it could be told wrong is a wrong verdict. `declared-is-judged.test.ts` has the second. */
const neverFailed = ['conventions', 'declared-is-judged'];

test('every claim has a mutant that it finds', async (t) => {
  const caught = new Set((await claimMutants()).map(({ claim }) => claim));
  for (const { id } of ledger.filter((claim) => !neverFailed.includes(claim.id))) {
    t.true(
      caught.has(id),
      `nothing shows that ${id} can fail: add a wrong version of it to theorems/mutants or properties/mutants, or an implementation that it catches to fixtures/mutants`,
    );
  }
});

test('every mutant belongs to a claim, and no two of a claim have the same description', async (t) => {
  const mutants = await claimMutants();
  const ids = new Set(ledger.map(({ id }) => id));
  t.deepEqual(
    mutants.filter(({ claim }) => !ids.has(claim)),
    [],
  );
  for (const id of ids) {
    const own = mutants.filter(({ claim }) => claim === id).map(({ wrong }) => wrong);
    t.is(new Set(own).size, own.length, `${id}: ${own.join('; ')}`);
  }
});

test('a convention that differs from the declared one is reported', async (t) => {
  const { conventions, ...description } = reference.description;
  const declared = {
    ...reference,
    description: { ...description, conventions: { ...conventions, signOfZero: 'positive' as const } },
  };
  const claim = ledger.find(({ id }) => id === 'conventions')!;
  const { verdict, reason } = await claim.check(declared, quickBudget());
  t.is(verdict, 'illustrated');
  t.regex(reason, /^sgn\(0\): zero \(declared positive\)/);
});
