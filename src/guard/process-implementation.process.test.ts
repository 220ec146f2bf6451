import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { ImplementationError, UnsupportedError } from '../claims/implementation/implementation.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { directory } from '../cli/run-directory.test.helper.js';
import { l1, prox, value } from './ask.test.helper.js';
import { moduleServer } from './module-process.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from './process-implementation.js';
import { leftBehind, startWithoutCoverage } from './processes.test.helper.js';
import { limiter } from './programs.test.helper.js';
import type { WireMethod } from './protocol/replies.js';
import { requestSchemas } from './protocol/wire-schemas.js';
import { AdapterFailure, CommandError } from './supervisor/failures.js';

/** The files as they are shipped: three levels above the compiled test. */
const fixtures = new URL('../../../fixtures/adapters/', import.meta.url);
const fixture = (path: string): string => fileURLToPath(new URL(path, fixtures));
const serve = ['node', moduleServer, fixture('../mutants/library.js')];
const turn = limiter(3);

startWithoutCoverage();
const patient = 20_000;

/** An adapter made of the honest one and some lines of script. */
const script = (body: string): string[] => [
  ...['node', '--input-type=module', '-e'],
  `import { decode, hello, honest, serve } from ${JSON.stringify(new URL('zoo/honest.mjs', fixtures).href)};\n${body}`,
];

async function withAdapter(
  command: readonly string[],
  options: Partial<ProcessOptions>,
  use: (adapter: ProcessImplementation) => Promise<void>,
): Promise<void> {
  await turn(async () => {
    const adapter = await openProcess({ command, timeout: patient, seed: '1', ...options });
    try {
      await use(adapter);
    } finally {
      await adapter.close();
    }
  });
}

const failureOf = async (t: ExecutionContext, call: Promise<unknown>): Promise<ImplementationError> =>
  (await t.throwsAsync(call, { instanceOf: ImplementationError }))!;

test('calls made at once are answered in batches, each with its own answer', (t) =>
  withAdapter(serve, {}, async (adapter) => {
    const inputs = Array.from({ length: 700 }, (_, i) => i - 350);
    const outputs = await Promise.all(inputs.map((x) => prox(adapter, x)));
    t.deepEqual(
      outputs.map(([u]) => u),
      inputs.map((x) => Math.sign(x) * Math.max(Math.abs(x) - 0.5, 0)),
    );
  }));

test('every method is asked and answered', (t) =>
  withAdapter(serve, {}, async (adapter) => {
    const problem = {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [l1, { type: 'zero' }],
      probabilities: [0.5, 0.5],
    };
    const x = Float64Array.of(4, -0);
    const one = { problem, step: 0.5, x, indices: [0, 0] };
    const cosine = { type: 'cosine', weight: 1 };
    const zero = Float64Array.of(0);
    const gradient = async (of: { type: string; weight: number }, at: Float64Array) =>
      (await adapter.ask({ method: 'gradient', function: of, x: at })).x;
    t.is(await value(adapter, x), 2);
    t.is((await adapter.ask({ method: 'value', function: cosine, x: zero })).value, 0);
    t.deepEqual(await gradient({ type: 'squared-l2', weight: 2 }, x), Float64Array.of(8, -0));
    t.deepEqual([...(await gradient(cosine, zero))], [0]);
    t.is((await adapter.ask({ method: 'step', algorithm: 'spgm', ...one })).x[0], 1.75);
    const run = await adapter.ask({ method: 'run', algorithm: 'spgm', ...one, indices: [[0], [1]] });
    t.deepEqual([run.x[0], run.trajectory!.map(([first]) => first)], [0.875, [1.75, 0.875]]);
    t.deepEqual((await adapter.ask({ method: 'sample', probabilities: [1, 0], count: 5, seed: 3 })).counts, [5, 0]);
  }));

test('nonfinite means not offered if x is not finite, and an error if it is', (t) =>
  withAdapter(
    script(`
      serve({
        answers: { prox: () => ({}), value: () => ({}) },
        send({ id, ok }, { method }) {
          const error = { code: 'nonfinite', message: 'not finite' };
          const refused = method === 'prox' || method === 'value';
          process.stdout.write(JSON.stringify(refused ? { id, error } : { id, ok }) + '\\n');
        },
      });`),
    {},
    async (adapter) => {
      await t.throwsAsync(value(adapter, Float64Array.of(1, Number.NaN)), { instanceOf: UnsupportedError });
      await t.throwsAsync(prox(adapter, Number.POSITIVE_INFINITY), { instanceOf: UnsupportedError });
      t.is((await failureOf(t, value(adapter, 1))).code, 'nonfinite');
    },
  ));

