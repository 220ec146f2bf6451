import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { startWithoutCoverage } from '../../guard/processes.test.helper.js';
import { pythonWith, testWith } from '../../guard/programs.test.helper.js';
import { program, startCommand } from '../command-process.test.helper.js';
import { commandRunner, type Finished, inFolder } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

startWithoutCoverage();

const run = commandRunner();
const withNumpy = pythonWith('numpy');

/** Milliseconds without an assertion after which a test has failed: what it waits for will not be printed any more. */
const patience = 120_000;

/** A command that does not end by itself. */
interface Watching {
  /** What it prints, from where the last call ended to the end of the first match. */
  until(pattern: RegExp): Promise<string>;
  interrupted(): Promise<Finished>;
}

function watching(t: ExecutionContext, cwd: string, options: string): Watching {
  t.timeout(patience);
  let [output, read] = ['', 0];
  let child: ChildProcess | undefined;
  let wake = (): void => undefined;
  let ended = false;
  const finished = startCommand(cwd, `guard --watch --depth quick ${options}`, (started) => {
    child = started;
    for (const stream of [started.stdout!, started.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        wake();
      });
    }
  });
  finished.then(() => {
    ended = true;
    wake();
  });
  t.teardown(() => void child?.kill('SIGKILL'));
  return {
    async until(pattern) {
      for (;;) {
        const rest = output.slice(read);
        const match = pattern.exec(rest);
        if (match !== null) {
          const end = match.index + match[0].length;
          read += end;
          return rest.slice(0, end);
        }
        if (ended) throw new Error(`ended before it printed ${pattern}: ${rest}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async interrupted() {
      child!.kill('SIGINT');
      return finished;
    },
  };
}

/** A module with the proxes of ℓ1 and of the half-line; the text of each is given. */
const moduleWith = (l1: string, nonnegative = 'Math.max(v, 0)'): string => `export default {
  describe: () => ({ name: 'tiny', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1', 'nonnegative'], smooth: [], algorithms: [] }),
  async prox(F, step, y) {
    const t = step * F.weight;
    return y.map((v) => F.type === 'l1' ? ${l1} : ${nonnegative});
  },
};\n`;

const soft = 'Math.max(v - t, 0) + Math.min(v + t, 0)';
const waiting = /^waiting for a change in .*; Ctrl-C ends$/m;
const changed = /^── \d\d:\d\d:\d\d, (.*) changed ─+$/m;

test.serial('after a change what failed is judged first, then everything once that passes', async (t) => {
  const cwd = await directory(t, { 'adapter.mjs': moduleWith('v', 'v') });
  const adapter = join(cwd, 'adapter.mjs');
  const watched = watching(t, cwd, '--claims eq6-prox --module adapter.mjs');
  const first = await watched.until(waiting);
  t.regex(first, /^✗ prox of l1 is wrong(?: |$)/m);
  t.regex(first, /^✗ prox of nonnegative is wrong(?: |$)/m);
  t.regex(first, /^waiting for a change in \.; Ctrl-C ends$/m);

  await writeFile(adapter, moduleWith(soft, 'v'));
  // The reports beside the module are no change of it.
  t.is(changed.exec(await watched.until(changed))![1], 'adapter.mjs');
  const second = await watched.until(waiting);
  t.regex(second, /^first what failed: prox of l1, prox of nonnegative$/m);
  t.regex(second, /^✗ prox of nonnegative is wrong(?: |$)/m);
  t.notRegex(second, /--only/);
  t.notRegex(second, /everything/);

  await writeFile(adapter, `${moduleWith(soft)}}`);
  const broken = await watched.until(waiting);
  t.deepEqual(
    broken
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('signprox: '))
      .map((line) => line.replace(/\S*adapter/g, 'adapter')),
    ["signprox: adapter.mjs does not load: Unexpected token '}'; try node adapter.mjs"],
  );

  await writeFile(adapter, moduleWith(soft));
  const third = await watched.until(waiting);
  const [narrow, whole] = third.split(/^what failed passes now; judging everything:$/m);
  t.regex(narrow!, /^first what failed: prox of nonnegative$/m);
  t.regex(narrow!, /^nonnegative: prox right/m);
  t.regex(whole!, /^[✓!] 2 of 2 right/m);

  await writeFile(adapter, moduleWith(`${soft} `));
  t.notRegex(await watched.until(waiting), /what failed/);

  const { code, stderr } = await watched.interrupted();
  t.is(code, 130);
  t.regex(stderr, /^signprox: interrupted; an unfinished run leaves no report\n$/m);
});

test.serial('output redirected to files beside the module does not count as a change', async (t) => {
  const cwd = await directory(t, { 'adapter.mjs': moduleWith(soft) });
  const adapter = join(cwd, 'adapter.mjs');
  const words = 'guard --watch --depth quick --claims eq6-prox --module adapter.mjs';
  const redirected = ['-c', 'exec "$0" "$@" > printed.txt 2> errors.txt', process.execPath, program];
  t.timeout(patience);
  const child = spawn('sh', [...redirected, ...words.split(' ')], { cwd, stdio: 'ignore' });
  t.teardown(() => void child.kill('SIGKILL'));
  const printed = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const text = await readFile(join(cwd, 'printed.txt'), 'utf8').catch(() => '');
      if (pattern.test(text) || /txt changed/.test(text) || child.exitCode !== null) return text;
      await sleep(20);
    }
  };
  await printed(waiting);
  await writeFile(adapter, moduleWith('v'));
  const text = await printed(/^✗ prox of l1 is wrong(?: .*)?\n(?:.*\n)+waiting/m);
  // Two runs, and between them the one change that was made.
  const changes = text.match(/^── .* changed/gm) ?? [];
  t.deepEqual(
    changes.map((line) => line.slice('── 00:00:00, '.length)),
    ['adapter.mjs changed'],
  );
  t.is(text.match(/^waiting/gm)?.length, 2);
});

test.serial('a change during a run ends it, and nothing of it is kept', async (t) => {
  const [cwd, elsewhere] = [await directory(t), await directory(t)];
  const adapter = join(cwd, 'adapter.mjs');
  const mark = join(elsewhere, 'asked');
  const endless = `(await import('node:fs')).writeFileSync(${JSON.stringify(mark)}, ''); for (;;);`;
  await writeFile(
    adapter,
    moduleWith(soft).replace('const t = ', `if (F.type === 'nonnegative') { ${endless} } const t = `),
  );
  const watched = watching(t, cwd, '--claims conventions,inputs-unchanged --timeout 600s --module adapter.mjs');
  await watched.until(/^\[1\/2\]/m);
  while (!existsSync(mark)) await sleep(20);
  await writeFile(adapter, moduleWith(soft));
  t.notRegex(await watched.until(changed), /^waiting|^signprox: |^prox of/m);
  t.regex(await watched.until(waiting), /^nonnegative: prox right/m);
  t.false(existsSync(join(cwd, 'reports/incomplete')));
  t.is((await watched.interrupted()).code, 130);
});

testWith('python3', '--version')("the folder of a program's file is watched, with the folders below it", async (t) => {
  const cwd = await directory(t);
  const parts = join(cwd, 'mine/parts');
  await mkdir(parts, { recursive: true });
  const prox = (threshold: string): string =>
    `def prox(F, step, y):\n    t = ${threshold}\n    return [max(v - t, 0.0) + min(v + t, 0.0) for v in y]\n`;
  await writeFile(join(parts, 'soft.py'), prox('F["weight"]'));
  await writeFile(
    join(cwd, 'mine/adapter.py'),
    `from signprox.adapter import serve
from parts.soft import prox
serve(name="mine", functions={"l1": {"prox": prox}}, smooth={}, steps={})
`,
  );
  const watched = watching(t, cwd, '--claims eq6-prox -- python3 mine/adapter.py');
  const first = await watched.until(waiting);
  t.regex(first, /^✗ prox of l1 is wrong(?: |$)/m);
  t.regex(first, /^waiting for a change in mine; Ctrl-C ends$/m);
  // What Python compiles beside the source, and what an editor keeps there, are no changes.
  await mkdir(join(parts, '__pycache__'), { recursive: true });
  await writeFile(join(parts, '__pycache__/soft.pyc'), '');
  await writeFile(join(parts, '.soft.py.swp'), '');

  await writeFile(join(parts, 'soft.py'), `${prox('step * F["weight"]')}(`);
  t.is(changed.exec(await watched.until(changed))![1], join('mine', 'parts', 'soft.py'));
  t.regex(await watched.until(waiting), /^signprox: crash: .*SyntaxError.*$/m);

  await writeFile(join(parts, 'soft.py'), prox('step * F["weight"]'));
  t.is(changed.exec(await watched.until(changed))![1], join('mine', 'parts', 'soft.py'));
  t.regex(await watched.until(waiting), /^[✓!] prox of l1 is right/m);
  t.is((await watched.interrupted()).code, 130);
});

testWith(
  withNumpy,
  '-c',
  'import numpy',
)("the folder of a function's Python package is watched", async (t) => {
  const cwd = await directory(t);
  await mkdir(join(cwd, 'mine'));
  const file = join(cwd, 'mine/__init__.py');
  await writeFile(file, 'def prox(');
  const watched = watching(t, cwd, `--claims eq6-prox --numpy mine:prox --as nonnegative --python '${withNumpy}'`);
  const first = await watched.until(waiting);
  t.regex(first, /^signprox: mine does not load: SyntaxError: /m);
  t.regex(first, /^waiting for a change in mine; Ctrl-C ends$/m);
  await writeFile(file, 'def prox(y):\n    return y.clip(min=0)\n');
  t.is(changed.exec(await watched.until(changed))![1], join('mine', '__init__.py'));
  t.regex(await watched.until(waiting), /^nonnegative: prox right/m);
  t.is((await watched.interrupted()).code, 130);
});

test.serial('--watch is rejected with options for one run, and if there is nothing to watch', async (t) => {
  const { refuses } = inFolder(t, run, await directory(t, { 'adapter.mjs': moduleWith(soft) }));
  const module = '--module adapter.mjs';
  const cases: readonly (readonly [string, RegExp])[] = [
    ['--list', /--list is for one run, and --watch/],
    [`--list ${module}`, /--list is for one run, and --watch/],
    [`--resume reports/incomplete/run.json ${module}`, /--resume is for one run/],
    [`--baseline b.json --update-baseline ${module}`, /--update-baseline is for one run/],
    [`--write-known-failures k.toml ${module}`, /--write-known-failures is for one run/],
    [`--format junit ${module}`, /--format junit is for one run/],
    [`--out . ${module}`, /--out \. is a folder that --watch watches/],
    ['-- no-such-program no-such-file', /the command line names no file that exists/],
    ['--numpy no_such.module:prox --as l1', /the command line names no file that exists/],
    [`--only 'prox of l2' ${module}`, /nothing matches "prox of l2"/],
    ['', /nothing to judge/],
  ];
  await refuses(...cases.map(([options, message]) => [`guard --watch ${options}`, message] as const));
});
