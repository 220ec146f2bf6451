import { fromDouble, one, type Rational, rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import type { Theorem } from '../../theorem/theorem.js';
import { scale } from '../certificates/polynomial.js';
import {
  composed,
  difference,
  inverse,
  isNonNegative,
  monomial,
  product,
  type RationalFunction,
  signAtRoot,
  valueAt,
} from './rational-function.js';
import { comparedAt, type Reading, type SymbolicReading } from './read-theorem.js';
import type { StepProof } from './step-proof.js';

/** The part of the bound that is proportional to the potential at x⁰: p(x⁰) − inf p is f(x⁰) − f* or ½‖x⁰ − x*‖². */
export const startShare = { gap: one, distance: rational(1n, 2n) } as const;

/** What multiplies f(x⁰) − f* or ‖x⁰ − x*‖² in the potential at x⁰. */
const atStart = (start: keyof typeof startShare, first: StepProof['first']): Rational =>
  startShare[start].mul(one.add(first?.gap ?? zero));

/** The least multiple of the bound that the sum of one step proves; undefined if it proves none. */
export function multipleAt(
  { model, c, noise, first, length, constant, repeated, smallestStep, largestStep }: StepProof,
  reading: Reading,
): Rational | undefined {
  const { iterations, step: a, noiseDivisor } = reading;
  const perStep = valueAt(c, a);
  if (!perStep.gt(zero) || (largestStep !== undefined && a.gt(largestStep))) return undefined;
  if (smallestStep !== undefined && a.lt(smallestStep)) return undefined;
  const T = rational(BigInt(iterations));
  const whole = length === undefined ? T : valueAt(length, T);
  if (!whole.gt(zero)) return undefined;
  const later = one
    .sub(one.div(T))
    .mul(valueAt(noise, a))
    .add((first?.noise ?? zero).div(T));
  const needed = [
    [
      atStart(model.start, first)
        .div(whole)
        .add(repeated === undefined ? zero : valueAt(repeated, a))
        .div(perStep),
      reading[model.start],
    ],
    [later.div(perStep.mul(noiseDivisor)), reading.noise],
    [constant === undefined ? zero : valueAt(constant, a).div(perStep), reading.constant],
  ] as const;
  let multiple = zero;
  for (const [least, given] of needed) {
    if (least.equals(zero)) continue;
    if (given.equals(zero)) return undefined;
    const ratio = least.div(given);
    if (ratio.gt(multiple)) multiple = ratio;
  }
  return multiple;
}

/** A number as a function of a symbol. */
export function constantOf(symbol: string, value: Rational): RationalFunction {
  const { numerator, denominator } = monomial(symbol, 0);
  return {
    numerator: new Map([...numerator].map(([key, term]) => [key, { ...term, coefficient: value }])),
    denominator,
  };
}

/** Whether the sum of one step is at most the bound for all T of the theorem: inequalities between rational functions of T or √T on [1, ∞), or from its least T on. */
export function provesAll(
  { model, c, noise, first, length, constant: added, repeated, smallestStep, largestStep }: StepProof,
  reading: SymbolicReading,
): boolean {
  const { symbol, step, noiseDivisor } = reading;
  const at = (numerator: StepProof['c']) => composed(numerator, 'a', step);
  const constant = (value: Rational) => constantOf(symbol, value);
  const T = monomial(symbol, symbol === 'T' ? 1 : 2);
  const perStep = at(c);
  const whole = length === undefined ? T : composed(length, 'T', T);
  const ofStart = product(constant(atStart(model.start, first)), inverse(whole));
  const each = repeated === undefined ? ofStart : difference(ofStart, at(scale(repeated, rational(-1n))));
  const start = product(each, inverse(perStep));
  // (1 − 1/T)ε/(cB), and what the first potential has of the noise.
  const later = difference(constant(one), inverse(T));
  const ofFirst = product(constant((first?.noise ?? zero).neg()), inverse(T));
  const noises = difference(product(later, at(noise)), ofFirst);
  const noiseShare = product(noises, inverse(product(perStep, noiseDivisor)));
  const { least = one, only } = reading;
  const isAtLeast0 = (f: RationalFunction, strictly: boolean) =>
    only === undefined
      ? isNonNegative(f, symbol, strictly, least)
      : (signAtRoot(f, symbol, only) ?? -1) >= (strictly ? 1 : 0);
  const isPositive = (f: RationalFunction) => isAtLeast0(f, true);
  const enough = (needed: RationalFunction, given: RationalFunction) => isAtLeast0(difference(given, needed), false);
  return (
    isPositive(step) &&
    isPositive(perStep) &&
    isPositive(whole) &&
    isPositive(noiseDivisor) &&
    (smallestStep === undefined || enough(constant(smallestStep), step)) &&
    (largestStep === undefined || enough(step, constant(largestStep))) &&
    enough(start, reading[model.start]) &&
    enough(noiseShare, reading.noise) &&
    (added === undefined || enough(product(at(added), inverse(perStep)), reading.constant))
  );
}

/** How the sum of one step compares with the bound of a tuned step, in words. */
export function sampledSum(
  theorem: Theorem,
  { model, c, noise, first, length, smallestStep, largestStep }: StepProof,
): string {
  const { compared, above } = comparedAt(theorem, model.start, (T, step, miniBatch) => {
    const a = fromDouble(step);
    const perStep = toDouble(valueAt(c, a));
    if (smallestStep !== undefined && step < toDouble(smallestStep)) return undefined;
    if (!(perStep > 0) || (largestStep !== undefined && step > toDouble(largestStep) * (1 + 2 ** -40)))
      return undefined;
    const later = ((1 - 1 / T) * toDouble(valueAt(noise, a))) / (perStep * miniBatch);
    const whole = length === undefined ? T : toDouble(valueAt(length, rational(BigInt(T))));
    return { start: toDouble(atStart(model.start, first)) / (perStep * whole), noise: later };
  });
  const where = `${compared} values of T, f(x⁰) − f*, σ and ‖x⁰ − x*‖`;
  return above === 0
    ? `one step is proved for every γ; its sum is at most the bound at ${where}: checked, not proved`
    : `one step is proved for every γ; its sum is above the bound, or says nothing, at ${above} of ${where}`;
}
