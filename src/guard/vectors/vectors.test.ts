import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { roundTo } from '../../claims/implementation/dtype.js';
import { fromDouble, rational, toDouble } from '../../exact/arithmetic/rational.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { StatefulAlgorithm } from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { type Answers, judgeAnswers, readVectorFiles } from './check-answers.js';
import { askedOf, type FunctionQuestion } from './function-question.js';
import { contains, inFile, intervalOf } from './interval.js';
import { manifestText } from './manifest.js';
import { rightAnswerOf } from './names.test.helper.js';
import { type Format, formatNames, formats } from './optimiser-question.js';
import { runUpdate } from './run-update.js';
import { memoryless } from './subject.js';
import {
  type AnswerFormat,
  answerFormats,
  type FunctionVector,
  idOfQuestion,
  isOfFunction,
  type OptimiserVector,
  type VectorFile,
} from './vector-file.js';
import { type WrongAnswer, wrongAnswers } from './wrong-answers.js';

const folder = fileURLToPath(new URL('../../../../fixtures/vectors/v1', import.meta.url));
const textOf = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
const files = await readVectorFiles(folder);
const isOptimiser = (file: VectorFile): boolean => !file.vectors.some(isOfFunction);
const optimisers = [...files.values()].filter(isOptimiser);
const functions = [...files.values()].filter((file) => !isOptimiser(file));

/** What is told of the questions to a subject: by format, how many of them find each wrong form. */
interface Told {
  readonly killed?: number;
  readonly killedByRandomChoice?: number;
  readonly formats: Readonly<
    Record<
      string,
      {
        readonly wrong: Readonly<Record<string, number>>;
        readonly operators?: { readonly killed: number; readonly of: number; readonly left: readonly string[] };
      }
    >
  >;
}

const kills = JSON.parse(textOf('kills.json')) as Readonly<Record<string, Told>>;

/** By subject and format the wrong forms that the guard at quick finds, of those that no question finds. Of what is not here it was not asked. */
const guard = JSON.parse(textOf('../guard.json')) as Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
>;

const page = readFileSync(fileURLToPath(new URL('../../../../docs/vectors.md', import.meta.url)), 'utf8');

const definitionOf = (file: VectorFile): Pick<StatefulAlgorithm, 'update' | 'errors'> =>
  memoryless.find(({ algorithm }) => algorithm === file.subject)?.definition ??
  statefulAlgorithms[file.subject as StatefulAlgorithmName];

/** The answers of an update in a format. */
const answersOf = (file: VectorFile, update: StatefulAlgorithm['update'], format: Format): Answers =>
  Object.fromEntries(
    (file.vectors as readonly OptimiserVector[])
      .filter(({ answers }) => answers.some((answer) => answer[format] !== undefined))
      .map((vector) => [vector.id, runUpdate(update, vector as never, format).map((x) => Array.from(x, inFile))]),
  );

/** The answers about a function, rounded to a format; a prox by iteration computes in doubles. */
const functionAnswers = (file: VectorFile, answer: WrongAnswer, format: AnswerFormat): Answers =>
  Object.fromEntries(
    (file.vectors as readonly FunctionVector[])
      .filter(({ answers }) => answers.some((each) => each[format] !== undefined))
      .map((vector) => {
        const own = answer(vector as FunctionQuestion);
        const { dtype } = formats[format as Format] ?? formats.f64;
        return [vector.id, own === 'refuses' ? own : [Array.from(own, (value) => inFile(roundTo(dtype, value)))]];
      }),
  );

test('the files are those of the manifest, byte for byte, and none is large', (t) => {
  const texts = new Map(
    [...files].map(([name, { vectors }]) => [name, { text: textOf(name), vectors: vectors.length }]),
  );
  t.is(textOf('manifest.json'), manifestText(texts));
  t.deepEqual(
    readdirSync(folder)
      .filter((name) => !files.has(name))
      .sort(),
    ['kills.json', 'manifest.json'],
  );
  const sizes = [...texts.values()].map(({ text }) => Buffer.byteLength(text));
  t.true(Math.max(...sizes) <= 250_000, `${Math.max(...sizes)} bytes`);
  t.true(sizes.reduce((sum, size) => sum + size, 0) <= 8_000_000);
});

