import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import test, { type ExecutionContext } from 'ava';
import { publint } from 'publint';
import { testWith } from '../guard/programs.test.helper.js';
import { blocksOf, follow, linesIn, pageText, root, shellRunner } from './pages.test.helper.js';

/** Where the packed package is installed: beside it stand its dependencies and nothing that only development needs. */
let folder: string;
let installed: string;
let installation: Finished;

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program in the folder of the installation; what runs there is no part of the coverage of the suite. */
function run(program: string, ...args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_V8_COVERAGE: '' };
    const child = execFile(program, args, { cwd: folder, env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

/** The command as npm has linked it. */
const signprox = (...args: readonly string[]): Promise<Finished> => run('node_modules/.bin/signprox', ...args);

/**
 * Copies what the lock file lists for production, so that npm has nothing to fetch: a registry or a filled cache is not needed. Links of
 * programs come with it, because npm fetches a package again when they are missing.
 */
async function copyDependencies(folder: string): Promise<void> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly dev?: true; readonly devOptional?: true }>>;
  };
  const copied = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    // Packages for other platforms are listed, and not installed.
    .filter((path) => existsSync(join(root, path)));
  for (const path of ['node_modules/.bin', ...copied]) {
    await cp(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
  }
}

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signprox-package-'));
  installed = join(folder, 'node_modules/signprox');
  await copyDependencies(folder);
  // The scripts of packing build anew, below the feet of the other tests.
  await run('npm', 'pack', '--ignore-scripts', '--pack-destination', folder, root);
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  installation = await run('npm', 'install', '--offline', '--no-audit', '--no-fund', `./${tarball}`);
});

test.after.always(() => rm(folder, { recursive: true }));

/** Follows the README in a new folder, from the installation of the packed package, with the Node that `path` has first. */
async function walk(t: ExecutionContext, path: string): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'signprox-walk-'));
  t.teardown(() => rm(cwd, { recursive: true }));
  await copyDependencies(cwd);
  const run = shellRunner({ PATH: path, npm_config_offline: 'true' });
  const ofClone = linesIn(blocksOf('README.md')).filter((line) => line.startsWith('npm ci'));
  t.is(ofClone.length, 2);
  // The package is packed already.
  const install = /^npm ci && npm pack && cd path\/to\/your\/code && (npm install .*"\$OLDPWD"\/signprox-.*)$/m;
  const [, installs] = install.exec(pageText('README.md')) ?? [];
  await run(t, cwd, `cd '${folder}' && cd '${cwd}' && ${installs}`);
  const all = await follow(t, run, 'README.md', { elsewhere: ofClone, cwd });
  const said = [
    /^prox of l1: wrong$/m,
    /^holds on \d+ of 12 rows/m,
    /^sgd-textbook: proved for every T ≥ 1$/m,
    /^Theorem 1 does not apply: r_1 is not differentiable at x = \(0, 0\)$/m,
    /^Theorem 1 holds at T = 1, 4, 16: /m,
    /^theorem-1: §2.2 Theorem 1$/m,
    /^eq12-sign-sgd-equivalence +holds/m,
  ];
  for (const text of said) t.regex(all, text);
}

testWith('python3', '--version')('the README does what it says', (t) => walk(t, process.env['PATH']!));

/** The oldest Node that `engines` allows, and one of each later line that Node maintains. */
const { engines } = createRequire(import.meta.url)(join(root, 'package.json')) as { engines: { node: string } };
const nodes = [`${engines.node.slice('>='.length)}.0`, '22.23.5', '24.22.3'];

for (const version of nodes) {
  // npm has a package of each binary, which needs no script. Unless nothing may be skipped, only its cache is asked.
  const start = (...options: readonly string[]) =>
    [
      '--yes',
      ...options,
      `--package=node-${process.platform}-${process.arch}@${version}`,
      '-c',
      'node -p process.execPath',
    ] as const;
  testWith('npx', ...start('--offline'))(`the README does what it says on Node ${version}`, async (t) => {
    const { stdout } = spawnSync('npx', start('--prefer-offline'), { encoding: 'utf8' });
    const path = [dirname(stdout.trim()), process.env['PATH']].join(delimiter);
    t.is(spawnSync('node', ['--version'], { env: { PATH: path }, encoding: 'utf8' }).stdout, `v${version}\n`);
    await walk(t, path);
  });
}

