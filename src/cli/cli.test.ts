import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { parseRunRecord, type RunRecord } from '../report/record/run-record.js';
import { commandRunner, type Finished } from './command-runner.test.helper.js';
import { fixture, writeModule } from './few-functions.test.helper.js';
import { createProgress } from './judging/progress.js';
import { shellQuote } from './words/shell-quote.js';

const program = fileURLToPath(new URL('./main.js', import.meta.url));

const run = commandRunner();

/** The compiled command as a process of its own; `meanwhile` may talk to it. */
function start(cwd: string, args: readonly string[], meanwhile?: Meanwhile): Promise<Finished> {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  meanwhile?.(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}
type Meanwhile = (child: ReturnType<typeof spawn>) => void;

async function directory(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-cli-'));
  t.teardown(() => rm(path, { recursive: true }));
  return path;
}

/** The record of a run of some claims. */
async function recordIn(cwd: string, out = 'reports'): Promise<RunRecord> {
  return parseRunRecord(await readFile(join(cwd, out, 'selection/bounds.json'), 'utf8'));
}

/** A module with the prox of ℓ1 and nothing else. */
const moduleWith = (body: string): string => `export default {
  describe: () => ({ name: 'tiny', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  ${body}
};\n`;

test.serial('help and version', async (t) => {
  const cwd = await directory(t);
  const [help, verify, version, bare] = await Promise.all([
    start(cwd, ['--help']),
    start(cwd, ['verify', '--help']),
    start(cwd, ['--version']),
    start(cwd, []),
  ]);
  t.deepEqual([help.code, verify.code, version.code, bare.code], [0, 0, 0, 2]);
  for (const command of ['verify', 'guard', 'replay']) t.regex(help.stdout, new RegExp(`^ {2}${command} `, 'm'));
  for (const option of ['--claims', '--depth', '--seed', '--format', '--out', '--workers', '--list']) {
    t.true(verify.stdout.includes(option), option);
  }
  const { version: expected } = JSON.parse(await readFile(fixture('../package.json'), 'utf8')) as { version: string };
  t.is(version.stdout, `${expected}\n`);
  t.is(bare.stdout, '');
  t.regex(bare.stderr, /^Usage: signprox/);
});

test.serial('a wrong command line is one line on stderr, exit 2, and nothing is written', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'file'), 'not a directory');
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['frobnicate'], /unknown command 'frobnicate': see signprox --help$/],
    [['verify', '--frobnicate'], /unknown option --frobnicate: see signprox verify --help$/],
    [['verify', '--claim=x'], /unknown option --claim \(did you mean --claims\?\): see signprox verify --help$/],
    [
      ['verify', 'extra'],
      /verify takes no word without an option, got extra \(did you mean --claims extra\?\): see signprox verify --help$/,
    ],
    [['figure', '50'], /\(did you mean --size 50\?\): see signprox figure --help$/],
    [['vectors', 'export', 'x'], /\(did you mean --out x\?\): see signprox vectors export --help$/],
    [['replay', 'a', 'b'], /too many arguments/],
    [['verify', '--depth', 'abyssal'], /'abyssal' is invalid.*quick, standard, deep$/],
    [['verify', '--format', 'xml'], /'xml' is invalid.*table, json/],
    [['verify', '--seed', 'a b'], /'a b' is invalid. a seed is 1 to 100/],
    [['verify', '--seed', ''], /'' is invalid. a seed is 1 to 100/],
    [['verify', '--workers', '1.5'], /'1.5' is invalid. the number of workers is an integer from 0/],
    [['verify', '--workers', '-1'], /'-1' is invalid. the number of workers/],
    [['verify', '--workers', ''], /'' is invalid. the number of workers/],
    [['verify', '--workers', '257'], /'257' is invalid. the number of workers/],
    [['verify', '--claims', 'eq6'], /no claim matches "eq6" \(did you mean eq6-prox\?\): see signprox verify --list$/],
    [['verify', '--claims', 'eq6*,\u001b[31mred'], /no claim matches "\\u\{1b\}\[31mred": see/],
    [['verify', '--out', 'file'], /cannot write to file: .*is not a directory; choose another --out$/],
    [['verify', '--out', 'file/below'], /cannot write to file\/below: .*; choose another --out$/],
    [['vectors', 'export', '--out', '/proc/none'], /cannot write to \/proc\/none: .*; choose another --out$/],
    [['figure', '--out', '/proc/none'], /cannot write to \/proc\/none: .*; choose another --out$/],
    [['verify', '--out', ''], /cannot write to "": the name is empty; choose another --out$/],
    [['guard'], /nothing to judge: give a program after --, as in .*, or --module <file\.js>$/],
    [['guard', '--module', 'missing.js'], /no module at .*missing\.js: give the path of a JavaScript file/],
    [['replay'], /missing required argument 'file': see signprox --help$/],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await run(cwd, args);
    t.is(code, 2, args.join(' '));
    t.is(stdout, '', args.join(' '));
    t.regex(stderr, /^signprox: [^\n]+\n$/, args.join(' '));
    t.regex(stderr.trimEnd(), message);
  }
  t.deepEqual(await readdir(cwd), ['file']);
});

