import { one, type Rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import type { Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import type { Asked, Combination, WrittenAlgorithm } from '../../theorem/written-algorithm.js';
import { add, constant, format, multiply, type Polynomial, raise } from '../certificates/polynomial.js';
import type { Accelerated } from './accelerated-steps.js';
import type { MomentumForAll } from './momentum-for-all.js';
import type { Momentum } from './momentum-steps.js';
import {
  cancelled,
  difference,
  inverse,
  minusOne,
  monomial,
  number,
  product,
  type RationalFunction,
  reduced,
  signAtRoot,
  sum,
  valueAtRoot,
} from './rational-function.js';
import {
  addTo,
  type Iterations,
  isSameVector,
  type Moves,
  NotRead,
  type Places,
  readFormulas,
  symbols,
  type TwoIterations,
  type Vector,
  vectorOf,
} from './read-formulas.js';
import { isOfRootT, ofL, type Reading, replaced, unreadIs } from './read-theorem.js';
import type { RunMethod, RunTerm } from './run-space.js';

const timesStep = (factor: RationalFunction): RationalFunction =>
  product(product(minusOne, factor), monomial(symbols.step, 1));
const withoutMemory = (x: Vector): Iterations => ({
  first: { x, memory: new Map() },
  later: { x, memory: new Map() },
});

/** Algorithms of the suite as sums of multiples of vectors. */
const plainIterations = {
  'gradient-descent': withoutMemory(addTo(vectorOf('x'), vectorOf('∇f(x)'), timesStep(number(one)))),
  sgd: withoutMemory(addTo(vectorOf('x'), vectorOf('ĝ(x)'), timesStep(number(one)))),
  spgm: withoutMemory(vectorOf('P̂(x)')),
  'proximal-gradient': withoutMemory(vectorOf('P(x)')),
  'subgradient-method': withoutMemory(addTo(vectorOf('x'), vectorOf('s(x)'), timesStep(number(one)))),
} as const;
type PlainName = keyof typeof plainIterations;

/** x⁺ = x − (a/L)m with m = (1 − α)m⁻ + αg, and m = cg in the first iteration, where a, α and c are functions of √T. */
function momentumIterations({ step, newestWeight: α, firstWeight: c }: MomentumForAll, gradient: string): Iterations {
  const g = vectorOf(gradient);
  const moves = (mean: Vector): Moves => ({
    x: addTo(vectorOf('x'), mean, product(minusOne, product(step, ofL(-2)))),
    memory: new Map([['mean', mean]]),
  });
  const kept = addTo(new Map(), vectorOf('mean'), difference(number(one), α));
  return { first: moves(addTo(new Map(), g, c)), later: moves(addTo(kept, g, α)) };
}

/** The points of the first iterations as combinations of x⁰ and of what is asked in each, times a power of all denominators. */
type Combinations = readonly ReadonlyMap<string, Polynomial>[];

/** What is asked in iteration t. */
const askedIn = (of: string, t: number): string => `${of} in iteration ${t}`;

/** So many points of both, with the denominators in common, of which the t-th has the power t + 1. */
function pointsOf(
  both: readonly Iterations[],
  count: number,
): { readonly points: readonly Combinations[]; readonly common: Polynomial } {
  const vectorsOf = ({ x, memory }: Moves) => [...new Map([['x', x], ...memory])];
  const every = both.flatMap(({ first, later }) =>
    [first, later].flatMap(vectorsOf).flatMap(([, of]) => [...of.values()]),
  );
  const denominators = new Map(every.map(({ denominator }) => [format(denominator), denominator]));
  const common = multiply(constant(one), ...denominators.values());
  /** The factor times all denominators. */
  const whole = ({ numerator, denominator }: RationalFunction): Polynomial =>
    multiply(numerator, ...[...denominators].filter(([text]) => text !== format(denominator)).map(([, of]) => of));
  const points = both.map(({ first, later }) => {
    let now: ReadonlyMap<string, ReadonlyMap<string, Polynomial>> = new Map([['x', new Map([['x⁰', constant(one)]])]]);
    return Array.from({ length: count }, (_, t) => {
      const next = vectorsOf(t === 0 ? first : later).map(([name, factors]) => {
        const combination = new Map<string, Polynomial>();
        for (const [of, factor] of factors) {
          const vector = now.get(of) ?? new Map([[askedIn(of, t), raise(common, t)]]);
          for (const [part, each] of vector)
            combination.set(part, add(combination.get(part) ?? new Map(), multiply(whole(factor), each)));
        }
        return [name, combination] as const;
      });
      now = new Map(next);
      return now.get('x')!;
    });
  });
  return { points, common };
}

/**
 * Whether two algorithms have the same points. Both are linear and do the same in every iteration but the first: if n vectors are kept in all, x
 * among them, points that are the same combinations of x⁰ and all gradients for n + 1 iterations are so for ever, by Cayley and Hamilton.
 */
function areSame(read: Iterations, wanted: Iterations): boolean {
  const { points } = pointsOf([read, wanted], read.later.memory.size + wanted.later.memory.size + 3);
  const [ours, theirs] = points as [Combinations, Combinations];
  return ours.every((x, t) =>
    [...new Set([...x.keys(), ...theirs[t]!.keys()])].every((part) => {
      const [a, b] = [x, theirs[t]!].map((each) => each.get(part) ?? new Map()) as [Polynomial, Polynomial];
      return add(a, multiply(minusOne.numerator, b)).size === 0;
    }),
  );
}

/** The name of an algorithm of the suite that a theorem's own one writes out. */
export function nameOf(theorem: Theorem): PlainName | undefined {
  const { next } = readFormulas(theorem, false, { from: theorem.from ?? 1 });
  if (next instanceof NotRead) return undefined;
  return (Object.keys(plainIterations) as PlainName[]).find((name) => areSame(next, plainIterations[name]));
}

/** What an algorithm asks at its points. */
export function asksOf({ memory, step }: WrittenAlgorithm): ReadonlySet<Asked> {
  const of = (combination: Combination): Asked[] =>
    combination.flatMap((part) => (typeof part.of === 'string' ? [] : [part.of.asked, ...of(part.of.at)]));
  return new Set([...memory.values(), ...step.map(({ value }) => value)].flatMap(of));
}

/**
 * The running mean of gradients with which an own algorithm moves, with weights that are functions of √T.
 *
 * @returns undefined if it moves in another way
 */
export function momentumOf(theorem: Theorem, places: Places, gradient: '∇f' | 'ĝ'): MomentumForAll | undefined {
  const { bound: _, ...unbounded } = theorem;
  const { values, next } = readFormulas(unbounded, false, places);
  if (values instanceof NotRead || next instanceof NotRead) return undefined;
  const ofT = ({ x, memory }: Moves): Moves => {
    const put = (vector: Vector) =>
      new Map([...vector].map(([of, factor]) => [of, replaced(factor, { [symbols.step]: values.step })]));
    return { x: put(x), memory: new Map([...memory].map(([name, vector]) => [name, put(vector)])) };
  };
  const read = { first: ofT(next.first), later: ofT(next.later) };
  const { points, common } = pointsOf([read], 3);
  /** −L times the coefficient of the s-th gradient in x^{t+1}. */
  const moved = (t: number, s: number): RationalFunction => {
    const of = points[0]![t]?.get(askedIn(`${gradient}(x)`, s)) ?? new Map();
    return product(product(minusOne, { numerator: of, denominator: raise(common, t + 1) }), ofL(2));
  };
  const lowest = (f: RationalFunction) => {
    const found = cancelled(f);
    if (!isOfRootT(found)) throw new NotRead('weights that are no functions of T');
    return reduced(found, symbols.rootT);
  };
  try {
    const [first, newest] = [lowest(moved(0, 0)), lowest(moved(1, 1))];
    if (first.numerator.size === 0 || newest.numerator.size === 0) return undefined;
    // 1 − α, where x³ − x² has (1 − α)·α of the gradient at x¹.
    const kept = lowest(product(difference(moved(2, 1), moved(1, 1)), inverse(newest)));
    const α = difference(number(one), kept);
    if (α.numerator.size === 0) return undefined;
    const step = lowest(product(newest, inverse(α)));
    const weights = { step, newestWeight: lowest(α), firstWeight: lowest(product(first, inverse(step))) };
    const at = 'at' in places ? places.at : places.from;
    const isMean = [...Object.values(weights), kept].every(
      (weight) => (signAtRoot(weight, symbols.rootT, at) ?? -1) >= (weight === kept ? 0 : 1),
    );
    return isMean && areSame(read, momentumIterations(weights, `${gradient}(x)`)) ? weights : undefined;
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

/** Momentum at one T, where its weights are fractions there. */
export function momentumAt(
  weights: MomentumForAll | undefined,
  iterations: number,
  noisy: boolean,
): Momentum | undefined {
  const [step, newestWeight, firstWeight] = (['step', 'newestWeight', 'firstWeight'] as const).map((name) => {
    const ends = weights && valueAtRoot(weights[name], symbols.rootT, iterations);
    return ends?.lower.equals(ends.upper) ? ends.lower : undefined;
  });
  if (!step?.gt(zero) || !newestWeight?.gt(zero) || newestWeight.gt(one) || !firstWeight?.gt(zero)) return undefined;
  return { step, newestWeight, firstWeight, noisy };
}

/** Two iterations of an own algorithm at any t; undefined where they are not read. */
function inT(theorem: Theorem): TwoIterations | undefined {
  try {
    return readFormulas(theorem, false, { from: theorem.from ?? 1 }).inT();
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

const minus = (a: Vector, b: Vector) => addTo(a, b, minusOne);

/** What an own algorithm asks at the points of which it returns the mean, from x⁰ on, where it takes the step x − γ∇f(x) or x − γĝ(x) at each; undefined if it does something else. */
export function averageOf(theorem: Theorem): '∇f' | 'ĝ' | undefined {
  const found = inT(theorem);
  if (found === undefined) return undefined;
  const {
    asked,
    queries: [start, now, next],
    x,
  } = found;
  const [before, t] = [vectorOf('x'), monomial(symbols.index, 1)];
  const isAverage =
    isSameVector(start, before) &&
    isSameVector(next, addTo(now, vectorOf('g1'), timesStep(number(one)))) &&
    isSameVector(x, addTo(before, minus(now, before), inverse(sum(t, number(one)))));
  return isAverage && (asked === '∇f' || asked === 'ĝ') ? asked : undefined;
}

/** The weights of an accelerated method as functions of t: x^{t+1} = y^t − γ∇f(y^t) and y^{t+1} − x^{t+1} = kept·(y^t − x^t) − newest·γ∇f(y^t), from y⁰ = x⁰ on. */
export function acceleratedOf(theorem: Theorem): Accelerated | undefined {
  const found = inT(theorem);
  if (found === undefined) return undefined;
  const {
    asked,
    queries: [start, now, next],
    x,
  } = found;
  const before = vectorOf('x');
  const [ahead, later] = [minus(now, before), minus(next, x)];
  const [name, factor] = [...ahead].find(([, of]) => of.numerator.size > 0) ?? [];
  if (name === undefined) return undefined;
  const of = (vector: Vector, part: string) => vector.get(part) ?? number(zero);
  const [kept, newest] = [
    product(of(later, name), inverse(factor!)),
    product(of(later, 'g1'), inverse(timesStep(number(one)))),
  ].map(cancelled) as [RationalFunction, RationalFunction];
  const isOfIndex = [kept, newest].every(({ numerator, denominator }) =>
    [...numerator.values(), ...denominator.values()].every(({ powers }) =>
      powers.every(([each]) => each === symbols.index),
    ),
  );
  const isAccelerated =
    asked === '∇f' &&
    isOfIndex &&
    isSameVector(start, before) &&
    isSameVector(x, addTo(now, vectorOf('g1'), timesStep(number(one)))) &&
    isSameVector(later, addTo(addTo(new Map(), ahead, kept), vectorOf('g1'), timesStep(newest)));
  return isAccelerated ? { kept: reduced(kept, symbols.index), newest: reduced(newest, symbols.index) } : undefined;
}

/** A point as its coefficients of the gradients ∇f/L at one T, where that of x⁰ is 1. */
function coordinatesOf(name: string, point: Vector, iterations: number): Rational[] {
  const found: Rational[] = [];
  for (const [of, factor] of point) {
    const k = of === 'x' ? undefined : Number(of.slice(1));
    const value = cancelled(k === undefined ? factor : product(factor, ofL(2)));
    if (!isOfRootT(value)) throw new NoModelError(`${name} takes a step that is no multiple of γ`);
    const { lower, upper } = valueAtRoot(value, symbols.rootT, iterations)!;
    if (!lower.equals(upper))
      throw new NoModelError(`a coefficient of ${name} is ${toDouble(lower)}, which is no fraction`);
    if (k !== undefined) found[k] = lower;
    else if (!lower.equals(one))
      throw new NoModelError(`${name} multiplies x⁰ by ${toDouble(lower)}: it depends on where 0 is`);
  }
  return Array.from(found, (entry) => entry ?? zero);
}

/**
 * T iterations of an own algorithm for a program of all T steps.
 *
 * @param onlyLast whether the left side is the summand at x^T
 * @throws NoModelError if it is not linear, asks for anything else, or has coefficients that are no fractions
 */
export function ownRun(
  theorem: Theorem,
  { name }: WrittenAlgorithm,
  { iterations, step }: Pick<Reading, 'iterations' | 'step'>,
  { term, onlyLast }: { readonly term: RunTerm; readonly onlyLast: boolean },
): RunMethod {
  const { run } = readFormulas(theorem, false, { at: iterations });
  const isOnSum = theorem.objective !== 'fixed';
  const { queries, iterates, of, isBest } = unreadIs(() => run(iterations, product(number(step), ofL(-2))));
  if (isOnSum === (of === 'gradients'))
    throw new NoModelError(
      `${name} asks for ${of}, and its models know ${isOnSum ? 'P(x), G(x) and s(x)' : '∇f(x)'} alone`,
    );
  if (isBest && !onlyLast) throw new NoModelError(`${name} keeps the best of its points, of which no average is known`);
  const counted = onlyLast && !isBest ? iterates.slice(-1) : isBest ? iterates : iterates.slice(0, -1);
  // An iterate that was not asked for has a gradient of its own.
  const points: Vector[] = [...queries];
  const indexOf = (point: Vector): number => {
    const k = points.findIndex((other) => isSameVector(other, point));
    return k < 0 ? points.push(point) - 1 : k;
  };
  const start = indexOf(iterates[0]!);
  const left = counted.map(indexOf);
  const asked = term === 'squared-gradient-mapping' ? points.length : queries.length;
  const coordinates = points.map((point) => coordinatesOf(name, point, iterations));
  return {
    points: coordinates.map((known) => Array.from(points, (_, k) => known[k] ?? zero)),
    ...{ start, left: isBest ? [...new Set(left)] : left, smallest: isBest },
    ...(isOnSum && { composite: { step, asked, explicit: of === 'subgradients' } }),
  };
}
