import test from 'ava';
import { loadEntry, readCatalogue, readGuardCatalogue } from './catalogue.js';
import { claimMutants } from './claim-mutants.js';
import { placedClaims } from './collections.js';

const claims = placedClaims.map(({ claim }) => claim);

test('the catalogue has all claims in order, and each entry loads its claim', async (t) => {
  const loaded = await Promise.all(readCatalogue().map(loadEntry));
  t.is(loaded.length, claims.length);
  loaded.forEach((claim, k) => void t.is(claim, claims[k]!, claims[k]!.id));
});

test('an entry has the metadata of its claim, and every mutant that the claim finds', async (t) => {
  const mutants = await claimMutants();
  // What is told for `explain` is held to the claims by its own test.
  const words = [
    'collection',
    'module',
    'method',
    'machineChecked',
    'lines',
    'expected',
    'counterexamples',
    'hypotheses',
    'certified',
  ];
  for (const [k, { mutants: listed, ...entry }] of readCatalogue().entries()) {
    const { id, version, source, statement, requires, judgesFunctions, sumsUp, counterexampleTo } = claims[k]!;
    const facts = Object.fromEntries(Object.entries(entry).filter(([name]) => !words.includes(name)));
    t.deepEqual(facts, {
      ...{ id, version, source, statement, requires },
      ...(judgesFunctions && { judgesFunctions }),
      ...(sumsUp && { sumsUp }),
      ...(counterexampleTo && { counterexampleTo }),
    });
    const own = mutants.filter(({ claim }) => claim === id);
    t.deepEqual(
      listed,
      own.map(({ wrong, verdict }) => ({ wrong, verdict })),
    );
  }
});

test('other implementations are checked by the claims that need no reference', (t) => {
  const asked = claims.filter(({ requires }) => requires.referenceOnly !== true).map(({ id }) => id);
  t.deepEqual(
    readGuardCatalogue().map(({ id }) => id),
    asked,
  );
});