test.serial(
  'what only the writing shows to be in the way is a usage error too, and no half of a file stays',
  async (t) => {
    const cwd = await directory(t);
    await mkdir(join(cwd, 'reports/selection/bounds.json'), { recursive: true });
    const { code, stderr } = await run(cwd, ['verify', '--claims', 'eq5-sign-sgd', '--depth', 'quick']);
    t.is(code, 2);
    t.regex(stderr, /^signprox: cannot write to reports\/selection: .*; choose another --out$/m);
    t.deepEqual(await readdir(join(cwd, 'reports/selection')), ['bounds.json']);
  },
);

test.serial('--list names every claim and checks none', async (t) => {
  const cwd = await directory(t);
  const [all, some, guard] = await Promise.all([
    run(cwd, ['verify', '--list']),
    run(cwd, ['verify', '--list', '--claims', 'eq1?-*, theorem-1']),
    run(cwd, ['guard', '--list']),
  ]);
  t.deepEqual([all.code, some.code, guard.code], [0, 0, 0]);
  const idsOf = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]!);
  for (const { id } of properties) t.true(idsOf(all.stdout).includes(id), id);
  t.deepEqual(idsOf(some.stdout), ['eq10-mini-batch', 'eq12-sign-sgd-equivalence', 'theorem-1']);
  t.true(idsOf(guard.stdout).includes('eq6-prox'));
  t.false(idsOf(guard.stdout).includes('theorem-1-controls'));
  t.deepEqual(await readdir(cwd), []);
});

test.serial('verify writes its reports, prints the ledger, and is plain where there is no terminal', async (t) => {
  const cwd = await directory(t);
  const claims = ['--claims', 'eq12*,eq5-sign-sgd', '--depth', 'quick', '--workers', '1'];
  const { code, stdout, stderr } = await run(cwd, ['verify', ...claims]);
  t.is(code, 0);
  t.deepEqual((await readdir(join(cwd, 'reports/selection'))).sort(), [
    'bounds.json',
    'index.html',
    'junit.xml',
    'report.md',
  ]);
  const record = await recordIn(cwd);
  t.deepEqual(
    record.claims.map(({ id }) => id),
    ['eq5-sign-sgd', 'eq12-sign-sgd-equivalence'],
  );
  t.is(record.exitCode, 0);
  t.is(record.command, `signprox verify --claims 'eq12*,eq5-sign-sgd' --depth quick --seed 1`);
  t.regex(stdout, /^eq12-sign-sgd-equivalence +holds /m);
  t.regex(
    stderr,
    /^\[1\/2\] eq5-sign-sgd: holds \(\d+\.\d s\)\n\[2\/2\] eq12-sign-sgd-equivalence: holds \(\d+\.\d s\)\nthe reports of these claims are in reports\/selection\n$/,
  );
  t.false(`${stdout}${stderr}`.includes('\u001b'));
});

