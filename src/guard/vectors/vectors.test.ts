import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { roundTo } from '../../claims/implementation/dtype.js';
import { fromDouble, rational, toDouble } from '../../exact/arithmetic/rational.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { StatefulAlgorithm } from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { parseFunction } from '../../reference/functions/index.js';
import { wrongProxes } from './build-file.js';
import { type Answers, judgeAnswers, readVectorFiles } from './check-answers.js';
import { contains, intervalOf } from './interval.js';
import { manifestText } from './manifest.js';
import { type Format, formatNames, formats } from './optimiser-question.js';
import { runUpdate } from './run-update.js';
import { memoryless } from './subject.js';
import {
  type FunctionVector,
  idOfQuestion,
  isOfFunction,
  type OptimiserVector,
  type VectorFile,
} from './vector-file.js';

const folder = fileURLToPath(new URL('../../../../fixtures/vectors/v1', import.meta.url));
const textOf = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
const files = await readVectorFiles(folder);
const isOptimiser = (file: VectorFile): boolean => !file.vectors.some(isOfFunction);
const optimisers = [...files.values()].filter(isOptimiser);
const functions = [...files.values()].filter((file) => !isOptimiser(file));

/** What is told of the questions to a subject: by format, how many of them find each wrong form. */
const kills = JSON.parse(textOf('kills.json')) as Readonly<
  Record<string, { readonly formats: Readonly<Record<string, { readonly wrong: Readonly<Record<string, number>> }>> }>
>;

const definitionOf = (file: VectorFile): Pick<StatefulAlgorithm, 'update' | 'errors'> =>
  memoryless.find(({ algorithm }) => algorithm === file.subject)?.definition ??
  statefulAlgorithms[file.subject as StatefulAlgorithmName];

/** The answers of an update in a format. */
const answersOf = (file: VectorFile, update: StatefulAlgorithm['update'], format: Format): Answers =>
  Object.fromEntries(
    (file.vectors as readonly OptimiserVector[])
      .filter(({ answers }) => answers.some((answer) => answer[format] !== undefined))
      .map((vector) => [
        vector.id,
        runUpdate(update, vector as never, format).map((x) =>
          Array.from(x, (value) =>
            Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf',
          ),
        ),
      ]),
  );

/** The answers of a prox, rounded to a format. */
const proxesOf = (file: VectorFile, prox: (vector: FunctionVector) => Float64Array, format: Format): Answers =>
  Object.fromEntries(
    (file.vectors as readonly FunctionVector[])
      .filter(({ answers }) => answers.some((answer) => answer[format] !== undefined))
      .map((vector) => [vector.id, [Array.from(prox(vector), (value) => roundTo(formats[format].dtype, value))]]),
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
    for (const format of formatNames) {
      const prox = ({ function: own, step, x }: FunctionVector) => parseFunction(own).prox(Float64Array.from(x), step);
      const found = judgeAnswers(file, format, proxesOf(file, prox, format));
      if (found.verdict === 'no answers') continue;
      count += found.answered;
      t.is(found.verdict, 'pass', `${file.subject}, ${format}: ${found.failed?.returned}`);
    }
  }
  t.true(count > 2000, `${count} answers`);
});

