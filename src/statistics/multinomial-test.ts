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

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
