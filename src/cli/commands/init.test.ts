import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { parse } from 'yaml';
import { UnsupportedError } from '../../claims/implementation/implementation.js';
import { openProcess } from '../../guard/process-implementation.js';
import { startWithoutCoverage } from '../../guard/processes.test.helper.js';
import { testWith } from '../../guard/programs.test.helper.js';
import { subjectsOf } from '../../report/record/subjects.js';
import { commandRunner, ends, inFolder } from '../command-runner.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { pages, root } from '../pages.test.helper.js';
import { directory, recordIn } from '../run-directory.test.helper.js';
import { installedFrom } from './init.js';

const run = commandRunner();

startWithoutCoverage();

/** A skeleton and what is planted into it: text of it, each with what stands in its place. */
interface Skeleton {
  readonly adapter: string;
  readonly command: readonly string[];
  /** Builds the program of the command. */
  readonly build?: readonly string[];
  /** Succeeds where the language is installed. */
  readonly needs: readonly [string, ...string[]];
  /** The threshold without the step. */
  readonly wrong: readonly [string, string];
  /** Declares sgd, whose step is then offered. */
  readonly sgd?: readonly [string, string];
  /** A step up the gradient, and one without γ. */
  readonly wrongSteps?: readonly (readonly [string, string])[];
  /** prox prints, value raises "planted", gradient returns x, and the prox of l1 is accurate to 10⁻⁶. */
  readonly others: readonly (readonly [string, string])[];
}

