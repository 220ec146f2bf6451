/** Beyond, the tail is below 10⁻¹⁵. */
const farthest = 8;

/**
 * P[Z < −z] of a standard normal Z for z ≥ 0, as ½ − φ(z)(z + z³/3 + z⁵/(3 · 5) + …). The terms are positive, so that the sum is off by few roundings; the error function
 * of simple-statistics is off by 10⁻⁷, too much for a law that is followed over thousands of steps.
 */
export function normalTail(z: number): number {
  if (z >= farthest) return 0;
  let [term, sum] = [z, z];
  for (let k = 3; term > sum * 2 ** -60; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return Math.max(0, 1 / 2 - (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
}

/** Its absolute error: fewer than 2⁹ terms, each of as many roundings as it has factors, of a number below ½. */
export const normalTailError = 2 ** -42;
