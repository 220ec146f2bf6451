import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { leftBehind } from '../../guard/processes.test.helper.js';
import { parseRunRecord, type RunRecord } from '../../report/record/run-record.js';
import { commandRunner, type Finished } from '../command-runner.test.helper.js';
import { fixture, writeModule } from '../few-functions.test.helper.js';
import { parseDuration } from '../words/duration.js';

const program = fileURLToPath(new URL('../main.js', import.meta.url));
const specimen = (name: string): string[] => ['--', 'node', fixture(`adapters/zoo/${name}.mjs`)];

const run = commandRunner();

type Child = ReturnType<typeof spawn>;

/** The compiled command as a process of its own; `meanwhile` hears what it writes to stderr. */
function start(
  cwd: string,
  args: readonly string[],
  meanwhile: (child: Child, stderr: string) => void,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      meanwhile(child, stderr);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function directory(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-guard-'));
  t.teardown(() => rm(path, { recursive: true }));
  return path;
}

/** The record of a run of some claims, or of all. */
async function recordIn(cwd: string, directory = 'reports/selection'): Promise<RunRecord> {
  return parseRunRecord(await readFile(join(cwd, directory, 'bounds.json'), 'utf8'));
}

const outcomesOf = ({ claims }: RunRecord): Record<string, string> =>
  Object.fromEntries(claims.map(({ id, outcome }) => [id, outcome]));

const quick = ['guard', '--depth', 'quick'];

test.serial('a right adapter is judged on what it declares, and the rest does not apply', async (t) => {
  const cwd = await directory(t);
  const { code, stdout, stderr } = await run(cwd, [...quick, ...specimen('odd-but-right/split-lines')]);
  t.is(code, 0, stderr);
  const outcomes = outcomesOf(await recordIn(cwd, 'reports'));
  const applied = Object.keys(outcomes).filter((id) => outcomes[id] !== 'n/a');
  // What can be asked of the prox of one function that stands alone.
  t.deepEqual(applied.sort(), [
    'calculus-fenchel-young',
    'calculus-moreau',
    'conventions',
    'declared-is-judged',
    'eq6-prox',
    'inputs-unchanged',
    'prox-average-mixed',
    'prox-cyclically-monotone',
    'prox-envelope-gradient',
    'prox-firmly-nonexpansive',
    'prox-gradual-underflow',
    'prox-jacobian',
    'prox-separable',
    'prox-symmetries',
    'prox-unique-minimiser',
    'prox-variational-inequality',
    'rejects-bad-parameters',
  ]);
  t.regex(stdout, /½ in the prox: yes|½ in t/);
  const prox = (await recordIn(cwd, 'reports')).claims.find(({ id }) => id === 'eq6-prox')!;
  t.deepEqual(
    prox.evidence.parts!.map(({ name }) => name),
    ['l1', 'l1, longer vectors'],
  );
});

test.serial('a command line that names nothing, too much or nonsense is one line and exit 2', async (t) => {
  const cwd = await directory(t);
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(cwd, name), text);
    return name;
  };
  const broken = await file('broken.json', '[');
  const shapeless = await file('shapeless.json', '[{ "id": "eq6-prox" }]');
  const stale = await file('stale.json', '[{ "id": "eq0-nothing", "reason": "old" }]');
  const twice = await file('twice.json', JSON.stringify(Array(2).fill({ id: 'eq6-prox', reason: 'x' })));
  const known = (name: string): string[] => [
    ...quick,
    '--known-failures',
    name,
    ...specimen('odd-but-right/split-lines'),
  ];
  const cases: [string[], RegExp][] = [
    [['guard'], /nothing to judge: give a program after --/],
    [['guard', '--module', 'a.js', '--', 'node'], /two things to judge/],
    [['guard', '--timeout', '500', '--', 'node'], /500ms or 500s/],
    [['guard', '--timeout', '0', '--', 'node'], /a duration is a positive number/],
    [['guard', '--', 'no-such-program'], /cannot start "no-such-program": no such command/],
    [['guard', '--claims', 'eq99', '--', 'node'], /no claim matches "eq99"/],
    [known('missing.json'), /cannot read missing.json/],
    [known(broken), /broken.json is not a list of known failures/],
    [known(shapeless), /shapeless.json is not a list of known failures: 0.reason/],
    [known(stale), /stale.json: "eq0-nothing" is no claim/],
    [known(twice), /twice.json: "eq6-prox" stands there twice/],
  ];
  await Promise.all(
    cases.map(async ([args, message]) => {
      const { code, stdout, stderr } = await run(cwd, args);
      t.is(code, 2, args.join(' '));
      t.is(stdout, '');
      t.regex(stderr, message);
      t.is(stderr.trimEnd().split('\n').length, 1, stderr);
    }),
  );
  t.false((await readdir(cwd)).includes('reports'));
});

test.serial('durations', (t) => {
  t.deepEqual(['2', '0.5s', '500ms', '60', '90s', '1500ms'].map(parseDuration), [2000, 500, 500, 60_000, 90_000, 1500]);
  for (const wrong of ['', '-1', '0', '0ms', '61', '1m', '1e3', 'Infinity', '2 s'])
    t.throws(() => parseDuration(wrong), undefined, wrong);
});