test('an error reply keeps its code and does not end the process', (t) =>
  withAdapter(serve, { incident: () => t.fail('no process is lost') }, async (adapter) => {
    const gradient = adapter.ask({ method: 'gradient', function: l1, x: Float64Array.of(1) });
    await t.throwsAsync(gradient, { instanceOf: UnsupportedError });
    const error = await failureOf(t, prox(adapter, 1, { type: 'l1', weight: -1 }));
    t.deepEqual([error.kind, error.code], ['error', 'bad-request']);
    t.regex(error.message, /^prox answers bad-request: .*weight/);
  }));

test('the exit may take as long as a call, if that is longer than usual', async (t) => {
  const leavesLate = script(`serve({ end: () => new Promise((resolve) => setTimeout(resolve, 6000)) });`);
  const adapter = await openProcess({ command: leavesLate, timeout: patient, seed: '1' });
  t.is(await adapter.close(), undefined);
});

test('after two hangs about one subject there are no more questions about it, and others are asked as before', async (t) => {
  const incidents: string[] = [];
  const hangsForL1 = script(`
    serve({ answers: { prox: ({ x }) => ({ x }) }, send: (reply, request) => {
      if (request.function?.type !== 'l1') process.stdout.write(JSON.stringify(reply) + '\\n');
    } });`);
  await withAdapter(
    hangsForL1,
    { timeout: 250, incident: ({ message }) => incidents.push(message) },
    async (adapter) => {
      for (let call = 0; call < 6; call++) {
        const { kind, message } = await failureOf(t, prox(adapter, 1));
        t.regex(`${kind}: ${message}`, /^timeout: no reply to prox \(request \d+\) within 0.25 s/);
      }
      t.is(incidents.length, 2);
      t.truthy(await prox(adapter, 1, { type: 'zero' }));
    },
  );
});

test('an adapter is given up after three processes that do not say hello again', async (t) => {
  const command = ['node', fixture('zoo/zoo.mjs'), 'another-hello-after-respawn'];
  await withAdapter(command, { timeout: 250 }, async (adapter) => {
    const messages: string[] = [];
    for (const type of ['l1', 'l2', 'linf', 'l0']) {
      messages.push((await failureOf(t, prox(adapter, 1, { type, weight: 1 }))).message);
    }
    t.regex(messages[0]!, /^hello says something else/);
    t.regex(messages.at(-1)!, /^given up: 3 processes in a row did not say hello; hello says something else/);
  });
});

test('a late reply never answers a later request', async (t) => {
  const late = script(`
    process.on('SIGTERM', () => {});
    serve({ send: (reply, { x }) => {
      const text = JSON.stringify(reply) + '\\n';
      if (x?.length === 1 && decode(x[0]) === 7) setTimeout(() => process.stdout.write(text), 400);
      else process.stdout.write(text);
    } });`);
  await withAdapter(late, { timeout: 250 }, async (adapter) => {
    t.is((await failureOf(t, prox(adapter, 7))).kind, 'timeout');
    for (const x of [3, 4, 5]) t.is((await prox(adapter, x))[0], x - 0.5);
  });
});

test('a batch that is only slow is repeated one call at a time', async (t) => {
  const slow = script(`
    serve({
      answers: { hello: () => ({ ...hello, batch: true }) },
      send: (reply, { method }) => new Promise((sent) => setTimeout(() => {
        process.stdout.write(JSON.stringify(reply) + '\\n', sent);
      }, method === 'batch' ? 1500 : 0)),
    });`);
  await withAdapter(slow, { timeout: 800 }, async (adapter) => {
    const answers = await Promise.all([1, 2, 3, 4].map((x) => prox(adapter, x)));
    t.deepEqual(
      answers.map(([u]) => u),
      [0.5, 1.5, 2.5, 3.5],
    );
  });
});

test('a batch with a malformed reply is reported once, and its calls are sent alone', (t) =>
  withAdapter(
    script(`serve({ answers: { hello: () => ({ ...hello, batch: true }), batch: () => ({ replies: [] }) } });`),
    {},
    async (adapter) => {
      // The first call travels alone; the others wait for it together.
      const settled = await Promise.allSettled([1, 2, 3].map((x) => prox(adapter, x)));
      const failed = settled.flatMap((call) => (call.status === 'rejected' ? [String(call.reason)] : []));
      t.is(failed.length, 1);
      t.regex(failed[0]!, /batch of \d requests has 0 replies; it answers each of the requests alone/);
    },
  ));

test('an adapter without echo is trusted, and an adapter may refuse values that are not finite', async (t) => {
  const refusing = (code: string, when: string): string[] =>
    script(`
      serve({ send: (reply, { method, x }) => {
        const refused = method === 'echo' && (${when});
        const answer = refused ? { id: reply.id, error: { code: ${JSON.stringify(code)}, message: 'no' } } : reply;
        process.stdout.write(JSON.stringify(answer) + '\\n');
      } });`);
  const open = (command: string[]): Promise<void> => withAdapter(command, {}, async () => {});
  await open(refusing('unsupported', 'true'));
  await open(refusing('nonfinite', "x.includes('7ff0000000000000')"));
  t.is((await failureOf(t, open(refusing('internal', 'true')))).kind, 'error');
});

