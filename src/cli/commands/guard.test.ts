import { rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import type { RunRecord } from '../../report/record/run-record.js';
import { startCommand } from '../command-process.test.helper.js';
import { commandRunner, type Finished } from '../command-runner.test.helper.js';
import { fixture, writeModule } from '../few-functions.test.helper.js';
import { directory, recordIn } from '../run-directory.test.helper.js';

const specimen = (name: string): string[] => ['--', 'node', fixture('adapters/zoo/zoo.mjs'), name];

const run = commandRunner();

const outcomesOf = ({ claims }: RunRecord): Record<string, string> =>
  Object.fromEntries(claims.map(({ id, outcome }) => [id, outcome]));

/** A module with the prox of ℓ1 and nothing else. */
const moduleWith = (body: string): string => `export default {
  describe: () => ({ name: 'tiny', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  ${body}
};\n`;

const quick = ['guard', '--depth', 'quick'];

test.serial('sgn(0) of signSGD is 0, unless another value is declared', async (t) => {
  const cwd = await directory(t);
  const judged = async (sign: string, conventions = '') => {
    await writeFile(
      join(cwd, 'mine.mjs'),
      `export default {
        describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: ['step'],
          functions: ['linear'], smooth: ['zero'], algorithms: ['sign-sgd'], ${conventions} }),
        step: ({ problem: { functions }, step, x, indices }) => x.map((v, i) => {
          const g = indices.reduce((sum, k) => sum + functions[k].coefficients[i], 0);
          return v - step * (${sign});
        }),
      };`,
    );
    const words = ['--module', 'mine.mjs', '--claims', 'eq5-sign-sgd', '--only', 'step of sign-sgd'];
    const { code, stdout } = await run(cwd, [...quick, ...words]);
    return { code, text: stdout.replaceAll(/\s+/g, ' ') };
  };
  t.is((await judged('Math.sign(g)')).code, 0);
  const positive = await judged('g >= 0 ? 1 : -1');
  t.is(positive.code, 1, positive.text);
  t.regex(positive.text, /linear\(coefficients 0\): returned −1, right is 0/);
  t.regex(positive.text, /declare it in hello or with --declare: \{"conventions": \{"signOfZero": "positive"\}\}/);
  t.is((await judged('g >= 0 ? 1 : -1', "conventions: { signOfZero: 'positive' }")).code, 0);
  t.is((await judged('g > 0 ? 1 : -1', "conventions: { signOfZero: 'positive' }")).code, 1);
});

test.serial('a crash at a bad parameter or at NaN is said at the end, and fails with --strict', async (t) => {
  const cwd = await directory(t);
  const soft = 'return y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));';
  for (const [condition, claim, request] of [
    ['weight < 0', 'rejects-bad-parameters', /"weight":-1\}/],
    ['y.some(Number.isNaN)', 'nonfinite-entries', /"x":\[.*NaN/],
  ] as const) {
    const crash = `if (${condition}) process.kill(process.pid, 'SIGSEGV');`;
    await writeFile(join(cwd, 'mine.mjs'), moduleWith(`prox({ weight }, step, y) { ${crash} ${soft} }`));
    const words = [...quick, '--module', 'mine.mjs', '--claims', `${claim},eq6-prox`];
    const { code, stdout } = await run(cwd, words);
    t.is(code, 0, stdout);
    const [, told = ''] = /exit 0: (.*)$/s.exec(stdout) ?? [];
    t.regex(told, /process(es)? crashed,\s+e\.g\.\s+was\s+ended\s+by\s+SIGSEGV/);
    t.regex(told.replaceAll(/\s+/g, ''), request);
    t.is((await run(cwd, [...words, '--strict'])).code, 1);
  }
});

test.serial(
  'a crash or a hang is shown at small numbers where a fresh process does it again, else as it was drawn',
  async (t) => {
    const cwd = await directory(t);
    const soft = 'return y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));';
    const judged = async (first: string) => {
      const module = moduleWith(`prox({ weight }, step, y) { ${first} ${soft} }`);
      await writeFile(
        join(cwd, 'mine.mjs'),
        `import { existsSync, writeFileSync } from 'node:fs';\nlet calls = 0;\n${module}`,
      );
      const { code, stdout } = await run(cwd, [...quick, '--module', 'mine.mjs', '--claims', 'eq6-prox']);
      const text = stdout.replaceAll(/\s+/g, ' ');
      t.is(code, 1, text);
      return text;
    };
    for (const [fails, how] of [
      [
        'process.exit(7)',
        'exited with code 7 when asked prox [^:]*; a fresh process does the same: this case breaks it',
      ],
      ['for (;;)', 'no reply to prox .* within 2 s'],
    ] as const) {
      const text = await judged(`if (y.length >= 3) ${fails};`);
      t.regex(
        text,
        new RegExp(`prox of l1: (crashes|hangs) prox of l1\\(weight 1\\) at y = \\[3, −2, 1\\], γ = 1: ${how}`),
      );
      const [, saved = ''] = /replay (\S+\.json)/.exec(text) ?? [];
      const replayed = await run(cwd, ['replay', saved]);
      t.is(replayed.code, 1);
      t.regex(replayed.stdout, /^unanswered case, l1\n {2}r = l1\(weight = 1\), γ = 1, y = \[3,-2,1\]$/m);
    }
    for (const first of [
      'if (y.length >= 3 && !existsSync("mark")) { writeFileSync("mark", ""); process.exit(7); }',
      'if (y.length >= 3 && ++calls === 20) process.exit(7);',
    ]) {
      const text = await judged(first);
      t.regex(text, /prox of l1: crashes .* state breaks it/);
      t.notRegex(text, /y = \[3, −2, 1\]/);
    }
  },
);

test.serial('the gradient of a declared term is asked, also if a function has the same name', async (t) => {
  const cwd = await directory(t);
  const judged = async (gradient: string) => {
    const offered = "methods: ['gradient'], functions: [], smooth: ['quadratic'], algorithms: []";
    const about = `{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', ${offered} }`;
    await writeFile(join(cwd, 'mine.mjs'), `export default { describe: () => (${about}), ${gradient} };`);
    return run(cwd, [...quick, '--module', 'mine.mjs']);
  };
  const at = (list: string) => `(Array.isArray(${list}) ? ${list}[i] : ${list})`;
  const right = `gradient: ({ curvature, center }, x) => x.map((v, i) => ${at('curvature')} * (v - ${at('center')}))`;
  const { code, stdout } = await judged(right);
  t.is(code, 0, stdout);
  t.regex(stdout, /1 subject: 1 right/);
  t.is((await judged(right.replace(' - ', ' + '))).code, 1);
  const refuses = "gradient() { throw Object.assign(new Error('no'), { code: 'unsupported' }); }";
  t.is((await judged(refuses)).code, 6);
});

test.serial('a right adapter is judged on what it declares, and the rest does not apply', async (t) => {
  const cwd = await directory(t);
  const { code, stdout, stderr } = await run(cwd, [...quick, ...specimen('split-lines')]);
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
    // A function that it does not know ends the process.
    'guard-crashes',
    'inputs-unchanged',
    'nonfinite-entries',
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
  const lines = stdout.trimEnd().split('\n');
  const end = lines.findIndex((line) => line.startsWith('exit 0: every claim has a verdict that it accepts; '));
  t.regex(lines.slice(end).join(''), /processes crashed,.*no-such-function/);
  t.deepEqual(lines.slice(0, 2), ['l1: prox right', '']);
  t.regex(lines[2]!, /^asked of prox of l1: γ 2⁻¹⁰ to 2¹⁰; weight 0 and /);
  t.regex(stdout, /^zoo 1: \d+ cases, depth quick, seed 1\n3 subjects: 1 right, 2 not-offered$/m);
  t.regex(stdout, /^\d+ claims need what is not offered: value,/m);
  const prox = (await recordIn(cwd, 'reports')).claims.find(({ id }) => id === 'eq6-prox')!;
  t.deepEqual(
    prox.evidence.parts!.map(({ name }) => name),
    ['l1', 'l1, beside kinks', 'l1, longer vectors', 'l1, blocks'],
  );
});

test.serial('a command line that names nothing, too much or nonsense gives one line and exit 2', async (t) => {
  const cwd = await directory(t);
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(cwd, name), text);
    return name;
  };
  const broken = await file('broken.json', '[');
  const shapeless = await file('shapeless.json', '[{ "id": "eq6-prox" }]');
  const listed = (id: string, count = 1): string => JSON.stringify(Array(count).fill({ id, reason: 'x' }));
  const stale = await file('stale.json', listed('prox of l1/eq0-nothing'));
  const nameless = await file('nameless.json', listed('prox of hubr/eq6-prox'));
  const byClaim = await file('by-claim.json', listed('eq6-prox'));
  const twice = await file('twice.json', listed('prox of l1/eq6-prox', 2));
  const known = (name: string): string[] => [...quick, '--known-failures', name, ...specimen('split-lines')];
  const cases: [string[], RegExp][] = [
    [['guard'], /nothing to judge: give one of a program after --/],
    [['guard', '--module', 'a.js', '--', 'node'], /two things to judge/],
    [['guard', '--timeout', '500', '--', 'node'], /500ms or 500s/],
    [['guard', '--timeout', '0', '--', 'node'], /a duration is a positive number/],
    [['guard', '--', 'no-such-program'], /cannot start "no-such-program": no such command/],
    [['guard', '--claims', 'eq99', '--', 'node'], /no claim matches "eq99"/],
    [known('missing.json'), /cannot read missing.json/],
    [known(broken), /broken.json is not a list of known failures/],
    [known(shapeless), /shapeless.json is not a list of known failures: 0.reason/],
    [known(stale), /stale.json: "prox of l1\/eq0-nothing": "eq0-nothing" is not a claim/],
    [known(nameless), /nothing is called "prox of hubr" \(did you mean prox of huber\?\)/],
    [
      known(byClaim),
      /"eq6-prox" is not such an id: .*: signprox guard --write-known-failures by-claim.json -- .*split-lines/,
    ],
    [known(twice), /twice.json: "prox of l1\/eq6-prox" is listed twice/],
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
  t.is(entry!.id, 'prox of l1/eq6-prox');
  t.regex(entry!.reason, /^prox of l1\(weight \d.*returned/);

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
    { id: 'prox of l1/eq6-prox', reason: 'issue 7', url: 'https://example.org/7' },
  ]);
  t.regex(second.stdout, /^l1 +\(✗\)/m);
  t.regex(second.stdout, /^exit 0: nothing fails that was not declared; declared and not asked \(--claims\):$/m);
  t.regex(second.stdout, /^prox of l1: wrong, as declared: issue 7$/m);

  // A list by claim is written anew, and keeps its reasons.
  await writeFile(join(cwd, 'old.json'), JSON.stringify([{ id: 'eq6-prox', reason: 'issue 7' }]));
  await run(cwd, [...quick, ...claims, ...mutant, '--write-known-failures', 'old.json']);
  t.deepEqual(JSON.parse(await readFile(join(cwd, 'old.json'), 'utf8')), [
    { id: 'prox of l1/eq6-prox', reason: 'issue 7' },
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
  t.regex(third.stdout, /^prox of l1 holds now: delete its entry\n/m);
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'xpass');
  t.deepEqual(JSON.parse(await readFile(join(cwd, 'empty.json'), 'utf8')), []);
});

