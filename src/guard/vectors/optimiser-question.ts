import { type Dtype, spacing, unitRoundoff } from '../../claims/implementation/dtype.js';
import { bitLength, fromDouble, type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import {
  cut,
  type Expected,
  exactly,
  type MemoryConventions,
  type Observation,
  type Rule,
  type Uncertain,
} from '../../judging/judges/stateful/rule.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';

/** The formats of answers: those of x and of what is remembered. */
export const formats = {
  f64: { dtype: 'f64', memory: 'f64' },
  f32: { dtype: 'f32', memory: 'f32' },
  f16: { dtype: 'f16', memory: 'f16' },
  bf16: { dtype: 'bf16', memory: 'bf16' },
  'bf16-f32': { dtype: 'bf16', memory: 'f32' },
} as const satisfies Readonly<Record<string, { readonly dtype: Dtype; readonly memory: Dtype }>>;

export type Format = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly Format[];

/** A run of an optimiser that is given its gradients. */
export interface OptimiserQuestion {
  /**
   * Whether each step starts from the x that the last one made, or from x⁰, which the asker writes into x before each step; the memory stays. With few
   * digits the error of x soon is as large as its change.
   */
  readonly start: 'carried' | 'reset';
  readonly hyperparameters: Readonly<Record<string, number | boolean>>;
  /** `[m, n]` if x is a matrix, whose entries are given row by row. */
  readonly shape?: readonly number[];
  /** x⁰. */
  readonly x: readonly number[];
  /** γ_1, …, γ_T. */
  readonly steps: readonly number[];
  /** g_1, …, g_T: the gradient of each step, wherever x is. */
  readonly gradients: readonly (readonly number[])[];
}

/** How a question is answered: the update rule in rationals, the conventions, sgn(0), and the format. */
export interface Answering {
  readonly rule: Rule;
  readonly conventions: MemoryConventions;
  readonly signOfZero: SignConvention;
  readonly format: Format;
}

/** Binary digits beyond which an exact iterate is cut. What is cut is less than 2⁻⁶⁰ of a rounding of a double, which allowances count twice. */
const digits = 128;
const shortened = (value: Rational): Rational => (bitLength(value.n) > digits ? cut(value) : value);

/** The first of the allowed values, with the error that reaches all of them. */
function hullOf({ values, error }: Expected): Uncertain {
  const [first, ...others] = values;
  if (first === undefined) return { value: fromDouble(0), error: Number.POSITIVE_INFINITY };
  const away = others.map((value) => Math.abs(toDouble(value.sub(first))));
  return { value: shortened(first), error: error + Math.max(0, ...away) };
}

/** A question that an asker with given gradients cannot be asked. */
const notGiven = (): never => {
  throw new RangeError('only the gradients of the mini-batches are given');
};

/**
 * The exact iterates x¹, …, x^T, each entry with the error that a good program has made: that of its step, and what its step makes of the error of
 * the x before. It is unbounded where nothing is known.
 */
export function exactIterates(question: OptimiserQuestion, answering: Answering): readonly (readonly Uncertain[])[] {
  const { start, hyperparameters, x, shape = [x.length], steps, gradients } = question;
  const { rule, conventions, signOfZero } = answering;
  const { dtype, memory } = formats[answering.format];
  const given = (name: string): Rational => fromDouble(Number(hyperparameters[name] ?? 0));
  const follow = rule({ given, u: unitRoundoff(memory), conventions, signOfZero, shape });
  const first = x.map((value) => exactly(fromDouble(value)));
  const iterates: (readonly Uncertain[])[] = [];
  for (const [t, gradient] of gradients.entries()) {
    const from = start === 'reset' ? first : (iterates.at(-1) ?? first);
    const own = gradient.map((value) => exactly(fromDouble(value)));
    const observation: Observation = {
      x: from,
      // What an implementation would choose where it may: to stay.
      next: from.map(({ value }) => value),
      ...(start === 'reset' && { anew: true }),
      step: fromDouble(steps[t]!),
      stochasticGradient: () => own,
      gradient: notGiven,
      stochasticMapping: notGiven,
      mean: notGiven,
      regularized: notGiven,
    };
    const last = (each: Uncertain): Uncertain => {
      if (memory === dtype || !(each.error < Number.POSITIVE_INFINITY)) return each;
      const most = Math.abs(toDouble(each.value)) + each.error;
      return { value: each.value, error: each.error + spacing(dtype, most) / 2 };
    };
    iterates.push(follow(observation).map((entry) => last(hullOf(entry))));
  }
  return iterates;
}
