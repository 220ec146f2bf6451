import seedrandom from 'seedrandom';
import { dtypeNames, roundTo } from '../../../dist/src/claims/implementation/dtype.js';
import { toDouble } from '../../../dist/src/exact/arithmetic/rational.js';
import { NotRationalError } from '../../../dist/src/exact/computation.js';
import { rightAnswers } from '../../../dist/src/guard/vectors/function-answers.js';
import { askedOf, exactProxes, isIterated, levels } from '../../../dist/src/guard/vectors/function-question.js';
import { radiusOf } from '../../../dist/src/guard/vectors/interval.js';
import { answerFormats } from '../../../dist/src/guard/vectors/vector-file.js';
import { isAmong, wrongAnswers } from '../../../dist/src/guard/vectors/wrong-answers.js';
import { parseOnce, registry } from '../../../dist/src/reference/functions/index.js';
import { cover } from './choose.mjs';

/** Points whose norms are rational, and their lengths. */
const pythagorean = {
  2: [
    [3, 4],
    [5, -12],
  ],
  3: [
    [1, 2, -2],
    [2, -3, 6],
  ],
  4: [
    [1, 1, -1, 1],
    [2, 4, 5, -6],
  ],
};

/** Numbers of a specification, nested ones included. */
const numbersIn = (value) =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

/** The same with every number that is not whole rounded to a multiple of 1/16. */
const rounded = (value) => {
  if (typeof value === 'number')
    return Number.isInteger(value) || !Number.isFinite(value) ? value : Math.round(16 * value) / 16;
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, own]) => [key, rounded(own)]))
    : value;
};

/** Lengths that a specification takes. */
function lengthsOf(target, points) {
  const given = points.map((point) => point.length);
  return [...new Set([...given, 1, 2, 3, 4])].filter((length) => {
    try {
      target.prox(new Float64Array(length).fill(0.5), 1);
      return given.length === 0 || given.includes(length);
    } catch {
      return false;
    }
  });
}

/** Steps, and by what points of rational norms are multiplied: those of all questions, and others for what these do not find. */
const ordinary = { name: '', steps: [0.125, 0.75, 1, 3], sizes: [0.125, 1] };
const farther = { name: ', farther', steps: [0.5, 2, 8], sizes: [0.5, 2, 4] };

/** A question of a kind from one of a prox: a value and a gradient have no γ. */
const ofKind = (kind, { step, ...rest }) => (kind === 'prox' ? { ...rest, step } : rest);

/** Questions about a type, the same ones each time, each with what is special about it. */
function drawnQuestions(kind, { type, vectors = [], examples }, { name, steps: ofProx, sizes }) {
  const random = seedrandom(`vectors of ${kind} of ${type}${name}`);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const found = [];
  const steps = kind === 'prox' ? ofProx : [1];
  const given = [...vectors.map(({ parameters, ...rest }) => [parameters, rest]), ...examples.map((own) => [own, {}])];
  for (const [parameters, { points = [], ties = [], tieStep = 1 }] of given) {
    const own = rounded({ type, ...parameters });
    let target;
    try {
      target = parseOnce(own);
    } catch {
      continue;
    }
    const fixed = points.map(([, y]) => (typeof y === 'function' ? y(1) : y));
    for (const tie of ties) {
      const at = { function: { type, ...parameters }, step: tieStep };
      found.push(
        [{ ...at, x: [tie, -tie] }, 'a tie'],
        [{ ...at, x: [(17 * tie) / 16, (-15 * tie) / 16] }, 'beside a tie'],
      );
    }
    for (const y of fixed)
      for (const step of steps) found.push([{ function: own, step, x: rounded([...y]) }, 'a given point']);
    for (const length of lengthsOf(target, fixed)) {
      const add = (x, step, what) => found.push([{ function: own, step, x: [...x] }, what]);
      for (const step of steps) {
        const kinks = target.kinks?.(step) ?? [];
        if (kinks.length > 0)
          add(
            Array.from({ length }, (_, i) => rounded(kinks[i % kinks.length])),
            step,
            'a kink',
          );
        add(new Array(length).fill(0), step, 'zeros');
        for (const point of pythagorean[length] ?? [])
          for (const size of sizes)
            add(
              point.map((v) => v * size),
              step,
              'a rational norm',
            );
        for (let k = 0; k < 3; k++) {
          const size = pick([0.25, 1, 4]);
          add(
            Array.from({ length }, () => (size * (Math.floor(random() * 33) - 16)) / 8),
            step,
            `size ${size}`,
          );
        }
      }
    }
  }
  // Where a function is finite the result of a prox lies.
  if (kind !== 'prox')
    for (const [{ function: own, x }] of [...found])
      found.push([{ function: own, x: rounded([...parseOnce(own).prox(Float64Array.from(x), 1)]) }, 'a prox']);
  const known = new Set();
  const isNew = ([question]) => known.size < known.add(JSON.stringify(question)).size;
  return found
    .map(([question, what]) => [ofKind(kind, question), what])
    .filter(isNew)
    .map(([question, what]) => ({
      question,
      special: [what, `γ = ${question.step}`, JSON.stringify(question.function)],
    }));
}