test('every wrong form fails in the formats of the table, and in doubles it is named', (t) => {
  let [found, named] = [0, 0];
  const told = (subject: string, format: Format, form: string) => kills[subject]!.formats[format]?.wrong[form];
  for (const file of optimisers) {
    const { update, errors } = definitionOf(file);
    for (const [form, wrong] of Object.entries(errors)) {
      for (const format of formatNames) {
        const times = told(file.subject, format, form);
        if (times === undefined) continue;
        const verdict = judgeAnswers(file, format, answersOf(file, wrong(update), format));
        if (times > 0) t.is(verdict.verdict, 'fail', `${file.subject}, ${format}: ${form}`);
        if (format !== 'f64' || verdict.verdict !== 'fail') continue;
        found++;
        if (verdict.looksLike.includes(form)) named++;
      }
    }
  }
  for (const file of functions) {
    for (const [form, wrong] of wrongProxes(file.subject.replace('prox-', ''))) {
      for (const format of formatNames) {
        const times = told(file.subject, format, form);
        if (times === undefined) continue;
        const verdict = judgeAnswers(
          file,
          format,
          proxesOf(file, (vector) => wrong(vector as never), format),
        );
        if (times > 0) t.is(verdict.verdict, 'fail', `${file.subject}, ${format}: ${form}`);
        if (format !== 'f64' || verdict.verdict !== 'fail') continue;
        found++;
        if (verdict.looksLike.includes(form)) named++;
      }
    }
  }
  t.log(`${named} of ${found} wrong forms are named`);
  t.true(found > 200 && named >= 0.95 * found, `${named} of ${found}`);
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

/** A product and a sum that are rounded once. */
const fma = (a: number, b: number, c: number): number => toDouble(fromDouble(a).mul(fromDouble(b)).add(fromDouble(c)));

interface AdamState {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  readonly largest: Float64Array;
  readonly count: number;
}

test('AdamW in other orders of operations passes', (t) => {
  type Step = (v: {
    x: number;
    m: number;
    s: number;
    c1: number;
    c2: number;
    lr: number;
    eps: number;
    decay: number;
  }) => number;
  const mean = (b: number, m: number, g: number): number => b * m + (1 - b) * g;
  const orders: Readonly<Record<string, { readonly mean?: typeof mean; readonly next: Step }>> = {
    'the step is corrected, not the mean': {
      next: ({ x, m, s, c1, c2, lr, eps, decay }) =>
        x * (1 - lr * decay) - (lr / c1) * (m / (Math.sqrt(s) / Math.sqrt(c2) + eps)),
    },
    'a mean by its change': {
      mean: (b, m, g) => m + (1 - b) * (g - m),
      next: ({ x, m, s, c1, c2, lr, eps, decay }) => x - lr * decay * x - (lr * (m / c1)) / (Math.sqrt(s / c2) + eps),
    },
    'with fused products and sums': {
      mean: (b, m, g) => fma(b, m, (1 - b) * g),
      next: ({ x, m, s, c1, c2, lr, eps, decay }) =>
        fma(-lr / c1, m / fma(Math.sqrt(s), 1 / Math.sqrt(c2), eps), fma(-lr * decay, x, x)),
    },
    'all in one quotient': {
      next: ({ x, m, s, c1, c2, lr, eps, decay }) =>
        (1 - lr * decay) * x - (lr * m * Math.sqrt(c2)) / (c1 * (Math.sqrt(s) + eps * Math.sqrt(c2))),
    },
    'the decay with the step': {
      next: ({ x, m, s, c1, c2, lr, eps, decay }) => x - lr * (m / c1 / (Math.sqrt(s / c2) + eps) + decay * x),
    },
  };
  const file = files.get('adamw.json')!;
  for (const [name, { mean: own = mean, next }] of Object.entries(orders)) {
    const update: StatefulAlgorithm['update'] = (input) => {
      const {
        x,
        step: lr,
        hyperparameters,
        memory,
        stochasticGradient,
      } = input as never as {
        x: Float64Array;
        step: number;
        hyperparameters: Record<string, number>;
        memory: AdamState | undefined;
        stochasticGradient(u: Float64Array): Float64Array;
      };
      const { beta1, beta2, epsilon: eps, weightDecay: decay, amsgrad } = hyperparameters as Record<string, number>;
      const g = stochasticGradient(x);
      const count = (memory?.count ?? 0) + 1;
      const m = g.map((v, i) => own(beta1!, memory?.mean[i] ?? 0, v));
      const square = g.map((v, i) => own(beta2!, memory?.square[i] ?? 0, v * v));
      const largest = square.map((v, i) => Math.max(v, memory?.largest[i] ?? 0));
      const [c1, c2] = [1 - beta1! ** count, 1 - beta2! ** count];
      const moved = x.map((v, i) =>
        next({ x: v, m: m[i]!, s: amsgrad ? largest[i]! : square[i]!, c1, c2, lr, eps: eps!, decay: decay! }),
      );
      return { x: moved, memory: { mean: m, square, largest, count } };
    };
    const verdict = judgeAnswers(file, 'f64', answersOf(file, update, 'f64'), 'pytorch');
    t.is(verdict.verdict, 'pass', `${name}: ${verdict.failed?.returned}`);
  }
});

test('the page says of each format what the table does', (t) => {
  interface Told {
    readonly wrong: Readonly<Record<string, number>>;
    readonly operators?: { readonly killed: number; readonly of: number };
  }
  const page = readFileSync(fileURLToPath(new URL('../../../../docs/vectors.md', import.meta.url)), 'utf8');
  const share = (some: number, all: number): string => (all === 0 ? '' : `${some} of ${all}`);
  for (const format of formatNames) {
    const found = (isProx: boolean): Told[] =>
      Object.entries(kills).flatMap(([subject, own]) =>
        subject.startsWith('prox-') === isProx && own.formats[format] !== undefined ? [own.formats[format]] : [],
      );
    const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
    const wrong = (those: readonly Told[]): string => {
      const times = those.flatMap((own) => Object.values(own.wrong));
      return share(times.filter((each) => each > 0).length, times.length);
    };
    const operators = found(false).map((own) => own.operators!);
    const cells = [
      share(sum(operators.map(({ killed }) => killed)), sum(operators.map((own) => own.of))),
      wrong(found(false)),
      wrong(found(true)),
    ];
    const row = page.split('\n').find((line) => line.startsWith(`| \`${format}\` `))!;
    t.deepEqual(
      row
        .split('|')
        .slice(2, 5)
        .map((cell) => cell.trim()),
      cells,
      format,
    );
  }
});
