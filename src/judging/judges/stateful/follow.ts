import { type Dtype, largestFinite, spacing, unitRoundoff } from '../../../claims/implementation/dtype.js';
import { type Implementation, requiredSignOfZero } from '../../../claims/implementation/implementation.js';
import { fromDouble, type Rational, toDouble } from '../../../exact/arithmetic/rational.js';
import { stepAt } from '../../arbitraries/run-case.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { type Judgement, showComparison, worstOf } from '../judgement.js';
import { largerOrNaN } from '../precision.js';
import { exactOperators, valuesOf } from './operators.js';
import {
  type Expected,
  exactly,
  type MemoryConventions,
  type Observation,
  type Rule,
  type Uncertain,
  usualConventions,
} from './rule.js';

/** Size of an iterate beyond which a run is not followed further: it diverges, because its step is too long. A format may hold less. */
const farthest = 2 ** 40;
const largest = (dtype: Dtype): number => Math.min(farthest, largestFinite(dtype) / 4);

const notFinite = (t: number, answer: Float64Array): Judgement => ({
  ratio: Number.POSITIVE_INFINITY,
  answer,
  explanation: () => `x_${t} is not finite`,
});

/** How x_t is rounded at last: to nearest, or to either neighbour. */
interface LastRounding {
  readonly dtype: Dtype;
  readonly stochastic: boolean;
}

/** How far rounding may take an entry from an allowed value. */
function roundingFrom(value: number, error: number, { dtype, stochastic }: LastRounding): number {
  const unit = spacing(dtype, Math.abs(value) + error);
  if (!stochastic) return unit / 2;
  const [below, above] = [Math.floor((value - error) / unit) * unit, Math.ceil((value + error) / unit) * unit];
  return Math.max(value - below, above - value);
}

/** The allowed value that explains an entry best, and how much of what is allowed around it the entry is away from it. */
interface Explained {
  readonly value: Rational;
  readonly excess: number;
}

/**
 * Which of the allowed values an entry comes from. That is not always the closest: of values on both sides of a power of two, that with the longer
 * spacing may be further away than the other and nearer in roundings; and a stochastic rounding reaches either neighbour of a value.
 */
function explained(entry: number, { values, error }: Expected, last: LastRounding | undefined): Explained | undefined {
  const observed = fromDouble(entry);
  const all = values.map((value): Explained => {
    const off = Math.abs(toDouble(observed.sub(value)));
    const rounding = last === undefined ? 0 : roundingFrom(toDouble(value), error, last);
    return { value, excess: off === 0 ? 0 : off / (error + rounding) };
  });
  return all.reduce<Explained | undefined>(
    (best, each) => (best === undefined || each.excess < best.excess ? each : best),
    undefined,
  );
}

/** Judges x_t by its allowed values, which may be rounded to a dtype at last. */
function judgeIterate(
  name: string,
  next: Float64Array,
  expected: readonly Expected[],
  last: LastRounding | undefined,
): Judgement {
  const right = Float64Array.from(next);
  const excesses = Array.from(next, (entry, i) => {
    const found = explained(entry, expected[i]!, last);
    if (found === undefined) return 0;
    right[i] = toDouble(found.value);
    return found.excess;
  });
  const [advice] = expected.flatMap((entry, i) => (excesses[i]! > 1 ? (entry.advice ?? []) : []));
  return {
    ratio: excesses.reduce(largerOrNaN, 0),
    answer: next,
    right,
    name,
    ...(advice !== undefined && { advice }),
    explanation: () => showComparison(name, next, right, (i) => excesses[i]!),
  };
}

/** The iteration of one point of a batch, which is as if it were alone. */
function ofPoint(whole: Observation, length: number, point: number): Observation {
  const [from, to] = [point * length, (point + 1) * length];
  const x = whole.x.slice(from, to);
  // The operators know the x that they were given, which may stand for a copy of it.
  const own =
    (operator: (u: readonly Uncertain[]) => readonly Uncertain[]) =>
    (u: readonly Uncertain[]): readonly Uncertain[] =>
      operator(u === x ? whole.x : [...whole.x.slice(0, from), ...u, ...whole.x.slice(to)]).slice(from, to);
  return {
    ...whole,
    x,
    next: whole.next.slice(from, to),
    stochasticGradient: own(whole.stochasticGradient),
    gradient: own(whole.gradient),
  };
}

/** The rule from an empty memory: of x, or of each point of a batch as if it were alone. */
function followed(
  { description }: Implementation,
  rule: Rule,
  { hyperparameters, x, shape = [x.length], batch }: StatefulCase,
  conventions: MemoryConventions,
): (observation: Observation) => readonly Expected[] {
  const { dtype, stateDtype = dtype } = description;
  const signOfZero = requiredSignOfZero(description);
  const [points, own] = batch === true ? [shape[0]!, shape.slice(1)] : [1, shape];
  const given = (name: string): Rational => fromDouble(Number(hyperparameters[name] ?? 0));
  const followers = Array.from({ length: points }, () =>
    rule({ given, u: unitRoundoff(stateDtype), conventions, signOfZero, shape: own }),
  );
  return (observation) =>
    followers.flatMap((follow, point) =>
      follow(points === 1 ? observation : ofPoint(observation, x.length / points, point)),
    );
}