/** Formats of answers, those of few digits first. */
const formatsFor = (kind, type) => (kind === 'prox' && isIterated(type) ? levels : [...dtypeNames].reverse());

/** A number in a format; a prox by iteration computes in doubles. */
const inFormat = (format, value) => (levels.includes(format) ? value : roundTo(format, value));

/** The formats that hold every number of a question; none where one is infinite, which JSON cannot say. */
const formatsOf = (kind, type, question) =>
  formatsFor(kind, type).filter((format) =>
    numbersIn(question).every((value) => Number.isFinite(value) && inFormat(format, value) === value),
  );

/** Bytes for the answers of a function in a format, and of one entry of them. */
const [budgets, entryBytes] = [{ prox: 14_000, value: 7000, gradient: 7000 }, 34];

/** Whether the reference, in doubles, has a minimiser of those that are exact: rounding may choose another one. */
function isReached({ function: own, x, step }) {
  const right = parseOnce(own).prox(Float64Array.from(x), step);
  return exactProxes({ function: own, x, step }, 'f64').some((point) =>
    point.every(({ value }, i) => Math.abs(toDouble(value) - right[i]) < 2 ** -30 * (1 + Math.abs(right[i]))),
  );
}

/** What a question finds in each format. */
function killsOf(kind, type, { question, special }) {
  const kills = new Map();
  const forms = [...wrongAnswers(kind, type).values()];
  for (const format of formatsOf(kind, type, question)) {
    if (kind === 'prox' && !isReached(question)) continue;
    const answers = rightAnswers(kind, question, format);
    const [row] = answers[0].rows;
    // Where both a number and Infinity are right, nothing is learnt.
    if (answers.length > 1 && kind === 'value') continue;
    const isRight = (point) => isAmong(answers, point === 'refuses' ? point : point.map((v) => inFormat(format, v)));
    const killed = new Set(forms.flatMap((wrong, f) => (isRight(wrong(question)) ? [] : [f])));
    // An interval so wide that it finds nothing is not shipped.
    if (kind !== 'prox' && killed.size === 0) continue;
    const where = kind === 'value' ? [`${row[0] === 'inf' ? 'outside' : 'inside'} of the domain`] : [];
    kills.set(format, {
      killed,
      special: [...special, ...where],
      size: answers.length * row.length,
      radius: Math.max(...row.map(radiusOf)),
    });
  }
  return kills;
}

/** The questions whose answers are known exactly, each with what it finds. */
const askedBy = (kind, type, drawn) =>
  drawnQuestions(kind, registry.get(type).definition, drawn).flatMap((each) => {
    if (kind === 'gradient' && parseOnce(each.question.function).gradient === undefined) return [];
    try {
      const kills = killsOf(kind, type, each);
      return kills.size > 0 ? [{ question: each.question, kills }] : [];
    } catch (error) {
      if (error instanceof NotRationalError) return [];
      throw error;
    }
  });

/** A proximal average has no formula of its value alone: the guard judges it. */
const isAsked = (kind, type) => kind === 'prox' || type !== 'proximal-average';

/** What is asked of the prox of a function of single entries by who declares what becomes of NaN, of infinities and of bad parameters. */
const policies = {
  l1: { good: { weight: 0.75 }, bad: [{ weight: -1 }], far: ['inf', '-inf'] },
  'squared-l2': { good: { weight: 0.5 }, bad: [{ weight: -1 }], far: ['inf', '-inf'] },
  nonnegative: { good: {}, bad: [], far: ['inf'] },
  box: { good: { lower: -0.5, upper: 1.25 }, bad: [{ lower: 1, upper: -1 }], far: [] },
};