test.serial('known failures are written, accepted, and strict', async (t) => {
  const cwd = await directory(t);
  const mutant = ['--module', await writeModule(cwd, 'l1-step-dropped')];
  const claims = ['--claims', 'eq6-prox,conventions'];
  const first = await run(cwd, [...quick, ...claims, ...mutant, '--write-known-failures', 'known.json']);
  t.is(first.code, 1, first.stderr);
  const [entry, ...others] = JSON.parse(await readFile(join(cwd, 'known.json'), 'utf8')) as {
    id: string;
    reason: string;
  }[];
  t.deepEqual(others, []);
  t.is(entry!.id, 'eq6-prox');
  t.regex(entry!.reason, /violated by l1/);

  await writeFile(
    join(cwd, 'known.json'),
    JSON.stringify([{ ...entry, reason: 'issue 7', url: 'https://example.org/7' }]),
  );
  const second = await run(cwd, [
    ...quick,
    ...claims,
    ...mutant,
    '--known-failures',
    'known.json',
    '--write-known-failures',
    'again.json',
  ]);
  t.is(second.code, 0, second.stderr);
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'xfail');
  t.deepEqual(JSON.parse(await readFile(join(cwd, 'again.json'), 'utf8')), [
    { id: 'eq6-prox', reason: 'issue 7', url: 'https://example.org/7' },
  ]);

  const repaired = ['--module', await writeModule(cwd, 'honest')];
  const third = await run(cwd, [
    ...quick,
    ...claims,
    ...repaired,
    '--known-failures',
    'known.json',
    '--write-known-failures',
    'empty.json',
  ]);
  t.is(third.code, 5, third.stderr);
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'xpass');
  t.deepEqual(JSON.parse(await readFile(join(cwd, 'empty.json'), 'utf8')), []);
});

test.serial('a failure of a program is saved with its command and replayed from its exact values', async (t) => {
  const cwd = await directory(t);
  const adapter = join(cwd, 'no step.mjs');
  const wrong = `import { encode, decode, serve } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))};
    serve({ answers: { prox: ({ function: { weight }, x }) => ({ x: x.map((v) =>
      encode(Math.sign(decode(v)) * Math.max(Math.abs(decode(v)) - decode(weight), 0))) }) } });`;
  await writeFile(adapter, wrong);
  const judged = await run(cwd, [...quick, '--claims', 'eq6-prox', '--timeout', '9s', '--', 'node', adapter]);
  t.is(judged.code, 1, judged.stderr);
  t.regex(
    judged.stdout,
    /reproduce: signprox guard --claims eq6-prox --depth quick --seed 1 --timeout 9000ms -- node '/,
  );
  const saved = /signprox replay (\S+)/.exec(judged.stderr)![1]!;
  const replayed = await run(cwd, ['replay', saved]);
  t.is(replayed.code, 1, replayed.stderr);
  t.regex(replayed.stdout, /^eq6-prox on zoo: violated\n/);

  await writeFile(
    adapter,
    wrong
      .replace('({ function: { weight }, x })', '({ function: { weight }, step, x })')
      .replace('decode(weight)', 'decode(step) * decode(weight)'),
  );
  const repaired = await run(cwd, ['replay', saved]);
  t.is(repaired.code, 0, repaired.stdout + repaired.stderr);

  await writeFile(
    adapter,
    `import { serve } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))}; serve({ end: () => process.exit(3) });`,
  );
  t.is((await run(cwd, ['replay', saved])).code, 3, 'a wrong end is an error of the adapter');
});