test('ids are hashes of questions, each once, and every convention has one answer', (t) => {
  const ids = new Set<string>();
  for (const { subject, conventions, vectors } of files.values()) {
    for (const vector of vectors) {
      t.is(vector.id, idOfQuestion(subject, vector as never));
      t.false(ids.has(vector.id), vector.id);
      ids.add(vector.id);
      const answered = vector.answers.flatMap((answer) => answer.conventions).sort((one, other) => one - other);
      if (!isOfFunction(vector)) t.deepEqual(answered, [...conventions.keys()], vector.id);
    }
  }
});

test('the reference passes, rounded to every format after each step, by the usual conventions', (t) => {
  let count = 0;
  for (const file of optimisers) {
    for (const format of formatNames) {
      const found = judgeAnswers(file, format, answersOf(file, definitionOf(file).update, format));
      if (found.verdict === 'no answers') continue;
      count += found.answered;
      t.is(found.verdict, 'pass', `${file.subject}, ${format}: ${found.failed?.returned}`);
      t.true(found.conventions.includes(file.conventions[0]!), `${file.subject}, ${format}`);
    }
  }
  for (const file of functions) {
    for (const format of answerFormats) {
      const found = judgeAnswers(file, format, functionAnswers(file, rightAnswerOf(file.subject), format));
      if (found.verdict === 'no answers') continue;
      count += found.answered;
      t.is(found.verdict, 'pass', `${file.subject}, ${format}: ${found.failed?.returned}`);
    }
  }
  t.true(count > 2000, `${count} answers`);
});

/** The cells of a format in the table of the page, those after its name. */
const cellsOf = (format: AnswerFormat): readonly string[] =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| \`${format}\` `))!
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

test('every wrong form fails in the formats of the table, and is named as often as the page says', (t) => {
  const counts = answerFormats.map((format) => {
    let [found, named] = [0, 0];
    const judge = (file: VectorFile, form: string, answers: () => Answers): void => {
      const times = kills[file.subject]!.formats[format]?.wrong[form];
      if (times === undefined) return;
      const verdict = judgeAnswers(file, format, answers());
      if (times > 0) t.is(verdict.verdict, 'fail', `${file.subject}, ${format}: ${form}`);
      if (verdict.verdict !== 'fail') return;
      found++;
      if (verdict.looksLike.includes(form)) named++;
    };
    for (const file of optimisers) {
      const { update, errors } = definitionOf(file);
      for (const [form, wrong] of Object.entries(errors))
        judge(file, form, () => answersOf(file, wrong(update), format as Format));
    }
    for (const file of functions) {
      const { kind, type } = askedOf(file.subject)!;
      for (const [form, wrong] of wrongAnswers(kind, type))
        judge(file, form, () => functionAnswers(file, wrong, format));
    }
    if (format === 'f64') t.true(found > 200 && named >= 0.95 * found, `${named} of ${found}`);
    return `${named} of ${found}`;
  });
  t.deepEqual(
    answerFormats.map((format) => cellsOf(format).at(-1)!),
    counts,
  );
});

test('an interval has short ends outside of the value and its error, and at most 1/32 of that away', (t) => {
  for (const [value, error] of [
    [rational(1n, 3n), 1e-3],
    [rational(-2n, 3n), 1e-15],
    [rational(12345n), 7],
    [rational(1n, 7n), 0],
    [rational(0n), 2 ** -20],
  ] as const) {
    const interval = intervalOf({ value, error });
    if (typeof interval === 'string') return t.fail();
    const [lower, upper] = interval.map(Number) as [number, number];
    const [least, most] = [value.sub(fromDouble(error)), value.add(fromDouble(error))];
    t.false(fromDouble(lower).gt(least) || fromDouble(upper).lt(most), interval.join(' '));
    const slack = error / 32 + 2 ** -52 * Math.abs(toDouble(value));
    t.true(toDouble(least) - lower <= slack && upper - toDouble(most) <= slack, interval.join(' '));
    t.is(contains(interval, Number.NaN), false);
  }
  t.is(intervalOf({ value: rational(1n), error: Number.POSITIVE_INFINITY }), 'any');
  t.deepEqual(intervalOf({ value: rational(1n, 2n), error: 0 }), ['0.5', '0.5']);
  t.deepEqual(intervalOf({ value: rational(1n, 3n), error: 0.01 }), ['0.3233', '0.3434']);
});