test.serial('the same seed gives the same bytes whatever the number of workers, another seed does not', async (t) => {
  const cwd = await directory(t);
  const verify = (out: string, ...rest: string[]): string[] => [
    ...['verify', '--claims', 'theorem-?,prox-sets', '--depth', 'quick', '--out', out],
    ...rest,
  ];
  const finished = await Promise.all([
    start(cwd, verify('a', '--workers', '0')),
    start(cwd, verify('b', '--workers', '2')),
    run(cwd, verify('c', '--workers', '0', '--seed', '2')),
    run(cwd, verify('d', '--workers', '1', '--format', 'json')),
  ]);
  t.deepEqual(
    finished.map(({ code }) => code),
    [0, 0, 0, 0],
  );
  const bytes = async (out: string): Promise<string> => {
    const parsed = JSON.parse(await readFile(join(cwd, out, 'selection/bounds.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    t.truthy(parsed['timing']);
    delete parsed['timing'];
    return JSON.stringify(parsed);
  };
  t.is(await bytes('b'), await bytes('a'));
  t.is(await bytes('d'), await bytes('a'));
  t.not(await bytes('c'), await bytes('a'));
  t.is(finished[3]!.stdout, await readFile(join(cwd, 'd/selection/bounds.json'), 'utf8'));
});

test.serial('a reader that goes away early is no error', async (t) => {
  const cwd = await directory(t);
  const leave: Meanwhile = (child) => child.stdout?.destroy();
  const [list, json] = await Promise.all([
    start(cwd, ['verify', '--list'], leave),
    start(cwd, ['verify', '--claims', 'eq5-sign-sgd', '--depth', 'quick', '--format', 'json'], leave),
  ]);
  t.deepEqual([list.code, json.code], [0, 0]);
  t.is(list.stderr, '');
  t.is((await recordIn(cwd)).exitCode, 0);
  const deaf = await start(cwd, ['verify', '--claims', 'eq5-sign-sgd', '--depth', 'quick'], (child) =>
    child.stderr?.destroy(),
  );
  t.is(deaf.code, 0);
});

test.serial(
  'an interrupted run keeps what is finished, and --resume makes of it the report of a run that was not',
  async (t) => {
    const cwd = await directory(t);
    const claims = ['--claims', 'eq12*,prox-sets,theorem-2-sharp'];
    const interrupt = (...options: string[]): Promise<Finished> => {
      let sent = false;
      return start(cwd, ['verify', ...options], (child) => {
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
      /^signprox: interrupted; (\d) of 3 claims are in reports\/incomplete; for the rest: signprox (.*)$/m.exec(
        stderr,
      )!;
    t.is(resume, 'verify --resume reports/incomplete/bounds.json');
    t.false(existsSync(join(cwd, 'reports/selection')));
    const record = parseRunRecord(await readFile(join(cwd, 'reports/incomplete/bounds.json'), 'utf8'));
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

    const rest = await run(cwd, resume!.split(' '));
    t.is(rest.code, 0, rest.stderr);
    t.is(rest.stderr.match(/^\[\d\/\d\]/gm)?.length, remaining.length);
    const whole = await run(cwd, ['verify', ...claims, '--workers', '0', '--out', 'whole']);
    t.is(whole.code, 0);
    const [resumed, atOnce] = await Promise.all([recordIn(cwd), recordIn(cwd, 'whole')]);
    t.deepEqual(Object.keys(resumed.timing!.claims), Object.keys(atOnce.timing!.claims));
    t.deepEqual({ ...resumed, timing: undefined }, { ...atOnce, timing: undefined });
  },
);

test.serial('the command for the rest has the options that no record keeps', async (t) => {
  const cwd = await directory(t);
  const options = ['--claims', 'eq12*,theorem-2-sharp', '--out', 'a b', '--baseline', 'base.json', '--update-baseline'];
  let sent = false;
  const { code, stderr } = await start(cwd, ['verify', ...options], (child) => {
    child.stderr?.on('data', () => {
      if (!sent) sent = child.kill('SIGINT');
    });
  });
  t.is(code, 130);
  t.true(
    stderr.endsWith(
      "for the rest: signprox verify --resume 'a b/incomplete/bounds.json' --out 'a b' --baseline base.json --update-baseline\n",
    ),
    stderr,
  );
});

test.serial('what cannot be resumed is said in one line', async (t) => {
  const cwd = await directory(t);
  await run(cwd, ['verify', '--claims', 'eq12*', '--depth', 'quick']);
  const record = await recordIn(cwd);
  const incomplete = { remaining: ['prox-sets'], selection: 'eq12*,prox-sets', resume: 'signprox verify' };
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
    const { code, stderr } = await run(cwd, ['verify', '--resume', name]);
    t.is(code, 2, name);
    t.regex(stderr, message);
    t.regex(
      stderr,
      /^signprox: cannot resume from [^\n]+; give the bounds\.json that an interrupted run has written\n$/,
    );
  }
  const missing = await run(cwd, ['verify', '--resume', 'missing.json']);
  t.deepEqual([missing.code, /^signprox: cannot resume from missing\.json: [^\n]+\n$/.test(missing.stderr)], [2, true]);
  const both = await run(cwd, ['verify', '--resume', 'complete.json', '--seed', '2']);
  t.is(both.code, 2);
  t.regex(both.stderr, /'--resume <file>' cannot be used with option '--seed <seed>'/);
});

test.serial('a run of some claims leaves the report of all alone', async (t) => {
  const cwd = await directory(t);
  await mkdir(join(cwd, 'reports'));
  await writeFile(join(cwd, 'reports/bounds.json'), 'of all');
  const { stderr } = await run(cwd, ['verify', '--claims', 'eq12*', '--depth', 'quick']);
  t.regex(stderr, /^the reports of these claims are in reports\/selection$/m);
  t.is(await readFile(join(cwd, 'reports/bounds.json'), 'utf8'), 'of all');
});

test.serial('an interrupted run keeps the counterexamples that it has found', async (t) => {
  const cwd = await directory(t);
  const mutant = await writeModule(await directory(t), 'l1-step-dropped');
  let sent = false;
  const { code, stderr } = await start(
    cwd,
    ['guard', '--module', mutant, '--claims', 'eq6-prox,algorithm*,theorem*', '--depth', 'standard'],
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
    /^saved reports\/failures\/eq6-prox\.\S+: signprox replay reports\S+\nsignprox: interrupted; 1 of 5 claims are in reports\/incomplete; for the rest: signprox guard --module \S+ --resume reports\/incomplete\/bounds\.json$/m,
  );
  t.deepEqual((await readdir(join(cwd, 'reports'))).sort(), ['failures', 'incomplete']);
  t.is((await readdir(join(cwd, 'reports/failures'))).length, 1);
});

test.serial('guard passes the honest module and saves what a wrong one did; replay judges it again', async (t) => {
  const cwd = await directory(t);
  const [honest, mutant] = [await writeModule(cwd, 'honest'), await writeModule(cwd, 'l1-step-dropped')];
  const guard = (module: string, out: string, claims: string): Promise<Finished> =>
    run(cwd, ['guard', '--module', module, '--claims', claims, '--depth', 'quick', '--out', out]);
  const [good, bad] = await Promise.all([
    guard(honest, 'good', 'eq6*,eq7*,algorithm*'),
    guard(mutant, 'a b', 'eq6*,eq5-sign-sgd'),
  ]);
  t.is(good.code, 0, good.stdout);
  t.false(existsSync(join(cwd, 'good/failures')));
  t.is(bad.code, 1);
  const record = await recordIn(cwd, 'a b');
  t.is(record.exitCode, 1);
  t.deepEqual(
    record.claims.map(({ outcome }) => outcome),
    ['pass', 'fail'],
  );
  t.regex(
    record.claims[1]!.evidence.reproduce,
    /^signprox guard --module .*l1-step-dropped\.mjs --claims eq6-prox --depth quick --seed 1$/,
  );

  const [name] = await readdir(join(cwd, 'a b/failures'));
  t.regex(name!, /^eq6-prox\.[\w.-]+\.json$/);
  const file = join('a b/failures', name!);
  t.true(bad.stderr.includes(`saved ${file}: signprox replay '${file}'\n`));

  const again = await run(cwd, ['replay', file]);
  t.is(again.code, 1);
  t.regex(again.stdout, /^eq6-prox on plain-arrays-mutant: violated\nviolated by /);
  for (const kind of ['minimal', 'worst']) {
    t.regex(
      again.stdout,
      new RegExp(
        `^${kind} case, .* times the tolerance, .* when it was saved\\n  r = .*, γ = .*, y = .*\\n  prox.*: returned .*, right is .* ulp`,
        'm',
      ),
    );
  }

  // The same values on the honest implementation.
  const saved = JSON.parse(await readFile(join(cwd, file), 'utf8')) as { target: { path: string }; cases: unknown[] };
  saved.target.path = honest;
  await writeFile(join(cwd, 'fixed.json'), JSON.stringify(saved));
  const fixed = await run(cwd, ['replay', 'fixed.json']);
  t.is(fixed.code, 0);
  t.regex(fixed.stdout, /^eq6-prox on plain-arrays: holds\n/);

  // The next run judges the saved values first, whatever it generates.
  const next = await run(cwd, [
    'guard',
    '--module',
    mutant,
    '--claims',
    'eq6*',
    '--depth',
    'quick',
    '--out',
    'a b',
    '--seed',
    '7',
  ]);
  t.is(next.code, 1);
  const before = record.claims[1]!.evidence.cases;
  t.is((await recordIn(cwd, 'a b')).claims[0]!.evidence.cases, before + saved.cases.length);
});

test.serial('a statistical failure has no single case: replay runs its claim again', async (t) => {
  const cwd = await directory(t);
  const module = fixture('mutants/javascript/contract/sample-uniform.js');
  const guard = await run(cwd, ['guard', '--module', module, '--claims', 'sample*', '--depth', 'quick']);
  t.is(guard.code, 1);
  const [name] = await readdir(join(cwd, 'reports/failures'));
  const again = await run(cwd, ['replay', join('reports/failures', name!)]);
  t.is(again.code, 1);
  t.regex(again.stdout, /^sample-probabilities on .*: violated\nθ = /);
});

test.serial('modules that fail to answer exit with 3, and one without anything to judge with 6', async (t) => {
  const cwd = await directory(t);
  const guard = async (name: string, source: string, claims: string, ...options: string[]): Promise<Finished> => {
    await writeFile(join(cwd, name), source);
    const command = ['guard', '--module', name, '--claims', claims, '--depth', 'quick', '--out', `out-${name}`];
    return run(cwd, [...command, ...options]);
  };
  const [throwing, wrong, leaving, looping, idle] = await Promise.all([
    guard('throwing.mjs', moduleWith(`prox() { throw new Error('overflow'); }`), 'eq6*'),
    guard('wrong.mjs', moduleWith(`prox: () => 'nothing'`), 'eq6*'),
    guard('leaving.mjs', moduleWith('prox: () => process.exit(0)'), 'eq6*'),
    guard('looping.mjs', moduleWith(`prox() { console.log('noise'); for (;;); }`), 'eq6*', '--timeout', '0.3'),
    guard('idle.mjs', moduleWith('prox: () => []'), 'theorem-1'),
  ]);
  t.deepEqual([throwing.code, wrong.code, leaving.code, looping.code, idle.code], [3, 3, 3, 3, 6]);
  t.regex(throwing.stdout, /^eq6-prox +error .*prox throws: overflow/m);
  t.regex(wrong.stdout, /prox must return an array of numbers, returned\s+"nothing"/);
  t.regex(leaving.stdout, /^eq6-prox +crash .*exited with code 0 when asked prox/m);
  t.regex(looping.stdout, /^eq6-prox +timeout .*no reply to prox/m);
  t.regex(looping.stdout, /--timeout 300ms$/m);
  t.regex(looping.stderr, /^ {2}\| noise$/m);
  const { claims } = await recordIn(cwd, 'out-throwing.mjs');
  const message = 'prox answers internal: prox throws: overflow at throwing.mjs:4 in prox';
  t.deepEqual(claims[0]!.evidence.failure, { kind: 'error', message });

  const broken = join(cwd, 'broken.mjs');
  await writeFile(broken, 'export default {');
  const unloadable = await run(cwd, ['guard', '--module', broken]);
  t.is(unloadable.code, 2);
  t.regex(unloadable.stderr, /^signprox: [^\n]*broken\.mjs does not load: [^\n]+\n$/);
});

test.serial('replay refuses what is no saved failure in one line', async (t) => {
  const cwd = await directory(t);
  const valid = {
    schemaVersion: 1,
    claim: 'eq6-prox',
    suiteVersion: '0.0.0',
    implementation: 'signprox reference',
    target: { kind: 'reference' },
    seed: '1',
    depth: 'quick',
    cases: [] as object[],
  };
  const kept = { part: 'l1', kind: 'minimal', ratio: '2', explanation: '' };
  const files: Record<string, readonly [unknown, number, RegExp]> = {
    'text.json': ['{', 2, /text\.json is not JSON: /],
    'null.json': ['null', 2, /null\.json is not a saved failure: the file: /],
    'depth.json': [{ ...valid, depth: 'x' }, 2, /depth\.json is not a saved failure: depth: /],
    'claim.json': [{ ...valid, claim: 'eq99' }, 2, /claim\.json is about "eq99", which is no claim of this version/],
    'command.json': [
      { ...valid, target: { kind: 'command', command: ['no-such-program'] } },
      2,
      /cannot start "no-such-program": no such command/,
    ],
    'module.json': [{ ...valid, target: { kind: 'module', path: 'gone.js' } }, 2, /no module at .*gone\.js/],
    'bits.json': [{ ...valid, cases: [{ ...kept, input: { f64: 'xyz' } }] }, 2, /is not a saved failure: a double is/],
    'shape.json': [{ ...valid, cases: [{ ...kept, input: {} }] }, 1, /a saved case is none of this version's: /],
    'part.json': [{ ...valid, cases: [{ ...kept, part: 'gone', input: {} }] }, 6, /nothing to judge/],
    'whole.json': [{ ...valid, claim: 'eq5-sign-sgd' }, 0, /^eq5-sign-sgd on signprox reference: holds\n/],
  };
  await mkdir(join(cwd, 'in'));
  for (const [name, [content]] of Object.entries(files)) {
    await writeFile(join(cwd, 'in', name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  for (const [name, [, expected, message]] of Object.entries(files)) {
    const { code, stdout, stderr } = await run(cwd, ['replay', `in/${name}`]);
    t.is(code, expected, `${name}: ${stderr}`);
    const refused = expected === 2 || expected === 3;
    if (refused) t.regex(stderr, /^signprox: [^\n]+\n$/);
    t.regex(refused ? stderr : stdout, message);
  }
  t.is((await run(cwd, ['replay', 'missing.json'])).code, 2);
});

test('the progress bar of a terminal shows the claim and its detail, and goes away', (t) => {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const terminal = Object.assign(stream, { isTTY: true, columns: 60, cursorTo() {}, clearLine() {}, moveCursor() {} });
  const progress = createProgress(terminal as unknown as NodeJS.WriteStream, 2);
  const [claim] = properties;
  progress.started(claim!, 0, 2);
  progress.progress(claim!, 'd = zero\u001b[31m');
  progress.finished({ claim: claim!, evidence: {} as never }, 0, 2);
  progress.stop();
  t.regex(written, /0\/2/);
  t.regex(written, new RegExp(claim!.id));
  t.false(written.includes('\u001b[31m'));
});

test('words are quoted for a shell only where they need it', (t) => {
  t.is(shellQuote('./a-b_c/d.js'), './a-b_c/d.js');
  t.is(shellQuote('eq*'), `'eq*'`);
  t.is(shellQuote(`it's`), `'it'\\''s'`);
  t.is(shellQuote(''), `''`);
});
