import { createHash } from 'node:crypto';
import test from 'ava';
import { deriveSeed } from './seed.js';

test('the seed of a part is the first 32 bits, with their sign, of the SHA-256 of Node', (t) => {
  const seeds = Array.from({ length: 100 }, (_, version) => deriveSeed('7', 'eq6-prox', version, 'γ'.repeat(version)));
  t.deepEqual(
    seeds,
    seeds.map((_, version) =>
      createHash('sha256')
        .update(`v1|7|eq6-prox|${version}|${'γ'.repeat(version)}`)
        .digest()
        .readInt32BE(0),
    ),
  );
  t.true(seeds.some((seed) => seed < 0) && seeds.some((seed) => seed > 0));
});