/** By the words that `init` is given. An optimiser in Python needs no adapter, so the short one has none. */
const skeletons: Readonly<Record<string, Skeleton>> = {
  python: {
    adapter: 'signprox_adapter.py',
    command: ['python3', 'signprox_adapter.py'],
    needs: ['python3', '--version'],
    wrong: ['step * r["weight"]', 'r["weight"]'],
    others: [
      ['threshold = step', 'print("noise"); threshold = step'],
      ['return r["weight"] * sum(abs(v) for v in x)', 'raise ValueError("planted")'],
      [`raise AdapterError("unsupported", f"no gradient of {r['type']} here")`, 'return x'],
      ['name="mine",', 'name="mine", accuracy={"l1": 1e-6}, nonfinite="propagate",'],
    ],
  },
  'python --standalone': {
    adapter: 'signprox_adapter.py',
    command: ['python3', 'signprox_adapter.py'],
    needs: ['python3', '--version'],
    wrong: ['step * r["weight"]', 'r["weight"]'],
    sgd: ['ALGORITHMS = []', 'ALGORITHMS = ["sgd"]'],
    wrongSteps: [
      ['v - gamma * d', 'v + gamma * d'],
      ['v - gamma * d', 'v - d'],
    ],
    others: [
      ['threshold = step', 'print("noise"); threshold = step'],
      ['return r["weight"] * sum(abs(v) for v in x)', 'raise ValueError("planted")'],
      [`raise Refused("unsupported", f"no gradient of {r['type']} here")`, 'return x'],
      ['DECLARED = {}', 'DECLARED = {"accuracy": {"l1": 1e-6}}'],
    ],
  },
  octave: {
    adapter: 'signprox_adapter.m',
    command: ['octave-cli', '-qf', 'signprox_adapter.m'],
    needs: ['octave-cli', '--version'],
    wrong: ['step * r.weight', 'r.weight'],
    sgd: ['algorithms = {};', 'algorithms = {"sgd"};'],
    wrongSteps: [
      ['x - gamma * g;', 'x + gamma * g;'],
      ['x - gamma * g;', 'x - g;'],
    ],
    others: [
      ['threshold = step', 'noise = 1\n threshold = step'],
      ['v = r.weight * sum (abs (x));', 'error ("planted");'],
      ['error ("signprox:unsupported", "no gradient of %s here", r.type);', 'g = x;'],
      ['declared = struct ();', 'declared = struct ("accuracy", struct ("l1", 1e-6));'],
    ],
  },
  javascript: {
    adapter: 'signprox_adapter.mjs',
    command: ['node', 'signprox_adapter.mjs'],
    needs: ['node', '--version'],
    wrong: ['step * r.weight', 'r.weight'],
    sgd: ['const algorithms = [];', "const algorithms = ['sgd'];"],
    wrongSteps: [
      ['v - gamma * g[i]', 'v + gamma * g[i]'],
      ['v - gamma * g[i]', 'v - g[i]'],
    ],
    others: [
      ['const threshold = step', "console.log('noise'); const threshold = step"],
      ['return r.weight * x.reduce((sum, v) => sum + Math.abs(v), 0);', "throw new TypeError('planted');"],
      [`throw new Refused('unsupported', \`no gradient of \${r.type} here\`);`, 'return x;'],
      ['const declared = {};', 'const declared = { accuracy: { l1: 1e-6 } };'],
    ],
  },
  cpp: {
    adapter: 'signprox_adapter.cpp',
    command: ['./signprox_adapter'],
    build: [
      ...['c++', '-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-Wno-unused-parameter', '-Werror'],
      ...['-o', 'signprox_adapter', 'signprox_adapter.cpp'],
    ],
    needs: ['c++', '--version'],
    wrong: ['step * r["weight"].number()', 'r["weight"].number()'],
    sgd: ['algorithms = {};', 'algorithms = {"sgd"};'],
    wrongSteps: [
      ['next[i] -= gamma * g[i]', 'next[i] += gamma * g[i]'],
      ['next[i] -= gamma * g[i]', 'next[i] -= g[i]'],
    ],
    others: [
      ['const double threshold', 'std::cout << "noise" << std::endl; const double threshold'],
      ['return r["weight"].number() * sum;', 'std::vector<int>().at(0); return sum; // planted'],
      ['throw Refused{"unsupported", "no gradient of " + r["type"].text + " here"};', 'return x;'],
      ['declared = "{}";', 'declared = R"({"accuracy": {"l1": 1e-6}})";'],
    ],
  },
  r: {
    adapter: 'signprox_adapter.R',
    command: ['Rscript', '--vanilla', 'signprox_adapter.R'],
    needs: ['Rscript', '-e', 'loadNamespace("jsonlite")'],
    wrong: ['step * r$weight', 'r$weight'],
    sgd: ['algorithms <- c()', 'algorithms <- c("sgd")'],
    wrongSteps: [
      ['x - gamma * g)', 'x + gamma * g)'],
      ['x - gamma * g)', 'x - g)'],
    ],
    others: [
      ['threshold <- step', 'print("noise"); threshold <- step'],
      ['return(r$weight * sum(abs(x)))', 'stop("planted")'],
      ['refuse("unsupported", paste("no gradient of", r$type, "here"))', 'x'],
      ['declared <- list()', 'declared <- list(accuracy = list(l1 = 1e-6))'],
    ],
  },
};

/** A folder in which `npx signprox` is this program, with the skeleton in it. */
async function initialised(t: ExecutionContext, language: string): Promise<string> {
  const cwd = await directory(t);
  await ends(t, run(cwd, `init ${language}`), { stderr: '' });
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(fileURLToPath(new URL('../main.js', import.meta.url)), join(cwd, 'node_modules/.bin/signprox'));
  return cwd;
}

function plant(t: ExecutionContext, cwd: string, file: string, changes: Skeleton['others']): void {
  let text = readFileSync(join(cwd, file), 'utf8');
  for (const [from, to] of changes) {
    t.is(text.split(from).length, 2, `${from} stands in ${file} once`);
    text = text.replace(from, () => to);
  }
  writeFileSync(join(cwd, file), text);
}

/** Asserts the exit code of a program. */
function exits(t: ExecutionContext, cwd: string, code: number, command: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command[0]!, command.slice(1), { cwd, encoding: 'utf8' });
  t.is(status, code, `${command.join(' ')}\n${stdout}${stderr}`);
}

