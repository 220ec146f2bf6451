import fc from 'fast-check';
import { dtypeNames, roundTo } from '../../claims/implementation/dtype.js';

/** The same generator for each length again: a generator keeps nothing between draws, and takes longer to make than to draw from. */
export function byLength<Value>(make: (n: number) => fc.Arbitrary<Value>): (n: number) => fc.Arbitrary<Value> {
  const made = new Map<number, fc.Arbitrary<Value>>();
  return (n) => {
    const known = made.get(n) ?? make(n);
    made.set(n, known);
    return known;
  };
}

/**
 * Rationals k/2^p with |k/2^p| ≤ maximum: sums and products of few of them are exact in doubles, and shrinking ends at small
 * integers. (`fc.double` puts one sample in two hundred between 10⁻³ and 10³.)
 */
export function dyadic(maximum = 4, denominator = 16): fc.Arbitrary<number> {
  return fc.integer({ min: -maximum * denominator, max: maximum * denominator }).map((k) => k / denominator || 0);
}

/** Positive dyadics in [1/denominator, maximum]. */
export function positiveDyadic(maximum = 4, denominator = 8): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max: maximum * denominator }).map((k) => k / denominator);
}

/** Step sizes at which wrong proxes show: γ = 1 hides a forgotten γ, so it is one of many. */
export const guaranteedSteps = [0.1, 0.7, 1, 3] as const;

/** A step size: one of the guaranteed four, or a dyadic. */
export const stepSize = (): fc.Arbitrary<number> => steps;
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...guaranteedSteps) },
  { weight: 1, arbitrary: positiveDyadic() },
);

/** Steps far below and above 1, where a bound or an iteration for ordinary steps fails. */
export const extremeSteps = { 'small step': 2 ** -10, 'large step': 2 ** 8 } as const;

/** The category under which a guaranteed step, or its rounding to a dtype, or an extreme one is counted; empty for the others. */
export function stepCategory(step: number): string[] {
  const guaranteed = guaranteedSteps.find((value) => dtypeNames.some((dtype) => step === roundTo(dtype, value)));
  if (guaranteed !== undefined) return [`step ${guaranteed}`];
  return Object.entries(extremeSteps).flatMap(([name, value]) => (step === value ? [name] : []));
}

/** Dimension of a small vector; 1 is frequent, because vectors of one element are a special case. */
export function smallDimension(maximum = 4): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: maximum }) },
  );
}

/** Probabilities θ, by default in sixteenths, that sum to exactly 1; zeros and non-uniform weights included. */
export function probabilities(components: number, denominator = 16): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: denominator }), { minLength: components - 1, maxLength: components - 1 })
    .map((cuts) => {
      const ends = [0, ...[...cuts].sort((a, b) => a - b), denominator];
      return Array.from({ length: components }, (_, k) => (ends[k + 1]! - ends[k]!) / denominator);
    });
}
