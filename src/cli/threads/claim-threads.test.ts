import { MessageChannel } from 'node:worker_threads';
import test from 'ava';
import { theoremModule } from '../../../theorems/theorem-module.js';
import type { Budget } from '../../claims/claim.js';
import { reference } from '../../claims/implementation/reference.js';
import { runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { entryModule, loadEntry, readCatalogue } from '../catalogue.js';
import { claimThreads } from './claim-threads.js';
import checkClaim from './claim-worker.js';

const entries = readCatalogue();
const located = async (id: string) => {
  const entry = entries.find((other) => other.id === id)!;
  return { claim: await loadEntry(entry), module: entryModule(entry) };
};
const budgetOf = (signal: AbortSignal, extra: Partial<Budget> = {}): Budget => ({
  ...{ depth: 'quick', seed: '1', theoremModule, signal },
  executor: localExecutor({ workers: 0 }),
  reproduce: (id) => `again ${id}`,
  ...extra,
});

test('a claim finds on a thread what it finds here, saved cases and progress included', async (t) => {
  const { signal } = new AbortController();
  const threads = await claimThreads(2, signal);
  t.teardown(() => threads.close());
  const saved = [{ part: 'l1', input: 'no case of this version' }];
  const budget = budgetOf(signal, { savedCases: (id) => (id === 'prox-sets' ? saved : []) });
  const both = await Promise.all(['prox-sets', 'theorem-2-sharp', 'theorem-1-sharp-tightness-search'].map(located));
  const progress: string[] = [];
  const apart = await runClaims(
    both.map(({ claim, module }) => threads.apart(claim, module)),
    reference,
    budget,
    { progress: ({ id }, message) => progress.push(`${id}: ${message}`) },
    2,
  );
  const here = await runClaims(
    both.map(({ claim }) => claim),
    reference,
    budget,
  );
  const withoutTime = (checked: typeof here) => checked.map(({ evidence }) => ({ ...evidence, seconds: 0 }));
  t.deepEqual(withoutTime(apart), withoutTime(here));
  t.true(progress.some((line) => line.startsWith('theorem-2-sharp: ')));
  t.is(here[0]!.evidence.reproduce, 'again prox-sets');
});

test('a claim that ends its thread is inconclusive, and the next one has a thread again', async (t) => {
  const { signal } = new AbortController();
  const threads = await claimThreads(1, signal);
  t.teardown(() => threads.close());
  const { claim, module } = await located('prox-sets');
  const ending = new URL('data:text/javascript,export const claim = { requires: {}, check: () => process.exit(3) };');
  const [ended, next] = await runClaims(
    [threads.apart({ ...claim, id: 'ending' }, ending), threads.apart(claim, module)],
    reference,
    budgetOf(signal),
  );
  t.is(ended!.evidence.verdict, 'inconclusive');
  t.is(ended!.evidence.failure?.kind, 'suite');
  t.is(next!.evidence.verdict, 'holds');
});

test('an abort ends the threads at once', async (t) => {
  const controller = new AbortController();
  const threads = await claimThreads(1, controller.signal);
  t.teardown(() => threads.close());
  const { claim, module } = await located('theorem-2');
  const running = runClaims([threads.apart(claim, module)], reference, {
    ...budgetOf(controller.signal),
    depth: 'deep',
  });
  setTimeout(() => controller.abort(), 50);
  await t.throwsAsync(running, { any: true, name: 'AbortError' });
});

test('replicates are computed by the claim itself, and by all threads where some are idle; an error is that of the claim', async (t) => {
  const { claim, module } = await located('theorem-2-sharp');
  for (const idle of [0, 1]) {
    const { port1, port2: port } = new MessageChannel();
    const asked: string[] = [];
    port1.on('message', (message: { progress?: string; request?: number }) => {
      if (message.request === undefined) return;
      asked.push('replicates');
      port1.postMessage({ request: message.request, error: 'no thread left' });
    });
    const found = await checkClaim({
      ...{ module: module.href, depth: 'quick', seed: '1', reproduce: '', savedCases: [], port },
      ...{ elsewhere: false, idle: Int32Array.of(idle) },
    });
    t.is(asked.length, idle);
    t.is(found.verdict, idle === 0 ? 'holds' : 'inconclusive', claim.id);
    if (idle > 0) t.is(found.reason, 'no thread left');
  }
});
