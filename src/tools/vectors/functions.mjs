import seedrandom from 'seedrandom';
import { dtypeNames, roundTo } from '../../../dist/src/claims/implementation/dtype.js';
import { toDouble } from '../../../dist/src/exact/arithmetic/rational.js';
import { NotRationalError } from '../../../dist/src/exact/computation.js';
import { wrongProxes } from '../../../dist/src/guard/vectors/build-file.js';
import { exactProxes } from '../../../dist/src/guard/vectors/function-question.js';
import { contains, intervalOf } from '../../../dist/src/guard/vectors/interval.js';
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

/** Questions about a type, the same ones each time, each with what is special about it. */
function drawnQuestions({ type, vectors = [], examples }, { name, steps, sizes }) {
  const random = seedrandom(`vectors of prox of ${type}${name}`);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const found = [];
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
    for (const tie of ties) found.push([{ function: { type, ...parameters }, step: tieStep, x: [tie, -tie] }, 'a tie']);
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
  const known = new Set();
  const isNew = ([question]) => known.size < known.add(JSON.stringify(question)).size;
  return found.filter(isNew).map(([question, what]) => ({
    question,
    special: [what, `γ = ${question.step}`, JSON.stringify(question.function)],
  }));
}

/** The formats that hold every number of a question; none where one is infinite, which JSON cannot say. */
const formatsOf = (question) =>
  dtypeNames.filter((format) =>
    numbersIn(question).every((value) => Number.isFinite(value) && roundTo(format, value) === value),
  );

/** Bytes for the answers of a function in a format, and of one entry of them. */
const [budget, entryBytes] = [14_000, 34];

/** What a question finds in each format; nothing in one in which rounding may choose another minimiser than the reference has, in doubles. */
function killsOf({ question, special }, type) {
  const kills = new Map();
  for (const format of formatsOf(question)) {
    const answers = exactProxes(question, format);
    const right = parseOnce(question.function).prox(Float64Array.from(question.x), question.step);
    if (
      !answers.some((point) =>
        point.every(({ value }, i) => Math.abs(toDouble(value) - right[i]) < 2 ** -30 * (1 + Math.abs(right[i]))),
      )
    )
      continue;
    const rows = answers.map((point) => point.map(intervalOf));
    const isRight = (point) =>
      rows.some((row) => row.every((interval, i) => contains(interval, roundTo(format, point[i]))));
    const killed = new Set(
      [...wrongProxes(type).values()].flatMap((wrong, f) => (isRight(wrong(question)) ? [] : [f])),
    );
    const radius = Math.max(...answers[0].map(({ error }) => error));
    kills.set(format, { killed, special, size: answers.length * question.x.length, radius });
  }
  return kills;
}

/** The questions whose minimisers are rational, each with what it finds. */
const askedBy = (type, drawn) =>
  drawnQuestions(registry.get(type).definition, drawn).flatMap((each) => {
    try {
      const kills = killsOf(each, type);
      return kills.size > 0 ? [{ question: each.question, kills }] : [];
    } catch (error) {
      if (error instanceof NotRationalError) return [];
      throw error;
    }
  });

/** Chooses the questions about a type of function, and tells what they kill; undefined if no minimiser is rational. */
export function chosenProxes(type) {
  const forms = [...wrongProxes(type).keys()];
  const asked = askedBy(type, ordinary);
  if (asked.length === 0) return undefined;
  const finds = ({ kills }, format, f) => kills.get(format)?.killed.has(f) === true;
  // What answers every question rightly has an error of its value or its gradient, or one that these questions do not reach.
  const isWrongProx = forms.map((_, f) => asked.some((each) => finds(each, 'f64', f)));
  const lost = dtypeNames.flatMap((format) =>
    forms.flatMap((_, f) => (isWrongProx[f] && !asked.some((each) => finds(each, format, f)) ? [[format, f]] : [])),
  );
  if (lost.length > 0)
    asked.push(...askedBy(type, farther).filter((each) => lost.some(([format, f]) => finds(each, format, f))));
  const everyone = asked.map((_, b) => b);
  const chosenIn = new Map();
  for (const format of [...dtypeNames].reverse()) {
    const bags = everyone.map((b) => {
      const own = asked[b].kills.get(format);
      return own === undefined ? [] : [...own.killed, ...own.special];
    });
    const costs = everyone.map((b) => 200 + entryBytes * (asked[b].kills.get(format)?.size ?? 0));
    chosenIn.set(format, cover(bags, costs, [...new Set([...chosenIn.values()].flat())], budget));
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
      wrong: Object.fromEntries(forms.flatMap((name, f) => (isWrongProx[f] ? [[name, timesOf(f)]] : []))),
    };
  }
  return {
    questions: chosen.map((b) => ({
      question: asked[b].question,
      formats: dtypeNames.filter((format) => chosenIn.get(format)?.includes(b)),
    })),
    report: { questions: chosen.length, formats: report },
  };
}
