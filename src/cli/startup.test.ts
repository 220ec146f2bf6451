import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { program } from './command-process.test.helper.js';
import { directory } from './run-directory.test.helper.js';

const root = new URL('../../../', import.meta.url).href;
const problem = fileURLToPath(new URL('fixtures/problems/cosine-linear.json', root));

const inline = (script: string): string => `data:text/javascript,${encodeURIComponent(script)}`;

/** Writes down the URL of every module that is loaded after it. */
const hooks = inline(`
  import { appendFileSync } from 'node:fs';
  let file;
  export const initialize = (path) => void (file = path);
  export async function load(url, context, next) {
    appendFileSync(file, url + '\\n');
    return next(url, context);
  }`);

interface Loaded {
  readonly code: number | null;
  readonly stdout: string;
  /** The modules in folders of claims, those of mutants and shared ones included: `theorems/theorem-1/theorem-1.js`. */
  readonly claims: readonly string[];
  /** The packages that modules come from. */
  readonly packages: readonly string[];
  /** How many modules of the suite there are. */
  readonly own: number;
}

/** What a command loads until it ends. */
async function loads(t: ExecutionContext, ...args: readonly string[]): Promise<Loaded> {
  const cwd = await directory(t);
  const list = join(cwd, 'loaded');
  await writeFile(list, '');
  const register = `import { register } from 'node:module'; register(${JSON.stringify(hooks)}, { data: ${JSON.stringify(list)} });`;
  const { code, stdout } = await new Promise<Pick<Loaded, 'code' | 'stdout'>>((resolve) => {
    const command = ['--import', inline(register), program, ...args];
    // Other tests run the same commands for the coverage of the suite.
    const env = { ...process.env, NODE_V8_COVERAGE: '' };
    const child = execFile(process.execPath, command, { cwd, env }, (_error, stdout) => {
      resolve({ code: child.exitCode, stdout });
    });
  });
  const urls = (await readFile(list, 'utf8')).trim().split('\n');
  const own = urls
    .filter((url) => url.startsWith(`${root}dist/`))
    .map((url) => url.slice(root.length + 'dist/'.length));
  const packages = urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return {
    code,
    stdout,
    claims: own.filter((path) => /^(properties|theorems)\/.*\//.test(path)).sort(),
    packages: [...new Set(packages)].sort(),
    own: own.length,
  };
}

/** Charts, thread pools, schemas, bars, the optimiser and the protocol of agents: for what a command does later, if at all. */
const heavy = ['d3-scale', 'piscina', 'zod', 'cli-progress', 'ml-direct', 'fast-png', '@modelcontextprotocol/sdk'];

test('--version and --help load no command and no claim', async (t) => {
  for (const [option, most, needed] of [
    ['--version', 15, ['commander']],
    ['--help', 15, ['commander']],
  ] as const) {
    const { code, claims, packages, own } = await loads(t, option);
    t.is(code, 0);
    t.deepEqual([claims, packages], [[], needed], option);
    t.true(own <= most, `${own} modules for ${option}`);
  }
});

test('lists are printed from the catalogue', async (t) => {
  for (const list of [
    ['verify', '--list'],
    ['guard', '--list'],
    ['explain', '--list'],
  ]) {
    const { code, stdout, claims } = await loads(t, ...list);
    t.is(code, 0);
    t.regex(stdout, /theorem-2\b/);
    t.deepEqual(claims, [], list.join(' '));
  }
});

test('a claim is explained from the catalogue, and a certificate is loaded', async (t) => {
  for (const [claim, modules] of [
    ['theorem-1', []],
    ['certificate-theorem-1', ['certificates']],
  ] as const) {
    const { code, stdout, claims, packages } = await loads(t, 'explain', claim);
    t.is(code, 0);
    t.regex(stdout, /^ *finds out +\S.*: violated/m);
    t.deepEqual(
      claims.filter((path) => !path.startsWith('theorems/shared/')).map((path) => basename(path, '.js')),
      modules,
    );
    t.deepEqual(
      packages.filter((name) => heavy.includes(name)),
      [],
    );
  }
});

test('functions are listed without one of them', async (t) => {
  const { code, stdout, own } = await loads(t, 'functions');
  t.is(code, 0);
  t.regex(stdout, /^huber$/m);
  t.true(own <= 45, `${own} modules`);
});

test('bounds loads only its theorem', async (t) => {
  const request = ['--theorem', '2', '--iterations', '1', '--start', '[1.25]'];
  const { code, claims, packages } = await loads(t, 'bounds', '--problem', problem, ...request);
  t.is(code, 0);
  t.deepEqual(
    claims.filter((path) => !path.startsWith('theorems/shared/')),
    ['theorems/theorem-2/theorem-2.js'],
  );
  t.deepEqual(
    packages.filter((name) => heavy.includes(name)),
    [],
  );
});

test('guard loads the claims about what it is given, and no theorem, no algorithm, mutant, chart or optimiser', async (t) => {
  const source =
    'export const l1 = (y, step, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));';
  const mine = join(await directory(t, { 'mine.mjs': source }), 'mine.mjs');
  const every = await loads(t, 'guard', mine, '--depth', 'quick');
  t.is(every.code, 0, every.stdout);
  t.true(every.claims.includes('properties/contract/prox-forms.js'));
  const others = /^theorems\/(?!report|shared)|algorithms\/stateful\/|mutants|counterexample|second-implementation/;
  t.deepEqual(
    every.claims.filter((path) => others.test(path)),
    [],
  );
  for (const name of heavy.filter((one) => !['zod', 'cli-progress', 'd3-scale'].includes(one)))
    t.false(every.packages.includes(name), name);
  t.true(every.own <= 400, `${every.own} modules`);
  const one = await loads(t, 'guard', '--module', 'missing.mjs', '--claims', 'eq6-prox');
  t.deepEqual([one.code, one.claims], [2, ['properties/prox/eq6-prox.js']], 'there is no such module');
});

test('replay loads only the claim of the failure', async (t) => {
  const failure = {
    ...{ schemaVersion: 1, suiteVersion: '0.1.0', claim: 'eq6-prox', implementation: 'gone' },
    ...{ target: { kind: 'module', path: 'missing.mjs' }, seed: '1', depth: 'quick', cases: [] },
  };
  const file = join(await directory(t, { 'failure.json': failure }), 'failure.json');
  const { code, claims } = await loads(t, 'replay', file);
  t.is(code, 2, 'there is no such module');
  t.deepEqual(claims, ['properties/prox/eq6-prox.js']);
});
