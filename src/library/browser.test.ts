import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type BuildFailure, build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { commandRunner } from '../cli/command-runner.test.helper.js';
import { loadModule } from '../guard/load-module.js';
import { executablePath, testInBrowser } from '../report/html/browser.test.helper.js';
import { stableJson } from '../report/record/json-numbers.js';
import { parseRunRecord, type RunRecord } from '../report/record/run-record.js';
import { subjectsOf } from '../report/record/subjects.js';

const command = commandRunner();
const library = (name: string): string => fileURLToPath(new URL(`${name}.js`, import.meta.url));
const bundled = (name: string) =>
  build({
    ...{ entryPoints: [library(name)], bundle: true, platform: 'browser', format: 'esm', target: 'es2023' },
    ...{ write: false, logLevel: 'silent' },
  });

/** What a part of the library imports that a bundler for a browser does not find. */
async function unresolved(name: string): Promise<string[]> {
  try {
    await bundled(name);
    return [];
  } catch (error) {
    return (error as BuildFailure).errors.map(({ text, location }) => `${location?.file}: ${text}`);
  }
}

test('a bundler for a browser finds all that signprox/browser imports: no module of Node is reachable', async (t) => {
  t.deepEqual(await unresolved('browser'), []);
  // So it would be told: the library for Node starts threads.
  t.regex((await unresolved('judge')).join('\n'), /threads\.js: Could not resolve "node:v8"/);
});

test('a page may load it as a script: it is bundled as a function that is called at once', async (t) => {
  const name = library('browser');
  const { outputFiles } = await build({
    ...{ entryPoints: [name], bundle: true, platform: 'browser', format: 'iife', globalName: 'signprox' },
    ...{ target: 'es2022', write: false, logLevel: 'silent' },
  });
  const script = new Function(`${outputFiles[0]!.text}; return signprox;`) as () => typeof import('./browser.js');
  const module = {
    describe: () => ({
      ...{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64' as const, methods: ['prox'] },
      ...{ functions: ['nonnegative'], smooth: [], algorithms: [] },
    }),
    prox: (_: unknown, __: number, y: number[]) => y.map((v) => Math.max(v, 0)),
  };
  const { exitCode, claims } = await script().judgeModule(module, { claims: 'eq6-prox' });
  t.deepEqual([exitCode, claims[0]!.outcome], [0, 'pass']);
});

/** A module that offers the prox of l1, with `value` for its result. */
const moduleOf = (value: string): string => `export default {
  describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  prox: ({ weight }, step, y) => y.map((v) => ${value}),
};\n`;

const right = 'Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0)';
const modules = {
  right: moduleOf(right),
  'forgets γ': moduleOf(right.replace('step * ', '')),
  'answers NaN': moduleOf(`v > 1 ? NaN : ${right}`),
};

/** An update rule. */
const update = `export default {
  describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['step'], functions: ['linear', 'zero'], smooth: ['cosine', 'zero'], algorithms: ['spgm'] }),
  step: ({ x }) => x.map((v) => v + 1),
};\n`;

async function directory(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-browser-'));
  t.teardown(() => rm(path, { recursive: true }));
  return path;
}

const origin = 'http://browser.test';
const html = `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'none'; script-src 'self' blob:">`;

/** A page that has the library and no network. */
async function open(t: ExecutionContext): Promise<Page> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  t.teardown(() => browser.close());
  const page = await browser.newPage();
  const { text } = (await bundled('browser')).outputFiles[0]!;
  page.on('pageerror', (error) => t.fail(String(error)));
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/browser.js') return route.fulfill({ contentType: 'text/javascript', body: text });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.goto(origin);
  return page;
}

