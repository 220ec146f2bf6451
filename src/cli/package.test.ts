import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import test, { type ExecutionContext } from 'ava';
import { publint } from 'publint';
import { testWith } from '../guard/programs.test.helper.js';
import { finished } from './command-process.test.helper.js';
import { ends, type Finished, type Words, wordsOf } from './command-runner.test.helper.js';
import { blocksOf, follow, linesIn, pageText, root, shellRunner } from './pages.test.helper.js';

/** Where the packed package is installed: beside it stand its dependencies and nothing that only development needs. */
let folder: string;
let installed: string;
let installation: Finished;

/** A program in the folder of the installation; what runs there is no part of the coverage of the suite. */
function run(program: string, args: Words): Promise<Finished> {
  const env = { ...process.env, NODE_V8_COVERAGE: '' };
  return finished(spawn(program, wordsOf(args), { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** The command as npm has linked it. */
const signprox = (args: Words): Promise<Finished> => run('node_modules/.bin/signprox', args);

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
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder, root]);
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  installation = await run('npm', `install --offline --no-audit --no-fund ./${tarball}`);
});

test.after.always(() => rm(folder, { recursive: true }));

/** Commands that the pages behind the doors of the README show, beside what it has installed. */
const further = [
  "perl -pi -e 's/step \\* r/r/' signprox_adapter.py",
  'sh guard.sh    # exit 1',
  'npx signprox prove node_modules/signprox/fixtures/theorems/sgd-textbook.mjs',
  'npx signprox audit --problem node_modules/signprox/fixtures/problems/lasso.json    # exit 1',
  "npx signprox bounds --theorem 1 --problem node_modules/signprox/fixtures/problems/cosine-linear.json --start '[1.25]' --iterations 1,4,16",
  'npx signprox verify --claims eq12-sign-sgd-equivalence --depth quick',
];

/** Installs the packed package in a new folder as the README says, and gives what runs a line there with the Node that `path` has first. */
async function newcomer(t: ExecutionContext, path: string) {
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
  return { cwd, run, ofClone };
}

const isWrong = /^✗ prox of l1 is wrong /m;
const holds = /^✓ eq12-sign-sgd-equivalence: holds/m;