const guard = ['sh', 'guard.sh'];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    )
    .sort();

testWith(
  'sh',
  '-c',
  'Rscript --version && ! R_LIBS_SITE=/nowhere R_LIBS_USER=/nowhere Rscript --vanilla -e "loadNamespace(\'jsonlite\')"',
)('r: without jsonlite the skeleton says that it is missing', async (t) => {
  const cwd = await initialised(t, 'r');
  const env = { ...process.env, R_LIBS_SITE: '/nowhere', R_LIBS_USER: '/nowhere' };
  const { status, stderr } = spawnSync('sh', ['guard.sh'], { cwd, env, encoding: 'utf8' });
  t.is(status, 3, stderr);
  t.regex(stderr, /^signprox: crash: .*stderr ends with "jsonlite is missing: install\.packages\("jsonlite"\)"$/m);
});

for (const [language, skeleton] of Object.entries(skeletons)) {
  const { adapter, command, build, needs, wrong, sgd, wrongSteps, others } = skeleton;

  testWith(...needs)(
    `${language}: the untouched skeleton is judged right, and one without the step wrong`,
    async (t) => {
      const cwd = await initialised(t, language);
      const outcome = async (): Promise<string | undefined> =>
        (await recordIn(cwd, 'reports/mine')).claims.find(({ id }) => id === 'eq6-prox')?.outcome;
      exits(t, cwd, 0, guard);
      t.is(await outcome(), 'pass');
      const { implementation } = await recordIn(cwd, 'reports/mine');
      t.deepEqual([implementation.name, implementation.functions], ['mine', ['l1']]);
      plant(t, cwd, adapter, [wrong]);
      exits(t, cwd, 1, guard);
      t.is(await outcome(), 'fail');
    },
  );

  const testOfSgd = sgd === undefined ? () => {} : testWith(...needs);
  testOfSgd(`${language}: with sgd declared a step down the gradient is right, and any other is wrong`, async (t) => {
    const cwd = await initialised(t, language);
    const verdict = async (folder: string): Promise<string | undefined> =>
      subjectsOf(await recordIn(cwd, folder)).subjects.find(({ subject }) => subject === 'step of sgd')?.verdict;
    plant(t, cwd, adapter, [sgd!]);
    exits(t, cwd, 0, [...guard, '--strict']);
    t.is(await verdict('reports/mine'), 'right');
    for (const [right, planted] of wrongSteps!) {
      plant(t, cwd, adapter, [[right, planted]]);
      exits(t, cwd, 1, [...guard, '--only', 'step of sgd']);
      t.is(await verdict('reports/mine/selection'), 'wrong');
      plant(t, cwd, adapter, [[planted, right]]);
    }
  });

  testWith(...needs)(`${language}: what is refused, raised and printed is answered as the protocol says`, async (t) => {
    const cwd = await initialised(t, language);
    plant(t, cwd, adapter, others);
    if (build !== undefined) exits(t, cwd, 0, build);
    const inItsFolder = ['sh', '-c', 'cd "$0" && exec "$@"', cwd, ...command];
    const served = await openProcess({ command: inItsFolder, timeout: 30_000, seed: '1' });
    t.deepEqual(served.description.accuracy, { l1: 1e-6 });
    const l1 = { type: 'l1', weight: 0.75 };
    const x = Float64Array.of(-0, 5e-324, -3, 1 / 3 + 2);
    const prox = (step: number, ...at: number[]) =>
      served.ask({ method: 'prox', function: l1, step, x: Float64Array.from(at) });
    t.deepEqual((await served.ask({ method: 'gradient', function: l1, x })).x, x);
    t.deepEqual((await prox(2, 4)).x, Float64Array.of(2.5));
    t.deepEqual((await prox(1, Infinity, Number.NaN)).x, Float64Array.of(Infinity, Number.NaN));
    const zero = served.ask({ method: 'prox', function: { type: 'zero' }, step: 1, x });
    await t.throwsAsync(zero, { instanceOf: UnsupportedError });
    for (const step of [-1, Number.NaN]) {
      await t.throwsAsync(prox(step, ...x), {
        message: /^prox answers bad-request: step (?:= \S+ )?must be (?:positive|a finite number > 0)/,
      });
    }
    await t.throwsAsync(prox(1), { message: /^prox answers bad-request: / });
    for (let call = 0; call < 2; call++) {
      const message = /^value answers internal: .*(planted|vector::_M_range_check)/;
      await t.throwsAsync(served.ask({ method: 'value', function: l1, x }), { message });
    }
    // A pipe of its own: it may arrive after the replies.
    while (!/planted|range_check/.test(served.stderr)) await setImmediate();
    t.regex(served.stderr, /noise/);
    t.is(served.stderr.match(/^.*(Error: planted|error: planted|range_check|planted *$)/gm)?.length, 1, served.stderr);
    t.is(await served.close(), undefined);
  });

  test.serial(`${language}: every file of the skeleton is written, and the workflow judges and shows`, async (t) => {
    const cwd = await directory(t);
    const { stdout } = await ends(
      t,
      run(cwd, `init ${language.replace(/^\w+/, (word) => word.toUpperCase())} --out 'a folder/mine'`),
    );
    const out = join(cwd, 'a folder/mine');
    const files = ['.github/workflows/signprox.yml', 'guard.sh', 'signprox.json', adapter];
    t.deepEqual(filesIn(out), [...files, ...(adapter.endsWith('.py') ? ['test_signprox.py'] : [])].sort());
    t.regex(stdout, new RegExp(`^✓ ${filesIn(out).length} files written\n`));
    for (const file of filesIn(out)) t.true(stdout.includes(`a folder/mine/${file}`), file);
    const said = stdout.replaceAll(/\s+/g, ' ');
    t.regex(said, new RegExp(` a folder/mine/${adapter} fill in prox`));
    t.regex(said, / a folder\/mine\/\.github\/workflows\/signprox\.yml fill in SIGNPROX, .*--package/);
    t.regex(stdout, /^ +next +sh 'a folder\/mine\/guard\.sh'$/m);
    const workflow = readFileSync(join(out, '.github/workflows/signprox.yml'), 'utf8');
    for (const step of [
      'sh guard.sh --depth standard\n',
      'node_modules/.bin/signprox report reports/mine/run.json --format annotations\n        if: always()\n',
      'cat reports/mine/report.md >> "$GITHUB_STEP_SUMMARY"\n        if: always()\n',
    ]) {
      t.true(workflow.includes(`\n      - run: ${step}`), workflow);
    }
  });
}

