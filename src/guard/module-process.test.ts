import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { ImplementationError, UnsupportedError } from '../claims/implementation/implementation.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { directory } from '../cli/run-directory.test.helper.js';
import { l1, prox, value } from './ask.test.helper.js';
import { loadModule } from './load-module.js';
import { ModuleLoadError } from './module-implementation.js';
import { openModule } from './module-process.js';

/** The wrong implementations as they are shipped: three levels above the compiled test. */
const mutants = new URL('../../../fixtures/mutants/mutants.js', import.meta.url).href;

const patient = { seed: '1', timeout: 20_000 };
const problem = { smooth: { type: 'zero' }, functions: [l1], probabilities: [1] };

/** A module with the given text, in a directory of its own that is removed after the test. */
const moduleOf = async (t: ExecutionContext, text: string): Promise<string> =>
  join(await directory(t, { 'mine.mjs': text }), 'mine.mjs');

/** A module with the given methods. */
async function moduleWith(t: ExecutionContext, methods: string, dtype = 'f64', before = ''): Promise<string> {
  const description = {
    ...{ name: 'mine', version: '1', language: 'javascript', dtype, methods: ['prox', 'value', 'run'] },
    ...{ functions: ['l1'], smooth: ['zero'], algorithms: ['spgm'], conventions: { halfInSquaredNorm: true } },
  };
  return moduleOf(t, `${before}\nexport default { describe: () => (${JSON.stringify(description)}), ${methods} };`);
}

/** An open module. Where a test ends early, its process would keep the whole run from ending. */
async function opened(t: ExecutionContext, ...given: Parameters<typeof openModule>) {
  const mine = await openModule(...given);
  t.teardown(async () => {
    await mine.close();
  });
  return mine;
}

test('a module in an endless loop is stopped, and answers other requests in a fresh process', async (t) => {
  const loops = await moduleWith(t, 'prox(F, step, y) { while (y[0] === 1); return y; }');
  const mine = await opened(t, loops, { ...patient, timeout: 300 });
  const late = await t.throwsAsync(prox(mine, 1), { instanceOf: ImplementationError });
  t.is(late?.kind, 'timeout');
  t.deepEqual(await prox(mine, 2), Float64Array.of(2));
  t.is(await mine.close(), undefined);
});

test('bits survive both ways, printed output is not an answer, and writes to x are noticed', async (t) => {
  const methods = `
    prox(F, step, y) { console.log('noise'); const u = [...y]; y[0] = 77; return u; },
    value: ({ weight }, x) => weight * x[0],
    run: ({ x }) => ({ x: x.map((v) => 2 * v), trajectory: [x] })`;
  const mine = await opened(t, await moduleWith(t, methods), patient);
  const x = Float64Array.of(-0, 5e-324, 0.1, Number.MAX_VALUE);
  const given = x.slice();
  t.deepEqual(await prox(mine, given), x);
  t.deepEqual(given, Float64Array.of(77, 5e-324, 0.1, Number.MAX_VALUE));
  t.is(await value(mine, 0.1), 0.05);
  const run = { method: 'run', algorithm: 'spgm', problem, step: 1, x: Float64Array.of(1), indices: [[0]] } as const;
  t.deepEqual(await mine.ask(run), { x: Float64Array.of(2), trajectory: [Float64Array.of(1)] });
  const sample = mine.ask({ method: 'sample', probabilities: [1], count: 1, seed: 1 });
  await t.throwsAsync(sample, { instanceOf: UnsupportedError });
  t.is(await mine.close(), undefined);

  const single = await opened(t, await moduleWith(t, 'prox: (F, step, y) => y', 'f32'), patient);
  t.deepEqual(await prox(single, 0.1), Float64Array.of(Math.fround(0.1)));
  t.is(await single.close(), undefined);
});

