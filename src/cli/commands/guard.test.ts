import { rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { RunRecord } from '../../report/record/run-record.js';
import { startCommand } from '../command-process.test.helper.js';
import { commandRunner, type Ending, inFolder, type Words, words, wordsOf } from '../command-runner.test.helper.js';
import { fixture, writeModule } from '../few-functions.test.helper.js';
import { directory, recordIn, waitForEver, write } from '../run-directory.test.helper.js';

const zoo = fixture('adapters/zoo/zoo.mjs');

const run = commandRunner();

const outcomesOf = ({ claims }: RunRecord): Record<string, string> =>
  Object.fromEntries(claims.map(({ id, outcome }) => [id, outcome]));

/** A module with the prox of ℓ1 and nothing else. */
const moduleWith = (body: string): string => `export default {
  describe: () => ({ name: 'tiny', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  ${body}
};\n`;
const soft = 'return y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));';

/** A folder with files, and what runs `signprox guard` there. */
async function guarding(t: ExecutionContext, files: Readonly<Record<string, string>> = {}) {
  const folder = inFolder(t, run, await directory(t, files));
  const quick = (command: Words) => words`guard --depth quick ${wordsOf(command)}`;
  return {
    ...folder,
    guard: (command: Words, ending?: Ending) => folder.ends(quick(command), ending),
    /** Judges a program of the zoo. */
    judgeSpecimen: (name: string, options: string, ending?: Ending) =>
      folder.ends(words`guard --depth quick ${wordsOf(options)} -- node ${zoo} ${name}`, ending),
    /** Writes `mine.mjs`, and judges it. */
    async judgeModule(text: string, options: string, ending?: Ending) {
      await write(folder.cwd, { 'mine.mjs': text });
      return folder.ends(quick(`--module mine.mjs ${options}`), ending);
    },
  };
}

test.serial('sgn(0) of signSGD is 0, unless another value is declared', async (t) => {
  const { judgeModule } = await guarding(t);
  const judged = (sign: string, conventions: string, ending?: Ending) =>
    judgeModule(
      `export default {
        describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: ['step'],
          functions: ['linear'], smooth: ['zero'], algorithms: ['sign-sgd'], ${conventions} }),
        step: ({ problem: { functions }, step, x, indices }) => x.map((v, i) => {
          const g = indices.reduce((sum, k) => sum + functions[k].coefficients[i], 0);
          return v - step * (${sign});
        }),
      };`,
      "--claims eq5-sign-sgd --only 'step of sign-sgd'",
      ending,
    );
  const positive = "conventions: { signOfZero: 'positive' }";
  await judged('Math.sign(g)', '');
  await judged('g >= 0 ? 1 : -1', '', {
    code: 1,
    unwrapped: [
      /linear\(coefficients 0\) returned −1 right 0/,
      /declare it in hello or with --declare: \{"conventions": \{"signOfZero": "positive"\}\}/,
    ],
  });
  await judged('g >= 0 ? 1 : -1', positive);
  await judged('g > 0 ? 1 : -1', positive, { code: 1 });
});

test.serial('a crash at a bad parameter or at NaN is said at the end, and fails with --strict', async (t) => {
  const { judgeModule } = await guarding(t);
  for (const [condition, claim, request] of [
    ['weight < 0', 'rejects-bad-parameters', /"weight":-1\}/],
    ['y.some(Number.isNaN)', 'nonfinite-entries', /"x":\[.*NaN/],
  ] as const) {
    const crash = `if (${condition}) process.kill(process.pid, 'SIGSEGV');`;
    const text = moduleWith(`prox({ weight }, step, y) { ${crash} ${soft} }`);
    const { stdout } = await judgeModule(text, `--claims ${claim},eq6-prox`);
    t.regex(stdout, /^! .* right, but the program crashed/m);
    const [, said = ''] = /^! (\d.*? crashed,.*)$/ms.exec(stdout) ?? [];
    t.regex(said, /process(es)? crashed,\s+e\.g\.\s+was\s+ended\s+by\s+SIGSEGV/);
    t.regex(said.replaceAll(/\s+/g, ''), request);
    await judgeModule(text, `--claims ${claim},eq6-prox --strict`, { code: 1 });
  }
});

test.serial(
  'a first question of each shape that takes longer than usual, as where JAX compiles, is not a hang',
  async (t) => {
    const { judgeModule } = await guarding(t);
    const compile = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);';
    const first = `if (y.length < 3 && !compiled.has(y.length)) { compiled.add(y.length); ${compile} }`;
    const module = moduleWith(`prox({ weight }, step, y) { ${first} ${soft} }`);
    await judgeModule(`const compiled = new Set();\n${module}`, '--claims eq6-prox', { code: 0 });
  },
);