test.serial('a run whose working directory is deleted ends and writes its results to the right place', async (t) => {
  const cwd = await directory(t);
  const mutant = ['--module', await writeModule(await directory(t), 'l1-step-dropped')];
  const { code } = await startCommand(cwd, [...quick, '--claims', 'conventions,eq6-prox', ...mutant], (child) => {
    child.stderr?.once('data', () => rmSync(cwd, { recursive: true }));
  });
  t.is(code, 1);
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'fail');
  t.is((await readdir(join(cwd, 'reports/failures'))).length, 1);
});

test.serial('an adapter that fails at hello gives one line, the end of its stderr, and exit 3', async (t) => {
  const cwd = await directory(t);
  const { code, stdout, stderr } = await run(cwd, [...quick, ...specimen('exit-at-hello')]);
  t.is(code, 3);
  t.is(stdout, '');
  t.regex(
    stderr,
    /^signprox: crash: exited with code 1 when asked hello; stderr ends with "ModuleNotFoundError[^:]*: [^:]*$/m,
  );
  t.regex(stderr, /^the end of its stderr:\n {2}\| ModuleNotFoundError/m);
});

test.serial('a program that does not answer hello gets advice that fits it', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'mine.mjs'), moduleWith('prox: () => []'));
  const started = (...command: string[]): Promise<Finished> => run(cwd, [...quick, '--', ...command]);
  const [module, missing, mute] = await Promise.all([
    started('node', 'mine.mjs'),
    started('node', '--no-warnings', 'missing.mjs'),
    started('true'),
  ]);
  t.deepEqual([module.code, missing.code, mute.code], [3, 2, 3]);
  t.regex(module.stderr, /exited with code 0 when asked hello: .*try signprox guard --module mine\.mjs\n$/);
  t.is(
    missing.stderr,
    'signprox: there is no file missing.mjs: give the path of your program, from this folder or from /\n',
  );
  t.regex(mute.stderr, /: signprox init writes an adapter that answers, and docs\/protocol\.md says how\n$/);
});

