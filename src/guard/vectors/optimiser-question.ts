import { type Dtype, spacing, unitRoundoff } from '../../claims/implementation/dtype.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { bitLength, fromDouble, type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import type { StatefulCase } from '../../judging/arbitraries/stateful-case.js';
import { ofSum, parameterMagnitude } from '../../judging/judges/precision.js';
import { exactOperators } from '../../judging/judges/stateful/operators.js';
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
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';

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
  /** The r_b of each step, for an algorithm that takes proxes: P̂(x) = (1/B) Σ_b prox_{γr_b}(x − γg). */
  readonly functions?: readonly (readonly FunctionSpecification[])[];
}

/** The problem of a step, from 0 on: f̂ is the mean of g·u + r_b(u), or g·u alone. */
function problemAt({ gradients, functions }: OptimiserQuestion, t: number): ProblemSpecification {
  const slope = gradients[t]!;
  const batch = functions?.[t];
  const own =
    batch === undefined
      ? [{ type: 'linear', coefficients: slope }]
      : batch.map((inner) => ({ type: 'tilted', slope, inner }));
  return { smooth: { type: 'zero' }, functions: own, probabilities: own.map(() => 1 / own.length) };
}

/**
 * The problem that is asked about at x. An algorithm with a smoothing μ takes the Moreau envelopes of the r_k: there g is a gradient of d at x, because the
 * envelope of g·u + r_b(u) is not g·u with that of r_b.
 */
export function askedProblem(question: OptimiserQuestion, t: number, x: ArrayLike<number>): ProblemSpecification {
  const { gradients, functions, hyperparameters } = question;
  const batch = functions?.[t];
  if (hyperparameters['smoothing'] === undefined || batch === undefined) return problemAt(question, t);
  const center = gradients[t]!.map((slope, i) => x[i]! - slope);
  return {
    smooth: { type: 'quadratic', curvature: 1, center },
    functions: batch,
    probabilities: batch.map(() => 1 / batch.length),
  };
}

/** The Moreau envelopes of the r_b, for an algorithm with a smoothing; else themselves. */
function smoothedBy(
  { hyperparameters: { smoothing } }: OptimiserQuestion,
  batch: readonly FunctionSpecification[],
): readonly FunctionSpecification[] {
  if (smoothing === undefined) return batch;
  return batch.map((inner) => ({ type: 'moreau-envelope', smoothing, inner }));
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
 * Operations, beside those of a closed form and a sum over the mini-batch, of P̂ = x − γĜ, where Ĝ is summed from residuals that are divided by γ:
 * x − γg, a prox and its residual, the quotient, the sum with g, its product with γ, and the difference from x.
 */
const ofResiduals = 3;

/**
 * P̂ and Ĝ of a step in rationals, with the allowed errors. The r_b are 0, a weighted ℓ1 norm or the indicator of an interval: entry by entry, and
 * none is larger than its point, its threshold or its bounds. An error of the point is not enlarged.
 */
function proxesAt(
  question: OptimiserQuestion,
  t: number,
  memory: Dtype,
): Pick<Observation, 'mean' | 'stochasticMapping'> {
  if (question.functions === undefined) return { mean: notGiven, stochasticMapping: notGiven };
  const problem = problemAt(
    { ...question, functions: question.functions.map((each) => smoothedBy(question, each)) },
    t,
  );
  const step = question.steps[t]!;
  const [gradient, batch] = [question.gradients[t]!, question.functions[t]!];
  const parameters = batch.map((r) => (r.type === 'box' ? 1 : step) * parameterMagnitude(r));
  // Of an implementation only the format of its numbers counts here.
  const implementation = { description: { dtype: memory } } as Implementation;
  const input = { problem, hyperparameters: {}, x: Float64Array.from(question.x) } as unknown as StatefulCase;
  const indices = problem.functions.map((_, k) => k);
  const { mean, stochasticMapping } = exactOperators(implementation, input)(indices, step);
  const errorAt = ({ value, error }: Uncertain, i: number): number => {
    const size = Math.abs(toDouble(value)) + step * Math.abs(gradient[i]!) + Math.max(...parameters);
    return error + ofSum(batch.length + ofResiduals) * unitRoundoff(memory) * size;
  };
  return {
    mean: (u) => mean(u).map(({ value }, i) => ({ value, error: errorAt(u[i]!, i) })),
    stochasticMapping: (u) => stochasticMapping(u).map(({ value }, i) => ({ value, error: errorAt(u[i]!, i) / step })),
  };
}

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
      ...proxesAt(question, t, memory),
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
