import { fileURLToPath } from 'node:url';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { theorems } from '../../theorems/index.js';
import type { Evidence } from '../claims/evidence.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { type CheckedClaim, runClaims } from '../claims/run-claims.js';
import { successVerdicts } from '../report/record/outcome.js';
import { loadModule } from './load-module.js';
import { moduleServer } from './module-process.js';
import { openProcess } from './process-implementation.js';
import { startWithoutCoverage } from './processes.test.helper.js';

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string =>
  fileURLToPath(new URL(`../../../fixtures/adapters/javascript/${path}`, import.meta.url));

const claims = [...properties, ...theorems];

startWithoutCoverage();
const honest = await loadModule(fixture('adapter.js'));

/** What the claims find at the module called one case at a time, by seed: both tests read the first. */
const alone = new Map<string, readonly CheckedClaim[]>();

for (const seed of ['1', '2', '3']) {
  test.serial(`the honest implementation passes every claim that applies to it, seed ${seed}`, async (t) => {
    alone.set(seed, await runClaims(claims, honest, quickBudget(seed)));
    for (const { claim, evidence } of alone.get(seed)!) {
      const accepted = [...(claim.expected ?? successVerdicts), 'not-applicable'];
      t.true(accepted.includes(evidence.verdict), `${claim.id}: ${evidence.verdict}: ${evidence.reason}`);
      t.is(evidence.failure, undefined, claim.id);
      t.is(evidence.verdict === 'not-applicable', claim.requires.referenceOnly === true, claim.id);
    }
  });
}

/** What two runs must share: everything but the time they took. */
const timeless = ({ seconds: _, ...evidence }: Evidence): unknown => evidence;

test.serial('a subprocess that answers in batches gives the same evidence as the module', async (t) => {
  t.is(honest.concurrency, undefined);
  const adapter = await openProcess({
    command: ['node', moduleServer, fixture('adapter.js')],
    timeout: 30_000,
    seed: '1',
  });
  // Another process can go on from a memory of this one, and none can from that of the module: more is asked of it.
  const applicable = claims.filter((claim) => claim.requires.referenceOnly !== true && !('memory' in claim));
  const together = new Map(
    (await runClaims(applicable, adapter, quickBudget())).map((checked) => [checked.claim, checked]),
  );
  t.is(together.size, applicable.length);
  for (const { claim, evidence } of alone.get('1')!.filter(({ claim }) => applicable.includes(claim))) {
    t.deepEqual(timeless(together.get(claim)!.evidence), timeless(evidence), claim.id);
  }
  t.is(await adapter.close(), undefined);
});
