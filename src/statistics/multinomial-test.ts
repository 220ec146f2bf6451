/**
 * ln E of the test martingale for "outcomes are i.i.d. with probabilities p": the likelihood of a uniform Dirichlet mixture over
 * all laws against that of p. E is the same whatever the order of the outcomes, and P[E ≥ 1/α] ≤ α under p (Ville).
 *
 * @param counts how often each outcome occurred
 * @param probabilities p of the same length, summing to 1; an outcome that p forbids makes E infinite
 */
export function logMixtureRatio(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let logRatio = 0;
  let total = 0;
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k]!;
    if (count > 0 && probabilities[k] === 0) return Number.POSITIVE_INFINITY;
    if (count > 0) logRatio += logFactorial(count) - count * Math.log(probabilities[k]!);
    total += count;
  }
  return logRatio + logFactorial(counts.length - 1) - logFactorial(total + counts.length - 1);
}

/**
 * Upper bound on P[ln E < ln 1/α] after n outcomes from the law q: the mixture is at least q's own likelihood over C(n + K − 1, K − 1), so by
 * Markov's inequality it is at most min over s > 0 of (C(n + K − 1, K − 1)/α)ˢ (Σ_k q_k (p_k/q_k)ˢ)ⁿ. The power of the test is one minus it.
 *
 * @param probabilities p, positive
 * @param alternative q, zeros allowed
 */
export function undetectedProbability(
  probabilities: readonly number[],
  alternative: readonly number[],
  n: number,
  alpha: number,
): number {
  const components = probabilities.length;
  const threshold = logFactorial(n + components - 1) - logFactorial(n) - logFactorial(components - 1) - Math.log(alpha);
  let least = 0;
  for (let s = 1 / 64; s <= 8; s *= 2 ** 0.25) {
    const moment = alternative.reduce((sum, q, k) => sum + (q > 0 ? q * (probabilities[k]! / q) ** s : 0), 0);
    least = Math.min(least, s * threshold + n * Math.log(moment));
  }
  return Math.exp(least);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