test('an answer passes by one convention, which may be demanded, and a wrong one is placed', (t) => {
  const file = files.get('adam.json')!;
  const right = answersOf(file, definitionOf(file).update, 'f64');
  t.deepEqual(judgeAnswers(file, 'f64', right).conventions, [file.conventions[0]]);
  t.is(judgeAnswers(file, 'f64', right, 'pytorch').verdict, 'pass');
  t.is(judgeAnswers(file, 'f64', right, 'tensorflow').verdict, 'fail');
  t.is(judgeAnswers(file, 'f64', {}).verdict, 'no answers');
  const [first] = Object.keys(right);
  const spoilt = (change: (rows: (number | 'nan')[][]) => unknown[][]) =>
    judgeAnswers(file, 'f64', { ...right, [first!]: change(structuredClone(right[first!]) as number[][]) } as Answers);
  for (const change of [
    (rows: unknown[][]) => rows.with(1, [...rows[1]!.slice(0, -1), 'nan']),
    (rows: unknown[][]) => rows.slice(0, -1),
    (rows: unknown[][]) => rows.with(0, [...rows[0]!, 0]),
    (rows: unknown[][]) => rows.with(0, [(rows[0]![0] as number) * (1 + 2 ** -40) + 2 ** -40, ...rows[0]!.slice(1)]),
  ]) {
    const verdict = spoilt(change as never);
    t.is(verdict.failed?.id, first);
    t.deepEqual(verdict.looksLike, []);
  }
  t.is(judgeAnswers(file, 'f64', { [first!]: null }).verdict, 'no answers');
});

test('the page says of each format what the tables do', (t) => {
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  for (const format of answerFormats) {
    const told = (kinds: readonly (string | undefined)[]) =>
      Object.entries(kills).flatMap(([subject, own]) =>
        kinds.includes(askedOf(subject)?.kind) && own.formats[format] !== undefined ? [own.formats[format]] : [],
      );
    const forms = (...kinds: readonly (string | undefined)[]): readonly [found: number, of: number] => {
      const times = told(kinds).flatMap((own) => Object.values(own.wrong));
      return [times.filter((each) => each > 0).length, times.length];
    };
    const operators = told([undefined]).map((own) => own.operators!);
    const counts = [
      [sum(operators.map((own) => own.killed)), sum(operators.map((own) => own.of))],
      forms(undefined),
      forms('prox', 'policy'),
      forms('value', 'gradient'),
    ];
    // What the guard was not asked about counts as if it found all.
    const alone = sum(
      Object.keys(kills).map((subject) => {
        const own = kills[subject]!.formats[format];
        if (own === undefined) return 0;
        const asked = guard[subject];
        if (asked !== undefined) return asked[format]?.length ?? 0;
        return Object.values(own.wrong).filter((each) => each === 0).length + (own.operators?.left.length ?? 0);
      }),
    );
    const found = sum(counts.map(([own]) => own!));
    t.deepEqual(
      cellsOf(format).slice(0, -1),
      [
        ...counts.map(([own, of]) => (of === 0 ? '' : `${own} of ${of}`)),
        String(alone),
        `${((100 * found) / (found + alone)).toFixed(1)} %`,
      ],
      format,
    );
  }
  // What the guard finds is missed by the vectors.
  for (const [subject, own] of Object.entries(guard)) {
    for (const [format, forms] of Object.entries(own)) {
      const { wrong, operators } = kills[subject]!.formats[format]!;
      for (const form of forms) t.true(wrong[form] === 0 || operators?.left.includes(form), `${subject}: ${form}`);
    }
  }
  const shares = Object.values(kills).flatMap(({ killed, killedByRandomChoice }) =>
    killed === undefined ? [] : [[killed, killedByRandomChoice!] as const],
  );
  const mean = (k: 0 | 1): string => ((100 * sum(shares.map((each) => each[k]))) / shares.length).toFixed(1);
  t.true(page.includes(`finds ${mean(1)} % on average, and these find ${mean(0)} %`), `${mean(1)} %, ${mean(0)} %`);
});