test.serial(
  'a crash or a hang is shown at small numbers if a fresh process repeats it, else as it was drawn',
  async (t) => {
    const { judgeModule, ends } = await guarding(t);
    const judged = async (first: string, unwrapped: RegExp): Promise<string> => {
      const module = moduleWith(`prox({ weight }, step, y) { ${first} ${soft} }`);
      const text = `import { existsSync, writeFileSync } from 'node:fs';\nlet calls = 0;\n${module}`;
      const { stdout } = await judgeModule(text, '--claims eq6-prox', { code: 1, unwrapped });
      return stdout.replaceAll(/\s+/g, ' ');
    };
    for (const [fails, shown] of [
      [
        'process.exit(7);',
        /prox of l1 crashes .*case prox of l1\(weight 1\) at y = \[3, −2, 1\], γ = 1: exited with code 7 when asked prox [^:]*; a fresh process does the same: this case breaks it/,
      ],
      [
        waitForEver,
        /prox of l1 hangs .*case prox of l1\(weight 1\) at y = \[3, −2, 1\], γ = 1: no reply to prox .* within 20 s/,
      ],
    ] as const) {
      const text = await judged(`if (y.length >= 3) ${fails}`, shown);
      const [, saved = ''] = /replay (\S+\.json)/.exec(text) ?? [];
      await ends(['replay', saved], {
        code: 1,
        stdout: /^✗ still wrong: prox of l1 .*\n\n +case +prox of l1\(weight 1\) at y = \[3, −2, 1\], γ = 1: /m,
      });
    }
    const slow = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);';
    const hangs = await judged(
      `if (String(y) === '3,-2,1') ${slow} else if (y.length >= 3) ${waitForEver}`,
      /l1 hangs/,
    );
    t.notRegex(hangs, /y = \[3, −2, 1\]/);
    for (const first of [
      'if (y.length >= 3 && !existsSync("mark")) { writeFileSync("mark", ""); process.exit(7); }',
      'if (y.length >= 3 && ++calls === 20) process.exit(7);',
    ]) {
      const text = await judged(first, /prox of l1 crashes .* state breaks it/);
      t.notRegex(text, /y = \[3, −2, 1\]/);
    }
  },
);

test.serial('the gradient of a declared term is asked, also if a function has the same name', async (t) => {
  const { judgeModule } = await guarding(t);
  const judged = (gradient: string, ending?: Ending) => {
    const offered = "methods: ['gradient'], functions: [], smooth: ['quadratic'], algorithms: []";
    const about = `{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', ${offered} }`;
    return judgeModule(`export default { describe: () => (${about}), ${gradient} };`, '', ending);
  };
  const at = (list: string) => `(Array.isArray(${list}) ? ${list}[i] : ${list})`;
  const right = `gradient: ({ curvature, center }, x) => x.map((v, i) => ${at('curvature')} * (v - ${at('center')}))`;
  await judged(right, { stdout: /^✓ gradient of .* is right/m });
  await judged(right.replace(' - ', ' + '), { code: 1 });
  await judged("gradient() { throw Object.assign(new Error('no'), { code: 'unsupported' }); }", { code: 6 });
});

test.serial('a right adapter is judged on what it declares, and the rest does not apply', async (t) => {
  const { cwd, judgeSpecimen } = await guarding(t);
  const { stdout } = await judgeSpecimen('split-lines', '', {
    stdout: [/^! prox of l1 is right, but the program crashed +zoo 1$/m, /^\d+ questions, quick, seed 1, /m],
  });
  const outcomes = outcomesOf(await recordIn(cwd, 'reports'));
  const applied = Object.keys(outcomes).filter((id) => outcomes[id] !== 'n/a');
  // What can be asked of the prox of one function that stands alone.
  t.deepEqual(applied.sort(), [
    'conventions',
    'declared-is-judged',
    'eq6-prox',
    // A function that it does not know ends the process.
    'guard-crashes',
    'inputs-unchanged',
    'nonfinite-entries',
    'prox-gradual-underflow',
    'rejects-bad-parameters',
  ]);
  const lines = stdout.trimEnd().split('\n');
  t.regex(lines.slice(3).join(''), /processes crashed,.*no-such-function/);
  t.deepEqual(lines.slice(0, 2), ['l1: prox right', '']);
  t.regex(lines.at(-1)!, /^report reports\/index\.html +exit 0$/);
  const prox = (await recordIn(cwd, 'reports')).claims.find(({ id }) => id === 'eq6-prox')!;
  t.deepEqual(
    prox.evidence.parts!.map(({ name }) => name),
    ['l1', 'l1, beside kinks', 'l1, longer vectors', 'l1, blocks'],
  );
});