test.serial('garbage, a reply that is too large and two answers to one question have words of their own', async (t) => {
  const words = { garbled: 'noise-on-stdout', 'too-large': 'gigantic-line', nondeterministic: 'nondeterministic' };
  await Promise.all(
    Object.entries(words).map(async ([word, name]) => {
      const cwd = await directory(t);
      const { stdout, stderr } = await run(cwd, [...quick, '--claims', 'eq6-prox', ...specimen(name)]);
      t.regex(stdout, new RegExp(`^prox of \\S+: ${word}$`, 'm'), stderr);
      const { code, stdout: json } = await run(cwd, ['report', 'reports/selection/run.json', '--format', 'json']);
      t.is(code, 0);
      t.true(json.includes(`"${word}"`), json.slice(0, 500));
      const files = ['junit.xml', 'report.md', 'index.html'].map((file) => join(cwd, 'reports/selection', file));
      const [junit, ...pages] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      t.regex(junit!, new RegExp(`<error type="${word}" `));
      for (const page of pages) t.true(page.includes(word));
    }),
  );
});

test.serial('of what a module logs a few lines are printed', async (t) => {
  const cwd = await directory(t);
  const lines = `for (let i = 0; i < 9999; i++) console.log('x'.repeat(300), i);`;
  await writeFile(join(cwd, 'logs.mjs'), moduleWith(`prox(r) { ${lines} process.exit(3); }`));
  const { code, stderr } = await run(cwd, [...quick, '--module', 'logs.mjs']);
  t.is(code, 1, stderr);
  t.regex(
    stderr,
    /^the end of its stderr:\n {2}\| … \d+ more lines before these\n {2}\| x{160}… and 14\d more characters$/m,
  );
  // Two processes are lost over the prox, each in a batch and alone, or twice alone; each tells at most 12 lines.
  t.true(stderr.length < 4 * 13 * 180 + 2000, `${stderr.length} characters`);
});

