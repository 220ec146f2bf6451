import { one, type Rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { ofDifference } from '../precision.js';

/** Conventions about a memory that differ between papers and libraries, and that no theorem decides. */
export interface MemoryConventions {
  /** Whether the first memory is the first gradient itself, or weights it like every other. */
  readonly first: 'whole' | 'weighted';
  /** The weight of a new gradient in a momentum buffer: 1 − τ with the dampening τ, or 1 − μ, which gives a mean. */
  readonly buffer: 'heavy ball' | 'mean';
  /** Whether a decoupled decay shrinks x before the step, or the result of the step. */
  readonly decay: 'before the step' | 'after the step';
}

/** The conventions of PyTorch, of Lion and of the theorems on signProx with momentum. */
export const usualConventions: MemoryConventions = {
  first: 'whole',
  buffer: 'heavy ball',
  decay: 'before the step',
};

/** One observed iteration: its start, the implementation's next iterate, and the exact operators of its problem. */
export interface Observation {
  readonly x: readonly Rational[];
  readonly next: readonly Rational[];
  /** γ of this iteration. */
  readonly step: Rational;
  /** ∇f̂(u) of the mini-batch. */
  stochasticGradient(u: readonly Rational[]): readonly Uncertain[];
  /** ∇f(u). */
  gradient(u: readonly Rational[]): readonly Uncertain[];
  /** Ĝ(u) of the mini-batch. */
  stochasticMapping(u: readonly Rational[]): readonly Uncertain[];
  /** P(y). */
  mean(y: readonly Uncertain[]): readonly Uncertain[];
  /** prox_{γh}(y) of the hyperparameter h = `regularizer`. */
  regularized(y: readonly Uncertain[]): readonly Uncertain[];
}

/** The allowed entries of the next iterate: any of the values up to the error; any entry if there are no values. */
export interface Expected {
  readonly values: readonly Rational[];
  readonly error: number;
}

/** Follows a run: returns the expected next iterate, and keeps the memory that the algorithm would have. */
export type Follower = (observation: Observation) => readonly Expected[];

/** The parameters for following a run. */
export interface Followed {
  /** A hyperparameter as a rational; one that was left out, and a flag that is false, is 0. */
  readonly given: (name: string) => Rational;
  /** The unit roundoff. */
  readonly u: number;
  readonly conventions: MemoryConventions;
}

/** The update rule of an algorithm. */
export type Rule = (followed: Followed) => Follower;

/** The exact value of a computed number, and the allowed error of a good program. */
export interface Uncertain {
  readonly value: Rational;
  readonly error: number;
}

export const nothing: Uncertain = { value: zero, error: 0 };

/** A given number, which has no error. */
export const exactly = (value: Rational): Uncertain => ({ value, error: 0 });

const size = ({ value }: Uncertain): number => Math.abs(toDouble(value));

/** ax + by in arithmetic with unit roundoff u, in any order: with the errors of x and y, and some roundings of its terms. */
export function combination(a: Rational, x: Uncertain, b: Rational, y: Uncertain, u: number): Uncertain {
  const [p, q] = [Math.abs(toDouble(a)), Math.abs(toDouble(b))];
  return {
    value: a.mul(x.value).add(b.mul(y.value)),
    error: p * x.error + q * y.error + ofDifference * u * (p * size(x) + q * size(y)),
  };
}

/** The mean βx + (1 − β)y, which may also be computed as x + (1 − β)(y − x). */
function meanOf(beta: Rational, x: Uncertain, oneMinusBeta: Rational, y: Uncertain, u: number): Uncertain {
  const { value, error } = combination(beta, x, oneMinusBeta, y, u);
  return { value, error: error + ofDifference * u * (size(x) + size(y)) };
}

/** The sign of a number; undefined if its error covers 0. */
export function certainSign({ value, error }: Uncertain): -1 | 0 | 1 | undefined {
  const double = toDouble(value);
  if (error === 0 && double === 0) return 0;
  if (Math.abs(double) <= error) return undefined;
  return double > 0 ? 1 : -1;
}

export const minusOne = one.neg();
export const isSet = (value: Rational): boolean => !value.equals(zero);

/** The possible computed signs of a number. */
export function signsOf(direction: Uncertain): readonly Rational[] {
  const sign = certainSign(direction);
  return sign === undefined || sign === 0 ? [zero, minusOne, one] : [sign > 0 ? one : minusOne];
}

/** Any of the numbers. */
export const anyOf = (numbers: readonly Uncertain[]): Expected => ({
  values: numbers.map(({ value }) => value),
  error: Math.max(...numbers.map(({ error }) => error)),
});

/** How a step with a decoupled weight decay λ moves x: (1 − γλ)x − γd, or (1 − γλ)(x − γd). */
export function decoupledStep(
  { step, decay, u, conventions }: { step: Rational; decay: Rational; u: number; conventions: MemoryConventions },
  x: Rational,
  direction: Uncertain,
): Uncertain {
  const decayed = (value: Uncertain): Uncertain =>
    isSet(decay) ? combination(one, value, step.mul(decay).neg(), value, u) : value;
  const moved = (start: Uncertain): Uncertain => combination(one, start, step.neg(), direction, u);
  return conventions.decay === 'before the step' ? moved(decayed(exactly(x))) : decayed(moved(exactly(x)));
}

/** ∇f̂ + λx. */
export const withDecay = (gradient: Uncertain, decay: Rational, x: Rational, u: number): Uncertain =>
  isSet(decay) ? combination(one, gradient, decay, exactly(x), u) : gradient;

/** The value that is closest to a number. */
export function closest(values: readonly Rational[], to: Rational): Rational {
  return values.reduce((best, value) => (value.sub(to).abs().lt(best.sub(to).abs()) ? value : best));
}

/** The next memory from the previous one, if there is one, and the newest gradient. */
type Blend = (before: Uncertain | undefined, newest: Uncertain) => Uncertain;

/** A memory of one number for each coordinate. */
export function remembering(blend: Blend): (newest: readonly Uncertain[]) => readonly Uncertain[] {
  let memory: readonly Uncertain[] | undefined;
  return (newest) => {
    memory = newest.map((g, i) => blend(memory?.[i], g));
    return memory;
  };
}

/** βm + (1 − β)g, from 0. */
export const fromNothing =
  (beta: Rational, u: number): Blend =>
  (before = nothing, newest) =>
    meanOf(beta, before, one.sub(beta), newest, u);