const takesByName =
  /\b(?:npm (?:i|in|install|add|exec|x)|yarn (?:add|dlx)|pnpm (?:add|dlx|i|install)|bun(?:x| add))\b(?:[^\n#`;|&]*[\s"'=])?signprox(?![\w./-])/;

/** The lines of a text that make npm take a package called signprox from a registry: by a name, or by npx where nothing is installed. */
const byName = (text: string, npx: RegExp): string[] =>
  text
    .split('\n')
    .filter((line) => [takesByName, /signprox@(?!git|https?:|file:)/, npx].some((pattern) => pattern.test(line)));

test('commands that install by name are recognised', (t) => {
  const byAName = [
    'npm install --no-save "$(ls ./signprox-*.tgz || echo signprox@latest)"',
    'npm i signprox',
    'npx -y signprox verify',
    'RUN npm install --global signprox@0.1.0 bullmq',
    'pnpm add "signprox"',
    'npx --yes signprox init r',
    'bunx signprox',
  ];
  const byAPath = ['./signprox-0.1.0.tgz', '"$SIGNPROX"', '/opt/signprox-0.1.0.tgz x'];
  for (const line of byAName) t.deepEqual(byName(line, /npx (?:-y|--yes)/), [line]);
  for (const path of byAPath) t.deepEqual(byName(`npm install ${path}`, /npx (?:-y|--yes)/), [], path);
});

test("no written or shipped file installs signprox by name, which could be anybody's in a registry", async (t) => {
  for (const language of Object.keys(skeletons)) {
    const cwd = await directory(t);
    await ends(t, run(cwd, `init ${language}`));
    // In CI npx asks nobody before it installs.
    for (const file of filesIn(cwd))
      t.deepEqual(byName(readFileSync(join(cwd, file), 'utf8'), /^[^#]*\bnpx\b/), [], file);
  }
  const fixtures = filesIn(join(root, 'fixtures')).filter((file) => /\.(?:md|py|m|js|mjs|cpp|R|sh|ya?ml)$/.test(file));
  for (const file of [...pages, 'CHANGELOG.md', ...fixtures.map((name) => `fixtures/${name}`)]) {
    t.deepEqual(byName(readFileSync(join(root, file), 'utf8'), /\bnpx (?:-y|--yes)\b/), [], file);
  }
});

test.serial('guard.sh without an installation says in one line how to install, and asks no registry', async (t) => {
  let requests = 0;
  const registry = createServer((_, response) => {
    requests++;
    response.writeHead(404).end('{}');
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  t.teardown(() => registry.close());
  const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  const env = { ...process.env, NODE_V8_COVERAGE: '', npm_config_registry: address, npm_config_fetch_retries: '0' };
  for (const language of Object.keys(skeletons)) {
    const cwd = await directory(t);
    await ends(t, run(cwd, `init ${language}`));
    const child = spawn('sh', ['guard.sh'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    t.deepEqual([code, stdout], [2, ''], `${language}: ${stderr}`);
    t.regex(
      stderr,
      /^signprox is not installed here: npm install --save-dev <[^>]*tarball, git URL or folder[^>]*>\n$/,
    );
    t.is(requests, 0, language);
  }
});

test('the source of this copy is used if CI can install from it too', async (t) => {
  const cwd = await directory(t);
  const copy = join(cwd, 'node_modules/signprox');
  mkdirSync(copy, { recursive: true });
  t.is(await installedFrom(copy, cwd), undefined);
  t.is(await installedFrom(cwd, cwd), undefined);
  for (const [resolved, source] of [
    ['file:signprox-0.1.0.tgz', './signprox-0.1.0.tgz'],
    ['file:vendor/signprox-0.1.0.tgz', './vendor/signprox-0.1.0.tgz'],
    ['file:../signprox-0.1.0.tgz', undefined],
    ['../signprox', undefined],
    ['git+ssh://git@git.example/a/signprox.git#880db0a', 'git+ssh://git@git.example/a/signprox.git#880db0a'],
    ['https://host.example/signprox-0.1.0.tgz', 'https://host.example/signprox-0.1.0.tgz'],
    ['https://a:secret@host.example/signprox-0.1.0.tgz', undefined],
    ['https://registry.npmjs.org/signprox/-/signprox-0.1.0.tgz', undefined],
    [undefined, undefined],
  ]) {
    const lock = { packages: { 'node_modules/signprox': { version: '0.1.0', resolved } } };
    writeFileSync(join(cwd, 'node_modules/.package-lock.json'), JSON.stringify(lock));
    t.is(await installedFrom(copy, cwd), source, resolved);
  }
});

/** What the step of a workflow that installs prints, where npm prints what it is asked for. */
function installs(t: ExecutionContext, cwd: string, workflow = '.github/workflows/signprox.yml') {
  const { jobs } = parse(readFileSync(join(cwd, workflow), 'utf8'));
  const step = jobs.guard.steps.find(({ run = '' }) => run.startsWith('npm install'));
  mkdirSync(join(cwd, 'stub'), { recursive: true });
  writeFileSync(join(cwd, 'stub/npm'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${join(cwd, 'stub')}:${process.env['PATH']}`, ...jobs.guard.env };
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', step.run], { cwd, env, encoding: 'utf8' });
  t.is(stderr === '', status === 0);
  return { status, stdout, stderr };
}

test.serial(
  'the workflow installs what --package says, and without it fails with one line that says what to fill in',
  async (t) => {
    for (const [given, written] of [
      ['./vendor/signprox-0.1.0.tgz', './vendor/signprox-0.1.0.tgz'],
      // A name alone would be one of a registry, and one with a slash a repository on GitHub.
      ['signprox-0.1.0.tgz', './signprox-0.1.0.tgz'],
      ["git+https://git.example/it's/signprox.git#v1", "git+https://git.example/it's/signprox.git#v1"],
      ['https://host.example/a?b=$HOME&c="1"', 'https://host.example/a?b=$HOME&c="1"'],
      ['/opt/signprox: the clone', '/opt/signprox: the clone'],
    ] as const) {
      const cwd = await directory(t);
      await ends(t, run(cwd, ['init', 'python', '--package', given]), {
        unwrapped: /^✓ \d files written .* CI installs signprox from .* next sh guard\.sh exit 0 $/,
      });
      t.is(installs(t, cwd).stdout, `install\n--no-save\n${written}\n`);
    }
    const cwd = await directory(t);
    mkdirSync(join(cwd, 'signprox'));
    await ends(t, run(cwd, 'init python --package signprox --out a'));
    t.is(installs(t, cwd, 'a/.github/workflows/signprox.yml').stdout, 'install\n--no-save\n./signprox\n');
    await ends(t, run(cwd, 'init python'));
    const { status, stdout, stderr } = installs(t, cwd);
    t.deepEqual([status, stdout], [1, '']);
    t.regex(stderr, /^[^\n]*SIGNPROX: fill in, in signprox.yml, [^\n]*tarball, git URL or folder[^\n]*\n$/);
  },
);

test.serial('exactly these skeletons are shipped, and the workflow may set another depth', async (t) => {
  const adapters = Object.values(skeletons).map(({ adapter }) => adapter);
  const shipped = readdirSync(fixture('skeletons')).filter((name) => name.startsWith('signprox_adapter'));
  t.deepEqual(shipped.sort(), [...new Set(adapters)].sort());
  const cwd = await initialised(t, 'javascript');
  exits(t, cwd, 0, [...guard, '--depth', 'standard', '--claims', 'eq6-prox']);
  t.is((await recordIn(cwd, 'reports/mine/selection')).depth, 'standard');
  await ends(t, run(cwd, 'report reports/mine/selection/run.json --format annotations'), {
    stdout: /^::notice title=signprox%3A exit 0::\d right, none fails\n$/,
  });
});

testWith(
  'python3',
  '-m',
  'pytest',
  '--version',
)('pytest has a test for each function that is judged', async (t) => {
  const cwd = await initialised(t, 'python');
  const pytest = (): string => {
    const { stdout } = spawnSync('python3', ['-m', 'pytest', '-v', '-p', 'no:cacheprovider'], {
      cwd,
      encoding: 'utf8',
    });
    return stdout;
  };
  const right = pytest();
  t.regex(right, /^test_signprox\.py::test_signprox\[mine: prox of l1\] PASSED/m);
  t.notRegex(right, /FAILED|SKIPPED/);
  const { adapter, wrong } = skeletons['python']!;
  plant(t, cwd, adapter, [wrong]);
  const failed = pytest();
  t.regex(failed, /^test_signprox\.py::test_signprox\[mine: prox of l1\] FAILED/m);
  t.regex(failed, /^test_signprox\.py::test_signprox\[mine: value of l1\] PASSED/m);
  t.regex(failed, /^wrong\nprox of l1\(weight .*: returned .*, right is .*\nseen by eq6-prox, /m);
  // A failure that is known is expected, and must not be gone.
  writeFileSync(join(cwd, 'known.toml'), '[[xfail]]\nid = "prox of l1/*"\nreason = "forgets the step"\n');
  const configuration = readFileSync(join(cwd, 'signprox.json'), 'utf8');
  writeFileSync(join(cwd, 'signprox.json'), configuration.replace('] }', '], "knownFailures": "known.toml" }'));
  const known = pytest();
  t.regex(known, /^test_signprox\.py::test_signprox\[mine: prox of l1\] XFAIL/m);
  t.notRegex(known, /FAILED/);
  plant(t, cwd, adapter, [[`= ${wrong[1]}`, `= ${wrong[0]}`]]);
  t.regex(pytest(), /test_signprox\[mine: the run\] FAILED[\s\S]*signprox guard mine ends with exit code 5/);
  plant(t, cwd, adapter, [wrong]);
  writeFileSync(join(cwd, 'signprox.json'), configuration);
  // A function of which nothing is answered is not judged, and the test says so.
  const refusal = 'raise AdapterError("unsupported", "not today")';
  plant(t, cwd, adapter, [
    ['threshold = r["weight"]', refusal],
    ['return r["weight"] * sum(abs(v) for v in x)', refusal],
  ]);
  t.regex(pytest(), /^test_signprox\.py::test_signprox\[mine: prox of l1\] SKIPPED/m);
  writeFileSync(join(cwd, adapter), 'import nothing_of_that_name');
  t.regex(pytest(), /test_signprox\[mine: the run\] FAILED[\s\S]*ModuleNotFoundError/);
  writeFileSync(
    join(cwd, adapter),
    readFileSync(fixture(`skeletons/${adapter}`), 'utf8').replace(/functions=.*/, 'functions={},'),
  );
  t.regex(
    pytest(),
    /test_signprox\[mine: the run\] FAILED[\s\S]*signprox guard mine ends with exit code \d: run it to see why/,
  );
});

test.serial('a failed write gives one line and exit 2, and leaves no files', async (t) => {
  const cwd = await directory(t, { 'held/guard.sh': 'mine', 'blocked/.github': '' });
  mkdirSync(join(cwd, 'late'));
  symlinkSync('nowhere', join(cwd, 'held/signprox_adapter.R'));
  // Found out when the other files are written.
  symlinkSync('nowhere/below', join(cwd, 'late/.github'));
  const before = filesIn(cwd);
  const { refuses } = inFolder(t, run, cwd);
  await refuses(
    ['init', /missing required argument 'language': see signprox init --help$/],
    ['init pyhton', /"pyhton" \(did you mean python\?\): choose one of python, octave, javascript, cpp, r$/],
    ['init julia', /there is no adapter for "julia": choose one of python, octave, javascript, cpp, r$/],
    ['init python mine', /too many arguments for 'init'/],
    ['init python --force', /unknown option --force: see signprox init --help$/],
    ['init r --package signprox', /--package signprox: .* name in a registry.*: give a tarball, git URL or folder$/],
    ['init r --package signprox@0.1.0', /--package signprox@0\.1\.0: .* name in a registry/],
    ['init r --package @a/signprox', /--package @a\/signprox: .* name in a registry/],
    ['init r --package npm:signprox', /--package npm:signprox: .* name in a registry/],
    ['init r --package a/signprox', /--package a\/signprox: .* name in a registry/],
    ["init r --package ''", /--package "": .* name in a registry/],
    ["init r --package './a\nb'", /--package ".*" has control characters: give one printable line$/],
    ['init cpp --out held', /held\/guard\.sh exists, so nothing was written: move it away or .* --out$/],
    ['init r --out held', /held\/signprox_adapter\.R exists/],
    ['init r --out blocked', /cannot write to blocked: .*; choose another --out$/],
    ['init r --out late', /cannot write to late: .*; choose another --out$/],
    ['init r --out held/guard.sh', /cannot write to held\/guard\.sh: .*is not a directory; choose another --out$/],
    ['init r --out /proc/none', /cannot write to \/proc\/none: .*; choose another --out$/],
    ["init r --out ''", /cannot write to "": the name is empty; choose another --out$/],
  );
  t.deepEqual(filesIn(cwd), before);
  t.is(readFileSync(join(cwd, 'held/guard.sh'), 'utf8'), 'mine');
});