test.serial('a command line that names nothing, too much or nonsense gives one line and exit 2', async (t) => {
  const listed = (id: string, count = 1): string => `[[xfail]]\nid = "${id}"\nreason = "x"\n`.repeat(count);
  const { cwd, refuses } = await guarding(t, {
    'broken.json': '[',
    'broken.toml': '[[xfail]',
    'shapeless.json': '[{ "id": "prox of l1/eq6-prox" }]',
    'shapeless.toml': '[[xfail]]\nid = "prox of l1/eq6-prox"\nreason = "x"\nurl = "x"\n',
    'stale.toml': listed('prox of l1/eq0-nothing'),
    'nameless.toml': listed('prox of hubr/eq6-prox'),
    'by-claim.toml': listed('eq6-prox'),
    'twice.toml': listed('prox of l1/eq6-prox', 2),
  });
  const known = (name: string) => words`guard --depth quick --known-failures ${name} -- node ${zoo} split-lines`;
  await refuses(
    ['guard --module a.js -- node', /two things to judge/],
    ['guard --timeout 500 -- node', /500ms or 500s/],
    ['guard --timeout 0 -- node', /a duration is a positive number/],
    ['guard -- no-such-program', /cannot start "no-such-program": no such command/],
    ['guard --claims eq7* -- node', /no claim that guard judges matches "eq7\*": see signprox verify --list/],
    [
      'guard --module a.js --write-known-failures k.json',
      /known failures are written as TOML: give .* ending with .toml/,
    ],
    [known('missing.toml'), /cannot read missing.toml/],
    [known('broken.json'), /broken.json is not a list of known failures/],
    [known('broken.toml'), /broken.toml is not a list of known failures: .*: make one with --write-known-failures$/],
    [known('shapeless.json'), /shapeless.json is not a list of known failures: 0.reason/],
    [known('shapeless.toml'), /shapeless.toml is not a list of known failures: xfail.0: Unrecognized key: "url"/],
    [known('stale.toml'), /stale.toml: "prox of l1\/eq0-nothing": "eq0-nothing" is not a claim/],
    [known('nameless.toml'), /nothing is called "prox of hubr" \(did you mean prox of huber\?\)/],
    [known('by-claim.toml'), /"eq6-prox" is not subject\/claim: see signprox guard --list/],
    [known('twice.toml'), /twice.toml: "prox of l1\/eq6-prox" is listed twice/],
  );
  t.false((await readdir(cwd)).includes('reports'));
});

test.serial('known failures are written, accepted, and strict', async (t) => {
  const { cwd, guard } = await guarding(t);
  const [mutant, repaired] = [await writeModule(cwd, 'l1-step-dropped'), await writeModule(cwd, 'honest')];
  const judged = (module: string, options: string, ending?: Ending) =>
    guard(words`--claims eq6-prox,conventions --module ${module} ${wordsOf(options)}`, ending);
  const list = (name: string) => readFile(join(cwd, name), 'utf8');
  await judged(mutant, '--write-known-failures known.toml', { code: 1 });
  const written = await list('known.toml');
  t.regex(written, /^\[\[xfail\]\]\nid = "prox of l1\/eq6-prox"\nreason = "prox of l1\(weight \d.*returned.*"\n$/);

  const explained = written.replace(/reason.*/, 'reason = "issue 7"\nissue = "https://example.org/7"');
  const inJson = [{ id: 'prox of l1/eq6-prox', reason: 'issue 7', url: 'https://example.org/7' }];
  await write(cwd, { 'known.toml': explained, 'old.json': inJson });
  await judged(mutant, '--known-failures known.toml --write-known-failures again.toml', {
    stdout: [
      /^ {4}l1 +\(✗\)/m,
      /^! declared and not asked \(--claims\): /m,
      /^! prox of l1: wrong, as declared: issue 7$/m,
    ],
  });
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'xfail');
  t.is(await list('again.toml'), explained);
  await judged(mutant, '--known-failures old.json --write-known-failures old.toml', {
    stderr: /^signprox: old\.json: a list in JSON is read until 1\.0: .*--write-known-failures old\.toml/m,
  });
  t.is(await list('old.toml'), explained);
  await judged(repaired, '--known-failures known.toml --write-known-failures empty.toml', {
    code: 5,
    stdout: /^! prox of l1 holds now: delete its entry\n/m,
  });
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'xpass');
  t.is(await list('empty.toml'), '');
});