test.serial(
  'an adapter that raises has its stderr shown, exit 1; one that leaves processes behind, exit 3',
  async (t) => {
    const [late, ended] = [await directory(t), await directory(t)];
    const [failing, ending] = await Promise.all([
      run(late, [...quick, '--claims', 'eq6-prox', ...specimen('internal-errors')]),
      run(ended, [...quick, '--claims', 'eq6-prox', ...specimen('grandchild')]),
    ]);
    t.is(failing.code, 1, failing.stderr);
    t.regex(failing.stderr, /^the end of its stderr:\n {2}\| Traceback: the prox fell over/m);
    t.is(ending.code, 3, ending.stderr);
    t.regex(ending.stderr, /^signprox: protocol: left a process behind when it exited \(killed\)$/m);
    t.deepEqual(outcomesOf(await recordIn(ended)), { 'eq6-prox': 'pass', 'guard-shutdown': 'protocol' });
  },
);

test.serial('--list shows what a program offers with the claims about each, and --only selects from it', async (t) => {
  const cwd = await directory(t);
  const adapter = ['--', 'python3', fixture('adapters/python/adapter.py')];
  const listed = await run(cwd, ['guard', '--list', '--claims', 'eq6*,algorithm*,function*', ...adapter]);
  t.is(listed.code, 0, listed.stderr);
  t.regex(listed.stdout, /^prox of l1 +eq6-prox$/m);
  t.regex(listed.stdout, /^value of huber +function-values$/m);
  t.regex(listed.stdout, /^step of spgm +algorithm-1-spgm$/m);
  const only = ['--only', 'prox of l1,value of huber'];
  const judged = await run(cwd, [...quick, '--format', 'json', ...only, ...adapter]);
  t.is(judged.code, 0, judged.stderr);
  const { subjects } = JSON.parse(judged.stdout) as { subjects: { subject: string; verdict: string }[] };
  const methods = new Set(
    subjects.filter(({ verdict }) => verdict === 'right').map(({ subject }) => subject.split(' of ')[0]),
  );
  t.deepEqual([...methods].sort(), ['prox', 'value']);
  t.true((await readdir(join(cwd, 'reports'))).includes('selection'));
  const { command } = await recordIn(cwd, 'reports/selection');
  t.regex(command, /--only 'prox of l1,value of huber'/);
  const unknown = await run(cwd, [...quick, '--only', 'prox of hubr', ...adapter]);
  t.is(unknown.code, 2);
  t.is(
    unknown.stderr,
    'signprox: nothing matches "prox of hubr" (did you mean prox of huber?): see signprox guard --list\n',
  );
});