/** The record of a module or of a theorem file, which the page has as text. */
const judgedIn = (page: Page, name: 'judgeModule' | 'judgeTheorem', source: string, options: object) =>
  page.evaluate<RunRecord>(`(async () => {
    const library = await import('/browser.js');
    const url = URL.createObjectURL(new Blob([${JSON.stringify(source)}], { type: 'text/javascript' }));
    const exported = await import(url);
    const given = ${JSON.stringify(name)} === 'judgeModule' ? exported.default : exported;
    return library.${name}(given, ${JSON.stringify(options)});
  })()`);

/** What does not depend on where and how long a record was made. No version of V8 rounds log₁₀ as another does: `digits` is one. */
const found = ({ environment: _, timing: __, ...record }: RunRecord): readonly string[] =>
  stableJson(record)
    .replaceAll(/("digits": -?\d+\.\d{9})\d+/g, '$1')
    .split('\n');

testInBrowser('Chromium gives the records of Node for modules, and the verdicts of guard', async (t) => {
  // Not at the top: it waits for its claims, and tests must be declared at once.
  const { judge } = await import('./judge.js');
  const page = await open(t);
  const cwd = await directory(t);
  const verdicts: Record<string, string> = {};
  for (const [name, source] of Object.entries({ ...modules, update })) {
    const options = {
      seed: '7',
      claims: name === 'update' ? 'algorithm-1-spgm' : 'eq6-*,prox-*,conventions',
    };
    const file = join(cwd, `${name.replaceAll(/\W/g, '-')}.mjs`);
    await writeFile(file, source);
    const record = await judgedIn(page, 'judgeModule', source, options);
    t.deepEqual(found(record), found(await judge(await loadModule(file), options)), name);
    const { subjects } = subjectsOf(record);
    verdicts[name] = subjects.find(({ subject }) => /^(prox of l1|step of spgm)$/.test(subject))!.verdict;

    const guard = ['guard', '--module', file, '--claims', options.claims, '--seed', '7', '--depth', 'quick'];
    const { code, stderr } = await command(cwd, guard);
    t.is(code, record.exitCode, stderr);
    const guarded = parseRunRecord(await readFile(join(cwd, 'reports/selection/run.json'), 'utf8'));
    const plain = (from: RunRecord) =>
      subjectsOf(from).subjects.map(({ subject, verdict, counterexample }) => ({ subject, verdict, counterexample }));
    t.deepEqual(plain(record), plain(guarded), name);
  }
  t.deepEqual(verdicts, { right: 'right', 'forgets γ': 'wrong', 'answers NaN': 'not-finite', update: 'wrong' });
});

testInBrowser('Chromium gives the rows of verify for a theorem that is true and for one that is false', async (t) => {
  const page = await open(t);
  const cwd = await directory(t);
  const theorem = await readFile(
    fileURLToPath(new URL('../../../fixtures/theorems/sgd-textbook-functions.mjs', import.meta.url)),
    'utf8',
  );
  const hundredth = theorem.replace('=> (2', '=> 0.01 * (2').replace('** 2,', '** 2 / 100,');
  t.not(hundredth, theorem);
  for (const [text, isTrue] of [
    [theorem, true],
    [hundredth, false],
  ] as const) {
    // A file of its own each: the process of the commands keeps what it has imported.
    const file = `${isTrue}.mjs`;
    await writeFile(join(cwd, file), text);
    const options = { seed: '7', claims: 'sgd-textbook' };
    const record = await judgedIn(page, 'judgeTheorem', text, options);
    const verify = ['verify', '--theorem', file, '--claims', options.claims, '--seed', '7', '--depth', 'quick'];
    const { stdout, stderr, code } = await command(cwd, [...verify, '--format', 'json']);
    t.is(code, isTrue ? 0 : 1, stderr);
    const rows = ({ claims }: RunRecord) =>
      claims.map(({ evidence }) => [evidence.verdict, evidence.rows?.map(({ reproduce: _, ...row }) => row)]);
    t.deepEqual(rows(record), rows(parseRunRecord(stdout)));
    t.is(record.claims[0]!.outcome === 'fail', !isTrue);
  }
});
