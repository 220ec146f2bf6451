import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { loadModule } from '../load-module.js';
import { openNamedObject } from '../named-object.js';
import { startWithoutCoverage } from '../processes.test.helper.js';
import { pythonWith, testWith } from '../programs.test.helper.js';
import { judgeAnswers, readVectorFiles } from './check-answers.js';
import { headerOf } from './header.js';
import { answersOf } from './identify.js';
import type { VectorFile } from './vector-file.js';

startWithoutCoverage();

const root = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const folder = join(root, 'vectors/v1');
const programs = join(root, 'vectors/readers/programs');
const readers = join(root, 'vectors/readers');
const adamw = join(folder, 'adamw.json');
const files = await readVectorFiles(folder);

const scratch = mkdtempSync(join(tmpdir(), 'signprox-readers-'));
test.after.always(() => rmSync(scratch, { recursive: true }));

const run = (program: string, words: readonly string[], cwd = scratch) =>
  spawnSync(program, words, { encoding: 'utf8', cwd, timeout: 300_000 });

/** Wrong forms of each program, and what a reader must say that they look like. */
const wrong = {
  uncorrected: /looks like: the biases are not corrected$/m,
  squared: /looks like: ε is squared$/m,
  'no-amsgrad': /looks like: AMSGrad is ignored/,
};

/** What every reader refuses: another convention than that of PyTorch, which each program follows, and a program that answers nothing. */
const refused = {
  'inside-root': /looks like: no known wrong form$/m,
  nothing: /no vector in f64 was answered$/m,
};

/** Questions about functions: a file, a format, a form of the programs `functions`, and what a reader must say that it looks like, if it is wrong. */
const ofFunctions: readonly (readonly [subject: string, format: string, form: string, says?: RegExp])[] = [
  ['value-linf-ball', 'f64', 'right'],
  ['value-linf-ball', 'f32', 'finite', /looks like: 10⁴ in place of ∞ outside of the domain$/m],
  ['value-linf-ball', 'f64', 'nothing', /no vector in f64 was answered$/m],
  ['policy-l1', 'f64', 'right'],
  ['policy-l1', 'f64', 'refuses'],
  ['policy-l1', 'f64', 'drops', /looks like: a NaN becomes 0$/m],
  ['policy-l1', 'f64', 'accepts', /looks like: bad parameters count by their sizes$/m],
  ['prox-logistic', '1e-8', 'right'],
  ['prox-logistic', '1e-4', 'coarse', /looks like: no known wrong form$/m],
];

/** A program of a language: how it is made, and the words with which it judges a form. */
interface Language {
  readonly name: string;
  readonly needs: readonly [string, ...string[]];
  readonly build?: () => void;
  readonly judge: (form: string) => readonly [program: string, words: readonly string[]];
  /** The same for answers about functions: which file and format. */
  readonly judgeFunction?: (
    file: string,
    words: readonly string[],
  ) => readonly [program: string, words: readonly string[]];
  /** Whether it names what is wrong. */
  readonly names?: false;
}