test.serial('if no claim applies, the exit code is 6', async (t) => {
  const cwd = await directory(t);
  const { code } = await run(cwd, [...quick, '--claims', 'theorem-1', ...specimen('split-lines')]);
  t.is(code, 6);
});

test.serial('no text of an adapter takes effect in a terminal, a page or a report', async (t) => {
  const formats = ['table', 'json', 'junit', 'tap', 'markdown', 'github'];
  await Promise.all(
    formats.map(async (format) => {
      const cwd = await directory(t);
      const { code, stdout, stderr } = await run(cwd, [...quick, '--format', format, ...specimen('hostile')]);
      t.is(code, 1, stderr);
      const written = await Promise.all(
        ['run.json', 'report.md', 'junit.xml', 'index.html'].map((name) =>
          readFile(join(cwd, 'reports', name), 'utf8'),
        ),
      );
      for (const text of [stdout, stderr, ...written])
        t.notRegex(text.replaceAll('\n', ''), /[\p{Cc}\u202a-\u202e\u2028]/u);
      // Between backticks Markdown takes nothing for a tag.
      const withoutCode = written[1]!.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
      for (const text of [withoutCode, written[2]!, written[3]!]) t.notRegex(text, /<script>alert/);
    }),
  );
});

test.serial('a module that does not answer gives exit 1, and one with nothing to judge exit 6', async (t) => {
  const cwd = await directory(t);
  const guard = async (name: string, source: string, claims: string, ...options: string[]): Promise<Finished> => {
    await writeFile(join(cwd, name), source);
    const command = [
      'guard',
      '--ledger',
      '--module',
      name,
      '--claims',
      claims,
      '--depth',
      'quick',
      '--out',
      `out-${name}`,
    ];
    return run(cwd, [...command, ...options]);
  };
  const [throwing, wrong, leaving, looping, idle] = await Promise.all([
    guard('throwing.mjs', moduleWith(`prox() { throw new Error('overflow'); }`), 'eq6*'),
    guard('wrong.mjs', moduleWith(`prox: () => 'nothing'`), 'eq6*'),
    guard('leaving.mjs', moduleWith('prox: () => process.exit(0)'), 'eq6*'),
    guard('looping.mjs', moduleWith(`prox() { console.log('noise'); for (;;); }`), 'eq6*', '--timeout', '0.3'),
    guard('idle.mjs', moduleWith('prox: () => []'), 'theorem-1'),
  ]);
  t.deepEqual([throwing.code, wrong.code, leaving.code, looping.code, idle.code], [1, 1, 1, 1, 6]);
  const told = ({ stdout }: Finished): string => stdout.replaceAll(/\s+/g, ' ');
  t.regex(told(throwing), /prox of l1: raises .*, γ = \S+: prox throws: overflow/);
  t.regex(told(wrong), /prox of l1: wrong .*returned "nothing", right is an array of \d+ numbers?/);
  t.regex(told(leaving), /prox of l1: crashes .*exited with code 0 when asked prox/);
  t.regex(told(looping), /prox of l1: hangs .*no reply to prox/);
  t.regex(told(looping), /if a call first loads or compiles something, give it time: --timeout 60s seen by/);
  t.regex(looping.stdout, /--timeout 300ms$/m);
  t.regex(looping.stderr, /^ {2}\| noise$/m);
  const { claims } = await recordIn(cwd, 'out-throwing.mjs/selection');
  const message = 'prox answers internal: prox throws: overflow at throwing.mjs:4 in prox';
  t.deepEqual(claims[0]!.evidence.failure, { kind: 'error', message });

  await writeFile(join(cwd, 'mine.mts'), `${moduleWith('prox: (r, step, y: number[]) => y')}`);
  const typed = await run(cwd, [...quick, '--module', 'mine.mts', '--claims', 'eq6-prox']);
  // Where Node strips types it is judged: what it returns is wrong.
  const strips = (process.features as { readonly typescript?: unknown }).typescript;
  t.is(typed.code, strips ? 1 : 2, typed.stderr);
  if (!strips)
    t.regex(
      typed.stderr,
      /^signprox: \S+mine\.mts is TypeScript, .*: compile it and give the JavaScript file, [^\n]+\n$/,
    );

  const broken = join(cwd, 'broken.mjs');
  await writeFile(broken, 'export default {');
  const unloadable = await run(cwd, ['guard', '--module', broken]);
  t.is(unloadable.code, 2);
  t.regex(unloadable.stderr, /^signprox: [^\n]*broken\.mjs does not load: [^\n]+\n$/);
});
