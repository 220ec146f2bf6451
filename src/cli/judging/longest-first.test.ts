import test from 'ava';
import { loadEntry, readCatalogue } from '../catalogue.js';
import { byDuration, longestClaims } from './longest-first.js';

test('the longest claims come first, the others stay in the order of the ledger', async (t) => {
  const claims = await Promise.all(readCatalogue().map(async (entry) => ({ claim: await loadEntry(entry) })));
  const ids = claims.map(({ claim }) => claim.id);
  t.deepEqual(
    byDuration(claims, ({ claim }) => claim.id).map(({ claim }) => claim.id),
    [...longestClaims, ...ids.filter((id) => !longestClaims.includes(id))],
    'every id of the list is that of a claim',
  );
});
