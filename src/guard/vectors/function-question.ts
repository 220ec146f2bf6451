import { unitRoundoff } from '../../claims/implementation/dtype.js';
import { fromDouble, type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import { proximalPoints } from '../../exact/functions/proximal-points.js';
import { iteratedTypes, solvedProx, solvedTypes } from '../../exact/functions/values.js';
import { maximumNorm, ofSum, parameterMagnitude } from '../../judging/judges/precision.js';
import type { Uncertain } from '../../judging/judges/stateful/rule.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import type { Special } from './interval.js';
import type { Format } from './optimiser-question.js';

/** What is asked of a function: argmin_u ½‖u − y‖² + γr(u), r(u), ∇r(u), and a prox where y or a parameter is no number that it takes. */
export const kinds = ['prox', 'value', 'gradient', 'policy'] as const;
export type Kind = (typeof kinds)[number];

/** A question about a function. */
export interface FunctionQuestion {
  /** r, as the protocol has it: `{ type, … }`. */
  readonly function: FunctionSpecification;
  /** γ, of a prox. */
  readonly step?: number;
  /** y, or u. */
  readonly x: readonly (number | Special)[];
}

/** A question whose point has numbers alone. */
export type OrdinaryQuestion = FunctionQuestion & { readonly x: readonly number[] };

/** Relative accuracies a that a prox by iteration may claim: ‖u − prox(y)‖ ≤ a(‖y‖ + ‖prox(y)‖). */
export const levels = ['1e-4', '1e-8', '1e-12'] as const;
export type Level = (typeof levels)[number];

/** The formats of answers about functions. */
export type FunctionFormat = Exclude<Format, 'bf16-f32'> | Level;
const isLevel = (format: FunctionFormat): format is Level => levels.some((level) => level === format);

/** What the vectors of a subject such as `prox-l1` ask; undefined of an optimiser. */
export function askedOf(subject: string): { readonly kind: Kind; readonly type: string } | undefined {
  const kind = kinds.find((each) => subject.startsWith(`${each}-`));
  return kind && { kind, type: subject.slice(kind.length + 1) };
}

/** Whether the prox of a type has no closed form, so that answers have a level and no format. */
export const isIterated = (type: string): boolean => iteratedTypes.includes(type);

/** The numbers of a specification that a program computes with: places of entries and shapes are none. */
export function computedWith(specification: FunctionSpecification): Readonly<Record<string, unknown>> {
  const { groups: _, shape: __, ...numbers } = specification as FunctionSpecification & Record<string, unknown>;
  return numbers;
}

export const rationals = (x: readonly number[]): Rational[] => x.map(fromDouble);
const length = (x: readonly number[]): number => Math.hypot(...x);

/** Every minimiser, as it is known exactly. */
const minimisersOf = ({ function: specification, step, x }: OrdinaryQuestion): readonly (readonly Rational[])[] =>
  solvedTypes.includes(specification.type)
    ? [solvedProx(specification, fromDouble(step!), rationals(x))]
    : proximalPoints(specification, fromDouble(step!), rationals(x));

/**
 * Every minimiser in exact arithmetic: one, or several where they are as good. Each entry has the error of a sum over all entries, relative to the
 * largest number: y, and γ times the parameters; none, where nothing is computed. With a level its accuracy is added.
 *
 * @throws NotRationalError where a minimiser is not known
 */
export function exactProxes(question: OrdinaryQuestion, format: FunctionFormat): readonly (readonly Uncertain[])[] {
  const { function: specification, step, x } = question;
  return minimisersOf(question).map((point) => {
    const u = point.map(toDouble);
    const { proxRounding } = registry.get(specification.type)!.definition;
    const roundings = proxRounding === 'none' ? 0 : ofSum(x.length);
    const size = maximumNorm([...x, ...u]) + (1 + step!) * parameterMagnitude(computedWith(specification));
    const rounding = roundings * unitRoundoff(isLevel(format) ? 'f64' : format) * size;
    const accuracy = isLevel(format) ? Number(format) * (length(x) + length(u)) : 0;
    return point.map((value) => ({ value, error: rounding + accuracy }));
  });
}