test('it is installed without a warning, a script, or anything that only development needs', async (t) => {
  t.is(installation.code, 0, installation.stderr);
  t.is(installation.stderr, '');
  t.regex(installation.stdout, /^\s*added 1 package in \S+\s*$/);
  const resolver = createRequire(join(installed, 'dist/src/index.js'));
  t.notThrows(() => resolver.resolve('commander'));
  for (const name of ['ava', 'typescript', '@resvg/resvg-js']) t.throws(() => resolver.resolve(name), undefined, name);
  // Not every npm warns of a script that it does not run.
  const { scripts } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { scripts: object };
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) t.false(name in scripts, name);
});

test('a command that it prints can be typed where it was started', async (t) => {
  const wrong = `export default {
    describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: ['prox'], functions: ['l1'],
      smooth: [], algorithms: [] }),
    prox: (r, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - r.weight, 0)),
  };`;
  await writeFile(join(folder, 'wrong.mjs'), wrong);
  const { code, stdout, stderr } = await signprox(
    'guard',
    '--module',
    'wrong.mjs',
    '--depth',
    'quick',
    '--out',
    'typed',
  );
  t.is(code, 1, stderr);
  const [, printed] = /^ +reproduce: (npx signprox replay \S+)$/m.exec(stdout) ?? [];
  t.true(stderr.includes(`: ${printed}\n`), `${stdout}${stderr}`);
  const again = await run('sh', '-c', printed!);
  t.is(again.code, 1, again.stderr);
  t.regex(again.stdout, /^prox of l1, eq6-prox on mine: violated$/m);
  // Reports are the same bytes, however the program was started.
  t.regex(await readFile(join(folder, 'typed/run.json'), 'utf8'), /"signprox replay typed/);
});

test('every source map leads to a source that is shipped', async (t) => {
  const maps = (await readdir(installed, { recursive: true })).filter((name) => name.endsWith('.map'));
  t.true(maps.length > 1000);
  for (const map of maps) {
    const { sources } = JSON.parse(await readFile(join(installed, map), 'utf8')) as { sources: readonly string[] };
    for (const source of sources) t.true(existsSync(join(installed, dirname(map), source)), `${map}: ${source}`);
  }
});

test('the compiled command in the clone may be run, as npx does', async (t) => {
  await t.notThrowsAsync(access(join(root, 'dist/src/cli/main.js'), constants.X_OK));
});

test('the command helps and explains', async (t) => {
  const [help, explain] = await Promise.all([signprox('--help'), signprox('explain', 'theorem-1')]);
  for (const { code, stderr } of [help, explain]) t.deepEqual([code, stderr], [0, '']);
  t.regex(help.stdout, /^Usage: signprox/);
  t.regex(explain.stdout, /^theorem-1/);
});

test('it verifies equations of the paper', async (t) => {
  const equations = ['--claims', 'eq2*,eq4*,eq5*,eq12*'];
  const { code, stdout, stderr } = await signprox('verify', ...equations, '--depth', 'quick', '--out', 'verified');
  t.is(code, 0, stderr);
  t.regex(stdout, /^eq12-sign-sgd-equivalence +holds/m);
  t.true(existsSync(join(folder, 'verified/selection/index.html')));
});

const judged = `export default {
  describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - STEP * weight, 0)),
};\n`;

test('it judges a module', async (t) => {
  await writeFile(join(folder, 'right.mjs'), judged.replace('STEP', 'step'));
  await writeFile(join(folder, 'wrong.mjs'), judged.replace('STEP', '1'));
  const guard = (module: string): Promise<Finished> =>
    signprox('guard', '--module', module, '--claims', 'eq6-prox', '--depth', 'quick', '--out', `reports-${module}`);
  const [right, wrong] = await Promise.all([guard('right.mjs'), guard('wrong.mjs')]);
  t.deepEqual([right.code, wrong.code], [0, 1], right.stderr + wrong.stderr);
});

test('a theorem in one file is verified, and a fifth of its bound is violated', async (t) => {
  const theorem = await readFile(join(root, 'fixtures/theorems/sgd-textbook.mjs'), 'utf8');
  await writeFile(join(folder, 'mine.mjs'), theorem);
  const verified = await signprox('verify', '--theorem', 'mine.mjs', '--depth', 'quick');
  t.is(verified.code, 0, verified.stderr);
  t.regex(verified.stdout, /^how good sgd-textbook is\nholds on /m);
  await writeFile(join(folder, 'false.mjs'), theorem.replace('=> (2', '=> 0.2 * (2').replace('** 2,', '** 2 / 5,'));
  const refuted = await signprox('verify', '--theorem', 'false.mjs', '--depth', 'quick', '--claims', 'sgd-textbook');
  t.is(refuted.code, 1);
  t.regex(refuted.stdout, /^violated sgd-textbook$/m);
});

test('it writes an adapter to fill in, with what guards it, and judges it', async (t) => {
  const { code, stdout, stderr } = await signprox('init', 'javascript', '--out', 'mine');
  t.deepEqual([code, stderr], [0, '']);
  t.regex(stdout, /^next: sh mine\/guard\.sh$/m);
  const workflow = await readFile(join(folder, 'mine/.github/workflows/signprox.yml'), 'utf8');
  t.true(workflow.includes('\n      SIGNPROX: "./signprox-0.1.0.tgz"\n'), workflow);
  const guarded = await run('sh', 'mine/guard.sh');
  t.is(guarded.code, 0, guarded.stderr);
  t.true(existsSync(join(folder, 'mine/reports/run.json')));
});

test('without the renderer of PNGs the figure is an SVG, and one line says how to get the PNG', async (t) => {
  const small = ['--size', '6', '--measurements', '20', '--iterations', '2', '--workers', '0', '--out', 'figure'];
  const { code, stdout, stderr } = await signprox('figure', ...small);
  t.is(code, 0, stderr);
  t.deepEqual(
    (await readdir(join(folder, 'figure'))).sort(),
    ['entry', 'total'].flatMap((reading) => ['json', 'svg'].map((kind) => `figure-1-${reading}.${kind}`)),
  );
  t.is(stderr.match(/^signprox: .*npm install @resvg\/resvg-js.*$/gm)?.length, 1, stderr);
  t.false(stdout.includes('png'));
});

test('without the packages of a queue one line says how to install them', async (t) => {
  const missing = 'signprox: a queue needs two optional packages: npm install bullmq ioredis adds them\n';
  const address = ['--redis', 'redis://127.0.0.1:1'];
  t.deepEqual(await signprox('worker', ...address), { code: 2, stdout: '', stderr: missing });
  const verify = await signprox('verify', '--claims', 'eq12*', '--executor', 'bullmq', ...address);
  t.deepEqual(verify, { code: 2, stdout: '', stderr: missing });
});

test('without TensorFlow.js one line says how to install it', async (t) => {
  t.deepEqual(await signprox('guard', '--tfjs', '@tensorflow/tfjs-core:train.adam', '--as', 'adam'), {
    ...{ code: 2, stdout: '' },
    stderr:
      'signprox: --tfjs needs two optional packages: npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu adds them\n',
  });
});

test('JavaScript imports the library', async (t) => {
  await writeFile(
    join(folder, 'use.mjs'),
    `import { parseProblem } from 'signprox';
import { theorems } from 'signprox/paper';
const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
console.log(problem.at(0.5).gradientMapping(Float64Array.of(2))[0], theorems.some(({ id }) => id === 'theorem-1'));\n`,
  );
  t.deepEqual(await run(process.execPath, 'use.mjs'), { code: 0, stdout: '1 true\n', stderr: '' });
});

test('each part of the library is imported alone, and the schemas are files of the package', async (t) => {
  await writeFile(
    join(folder, 'parts.mjs'),
    `import { runSpgm } from 'signprox/algorithms';
import { judgeModule } from 'signprox/browser';
import { checkClaims } from 'signprox/claims';
import { l1 } from 'signprox/functions';
import { judge } from 'signprox/guard';
import { decideBound } from 'signprox/statistics';
import { theorem2 } from 'signprox/paper';
import { prove } from 'signprox/theorems';
import schema from 'signprox/schemas/run-record.json' with { type: 'json' };
console.log(typeof runSpgm, typeof judgeModule, typeof checkClaims, l1({ weight: 1 }).value(Float64Array.of(2)), typeof judge, typeof decideBound, typeof prove, theorem2.id, schema.title);\n`,
  );
  const { stdout, stderr } = await run(process.execPath, '--disable-warning=ExperimentalWarning', 'parts.mjs');
  t.deepEqual(
    [stdout, stderr],
    ['function function function 2 function function function theorem-2 signprox run record\n', ''],
  );
});

test('the tests of node:test judge an implementation, claim by claim', async (t) => {
  const program = (module: string): string => `import test from 'node:test';
import { checkClaims } from 'signprox/claims';
import { loadModule } from 'signprox/guard';
checkClaims(test, await loadModule('${module}'), { claims: 'eq6-prox,eq9*' });\n`;
  await writeFile(join(folder, 'right.mjs'), judged.replace('STEP', 'step'));
  await writeFile(join(folder, 'wrong.mjs'), judged.replace('STEP', '1'));
  await writeFile(join(folder, 'right.test.mjs'), program('right.mjs'));
  await writeFile(join(folder, 'wrong.test.mjs'), program('wrong.mjs'));
  const [right, wrong] = await Promise.all(
    ['right', 'wrong'].map((name) => run(process.execPath, '--test', '--test-reporter=tap', `${name}.test.mjs`)),
  );
  t.is(right!.code, 0, right!.stdout);
  t.regex(right!.stdout, /^# pass [1-9]/m);
  t.is(wrong!.code, 1);
  t.regex(wrong!.stdout, /prox of l1: wrong\n.*returned .*, right is /);
});

test('tools that read packages find nothing wrong with the published files and their types', async (t) => {
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  const { messages } = await publint({ pkgDir: installed, strict: true });
  t.deepEqual(
    messages.map(({ code }) => code),
    [],
  );
  // All parts are exported in the same way; each costs half a second.
  const entrypoints = ['.', './statistics'];
  const analysis = await checkPackage(createPackageFromTarballData(await readFile(join(folder, tarball!))), {
    entrypoints,
  });
  // The package is of modules alone: resolution as of Node 10 knows no exports, and CommonJS takes it by require(esm).
  const problems = analysis.types === false ? ['no types'] : analysis.problems;
  t.deepEqual(
    problems.filter(
      (problem) =>
        typeof problem === 'string' ||
        (problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10')),
    ),
    [],
  );
});

test('TypeScript checks a program with the declarations of the library, all of them and strictly', async (t) => {
  await writeFile(
    join(folder, 'use.mts'),
    `import { type Claim, parseProblem, type ProblemSpecification, runSpgm } from 'signprox';
import type * as algorithms from 'signprox/algorithms';
import { checkClaims, reference } from 'signprox/claims';
import { type ImplementationModule, judgeModule } from 'signprox/browser';
import type * as functions from 'signprox/functions';
import { wrapModule } from 'signprox/guard';
import { theorems } from 'signprox/paper';
import type * as statistics from 'signprox/statistics';
import type * as parts from 'signprox/theorems';
const specification: ProblemSpecification = {
  smooth: { type: 'zero' },
  functions: [{ type: 'l1', weight: 1 }],
  probabilities: [1],
};
const end: Float64Array = runSpgm(parseProblem(specification), Float64Array.of(1), {
  step: 0.25,
  iterations: 4,
  miniBatch: 1,
  indices: (_, indices) => indices.fill(0),
});
const claims: readonly Claim[] = theorems;
declare function test(title: string, run: (context: { skip(reason?: string): void }) => Promise<void>): void;
checkClaims(test, reference, { claims: 'eq*', depth: 'quick' });
// A module, as a file of TypeScript has it.
const mine: ImplementationModule = {
  describe: () => ({
    name: 'mine',
    version: '1',
    language: 'typescript',
    dtype: 'f64',
    methods: ['prox'],
    functions: ['l1'],
    smooth: [],
    algorithms: [],
  }),
  prox: (r: functions.FunctionSpecification & { weight: number }, step, y) =>
    y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * r.weight, 0)),
};
void judgeModule(mine, { claims: 'eq6-*' });
checkClaims(test, wrapModule(mine, 'mine'));
// @ts-expect-error: a prox returns a vector.
const wrong: ImplementationModule = { ...mine, prox: () => 'nothing' };
// @ts-expect-error: it has no claim of this name.
const misnamed: functions.WrongForm<unknown> = { description: '', killedBy: 'eq6-porx', prox: () => [] };
type Parts = [typeof algorithms, typeof functions, typeof wrong, typeof misnamed, typeof statistics, typeof parts];
// @ts-expect-error: the declarations are found, so that the id of a claim is no number.
const id: number = claims[0]!.id;
export { end, id, type Parts };\n`,
  );
  const configuration = {
    compilerOptions: {
      strict: true,
      skipLibCheck: false,
      module: 'nodenext',
      target: 'es2022',
      types: [],
      noEmit: true,
    },
    files: ['use.mts'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const { code, stdout } = await run(process.execPath, join(compiler, '../bin/tsc'), '-p', '.');
  t.deepEqual([code, stdout], [0, '']);
});