/** The questions of a policy, all of which are asked, and what each finds. */
function askedByPolicy(type) {
  if (!Object.hasOwn(policies, type)) return [];
  const { good, bad, far } = policies[type];
  const ask = (parameters, step, x) => ({ function: { type, ...parameters }, x, step });
  const points = [[1.5, -0.25, 3], ['nan', 1.5, -2], [0.5, 'nan', -3], ['nan'], ...far.map((what) => [what, -2, 0.5])];
  const questions = [
    ...points.map((x) => ask(good, 0.5, x)),
    ...bad.map((own) => ask({ ...good, ...own }, 0.5, [1.5, -2])),
    ...[0, -1].map((step) => ask(good, step, [1.5, -2])),
  ];
  const forms = [...wrongAnswers('policy', type).values()];
  return questions.map((question) => ({
    question,
    kills: new Map(
      dtypeNames.map((format) => {
        const answers = rightAnswers('policy', question, format);
        // A wrong form is held against the first policy.
        const own = answers.filter(({ conventions }) => conventions.includes(0));
        const isRight = (point) => isAmong(own, point === 'refuses' ? point : point.map((v) => roundTo(format, v)));
        const killed = new Set(forms.flatMap((wrong, f) => (isRight(wrong(question)) ? [] : [f])));
        const [{ rows }] = own;
        const radii = rows === 'refuses' ? [0] : rows[0].map(radiusOf);
        return [format, { killed, special: [], size: radii.length, radius: Math.max(...radii) }];
      }),
    ),
  }));
}

/** Chooses the questions of a kind about a type of function, and tells what they kill; undefined if no answer is known exactly. */
export function chosenAnswers(subject) {
  const { kind, type } = askedOf(subject);
  if (!isAsked(kind, type)) return undefined;
  const forms = [...wrongAnswers(kind, type).keys()];
  const asked = kind === 'policy' ? askedByPolicy(type) : askedBy(kind, type, ordinary);
  if (asked.length === 0) return undefined;
  const names = formatsFor(kind, type);
  const finest = names.at(-1);
  const finds = ({ kills }, format, f) => kills.get(format)?.killed.has(f) === true;
  // What answers every question rightly has an error of its value or its gradient, or one that these questions do not reach.
  const isWrong = forms.map((_, f) => asked.some((each) => finds(each, finest, f)));
  const lost = names
    .toReversed()
    .flatMap((format) =>
      forms.flatMap((_, f) => (isWrong[f] && !asked.some((each) => finds(each, format, f)) ? [[format, f]] : [])),
    );
  if (lost.length > 0 && kind !== 'policy')
    asked.push(...askedBy(kind, type, farther).filter((each) => lost.some(([format, f]) => finds(each, format, f))));
  const everyone = asked.map((_, b) => b);
  const chosenIn = new Map();
  for (const format of names) {
    const bags = everyone.map((b) => {
      const own = asked[b].kills.get(format);
      return own === undefined ? [] : [...own.killed, ...own.special];
    });
    const costs = everyone.map((b) => 200 + entryBytes * (asked[b].kills.get(format)?.size ?? 0));
    chosenIn.set(
      format,
      kind === 'policy' ? everyone : cover(bags, costs, [...new Set([...chosenIn.values()].flat())], budgets[kind]),
    );
  }
  const chosen = [...new Set([...chosenIn.values()].flat())].sort((one, other) => one - other);
  const report = {};
  for (const [format, own] of chosenIn) {
    if (own.length === 0) continue;
    const timesOf = (f) => own.filter((b) => asked[b].kills.get(format).killed.has(f)).length;
    const widths = own.map((b) => asked[b].kills.get(format).radius).sort((one, other) => one - other);
    report[format] = {
      questions: own.length,
      width: Number(widths[Math.floor(widths.length / 2)].toPrecision(2)),
      wrong: Object.fromEntries(forms.flatMap((name, f) => (isWrong[f] ? [[name, timesOf(f)]] : []))),
    };
  }
  return {
    questions: chosen.map((b) => ({
      question: asked[b].question,
      formats: answerFormats.filter((format) => chosenIn.get(format)?.includes(b)),
    })),
    report: { questions: chosen.length, formats: report },
  };
}
