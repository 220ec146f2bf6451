import fc from 'fast-check';

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
export function stepSize(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...guaranteedSteps) },
    { weight: 1, arbitrary: positiveDyadic() },
  );
}

/** The category under which a guaranteed step, or its rounding to single precision, is counted; empty for the others. */
export function stepCategory(step: number): string[] {
  const guaranteed = guaranteedSteps.find((value) => step === value || step === Math.fround(value));
  return guaranteed === undefined ? [] : [`step ${guaranteed}`];
}

/** Dimension of a small vector; 1 is met often, because 1-element vectors are a case of their own. */
export function smallDimension(maximum = 4): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: maximum }) },
  );
}

/** Probabilities θ in sixteenths that sum to exactly 1; zeros and non-uniform weights included. */
export function probabilities(components: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: 16 }), { minLength: components - 1, maxLength: components - 1 })
    .map((cuts) => {
      const ends = [0, ...[...cuts].sort((a, b) => a - b), 16];
      return Array.from({ length: components }, (_, k) => (ends[k + 1]! - ends[k]!) / 16);
    });
}
