import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { leftBehind } from '../guard/processes.test.helper.js';
import { parseRunRecord } from '../report/record/run-record.js';
import { program, startCommand } from './command-process.test.helper.js';
import { commandRunner, ends, type Finished, words } from './command-runner.test.helper.js';
import { fixture, writeModule } from './few-functions.test.helper.js';
import { directory, recordIn } from './run-directory.test.helper.js';

const run = commandRunner();

test.serial(
  'an interrupted run keeps what is finished, and --resume completes it to the report of an uninterrupted run',
  async (t) => {
    const cwd = await directory(t);
    const claims = ['--claims', 'eq12*,prox-overflow,theorem-2-sharp'];
    const interrupt = (...options: string[]): Promise<Finished> => {
      let sent = false;
      return startCommand(cwd, ['verify', ...options], (child) => {
        child.stderr?.on('data', () => {
          // The first claim is done; the theorem takes seconds.
          if (!sent) sent = child.kill('SIGINT');
        });
      });
    };
    const { code, stdout, stderr } = await interrupt(...claims, '--workers', '2');
    t.is(code, 130);
    t.is(stdout, '');
    const [, finished, resume] =
      /^signprox: interrupted; (\d) of 3 claims are in reports\/incomplete; for the rest: node \S+main\.js (.*)$/m.exec(
        stderr,
      )!;
    t.is(resume, 'verify --resume reports/incomplete/run.json');
    t.false(existsSync(join(cwd, 'reports/selection')));
    const record = parseRunRecord(await readFile(join(cwd, 'reports/incomplete/run.json'), 'utf8'));
    t.is(record.claims.length, Number(finished));
    t.is(record.exitCode, 130);
    const { remaining, selection } = record.incomplete!;
    t.is(remaining.length, 3 - Number(finished));
    t.is(selection, claims[1]);
    for (const name of ['report.md', 'index.html', 'junit.xml']) {
      const text = await readFile(join(cwd, 'reports/incomplete', name), 'utf8');
      t.regex(text, /incomplete/i, name);
      for (const id of remaining) t.true(text.includes(id), `${name} names ${id}`);
    }

    const rest = await ends(t, run(cwd, resume!.split(' ')));
    t.regex(rest.stderr, new RegExp(`^\\[${remaining.length}/${remaining.length}\\]`, 'm'));
    await ends(t, run(cwd, words`verify ${claims} --workers 0 --out whole`));
    const [resumed, atOnce] = await Promise.all([recordIn(cwd), recordIn(cwd, 'whole/selection')]);
    t.deepEqual(Object.keys(resumed.timing!.claims), Object.keys(atOnce.timing!.claims));
    t.deepEqual({ ...resumed, timing: undefined }, { ...atOnce, timing: undefined });
  },
);

test.serial('the command for the rest has the options that records do not keep', async (t) => {
  const cwd = await directory(t);
  const options = ['--claims', 'eq12*,theorem-2-sharp', '--out', 'a b', '--baseline', 'base.json', '--update-baseline'];
  let sent = false;
  const { stderr } = await ends(
    t,
    startCommand(cwd, ['verify', ...options], (child) => {
      child.stderr?.on('data', () => {
        if (!sent) sent = child.kill('SIGINT');
      });
    }),
    { code: 130 },
  );
  t.true(
    stderr.endsWith(
      `for the rest: node ${program} verify --resume 'a b/incomplete/run.json' --out 'a b' --baseline base.json --update-baseline\n`,
    ),
    stderr,
  );
});

test.serial('a run that cannot be resumed gives one line', async (t) => {
  const cwd = await directory(t);
  await run(cwd, 'verify --claims eq12* --depth quick');
  const record = await recordIn(cwd);
  const incomplete = { remaining: ['prox-overflow'], selection: 'eq12*,prox-overflow', resume: 'signprox verify' };
  const kept = { ...record, incomplete, exitCode: 130 };
  const files: Record<string, [text: string, message: RegExp]> = {
    'complete.json': [JSON.stringify(record), /that run was not interrupted/],
    'words.json': ['words', /not JSON/],
    'other.json': [JSON.stringify({ ...kept, suite: { name: 'signprox', version: '9.9.9' } }), /version 9\.9\.9/],
    'foreign.json': [
      JSON.stringify({ ...kept, implementation: { ...record.implementation, name: 'theirs' } }),
      /it judged theirs .*, and this is signprox/,
    ],
  };
  for (const [name, [text, message]] of Object.entries(files)) {
    await writeFile(join(cwd, name), text);
    const { stderr } = await ends(t, run(cwd, words`verify --resume ${name}`), { code: 2 });
    t.regex(stderr, message);
    t.regex(stderr, /^signprox: cannot resume from [^\n]+; give the run\.json that an interrupted run has written\n$/);
  }
  const missing = await run(cwd, 'verify --resume missing.json');
  t.deepEqual(
    [
      missing.code,
      /^signprox: cannot resume from missing\.json: there is no such file; give [^\n]+\n$/.test(missing.stderr),
    ],
    [2, true],
  );
  await ends(t, run(cwd, 'verify --resume complete.json --seed 2'), {
    code: 2,
    stderr: /'--resume <file>' cannot be used with option '--seed <seed>'/,
  });
});

test.serial('an interrupted run keeps the counterexamples that it has found', async (t) => {
  const cwd = await directory(t);
  const mutant = await writeModule(await directory(t), 'l1-step-dropped');
  let sent = false;
  // What decides about the rest as it decided about what is finished.
  const judgedBy = ['--strict', '--time-per-part', '60s'];
  const { code, stderr } = await startCommand(
    cwd,
    words`guard --module ${mutant} --claims eq6-prox,algorithm*,theorem* --depth standard ${judgedBy}`,
    (child) => {
      child.stderr?.on('data', (text) => {
        if (!sent && String(text).includes('eq6-prox: violated')) sent = child.kill('SIGINT');
      });
    },
  );
  t.true(sent);
  t.is(code, 130);
  t.regex(
    stderr,
    /^saved reports\/failures\/eq6-prox\.\S+: \S.*replay reports\S+\nsignprox: interrupted; 1 of 5 claims are in reports\/incomplete; for the rest: node \S+main\.js guard \S+ --time-per-part 60000ms --resume reports\/incomplete\/run\.json --strict$/m,
  );
  t.deepEqual((await readdir(join(cwd, 'reports'))).sort(), ['failures', 'incomplete']);
  t.is((await readdir(join(cwd, 'reports/failures'))).length, 1);
});

/** Interrupts the command when its first claim is being judged by an adapter that hangs. */
async function interrupted(
  t: ExecutionContext,
  ...signals: NodeJS.Signals[]
): Promise<Finished & { reports: boolean; left: string[] }> {
  const cwd = await directory(t);
  const mark = randomUUID();
  const marked = [
    'guard',
    '--depth',
    'quick',
    '--claims',
    'function-values,eq6*',
    '--timeout',
    '30s',
    '--',
    'env',
    `MARK=${mark}`,
    'node',
    fixture('adapters/zoo/zoo.mjs'),
    'hang-and-ignore-sigterm',
  ];
  let [stderr, sent] = ['', 0];
  const finished = await startCommand(cwd, marked, (child) => {
    child.stderr?.on('data', (text) => {
      stderr += text;
      if (sent > 0 || !stderr.includes('function-values')) return;
      for (const signal of signals) setTimeout(() => child.kill(signal), 100 * sent++);
    });
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
    /^signprox: interrupted; 1 of 2 claims are in reports\/incomplete; for the rest: node \S+main\.js guard /m,
  );
});