testWith('python3', '--version')('the README does what it says', async (t) => {
  const { cwd, run, ofClone } = await newcomer(t, process.env['PATH']!);
  const outputs = [await follow(t, run, 'README.md', { elsewhere: ofClone, cwd })];
  for (const line of further) outputs.push(await run(t, cwd, line));
  const all = outputs.join('\n');
  const said = [
    isWrong,
    /^✓ sgd-textbook is true: proved for every T ≥ 1$/m,
    /^ +tested +\d+ of 12 rows/m,
    /^✓ sgd-textbook: proved for every T ≥ 1$/m,
    /^✗ Theorem 1 does not apply: r_1 is not differentiable at x = \(0, 0\)$/m,
    /^✓ Theorem 1 holds at T = 1, 4, 16/m,
    /^✓ theorem-1: proved, checked by Coq +§2\.2 Theorem 1$/m,
    holds,
  ];
  for (const text of said) t.regex(all, text);
});

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
  testWith('npx', ...start('--offline'))(`a first verdict on Node ${version}`, async (t) => {
    const { stdout } = spawnSync('npx', start('--prefer-offline'), { encoding: 'utf8' });
    const path = [dirname(stdout.trim()), process.env['PATH']].join(delimiter);
    t.is(spawnSync('node', ['--version'], { env: { PATH: path }, encoding: 'utf8' }).stdout, `v${version}\n`);
    const { cwd, run } = await newcomer(t, path);
    await run(t, cwd, 'npx --no-install signprox init python && sh guard.sh');
    t.regex(await run(t, cwd, `${further[0]} && ${further[1]}`), isWrong);
    t.regex(await run(t, cwd, further.at(-1)!), holds);
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

/** A module with the prox of l1, whose threshold is as many times its weight as stands for STEP. */
const judged = `export default {
  describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - STEP * weight, 0)),
};\n`;

test('a command that it prints can be typed where it was started', async (t) => {
  await writeFile(join(folder, 'wrong.mjs'), judged.replace('STEP', '1'));
  const guarded = signprox('guard --module wrong.mjs --depth quick --out typed');
  const { stdout, stderr } = await ends(t, guarded, { code: 1 });
  const [, printed] = /^ +again +(npx signprox replay \S+)$/m.exec(stdout) ?? [];
  t.true(stderr.includes(`: ${printed}\n`), `${stdout}${stderr}`);
  await ends(t, run('sh', ['-c', printed!]), {
    code: 1,
    stdout: /^✗ still wrong: prox of l1 /m,
  });
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

test('it writes an adapter to fill in, with what guards it, and judges it', async (t) => {
  await ends(t, signprox('init javascript --out mine'), { stdout: /^ +next +sh mine\/guard\.sh$/m, stderr: '' });
  const workflow = await readFile(join(folder, 'mine/.github/workflows/signprox.yml'), 'utf8');
  t.true(workflow.includes('\n      SIGNPROX: "./signprox-0.1.0.tgz"\n'), workflow);
  await ends(t, run('sh', 'mine/guard.sh'));
  t.true(existsSync(join(folder, 'mine/reports/mine/run.json')));
});

test('without the renderer of PNGs the figure is an SVG, and one line says how to get the PNG', async (t) => {
  const small = signprox('figure --size 6 --measurements 20 --iterations 2 --workers 0 --out figure');
  const { stdout, stderr } = await ends(t, small);
  t.deepEqual(
    (await readdir(join(folder, 'figure'))).sort(),
    ['entry', 'total'].flatMap((reading) => ['json', 'svg'].map((kind) => `figure-1-${reading}.${kind}`)),
  );
  t.is(stderr.match(/^signprox: .*npm install @resvg\/resvg-js.*$/gm)?.length, 1, stderr);
  t.false(stdout.includes('png'));
});

test('without its optional packages a command says in one line how to install them', async (t) => {
  const queue = 'a queue needs two optional packages: npm install bullmq ioredis adds them';
  for (const [command, missing] of [
    ['worker --redis redis://127.0.0.1:1', queue],
    ['verify --claims eq12* --executor bullmq --redis redis://127.0.0.1:1', queue],
    [
      'guard --tfjs @tensorflow/tfjs-core:train.adam --as adam',
      'an optimiser of TensorFlow.js needs two optional packages: npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu adds them',
    ],
    ['mcp', 'mcp needs an optional package: npm install @modelcontextprotocol/sdk adds it'],
  ] as const) {
    await ends(t, signprox(command), { code: 2, stdout: '', stderr: `signprox: ${missing}\n` });
  }
});

test('each part of the library is imported alone, and the schemas are files of the package', async (t) => {
  await writeFile(
    join(folder, 'parts.mjs'),
    `import { parseProblem } from 'signprox';
import { runSpgm } from 'signprox/algorithms';
import { judgeModule } from 'signprox/browser';
import { checkClaims } from 'signprox/claims';
import { l1 } from 'signprox/functions';
import { judge } from 'signprox/guard';
import { decideBound } from 'signprox/statistics';
import { theorem2, theorems } from 'signprox/paper';
import { prove } from 'signprox/theorems';
import schema from 'signprox/schemas/run-record.json' with { type: 'json' };
const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
console.log(problem.at(0.5).gradientMapping(Float64Array.of(2))[0], theorems.some(({ id }) => id === 'theorem-1'));
console.log(typeof runSpgm, typeof judgeModule, typeof checkClaims, l1({ weight: 1 }).value(Float64Array.of(2)), typeof judge, typeof decideBound, typeof prove, theorem2.id, schema.title);\n`,
  );
  await ends(t, run(process.execPath, '--disable-warning=ExperimentalWarning parts.mjs'), {
    stdout: '1 true\nfunction function function 2 function function function theorem-2 signprox run record\n',
    stderr: '',
  });
});

test('the tests of node:test judge an implementation, claim by claim', async (t) => {
  const program = (module: string): string => `import test from 'node:test';
import { checkClaims } from 'signprox/claims';
import { loadModule } from 'signprox/guard';
checkClaims(test, await loadModule('${module}'), { claims: 'eq6-prox,eq9*' });\n`;
  for (const [name, threshold, ending] of [
    ['right', 'step', { stdout: /^# pass [1-9]/m }],
    ['wrong', '1', { code: 1, stdout: /prox of l1: wrong\n.*returned .*, right is / }],
  ] as const) {
    await writeFile(join(folder, `${name}.mjs`), judged.replace('STEP', threshold));
    await writeFile(join(folder, `${name}.test.mjs`), program(`${name}.mjs`));
    await ends(t, run(process.execPath, `--test --test-reporter=tap ${name}.test.mjs`), ending);
  }
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
// @ts-expect-error: a wrong form says what is wrong.
const misnamed: functions.WrongForm<unknown> = { prox: () => [] };
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
  await ends(t, run(process.execPath, [join(compiler, '../bin/tsc'), '-p', '.']), { stdout: '' });
});