test('an error of a method is reported with its type and line, and its stack once on stderr', async (t) => {
  const helper = 'const shrink = (y) =>\n  y.missing.map(Number);';
  const methods = `
    prox: (F, step, y) => shrink(y),
    value() { return JSON.parse('{'); },
    run() { throw Object.assign(new Error('not this one'), { code: 'domain' }); }`;
  const mine = await opened(t, await moduleWith(t, methods, 'f64', helper), patient);
  const x = Float64Array.of(1);
  for (let call = 0; call < 2; call++) {
    await t.throwsAsync(prox(mine, x), {
      message:
        /^prox answers internal: prox throws: TypeError: Cannot read properties of undefined .* at mine\.mjs:2 in shrink$/,
    });
  }
  await t.throwsAsync(value(mine, x), { message: /: SyntaxError: .* at mine\.mjs:5 in value$/ });
  await t.throwsAsync(mine.ask({ method: 'run', algorithm: 'spgm', problem, step: 1, x, indices: [[0]] }), {
    message: 'run answers domain: run throws: not this one',
  });
  // A pipe of its own: it may arrive after the replies.
  while (!mine.stderr.includes('SyntaxError')) await setImmediate();
  t.is(mine.stderr.match(/^TypeError: /gm)?.length, 1, mine.stderr);
  t.regex(mine.stderr, /^ {4}at shrink \(.*mine\.mjs:2:/m);
  t.is(await mine.close(), undefined);
});

test('a module that cannot be loaded gives one line, and so does one that never finishes loading', async (t) => {
  const refused = async (file: string, message: RegExp, helloTimeout = patient.timeout): Promise<void> => {
    await t.throwsAsync(openModule(file, { ...patient, helloTimeout }), { instanceOf: ModuleLoadError, message });
  };
  await refused('/', /^\/ is a directory: give the path/);
  await refused(await moduleWith(t, '', 'f8'), /^describe\(\) of .*mine\.mjs is not valid: dtype/);
  await refused(
    await moduleWith(t, '', 'f64', 'throw new Error("first\\nsecond");'),
    /mine\.mjs does not load: first; try/,
  );
  await refused(
    await moduleWith(t, '', 'f64', 'process.exit(4);'),
    /does not load: exited with code 4 when asked hello; try/,
  );
  await refused(
    await moduleWith(t, '', 'f64', 'setTimeout(() => { throw new Error("late"); });'),
    /does not load: exited with code 1 when asked hello; stderr ends with "Error: late"; try/,
  );
  await refused(
    await moduleWith(t, '', 'f64', 'for (;;) console.log("endless");'),
    /does not load: no reply to hello within 1 s; try/,
    1000,
  );
});

test('declarations of a module that no protocol has are known in its own process too', async (t) => {
  const other = `describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', functions: ['l1'],
    smooth: [], methods: ['prox', 'teleport'], algorithms: ['lion', 'sophia'] }), prox: (F, step, y) => y`;
  const file = await moduleWith(t, other);
  const [own, shared] = [await opened(t, file, patient), await loadModule(file)];
  t.deepEqual(own.description, shared.description);
  t.deepEqual(own.description.unknown, { methods: ['teleport'], algorithms: ['sophia'] });
  t.is(await own.close(), undefined);
});

const timeless = ({ seconds: _, ...evidence }: { readonly seconds: number }): unknown => evidence;

test('the evidence on a module is the same in its own process', async (t) => {
  const wrong = `import { mutantNamed } from '${mutants}';\nexport default mutantNamed('input-overwritten');`;
  const file = await moduleOf(t, wrong);
  const asked = ['inputs-unchanged', 'function-values', 'run-iterates', 'sample-probabilities'];
  const claims = properties.filter(({ id }) => asked.includes(id));
  const [own, shared] = [await opened(t, file, patient), await loadModule(file)];
  const apart = await runClaims(claims, own, quickBudget());
  const together = await runClaims(claims, shared, quickBudget());
  t.deepEqual(
    apart.map(({ evidence }) => timeless(evidence)),
    together.map(({ evidence }) => timeless(evidence)),
  );
  t.true(apart.some(({ evidence }) => evidence.verdict === 'violated'));
  t.is(await own.close(), undefined);
});
