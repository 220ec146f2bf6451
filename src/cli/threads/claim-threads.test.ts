import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import test from 'ava';
import type { Budget, Claim } from '../../claims/claim.js';
import type { Finding } from '../../claims/evidence.js';
import { reference } from '../../claims/implementation/reference.js';
import { type CheckedClaim, runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { entryModule, loadEntry, readCatalogue } from '../catalogue.js';
import type { FromClaim, ToClaim } from './claim-replicates.js';
import { claimThreads } from './claim-threads.js';
import claimTask from './claim-worker.js';
import { noneTaken } from './spread-pieces.js';

const entries = readCatalogue();
const located = async (id: string) => {
  const entry = entries.find((other) => other.id === id)!;
  return { claim: await loadEntry(entry), module: entryModule(entry) };
};
const budgetOf = (signal: AbortSignal, extra: Partial<Budget> = {}): Budget => ({
  ...{ depth: 'quick', seed: '1', signal },
  executor: localExecutor({ workers: 0 }),
  reproduce: (id) => `again ${id}`,
  ...extra,
});

test('a claim has the same result on a thread, with saved cases and progress', async (t) => {
  const { signal } = new AbortController();
  const threads = await claimThreads(2, signal);
  t.teardown(() => threads.close());
  const saved = [{ part: 'l1', input: 'no case of this version' }];
  const budget = budgetOf(signal, { savedCases: (id) => (id === 'prox-overflow' ? saved : []) });
  const both = await Promise.all(['prox-overflow', 'theorem-2-sharp'].map(located));
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
  t.is(here[0]!.evidence.reproduce, 'again prox-overflow');
});

test('a claim that ends its thread is inconclusive, and the next one has a thread again', async (t) => {
  const { signal } = new AbortController();
  const threads = await claimThreads(1, signal);
  t.teardown(() => threads.close());
  const { claim, module } = await located('prox-overflow');
  const ending = new URL(
    'data:text/javascript,export const claim = { id: "ending", requires: {}, check: () => process.exit(3) };',
  );
  const [ended, next] = await runClaims(
    [threads.apart({ ...claim, id: 'ending' }, ending), threads.apart(claim, module)],
    reference,
    budgetOf(signal),
  );
  t.is(ended!.evidence.verdict, 'inconclusive');
  t.is(ended!.evidence.failure?.kind, 'suite');
  t.is(next!.evidence.verdict, 'holds');
});

/** A claim of four pieces, which are decided by this code with `file` and `planned` in scope; a piece is what the code returns. */
function claimOfPieces(file: string, code: string): URL {
  const pieces = new URL('../../claims/claim-in-pieces.js', import.meta.url).href;
  const source = `
    import { existsSync, writeFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { threadId } from 'node:worker_threads';
    import { claimInPieces } from '${pieces}';
    const file = ${JSON.stringify(file)};
    const until = async (path) => { while (!existsSync(path)) await sleep(5); };
    export const claim = claimInPieces({ id: ${JSON.stringify(basename(file) || 'pieces')}, version: 1, requires: {} }, {
      plan: () => [0, 1, 2, 3],
      async decide(planned) { ${code} },
      conclude: (found) => ({ verdict: 'holds', reason: JSON.stringify(found), cases: 4 }),
    });`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

test('idle threads decide pieces of a claim, which are returned in order', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'signprox-pieces-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const { claim } = await located('prox-overflow');
  const { signal } = new AbortController();
  const found = async (name: string, code: string) => {
    const threads = await claimThreads(2, signal);
    const own = threads.apart({ ...claim, id: name }, claimOfPieces(join(folder, name), code));
    const [{ evidence }] = (await runClaims([own], reference, budgetOf(signal))) as [CheckedClaim];
    await threads.close();
    return evidence;
  };
  // The thread of the claim decides the first piece, and waits for the last one to have been decided.
  const waits = 'if (planned === 0) await until(file); if (planned === 3) writeFileSync(file, "");';
  const { reason } = await found('shared', `${waits} return [planned, threadId];`);
  const pieces = JSON.parse(reason) as [number, number][];
  t.deepEqual(
    pieces.map(([piece]) => piece),
    [0, 1, 2, 3],
  );
  const [own, ...others] = pieces.map(([, thread]) => thread);
  t.is(new Set(others).size, 1);
  t.not(others[0], own);

  // Another thread fails first, at the second piece; the first one fails here, later.
  const late = 'if (planned === 1) { writeFileSync(file, ""); throw new Error("second"); }';
  const first = 'if (planned === 0) { await until(file); throw new Error("first"); }';
  t.is((await found('first', `${first} ${late} return planned;`)).reason, 'first');
  t.is((await found('second', `if (planned === 0) await until(file); ${late} return planned;`)).reason, 'second');

  // Another thread ends with the process that it is for, once: what it was at is decided here.
  const ends = 'if (planned === 1 && !existsSync(file)) { writeFileSync(file, ""); process.exit(3); }';
  t.is((await found('ends', `if (planned === 0) await until(file); ${ends} return planned;`)).reason, '[0,1,2,3]');
});

test('failing parts have the same subjects, cases and commands on another thread', async (t) => {
  const url = (path: string): string => new URL(path, import.meta.url).href;
  const code = `
    import fc from '${import.meta.resolve('fast-check')}';
    import { propertyClaim, propertyPart } from '${url('../../judging/parts/property-claim.js')}';
    const part = (implementation, type) => propertyPart({
      name: type,
      arbitrary: fc.integer({ min: 1, max: 1000 }),
      async judge(y) {
        const { x: [u] } = await implementation.ask({ method: 'prox', function: { type, weight: 1 }, step: 1, x: Float64Array.of(y) });
        return { ratio: y > 500 ? u : u / 1000, explanation: () => 'more than 500' };
      },
    });
    export const claim = propertyClaim({
      id: 'wrong', version: 1, source: { section: 'mine' }, statement: 's', method: 'm', requires: {}, success: 'holds',
      parts: (implementation) => ['l1', 'l2', 'l1', 'linf'].map((type) => part(implementation, type)),
    });`;
  const module = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const { claim } = (await import(module.href)) as { readonly claim: Claim };
  const { signal } = new AbortController();
  const threads = await claimThreads(3, signal);
  t.teardown(() => threads.close());
  const [here] = await runClaims([claim], reference, budgetOf(signal));
  const [apart] = await runClaims([threads.apart(claim, module)], reference, budgetOf(signal));
  t.is(here!.evidence.verdict, 'violated', here!.evidence.reason);
  t.true(here!.evidence.cells!.every(({ failing }) => failing!.length > 0));
  t.deepEqual({ ...apart!.evidence, seconds: 0 }, { ...here!.evidence, seconds: 0 });
});

test('while a claim waits for a thread, no thread decides pieces of another claim', async (t) => {
  const { claim, module } = await located('prox-overflow');
  const { signal } = new AbortController();
  const threads = await claimThreads(2, signal);
  t.teardown(() => threads.close());
  // Both threads have loaded what they need, so that the first piece is long enough for another thread to take some.
  await runClaims([threads.apart(claim, module), threads.apart(claim, module)], reference, budgetOf(signal), {}, 2);
  const slow = claimOfPieces('', 'if (planned === 0) await sleep(1500); return threadId;');
  const pieces = threads.apart({ ...claim, id: 'pieces' }, slow);
  const next = threads.apart(claim, module);
  const [checked] = await runClaims([pieces], reference, budgetOf(signal));
  t.is(new Set(JSON.parse(checked!.evidence.reason) as number[]).size, 1);
  const [last] = await runClaims([next], reference, budgetOf(signal));
  t.is(last!.evidence.verdict, 'holds');
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

test("replicates are computed by the claim's thread, or by all threads if some are idle; the claim gets their errors", async (t) => {
  const { claim, module } = await located('theorem-2-sharp');
  for (const idle of [0, 1]) {
    const { port1, port2: port } = new MessageChannel();
    const asked: string[] = [];
    port1.on('message', (message: FromClaim) => {
      if ('join' in message) port1.postMessage({ pieces: new Map() } satisfies ToClaim);
      if (!('request' in message)) return;
      asked.push('replicates');
      port1.postMessage({ request: message.request, error: 'no thread left' } satisfies ToClaim);
    });
    const found = (await claimTask({
      ...{ id: claim.id, module: module.href, depth: 'quick', seed: '1', reproduce: '', savedCases: [], port },
      ...{ elsewhere: false, idle: Int32Array.of(idle), taken: noneTaken() },
    })) as Finding;
    t.is(asked.length, idle);
    t.is(found.verdict, idle === 0 ? 'holds' : 'inconclusive', claim.id);
    if (idle > 0) t.is(found.reason, 'no thread left');
  }
});