const mustRun = (program: string, words: readonly string[], cwd = scratch): void => {
  const { status, stderr } = run(program, words, cwd);
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`);
};

const debianCrates = '/usr/share/cargo/registry';

/** Builds the programs that are shipped. */
function buildInRust(): void {
  mkdirSync(join(scratch, '.cargo'), { recursive: true });
  const shipped = ['adamw', 'functions']
    .map((name) => `[[bin]]\nname = "${name}"\npath = ${JSON.stringify(join(programs, `${name}.rs`))}\n`)
    .join('');
  writeFileSync(
    join(scratch, 'Cargo.toml'),
    `[package]\nname = "adamw"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nserde_json = "1"\n${shipped}`,
  );
  writeFileSync(
    join(scratch, '.cargo/config.toml'),
    `[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "${debianCrates}"\n`,
  );
  mustRun('cargo', ['build', '--offline', '--quiet']);
}

const languages: readonly Language[] = [
  {
    name: 'Python',
    needs: ['python3', '--version'],
    judge: (form) => ['python3', [join(programs, 'adamw.py'), adamw, form]],
    judgeFunction: (file, words) => ['python3', [join(programs, 'functions.py'), file, ...words]],
  },
  {
    name: 'JavaScript',
    needs: [process.execPath, '--version'],
    judge: (form) => [process.execPath, [join(programs, 'adamw.mjs'), adamw, form]],
    judgeFunction: (file, words) => [process.execPath, [join(programs, 'functions.mjs'), file, ...words]],
  },
  {
    name: 'C++',
    needs: ['g++', '-fsyntax-only', '-include', 'nlohmann/json.hpp', '-x', 'c++', '/dev/null'],
    build() {
      for (const name of ['adamw', 'functions'])
        mustRun('g++', ['-std=c++20', '-o', `${name}-cpp`, join(programs, `${name}.cpp`)]);
    },
    judge: (form) => [join(scratch, 'adamw-cpp'), [adamw, form]],
    judgeFunction: (file, words) => [join(scratch, 'functions-cpp'), [file, ...words]],
  },
  {
    name: 'C++ with the header',
    needs: ['g++', '--version'],
    names: false,
    build() {
      writeFileSync(join(scratch, 'adamw_vectors.h'), headerOf(files.get('adamw.json')!, 'f64'));
      mustRun('g++', ['-std=c++17', '-I', scratch, '-o', 'header', join(programs, 'header.cpp')]);
    },
    judge: (form) => [join(scratch, 'header'), [form]],
  },
  {
    name: 'Rust',
    needs: ['sh', '-c', `cargo --version && ls -d ${debianCrates}/serde_json-*`],
    build: buildInRust,
    judge: (form) => [join(scratch, 'target/debug/adamw'), [adamw, form]],
    judgeFunction: (file, words) => [join(scratch, 'target/debug/functions'), [file, ...words]],
  },
  {
    name: 'R',
    needs: ['Rscript', '-e', 'loadNamespace("jsonlite")'],
    judge: (form) => ['Rscript', [join(programs, 'adamw.R'), readers, adamw, form]],
    judgeFunction: (file, words) => ['Rscript', [join(programs, 'functions.R'), readers, file, ...words]],
  },
  {
    name: 'Octave',
    needs: ['octave-cli', '--version'],
    judge: (form) => ['octave-cli', ['-qf', join(programs, 'adamw.m'), readers, adamw, form]],
    judgeFunction: (file, words) => ['octave-cli', ['-qf', join(programs, 'functions.m'), readers, file, ...words]],
  },
];

for (const { name, needs, build, judge, judgeFunction, names } of languages) {
  testWith(...needs)(`${name}: right programs pass, and wrong ones are found`, (t) => {
    build?.();
    const right = run(...judge('right'));
    t.is(right.status, 0, right.stderr);
    for (const [form, says] of Object.entries({ ...wrong, ...(names !== false && refused) })) {
      const { status, stderr } = run(...judge(form));
      t.is(status, 1, `${form}: ${stderr}`);
      if (names !== false) t.regex(stderr, says);
    }
    if (judgeFunction === undefined) return;
    for (const [subject, format, form, says] of ofFunctions) {
      const { status, stderr } = run(...judgeFunction(join(folder, `${subject}.json`), [format, form]));
      t.is(status, says === undefined ? 0 : 1, `${subject}, ${form}: ${stderr}`);
      if (says !== undefined) t.regex(stderr, says);
    }
  });
}

testWith('python3', '--version')('Python reads the questions about a prox too', (t) => {
  const judge = (prox: string) => {
    const words = [`import signprox_vectors as s, sys`, `s.check(sys.argv[1], "f64", lambda case, _: [${prox}])`];
    const file = join(folder, 'prox-nonnegative.json');
    return spawnSync('python3', ['-c', words.join('\n'), file], { encoding: 'utf8', cwd: readers });
  };
  const right = judge('[max(v, 0) for v in case["x"]]');
  t.is(right.status, 0, right.stderr);
  t.regex(judge('[abs(v) for v in case["x"]]').stderr, /AssertionError: prox-nonnegative: wrong in /);
});

test('no reader has more than 60 lines', (t) => {
  const found = readdirSync(readers).filter((name) => name !== 'programs');
  t.is(found.length, 6);
  for (const name of found) {
    t.true(readFileSync(join(readers, name), 'utf8').trimEnd().split('\n').length <= 60, name);
  }
});

const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The last row of each answer of a file in its finest format, with the file in which it may be changed. */
function rowsOf(name: string): readonly { readonly own: (string | [string, string])[]; readonly file: VectorFile }[] {
  const file = JSON.parse(textOf(name)) as VectorFile;
  return file.vectors.flatMap(({ answers }) =>
    answers.flatMap((answer) => {
      const rows = answer.f64 ?? answer['1e-12'];
      return rows === undefined || rows === 'refuses' ? [] : [{ own: rows.at(-1)! as never, file }];
    }),
  );
}

/** Writes a file with a slip. */
function spoiltFile(name: string, file: VectorFile, what = ''): string {
  const path = join(scratch, `spoilt ${what} ${name}`);
  writeFileSync(path, JSON.stringify(file));
  return path;
}

testWith('python3', '--version')(
  'the formulas of the papers, in decimals and fractions, give the same numbers, and another one is found',
  (t) => {
    const program = join(root, 'independent/vectors.py');
    const names = [...files.keys()];
    const { status, stdout, stderr } = run('python3', [program, ...names.map((name) => join(folder, name))]);
    t.is(status, 0, stderr);
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { subject: string; vectors: number; entries: number; forms: number });
    t.is(told.length, names.length);
    // A value is one number.
    for (const { subject, vectors, entries } of told)
      t.true(vectors >= 5 && entries >= (subject.startsWith('value-') ? 15 : 45), stdout);
    // The answers of wrong forms that a function has on file.
    t.true(told.reduce((sum, { forms }) => sum + forms, 0) >= 400, stdout);
    // An end that is off by half of the width, in each file: a line for each says so.
    const spoilt = names.map((name) => {
      const rows = rowsOf(name).find(({ own }) => own.some((each) => typeof each !== 'string'))!;
      const place = rows.own.findIndex((each) => typeof each !== 'string');
      const [lower, upper] = (rows.own[place] as [string, string]).map(Number) as [number, number];
      const off = Math.max((upper - lower) / 2, 2 ** -40);
      rows.own[place] = [String(lower + off), String(upper + off)];
      return spoiltFile(name, rows.file);
    });
    // What is no number in the place of another one, and a refusal that is none.
    for (const [name, from, to] of [
      ['value-box.json', 'inf', 'nan'],
      ['value-entropy.json', 'inf', '-inf'],
      ['policy-l1.json', 'nan', 'inf'],
      ['policy-l1.json', '-inf', 'inf'],
    ] as const) {
      const rows = rowsOf(name).find(({ own }) => own.includes(from))!;
      rows.own[rows.own.indexOf(from)] = to;
      spoilt.push(spoiltFile(name, rows.file, `${from} ${to}`));
    }
    for (const [place, answer] of [
      [0, [['0', '0']]],
      [1, 'refuses'],
    ] as const) {
      const file = JSON.parse(textOf('policy-box.json')) as VectorFile;
      const asked = file.vectors.find(({ answers }) => (answers[0]!.f64 === 'refuses') === (place === 0))!;
      (asked.answers[0] as Record<string, unknown>)['f64'] = answer === 'refuses' ? answer : [answer];
      spoilt.push(spoiltFile('policy-box.json', file, `refusal ${place}`));
    }
    const wrong = run('python3', [program, ...spoilt]);
    t.is(wrong.status, 1);
    t.is(wrong.stdout, '');
    t.is(wrong.stderr.trim().split('\n').length, spoilt.length, wrong.stderr);
  },
);

// A process that shares two cores with many others starts late; nothing is judged by its time.
const options = { seed: '1', timeout: 600_000 };

const torchPython = pythonWith('torch');

testWith(
  torchPython,
  '-c',
  'import torch',
)("PyTorch's optimisers pass in every format and every way of making a step, and not with another argument", (t) => {
  const program = join(programs, 'torch_optimisers.py');
  const { status, stdout, stderr } = run(torchPython, [program, folder]);
  t.is(status, 0, stderr);
  const passed = stdout.trim().split('\n');
  const of = (word: string): number => passed.filter((line) => line.split(' ').includes(word)).length;
  // Twelve optimisers in a loop and with foreach, and four of them fused.
  for (const format of ['f64', 'f32', 'f16', 'bf16']) t.is(of(format), 28, stdout);
  t.deepEqual(['adafactor', 'asgd', 'nadam', 'loop', 'foreach', 'fused'].map(of), [8, 8, 8, 48, 48, 16]);
  const wrong = run(torchPython, [program, folder, 'weight_decay=0.0625']);
  t.is(wrong.status, 1);
  t.regex(wrong.stderr, /AssertionError: adam: wrong in adam-/);
});

test('the adapter in JavaScript passes everything that it answers', async (t) => {
  const implementation = await loadModule(join(root, 'adapters/javascript/adapter.js'));
  let subjects = 0;
  for (const file of files.values()) {
    const verdict = judgeAnswers(file, 'f64', await answersOf(implementation, file, 'f64'));
    if (verdict.verdict === 'no answers') continue;
    subjects++;
    t.is(verdict.verdict, 'pass', `${file.subject}: ${verdict.failed?.id} ${verdict.failed?.returned}`);
  }
  t.true(subjects >= 2, `${subjects} subjects`);
});

test.serial('optimisers of TensorFlow.js pass in single precision', async (t) => {
  for (const [algorithm, object] of [
    ['adam', 'train.adam'],
    ['adagrad', 'train.adagrad'],
    ['momentum-sgd', 'train.momentum'],
  ] as const) {
    const implementation = await openNamedObject(
      { library: 'tfjs', object: `@tensorflow/tfjs-core:${object}`, as: algorithm, arguments: {} },
      options,
    );
    try {
      const file = files.get(`${algorithm}.json`)!;
      const verdict = judgeAnswers(file, 'f32', await answersOf(implementation, file, 'f32'));
      t.is(verdict.verdict, 'pass', `${object}: ${verdict.failed?.id} ${verdict.failed?.returned}`);
    } finally {
      await implementation.close();
    }
  }
});