test.serial('a run whose working directory is deleted ends and writes its results to the right place', async (t) => {
  const cwd = await directory(t);
  const mutant = await writeModule(await directory(t), 'l1-step-dropped');
  const asked = words`guard --depth quick --claims conventions,eq6-prox --module ${mutant}`;
  const { code } = await startCommand(cwd, asked, (child) => {
    child.stderr?.once('data', () => rmSync(cwd, { recursive: true, maxRetries: 5 }));
  });
  t.is(code, 1);
  t.is(outcomesOf(await recordIn(cwd))['eq6-prox'], 'fail');
  t.is((await readdir(join(cwd, 'reports/failures'))).length, 1);
});

test.serial('a program that fails at hello, or does not answer it, gets a line that fits it', async (t) => {
  const { guard, judgeSpecimen } = await guarding(t, { 'mine.mjs': moduleWith('prox: () => []') });
  await judgeSpecimen('exit-at-hello', '', {
    code: 3,
    stdout: '',
    stderr: [
      /^signprox: crash: exited with code 1 when asked hello; stderr ends with "ModuleNotFoundError[^:]*: [^:]*$/m,
      /^the end of its stderr:\n {2}\| ModuleNotFoundError/m,
    ],
  });
  await guard('-- node mine.mjs', {
    code: 3,
    stderr: /exited with code 0 when asked hello: .*try signprox guard mine\.mjs\n$/,
  });
  await guard('-- node --no-warnings missing.mjs', {
    code: 2,
    stderr: 'signprox: there is no file missing.mjs: give the path of your program, from this folder or from /\n',
  });
  await guard('-- true', {
    code: 3,
    stderr: /: signprox init writes an adapter that answers, and docs\/protocol\.md says how\n$/,
  });
});

test.serial('garbage, a reply too large and two answers to one question have words of their own', async (t) => {
  for (const [word, name, code, said] of [
    ['garbled', 'noise-on-stdout', 3, /not JSON/],
    ['garbled', 'gigantic-line', 3, /longer than 16 MiB/],
    ['nondeterministic', 'nondeterministic', 1, /again/],
  ] as const) {
    const { cwd, judgeSpecimen, ends } = await guarding(t);
    await judgeSpecimen(name, '--claims eq6-prox', { code, stdout: new RegExp(`^✗ .*\\b${word}\\b`, 'm') });
    await ends('report reports/selection/run.json --format json', { stdout: new RegExp(`"${word}"`) });
    await ends('report reports/selection/run.json --format json', { stdout: said });
    const files = ['junit.xml', 'report.md', 'index.html'].map((file) => join(cwd, 'reports/selection', file));
    const [junit, ...pages] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    t.regex(junit!, new RegExp(`<error type="${word}" `));
    for (const page of pages) t.true(page.includes(word));
  }
});

test.serial('of what a module logs a few lines are printed', async (t) => {
  const { judgeModule } = await guarding(t);
  const lines = `for (let i = 0; i < 9999; i++) console.log('x'.repeat(300), i);`;
  const { stderr } = await judgeModule(moduleWith(`prox(r) { ${lines} process.exit(3); }`), '', {
    code: 1,
    stderr: /^the end of its stderr:\n {2}\| … \d+ more lines before these\n {2}\| x{160}… and 14\d more characters$/m,
  });
  // As many processes are lost as the machine is fast; each tells a heading, how many lines are left out, and the last few.
  const told = stderr.match(/^the end of its stderr:\n(?: {2}\| .*\n)+/gm)!;
  for (const lines of told) t.true(lines.length < 14 * 200, lines);
  t.true(stderr.length - told.join('').length < 2000, stderr);
});

test.serial(
  'an adapter that raises has its stderr shown, exit 1; one that leaves processes behind, exit 3',
  async (t) => {
    const { cwd, judgeSpecimen } = await guarding(t);
    await judgeSpecimen('internal-errors', '--claims eq6-prox', {
      code: 1,
      stderr: /^the end of its stderr:\n {2}\| Traceback: the prox fell over/m,
    });
    await judgeSpecimen('grandchild', '--claims eq6-prox', {
      code: 3,
      stderr: /^signprox: protocol: left a process behind when it exited \(killed\)$/m,
    });
    t.deepEqual(outcomesOf(await recordIn(cwd)), { 'eq6-prox': 'pass', 'guard-shutdown': 'protocol' });
  },
);