test('an adapter that refuses hello or bye fails with that message', async (t) => {
  const refusing = (refused: string): string[] =>
    script(`
      serve({ send: ({ id, ok }, { method }) => {
        const error = { code: 'internal', message: 'not today' };
        process.stdout.write(JSON.stringify(method === '${refused}' ? { id, error } : { id, ok }) + '\\n');
      } });`);
  const hello = await failureOf(
    t,
    withAdapter(refusing('hello'), {}, async () => {}),
  );
  t.is(hello.message, 'refused hello: not today');
  const adapter = await openProcess({ command: refusing('bye'), timeout: patient, seed: '1' });
  t.is((await adapter.close())!.message, 'refused bye: not today');
  t.is(await adapter.close(), undefined, 'a second close has nothing to do');
});

test('an aborted run ends the process and rejects all waiting calls', async (t) => {
  const mark = randomUUID();
  // The reason of an abort is a DOMException.
  const aborted = { name: 'AbortError', any: true } as const;
  const controller = new AbortController();
  const command = ['env', `MARK=${mark}`, 'node', fixture('zoo/zoo.mjs'), 'hang'];
  const hour = 3_600_000;
  await withAdapter(command, { signal: controller.signal, timeout: hour }, async (adapter) => {
    t.timeout(hour / 60, 'it waits for the answer in place of ending the process');
    const call = prox(adapter, 1);
    setTimeout(() => controller.abort(), 50);
    await t.throwsAsync(call, aborted);
    await t.throwsAsync(prox(adapter, 1), aborted);
  });
  t.deepEqual(await leftBehind(mark), []);
  await t.throwsAsync(openProcess({ command, timeout: patient, seed: '1', signal: controller.signal }), aborted);
});

test('a command that cannot be started is a usage error', async (t) => {
  const open = (...command: string[]): Promise<unknown> => openProcess({ command, timeout: patient, seed: '1' });
  const missing = await t.throwsAsync(open('no-such-program-here'), { instanceOf: CommandError });
  t.is(
    missing!.message,
    'cannot start "no-such-program-here": no such command: give a program on the PATH, or its path',
  );
  const text = await t.throwsAsync(open(fixture('zoo/honest.mjs')), { instanceOf: CommandError });
  t.regex(text!.message, /not executable/);
  t.regex((await t.throwsAsync(open(''), { instanceOf: AdapterFailure }))!.message, /cannot start ""/);
});

test('the end of stderr is kept, at most 8 KiB', (t) =>
  withAdapter(script(`process.stderr.write('a'.repeat(1e5) + 'the end'); serve();`), {}, async (adapter) => {
    await prox(adapter, 1);
    t.is(adapter.stderr.length, 8192);
    t.true(adapter.stderr.endsWith('the end'));
  }));

interface Request {
  readonly id: number;
  readonly method: WireMethod;
  readonly requests?: readonly Request[];
}

/** Claims that ask for every method between them. */
const enough: readonly string[] = [
  ...['function-values', 'function-gradients', 'eq6-prox', 'algorithm-2-sign-prox', 'sample-probabilities'],
];

test('every request of a run is valid under the published schemas', async (t) => {
  const log = join(await directory(t), 'requests.ndjson');
  const recording = ['sh', '-c', `tee '${log}' | node '${moduleServer}' '${fixture('../mutants/library.js')}'`];
  await withAdapter(recording, { timeout: 30_000 }, async (adapter) => {
    await runClaims(
      properties.filter(({ id }) => enough.includes(id)),
      adapter,
      quickBudget(),
    );
  });
  const asked = new Map<string, number>();
  const ids = new Set<number>();
  const check = (request: Request): void => {
    const { id, method, requests = [] } = request;
    if (ids.has(id)) t.fail(`id ${id} is used twice`);
    ids.add(id);
    // Asked because it is in no protocol.
    if (request.method === ('no-such-method' as string)) return;
    asked.set(method, (asked.get(method) ?? 0) + 1);
    // Hundreds of each say as much as all of them.
    if (asked.get(method)! <= 200) {
      const { error } = requestSchemas.get(method)!.safeParse(request);
      if (error !== undefined) t.fail(`${JSON.stringify(request).slice(0, 300)}: ${error.issues[0]!.message}`);
    }
    requests.forEach(check);
  };
  for (const line of (await readFile(log, 'utf8')).trimEnd().split('\n')) check(JSON.parse(line) as Request);
  for (const method of requestSchemas.keys()) t.true(asked.has(method), `${method} was never asked`);
});
