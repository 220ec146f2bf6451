import { adviceOnSignOfZero, valuesAtZero } from '../../../claims/implementation/implementation.js';
import {
  bitLength,
  maximum,
  one,
  type Quotient,
  type Rational,
  rational,
  toDouble,
  zero,
} from '../../../exact/arithmetic/rational.js';
import { squareRootBelow } from '../../../exact/problem/constants.js';
import type { SignConvention } from '../../../reference/algorithms/algorithm.js';
import { ofDifference } from '../precision.js';

/** What is chosen where papers and libraries differ: its name for programs, which never changes, its formula, and who has it. */
export interface Choice {
  readonly id: string;
  readonly formula: string;
  readonly of: string;
  /** Other choices without which this one says nothing, by kind: it is tried beside these alone. */
  readonly beside?: Readonly<Record<string, string>>;
}

/**
 * Conventions that differ between papers and libraries, and that no theorem decides: what each may be, the usual one first. The usual ones are
 * those of PyTorch, of Lion and of the theorems on signProx with momentum. They are tried in this order: the last changes fastest. In the
 * formulas, d is the direction of a step.
 */
export const conventionKinds = {
  /** Whether a decoupled decay shrinks x before the step, or the result of the step. */
  decay: {
    'before the step': {
      id: 'decay-before-step',
      formula: '(1 − γλ)x − γd',
      of: 'Loshchilov and Hutter 2019, PyTorch',
    },
    'after the step': { id: 'decay-after-step', formula: '(1 − γλ)(x − γd)', of: 'bitsandbytes' },
  },
  /** Where a weight decay stands that cannot be asked to be decoupled. */
  coupling: {
    'in the gradient': { id: 'decay-in-gradient', formula: 'g + λx', of: 'PyTorch' },
    'always decoupled': {
      id: 'decay-always-decoupled',
      formula: '(1 − γλ)x',
      of: 'SGDW of timm, Tiger, SGD of HeavyBall',
    },
  },
  /** The weight of a new gradient in a momentum buffer: 1 − τ with the dampening τ, or 1 − μ, which gives a mean. */
  buffer: {
    'heavy ball': { id: 'buffer-heavy-ball', formula: 'b ← μb + (1 − τ)g', of: 'Polyak 1964, PyTorch' },
    mean: { id: 'buffer-mean', formula: 'b ← μb + (1 − μ)g', of: 'Jordan 2024, SGD of optimi' },
  },
  /** Whether the first memory is the first gradient itself, or weights it like every other. */
  first: {
    whole: { id: 'first-whole', formula: 'b = g at first', of: 'PyTorch' },
    weighted: { id: 'first-weighted', formula: 'b = (1 − τ)g at first', of: 'SGD of optimi' },
  },
  /** Whether a dampening counts where there is no momentum. */
  dampened: {
    'where μ > 0': { id: 'dampened-with-momentum', formula: 'b = g at μ = 0', of: 'PyTorch' },
    always: { id: 'dampened-always', formula: 'b = (1 − τ)g at μ = 0', of: 'the formula as it is written' },
  },
  /** Whether a momentum remembers directions, or directions times their steps. */
  remembered: {
    directions: { id: 'momentum-of-directions', formula: 'b ← μb + d, x ← x − γb', of: 'PyTorch' },
    moves: {
      id: 'momentum-of-moves',
      formula: 'b ← μb + γd, x ← x − b',
      of: 'Sutskever et al. 2013, TensorFlow and Keras',
    },
  },
  /** What a mean of squares starts from. */
  initialSquare: {
    '0': { id: 'square-from-0', formula: 'v = 0 at first', of: 'PyTorch' },
    '1': { id: 'square-from-1', formula: 'v = 1 at first', of: 'TensorFlow 1, RMSpropTF of timm' },
  },
  /** Where ε stands in the denominator of an adaptive step. */
  epsilon: {
    'outside the root': { id: 'eps-outside-root', formula: '√v + ε', of: 'Kingma and Ba 2015, PyTorch' },
    'inside the root': { id: 'eps-inside-root', formula: '√(v + ε)', of: 'TensorFlow and optax' },
    'as the least root': { id: 'eps-as-least-root', formula: 'max(√v, ε)', of: 'HeavyBall' },
  },
  /** Whether ε is added to a mean of squares that is corrected for its start at 0, or to the mean itself. */
  epsilonScale: {
    'after the correction': {
      id: 'eps-added-after-correction',
      formula: '√v̂ + ε',
      of: 'Kingma and Ba 2015, Algorithm 1; PyTorch',
    },
    'before the correction': {
      id: 'eps-added-before-correction',
      formula: '(√v + ε)/√(1 − β₂^t)',
      of: 'Kingma and Ba 2015, Section 2; Keras',
    },
  },
  /** Whether AMSGrad takes the maximum of means of squares before they are corrected for their start at 0, or after it. */
  maximum: {
    'before the correction': { id: 'max-before-correction', formula: '(largest v)/(1 − β₂^t)', of: 'PyTorch, Keras' },
    'after the correction': { id: 'max-after-correction', formula: 'largest v/(1 − β₂^t)', of: 'optax' },
  },
  /** Whether the step is rectified where ρ > 5, as the authors' code has it, or where ρ > 4, as the paper has it. */
  rectified: {
    'ρ > 5': { id: 'rectified-rho-5', formula: 'ρ > 5', of: 'the code of Liu et al., PyTorch' },
    'ρ > 4': { id: 'rectified-rho-4', formula: 'ρ > 4', of: 'Liu et al. 2020' },
  },
  /** What a step is that is not rectified. */
  unrectified: {
    'a step of the mean': { id: 'unrectified-step-mean', formula: 'x ← x − γm̂', of: 'Liu et al. 2020, PyTorch' },
    'no step': {
      id: 'unrectified-step-none',
      formula: 'x stays, and does not decay',
      of: 'pytorch_optimizer, unless `degenerated_to_sgd`',
    },
  },
  /** Whether a rectified step adds ε to the mean of squares itself, or to the corrected one. */
  rectifiedEpsilon: {
    'before the correction': {
      id: 'rectified-eps-before-correction',
      formula: 'r√(1 − β₂^t)/(√v + ε)',
      of: 'the code of Liu et al., PyTorch',
    },
    'after the correction': { id: 'rectified-eps-after-correction', formula: 'r/(√v̂ + ε)', of: 'optimi, optax' },
  },
  /** Where Adamax adds ε: to the newest gradient under the maximum, to the maximum, or nowhere. */
  epsilonOfMaximum: {
    'to the gradient': { id: 'eps-to-gradient', formula: 'max(β₂u, |g| + ε)', of: 'PyTorch' },
    'to the maximum': { id: 'eps-to-maximum', formula: 'max(β₂u, |g|) + ε', of: 'Keras' },
    nowhere: { id: 'eps-nowhere', formula: 'max(β₂u, |g|)', of: 'Kingma and Ba 2015' },
  },
  /** How Muon divides by the norm: by the norm + ε, or by the norm, but at least ε. */
  normalised: {
    'by norm + ε': { id: 'normalised-by-norm-plus-epsilon', formula: 'D/(‖D‖ + ε)', of: 'Jordan 2024' },
    'by max(norm, ε)': { id: 'normalised-by-max', formula: 'D/max(‖D‖, ε)', of: 'PyTorch' },
  },
  /** What Muon multiplies a step of an m × n matrix by. */
  scaled: {
    'by √max(1, m/n)': { id: 'scaled-by-root-ratio', formula: 'γ√max(1, m/n)', of: 'Jordan 2024' },
    'by 0.2√max(m, n)': {
      id: 'scaled-by-root-longer-side',
      formula: '0.2γ√max(m, n)',
      of: 'Liu et al. 2025 (Moonshot)',
    },
  },
  /** Whether the γ of Adafactor is at most 1/√t, or as it is given. */
  capped: {
    'at 1/√t': { id: 'capped-at-inverse-root', formula: 'min(γ, 1/√t)', of: 'PyTorch, Keras' },
    nowhere: { id: 'capped-nowhere', formula: 'γ', of: 'Shazeer and Stern 2018 with γ = ρ_t' },
  },
  /** Whether Adafactor multiplies γ by the size of x, and of which: before or after its decay by γλ. */
  relative: {
    'to the size of x': {
      id: 'relative-to-x',
      formula: 'γ max(ε₂, RMS(x))',
      of: 'Shazeer and Stern 2018, PyTorch',
    },
    'to the decayed x': {
      id: 'relative-to-decayed-x',
      formula: 'γ max(ε₂, RMS((1 − γλ)x))',
      of: 'Keras',
      beside: { decay: 'before the step', decayedBy: 'γ' },
    },
    'to nothing': { id: 'relative-to-nothing', formula: 'γ', of: 'transformers with `scale_parameter=False`' },
  },
  /** Whether Adafactor's ε₁ is a least value of roots and of the mean of row means, or added to squares. */
  floor: {
    'least root': { id: 'floor-least-root', formula: 'g/max(√v, ε₁)', of: 'PyTorch' },
    'added to squares': { id: 'floor-added-to-squares', formula: 'g² + ε₁', of: 'Shazeer and Stern 2018, Keras' },
  },
  /** What a weight decay is multiplied by: γ, or what Adafactor makes of it. */
  decayedBy: {
    γ: { id: 'decay-times-gamma', formula: '(1 − γλ)x', of: 'PyTorch' },
    'the scaled γ': { id: 'decay-times-scaled-gamma', formula: '(1 − αλ)x', of: 'transformers' },
  },
  /** Whether a step starts at x, or at a copy of x in the memory that was not rounded. Only where the memory has a dtype of its own. */
  start: {
    'the iterate': { id: 'start-from-iterate', formula: 'x ← round(x − γd)', of: 'PyTorch' },
    'the copy in the memory': {
      id: 'start-from-copy',
      formula: 'x′ ← x′ − γd, x = round(x′)',
      of: 'mixed precision with master weights',
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Choice>>>>;

export type ConventionKind = keyof typeof conventionKinds;

/** Conventions of one implementation. */
export type MemoryConventions = {
  readonly [Kind in ConventionKind]: keyof (typeof conventionKinds)[Kind];
};

/** What a convention may be, the usual one first. */
export const choicesOf = (kind: ConventionKind): readonly string[] => Object.keys(conventionKinds[kind]);

/** What is chosen of a kind. */
export const choiceOf = (kind: ConventionKind, conventions: MemoryConventions): Choice =>
  (conventionKinds[kind] as Readonly<Record<string, Choice>>)[conventions[kind]]!;

export const usualConventions = Object.fromEntries(
  (Object.keys(conventionKinds) as ConventionKind[]).map((kind) => [kind, choicesOf(kind)[0]]),
) as unknown as MemoryConventions;

/** One observed iteration: its start, the implementation's next iterate, and the exact operators of its problem. */
export interface Observation {
  /** Exact where it was observed; where it was not, with the error that a good program has made so far. */
  readonly x: readonly Uncertain[];
  readonly next: readonly Rational[];
  /** Whether x was written anew: then it is not what the step before made, and tells nothing of it. */
  readonly anew?: true;
  /** γ of this iteration. */
  readonly step: Rational;
  /** ∇f̂(u) of the mini-batch. */
  stochasticGradient(u: readonly Uncertain[]): readonly Uncertain[];
  /** ∇f(u). */
  gradient(u: readonly Uncertain[]): readonly Uncertain[];
  /** Ĝ(u) of the mini-batch. */
  stochasticMapping(u: readonly Uncertain[]): readonly Uncertain[];
  /** P(y). */
  mean(y: readonly Uncertain[]): readonly Uncertain[];
  /** prox_{γh}(y) of the hyperparameter h = `regularizer`. */
  regularized(y: readonly Uncertain[]): readonly Uncertain[];
}

/** The allowed entries of the next iterate: any of the values up to the error; any entry if there are no values. */
export interface Expected {
  readonly values: readonly Rational[];
  readonly error: number;
  /** What to do if the implementation differs in this entry on purpose. */
  readonly advice?: string;
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
  /** What sgn is at exactly 0. */
  readonly signOfZero: SignConvention;
  /** `[m, n]` if x is a matrix, whose entries are given row by row; else the length of x alone. */
  readonly shape: readonly number[];
}

/** The update rule of an algorithm. */
export type Rule = (followed: Followed) => Follower;

/** The exact value of a computed number, and the allowed error of a good program. */
export interface Uncertain {
  readonly value: Rational;
  readonly error: number;
}

/** A number of which nothing is known, e.g. a quotient whose divisor may be 0. */
const unknown: Uncertain = { value: zero, error: Number.POSITIVE_INFINITY };

export const nothing: Uncertain = { value: zero, error: 0 };

/** A given number, which has no error. */
export const exactly = (value: Rational): Uncertain => ({ value, error: 0 });

const size = ({ value }: Uncertain): number => Math.abs(toDouble(value));

/** A factor times an error; 0 times an unknown number is 0, and an unknown factor of no error adds none. */
const passedOn = (factor: number, error: number): number => (factor === 0 || error === 0 ? 0 : factor * error);

/** Significant binary digits to which values are cut that have a root or a quotient in them: far more than a double has. */
const digits = 128;

/**
 * The value cut to `digits` binary digits. Without this, the numbers of a run grow with every iteration; and numbers over a power of two need no
 * search for common factors.
 */
export function cut({ s, n, d }: Quotient): Rational {
  const shift = BigInt(digits) - BigInt(bitLength(n) - bitLength(d));
  const scaled = shift >= 0n ? (n << shift) / d : n / (d << -shift);
  const rounded = shift >= 0n ? rational(scaled, 1n << shift) : rational(scaled << -shift);
  return s < 0n ? rounded.neg() : rounded;
}

/**
 * A number that an iteration hands to the next one, cut if it is long: without this it grows by the digits of β in every iteration, and a run of T
 * of them costs as T². Each cut is off by 2⁻¹²⁷ of the number, and all of a run by less than 2⁻⁶⁰ of a rounding of a double, which `ofDifference`
 * counts twice.
 */
const shortened = (value: Rational): Rational => (bitLength(value.n) > digits ? cut(value) : value);

/** xy in arithmetic with unit roundoff u. */
export function product(x: Uncertain, y: Uncertain, u: number): Uncertain {
  const [p, q] = [size(x), size(y)];
  return {
    value: cut(x.value.mul(y.value)),
    error: passedOn(p, y.error) + passedOn(q, x.error) + passedOn(x.error, y.error) + ofDifference * u * p * q,
  };
}

/** x/y in arithmetic with unit roundoff u; unknown if y may be 0. */
export function quotient(x: Uncertain, y: Uncertain, u: number): Uncertain {
  const least = size(y) - y.error;
  if (!(least > 0)) return unknown;
  const value = cut({ s: x.value.s * y.value.s, n: x.value.n * y.value.d, d: x.value.d * y.value.n });
  const q = Math.abs(toDouble(value));
  return { value, error: (x.error + passedOn(q, y.error)) / least + ofDifference * u * q };
}

/** √x in arithmetic with unit roundoff u, for x ≥ 0. */
export function root({ value, error }: Uncertain, u: number): Uncertain {
  if (toDouble(value) <= 0) return { value: zero, error: Math.sqrt(error) };
  // A power of 4 that brings x to 2^digits or more, of which a root to 2⁻⁶⁴ is exact enough.
  const half = BigInt(Math.max(0, Math.ceil((digits - bitLength(value.n) + bitLength(value.d)) / 2)));
  const exact = squareRootBelow(value.mul(rational(1n << (2n * half)))).div(rational(1n << half));
  const r = toDouble(exact);
  // |√a − √b| is at most |a − b|/√a and at most √|a − b|.
  return { value: exact, error: Math.min(error / r, Math.sqrt(error)) + ofDifference * u * r };
}

/** x + y, and x − y, in arithmetic with unit roundoff u. */
export const plus = (x: Uncertain, y: Uncertain, u: number): Uncertain => combination(one, x, one, y, u);
export const minus = (x: Uncertain, y: Uncertain, u: number): Uncertain => combination(one, x, minusOne, y, u);

/** x − y, which is not rounded. */
export const difference = (x: Uncertain, y: Uncertain): Uncertain => ({
  value: x.value.sub(y.value),
  error: x.error + y.error,
});

/** The larger of two numbers. */
export const largerOf = (x: Uncertain, y: Uncertain): Uncertain => ({
  value: maximum(x.value, y.value),
  error: Math.max(x.error, y.error),
});

/** β, β², β³, …, one for each call. A program may multiply them one by one, so that β^t has t roundings. */
export function powersOf(beta: Rational, u: number): () => Uncertain {
  let [t, power] = [0, one];
  return () => {
    [t, power] = [t + 1, shortened(power.mul(beta))];
    return { value: power, error: t * u * toDouble(power) };
  };
}

/** 1 − β^t. */
export const complementOfPower = (power: Uncertain, u: number): Uncertain => minus(exactly(one), power, u);

/** ax + by in arithmetic with unit roundoff u, in any order: with the errors of x and y, and some roundings of its terms. */
export function combination(a: Rational, x: Uncertain, b: Rational, y: Uncertain, u: number): Uncertain {
  const [p, q] = [Math.abs(toDouble(a)), Math.abs(toDouble(b))];
  return {
    value: a.mul(x.value).add(b.mul(y.value)),
    error: passedOn(p, x.error) + passedOn(q, y.error) + ofDifference * u * (p * size(x) + q * size(y)),
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

/** The possible computed signs of a number; where it is exactly 0 any, unless it is said what sgn is there. */
export function signsOf(direction: Uncertain, atZero?: SignConvention): readonly Rational[] {
  const sign = certainSign(direction);
  if (sign === 0 && atZero !== undefined) return valuesAtZero[atZero].map((value) => rational(BigInt(value)));
  return sign === undefined || sign === 0 ? [zero, minusOne, one] : [sign > 0 ? one : minusOne];
}

/** A move against the sign of a direction, which at exactly 0 is what is declared. */
export const againstSign = (
  direction: Uncertain,
  atZero: SignConvention,
  move: (sign: Rational) => Uncertain,
): Expected => ({
  ...anyOf(signsOf(direction, atZero).map(move)),
  ...(certainSign(direction) === 0 && { advice: adviceOnSignOfZero }),
});

/** Any of the numbers. */
export const anyOf = (numbers: readonly Uncertain[]): Expected => ({
  values: numbers.map(({ value }) => value),
  error: Math.max(...numbers.map(({ error }) => error)),
});

/** How a step with a decoupled weight decay λ moves x: (1 − γλ)x − γd, or (1 − γλ)(x − γd). In place of γd there may be another multiple of d. */
export function decoupledStep(
  {
    step,
    decay,
    factor = step,
    u,
    conventions,
  }: { step: Rational; decay: Rational; factor?: Rational; u: number; conventions: MemoryConventions },
  x: Uncertain,
  direction: Uncertain,
): Uncertain {
  const decayed = (value: Uncertain): Uncertain => combination(one, value, step.mul(decay).neg(), value, u);
  const moved = (start: Uncertain): Uncertain => combination(one, start, factor.neg(), direction, u);
  if (!isSet(decay)) return moved(x);
  return conventions.decay === 'before the step' ? moved(decayed(x)) : decayed(moved(x));
}

/** Whether the decay is not in the gradient: as it is asked or, where that cannot be asked, by convention. */
export const isDecoupled = ({ given, conventions }: Pick<Followed, 'given' | 'conventions'>): boolean =>
  isSet(given('weightDecay')) && (isSet(given('decoupled')) || conventions.coupling === 'always decoupled');

/** ∇f̂ + λx. */
export const withDecay = (gradient: Uncertain, decay: Rational, x: Uncertain, u: number): Uncertain =>
  isSet(decay) ? combination(one, gradient, decay, x, u) : gradient;

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
    memory = newest.map((g, i) => {
      const { value, error } = blend(memory?.[i], g);
      return { value: shortened(value), error };
    });
    return memory;
  };
}

/** βm + (1 − β)g, from 0. */
export const fromNothing =
  (beta: Rational, u: number): Blend =>
  (before = nothing, newest) =>
    meanOf(beta, before, one.sub(beta), newest, u);

/** g², and its mean βv + (1 − β)g² from 0 or another number. */
export function meanOfSquares(
  beta: Rational,
  u: number,
  initial: () => Uncertain = () => nothing,
): (newest: readonly Uncertain[]) => readonly Uncertain[] {
  const means = remembering((before = initial(), newest) => fromNothing(beta, u)(before, newest));
  return (newest) => means(newest.map((g) => product(g, g, u)));
}

/** √v + ε, √(v + ε) or max(√v, ε), by convention. */
export function adaptiveDivisor(
  v: Uncertain,
  epsilon: Uncertain,
  { epsilon: place }: MemoryConventions,
  u: number,
): Uncertain {
  if (place === 'inside the root') return root(plus(v, epsilon, u), u);
  return place === 'outside the root' ? plus(root(v, u), epsilon, u) : largerOf(root(v, u), epsilon);
}
