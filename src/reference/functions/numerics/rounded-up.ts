import { productError } from './double-double.js';

/** Below this, products and their errors may lose bits to underflow. */
const SMALLEST = 2 ** -960;
/** A little more than half a unit in the last place, relatively. */
const HALF_UNIT = 2 ** -53 * (1 + 2 ** -52);

/** A double above a number ≥ 0: the next one, or ∞ beyond the largest. */
function above(value: number): number {
  return value + Math.max(value * HALF_UNIT, Number.MIN_VALUE);
}

/** A double below a number ≥ 0, not below 0. */
function below(value: number): number {
  return Math.max(0, value - Math.max(value * HALF_UNIT, Number.MIN_VALUE));
}

/** (a + b) − fl(a + b) for a, b ≥ 0, exact (Dekker 1971). */
function sumError(a: number, b: number): number {
  const sum = a + b;
  return Math.min(a, b) - (sum - Math.max(a, b));
}

/** A double ≥ a·b for a, b ≥ 0: fl(a·b) where that is at least the product, else the next one. */
export function productUp(a: number, b: number): number {
  const product = a * b;
  if (a === 0 || b === 0 || product === Infinity) return product;
  return product < SMALLEST || productError(a, b) > 0 ? above(product) : product;
}

/** A double ≤ a·b for a, b ≥ 0. */
function productDown(a: number, b: number): number {
  const product = a * b;
  if (a === 0 || b === 0) return 0;
  if (product === Infinity) return Number.MAX_VALUE;
  return product < SMALLEST || productError(a, b) < 0 ? below(product) : product;
}

/** A double ≥ a + b for a, b ≥ 0: fl(a + b) where that is at least the sum, else the next one. */
export function sumUp(a: number, b: number): number {
  return sumError(a, b) > 0 ? above(a + b) : a + b;
}

/** A double ≥ a/b for a ≥ 0 and 0 < b < ∞: fl(a/b) where that is at least the quotient, else the next one. */
export function quotientUp(a: number, b: number): number {
  const quotient = a / b;
  if (a === 0 || quotient === Infinity) return quotient;
  // a − fl(qb) is exact, because fl(qb) is within a few units of a.
  const remainder = a - quotient * b - productError(quotient, b);
  return quotient < SMALLEST || a < SMALLEST || remainder > 0 ? above(quotient) : quotient;
}

/** A double ≥ a/(1 + ab), which grows with a, for a, b ≥ 0. */
export function dampedUp(a: number, b: number): number {
  const product = productDown(a, b);
  const sum = 1 + product;
  return Math.min(quotientUp(a, sumError(1, product) < 0 ? below(sum) : sum), quotientUp(1, b));
}
