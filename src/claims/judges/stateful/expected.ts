import { one, type Rational, zero } from '../../../exact/arithmetic/rational.js';
import type { MemoryConventions } from './conventions.js';
import type { Expected } from './observation.js';
import { certainSign, combination, exactly, type Uncertain } from './uncertain.js';

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
