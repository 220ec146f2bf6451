import test from 'ava';
import { loadEntry, readCatalogue } from '../catalogue.js';
import { byDuration, longestAlone, longestClaims } from './longest-first.js';

test('the longest claims come first, the others stay in the order of the ledger', async (t) => {
  const claims = await Promise.all(readCatalogue().map(async (entry) => ({ claim: await loadEntry(entry) })));
  const ids = claims.map(({ claim }) => claim.id);
  for (const [depth, longest] of [
    ['standard', longestClaims],
    ['deep', longestAlone],
  ] as const) {
    t.deepEqual(
      byDuration(claims, ({ claim }) => claim.id, depth).map(({ claim }) => claim.id),
      [...longest, ...ids.filter((id) => !longest.includes(id))],
      'every id of the list is that of a claim',
    );
  }
});