/** What an iteration starts from, if not from x_t: the copy of x in the memory before it was rounded, and how far that may be off. */
interface Copy {
  readonly x: readonly Rational[];
  readonly error: number;
}

/** x_t before it was rounded, as far as it can be told. */
const copyOf = (next: Float64Array, expected: readonly Expected[], last: LastRounding | undefined): Copy => ({
  x: Array.from(next, (entry, i) => explained(entry, expected[i]!, last)!.value),
  error: Math.max(...expected.map(({ error }) => error)),
});

/** The allowed values of an iteration from a copy of x: (1 − γλ)x passes on its error, and so does a gradient with λx in it. */
const startingFrom = (copy: Copy, expected: readonly Expected[]): readonly Expected[] =>
  expected.map((entry) => ({ ...entry, error: entry.error + copy.error }));

/**
 * Judges the iterates x_1, x_2, … of a run of an algorithm with memory by its update rule in rationals, each from the implementation's own previous
 * ones: the memory follows from these, and for a sign that rounding may change, the implementation's choice counts. Where the memory has a
 * dtype of its own, x is rounded once an iteration, and the next one starts from what was rounded or, by convention, from a copy of x in the
 * memory that was not; gradients are those at the rounded x.
 */
export function judgeRun(
  implementation: Implementation,
  rule: Rule,
  input: StatefulCase,
  iterates: readonly Float64Array[],
  conventions: MemoryConventions = usualConventions,
): Judgement {
  const { batches } = input;
  const { dtype, stateDtype = dtype, rounding } = implementation.description;
  const most = largest(dtype);
  const last = stateDtype === dtype ? undefined : { dtype, stochastic: rounding === 'stochastic' };
  const operatorsOf = exactOperators(implementation, input);
  const follow = followed(implementation, rule, input, conventions);
  const judgements: Judgement[] = [{ ratio: 0 }];
  let isBounded = iterates.length === 0;
  const rounded = new Map<readonly Uncertain[], readonly Rational[]>();
  let x = input.x;
  let copy: Copy | undefined;
  for (const [t, next] of iterates.entries()) {
    const finite = next.every(Number.isFinite);
    if (next.length !== x.length) return worstOf([...judgements, notFinite(t + 1, next)]);
    if (x.some((value) => Math.abs(value) > most)) break;
    const observed = Array.from(x, fromDouble);
    const start = (copy?.x ?? observed).map(exactly);
    rounded.set(start, observed);
    const observation = {
      x: start,
      next: Array.from(finite ? next : x, fromDouble),
      step: fromDouble(stepAt(input, t)),
      ...operatorsOf(batches[t]!, stepAt(input, t), (u) => rounded.get(u) ?? valuesOf(u)),
    };
    const allowed = follow(observation);
    const expected = copy === undefined ? allowed : startingFrom(copy, allowed);
    isBounded ||= expected.some(({ error }) => error < Number.POSITIVE_INFINITY);
    if (!finite) {
      // Of an entry that is known to no digit, a quotient by ε may be too large for a format of small range. It is a number all the same.
      const sizeOf = (value: Rational): number => Math.abs(toDouble(value));
      const overflows = expected.some(({ values, error }, i) => {
        const away = most < farthest && !Number.isNaN(next[i]) ? error : 0;
        return values.some((value) => sizeOf(value) + away > most);
      });
      return worstOf([...judgements, ...(overflows ? [] : [notFinite(t + 1, next)])]);
    }
    judgements.push(judgeIterate(`x_${t + 1}`, next, expected, last));
    // A later iterate starts from the implementation's own, so a small error does not hide a gross one: unless there is a copy, which is unknown now.
    const { ratio } = judgements.at(-1)!;
    if (!(ratio < Number.POSITIVE_INFINITY) || (ratio > 1 && last !== undefined)) break;
    x = next;
    if (conventions.start === 'the copy in the memory') {
      if (expected.some(({ values }) => values.length === 0)) break;
      copy = copyOf(next, expected, last);
    }
  }
  // Of those that are wrong, and about as wrong as the worst, the first: it needs the fewest iterations to see.
  const worst = worstOf(judgements);
  const first = judgements.find(({ ratio }) => ratio > Math.max(1, worst.ratio / 1000)) ?? worst;
  return isBounded ? first : { ...first, unbounded: true };
}

/** The allowed values of the first iterate, from an empty memory. */
export function firstExpected(
  implementation: Implementation,
  rule: Rule,
  input: StatefulCase,
  conventions: MemoryConventions,
): readonly Expected[] {
  const { step, batches } = input;
  const next = Array.from(input.x, fromDouble);
  const own = exactOperators(implementation, input)(batches[0]!, step);
  return followed(
    implementation,
    rule,
    input,
    conventions,
  )({ x: next.map(exactly), next, step: fromDouble(step), ...own });
}