test.serial('--list shows what a program offers with the claims about each, and --only selects from it', async (t) => {
  const { cwd, guard } = await guarding(t);
  const adapter = words`--module ${fixture('mutants/library.js')}`;
  await guard(words`--list --claims eq6*,algorithm*,function* ${adapter}`, {
    stdout: [/^prox of l1 +eq6-prox$/m, /^value of huber +function-values$/m, /^step of spgm +algorithm-1-spgm$/m],
  });
  const only = ['--only', 'prox of l1,value of huber'];
  const { stdout } = await guard(words`--format json ${only} ${adapter}`);
  const { subjects } = JSON.parse(stdout) as { subjects: { subject: string; verdict: string }[] };
  const right = subjects.filter(({ verdict }) => verdict === 'right').map(({ subject }) => subject.split(' of ')[0]);
  t.deepEqual([...new Set(right)].sort(), ['prox', 'value']);
  const { command } = await recordIn(cwd, 'reports/selection');
  t.regex(command, /--only 'prox of l1,value of huber'/);
  await guard(words`--only 'prox of hubr' ${adapter}`, {
    code: 2,
    stderr: 'signprox: nothing matches "prox of hubr" (did you mean prox of huber?): see signprox guard --list\n',
  });
});

test.serial('no text of an adapter takes effect in a terminal, a page or a report', async (t) => {
  const { cwd, judgeSpecimen, ends } = await guarding(t);
  const { stdout, stderr } = await judgeSpecimen('hostile', '', { code: 1 });
  const printed = [stdout, stderr];
  for (const format of ['json', 'junit', 'tap', 'markdown', 'github']) {
    printed.push((await ends(`report reports/run.json --format ${format}`)).stdout);
  }
  const written = await Promise.all(
    ['run.json', 'report.md', 'junit.xml', 'index.html'].map((name) => readFile(join(cwd, 'reports', name), 'utf8')),
  );
  for (const text of [...printed, ...written]) t.notRegex(text.replaceAll('\n', ''), /[\p{Cc}\u202a-\u202e\u2028]/u);
  // Between backticks Markdown takes nothing for a tag.
  const withoutCode = written[1]!.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  for (const text of [withoutCode, written[2]!, written[3]!]) t.notRegex(text, /<script>alert/);
});

test.serial('a module that does not answer gives exit 1, and one with nothing to judge exit 6', async (t) => {
  const { cwd, judgeModule, guard, refuses } = await guarding(t, { 'broken.mjs': 'export default {' });
  await judgeModule(moduleWith(`prox() { throw new Error('overflow'); }`), '--claims eq6*', {
    code: 1,
    unwrapped: /prox of l1 raises .*, γ = \S+: prox throws: overflow/,
  });
  const { claims } = await recordIn(cwd);
  const message = 'prox answers internal: prox throws: overflow at mine.mjs:4 in prox';
  t.deepEqual(claims[0]!.evidence.failure, { kind: 'error', message });
  await judgeModule(moduleWith('prox: () => process.exit(0)'), '--claims eq6*', {
    code: 1,
    unwrapped: /prox of l1 crashes .*exited with code 0 when asked prox/,
  });
  const endless = moduleWith(`prox() { console.log('noise'); ${waitForEver} }`);
  await judgeModule(endless, '--ledger --claims eq6* --timeout 0.3', {
    code: 1,
    unwrapped: [
      /prox of l1 hangs .*no reply to prox/,
      /if a call first loads or compiles something, give it time: --timeout 60s seen by/,
    ],
    stderr: /^ {2}\| noise$/m,
  });
  t.regex((await recordIn(cwd)).claims[0]!.evidence.reproduce, / --timeout 300ms$/);
  await judgeModule(moduleWith('prox: () => []'), '--claims theorem-1', { code: 6 });

  await write(cwd, { 'mine.mts': moduleWith('prox: (r, step, y: number[]) => y') });
  // Where Node strips types it is judged: what it returns is wrong.
  const strips = (process.features as { readonly typescript?: unknown }).typescript;
  const rejected = /^signprox: \S+mine\.mts is TypeScript, .*: compile it and give the JavaScript file, [^\n]+\n$/;
  await guard('--module mine.mts --claims eq6-prox', strips ? { code: 1 } : { code: 2, stderr: rejected });
  await refuses(['guard --module broken.mjs', /^signprox: [^\n]*broken\.mjs does not load: [^\n]+$/]);
});
