/** Largest |Σθ_k − 1| that counts as rounding. */
const sumTolerance = 2 ** -40;

/**
 * Checks that θ is a probability vector: at least one entry, every entry finite and ≥ 0, sum within 2⁻⁴⁰ of 1.
 *
 * @throws RangeError that names the entry or the sum
 */
export function requireProbabilities(probabilities: ArrayLike<number>): void {
  if (!(probabilities.length > 0)) throw new RangeError('probabilities must have at least one entry, got none');
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const probability = probabilities[k]!;
    if (!(probability >= 0 && probability <= 1 + sumTolerance)) {
      throw new RangeError(`probabilities[${k}] must be in [0, 1], got ${probability}`);
    }
    sum += probability;
  }
  if (Math.abs(sum - 1) > sumTolerance) throw new RangeError(`probabilities must sum to 1 within 2^-40, got ${sum}`);
}