test.serial('the case at which a program hangs is shown, saved and judged first when it answers', async (t) => {
  const cwd = await directory(t);
  const adapter = join(cwd, 'hangs.mjs');
  const text = (condition: string) => `
    import { encode, decode, serve } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))};
    serve({ answers: { prox: ({ function: { weight }, step, x }) => {
      while (${condition});
      return { x: x.map((v) => encode(Math.sign(decode(v)) * Math.max(Math.abs(decode(v)) - decode(step) * decode(weight), 0))) };
    } } });`;
  await writeFile(adapter, text('x.length > 2'));
  const guarded = [...quick, '--claims', 'eq6-prox', '--timeout', '9s', '--', 'node', adapter];
  const judged = await run(cwd, guarded.with(guarded.indexOf('9s'), '1s'));
  t.is(judged.code, 3, judged.stderr);
  t.regex(judged.stdout, /^ {2}unanswered case: r = l1\(weight/m);
  const saved = /signprox replay (\S+)/.exec(judged.stderr)![1]!;
  const replayed = await run(cwd, ['replay', saved]);
  t.is(replayed.code, 3, replayed.stdout);
  t.regex(replayed.stdout, /^unanswered case, l1\n {2}r = l1\(weight/m);

  await writeFile(adapter, text('false'));
  const repaired = await run(cwd, ['replay', saved]);
  t.is(repaired.code, 0, repaired.stdout + repaired.stderr);
  t.regex(repaired.stdout, /times the tolerance, without an answer when it was saved$/m);
});

test.serial('a run whose working directory is deleted ends, and what it found is where it was to be', async (t) => {
  const cwd = await directory(t);
  const mutant = ['--module', await writeModule(await directory(t), 'l1-step-dropped')];
  let deleted = false;
  const { code } = await start(cwd, [...quick, '--claims', 'conventions,eq6-prox', ...mutant], () => {
    if (!deleted) rmSync(cwd, { recursive: true });
    deleted = true;
  });
  t.is(code, 1);
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'fail');
  t.is((await readdir(join(cwd, 'reports/failures'))).length, 1);
});

test.serial('an adapter that fails at hello is one line, the end of its stderr, and exit 3', async (t) => {
  const cwd = await directory(t);
  const { code, stdout, stderr } = await run(cwd, [...quick, ...specimen('hello/exit-at-hello')]);
  t.is(code, 3);
  t.is(stdout, '');
  t.regex(stderr, /^signprox: crash: exited with code 1 when asked hello; stderr ends with "ModuleNotFoundError/m);
  t.regex(stderr, /^the end of its stderr:\n {2}\| ModuleNotFoundError/m);
});

test.serial('an adapter that fails later shows how on stderr and in the ledger, exit 3', async (t) => {
  const [late, ended] = [await directory(t), await directory(t)];
  const [failing, ending] = await Promise.all([
    run(late, [...quick, '--claims', 'eq6-prox', ...specimen('replies/internal-errors')]),
    run(ended, [...quick, '--claims', 'eq6-prox', ...specimen('processes/grandchild')]),
  ]);
  t.is(failing.code, 3, failing.stderr);
  t.regex(failing.stderr, /^the end of its stderr:\n {2}\| Traceback: the prox fell over/m);
  t.is(ending.code, 3, ending.stderr);
  t.regex(ending.stderr, /^signprox: protocol: left a process behind when it exited \(killed\)$/m);
  t.deepEqual(outcomesOf(await recordIn(ended)), { 'eq6-prox': 'pass', 'guard-shutdown': 'error' });
});

test.serial('where no claim applies nothing ran, exit 6', async (t) => {
  const cwd = await directory(t);
  const { code } = await run(cwd, [...quick, '--claims', 'theorem-1', ...specimen('odd-but-right/split-lines')]);
  t.is(code, 6);
});

test.serial('nothing that an adapter says acts on a terminal, a page or a report', async (t) => {
  const formats = ['table', 'json', 'junit', 'tap', 'markdown', 'github'];
  await Promise.all(
    formats.map(async (format) => {
      const cwd = await directory(t);
      const { code, stdout, stderr } = await run(cwd, [...quick, '--format', format, ...specimen('replies/hostile')]);
      t.is(code, 3, stderr);
      const written = await Promise.all(
        ['bounds.json', 'report.md', 'junit.xml', 'index.html'].map((name) =>
          readFile(join(cwd, 'reports', name), 'utf8'),
        ),
      );
      for (const text of [stdout, stderr, ...written])
        t.notRegex(text.replaceAll('\n', ''), /[\p{Cc}\u202a-\u202e\u2028]/u);
      for (const text of [written[1]!, written[2]!, written[3]!]) t.notRegex(text, /<script>alert/);
    }),
  );
});

/** Interrupts the command when its first claim is being judged by an adapter that hangs. */
async function interrupted(
  t: ExecutionContext,
  ...signals: NodeJS.Signals[]
): Promise<Finished & { reports: boolean; left: string[] }> {
  const cwd = await directory(t);
  const mark = randomUUID();
  const marked = [
    ...quick,
    '--claims',
    'eq2*,eq6*',
    '--timeout',
    '30s',
    '--',
    'env',
    `MARK=${mark}`,
    'node',
    fixture('adapters/zoo/timing/hang-and-ignore-sigterm.mjs'),
  ];
  let sent = 0;
  const finished = await start(cwd, marked, (child, stderr) => {
    if (sent > 0 || !stderr.includes('eq2')) return;
    for (const signal of signals) setTimeout(() => child.kill(signal), 100 * sent++);
  });
  return { ...finished, reports: existsSync(join(cwd, 'reports/incomplete/index.html')), left: await leftBehind(mark) };
}

test.serial('Ctrl-C, a second Ctrl-C, SIGTERM and a closed terminal leave no process behind', async (t) => {
  const [once, twice, terminated, closed] = await Promise.all([
    interrupted(t, 'SIGINT'),
    interrupted(t, 'SIGINT', 'SIGINT'),
    interrupted(t, 'SIGTERM'),
    interrupted(t, 'SIGHUP'),
  ]);
  t.deepEqual([once.code, twice.code, terminated.code, closed.code], [130, 130, 143, 129]);
  t.deepEqual([once.left, twice.left, terminated.left, closed.left], [[], [], [], []]);
  t.deepEqual([once.reports, terminated.reports, closed.reports], [true, true, true]);
  t.regex(
    once.stderr,
    /^signprox: interrupted; 1 of 2 claims are in reports\/incomplete; for the rest: signprox guard /m,
  );
});
