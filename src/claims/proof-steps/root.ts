import { type Rational, rational } from '../../exact/rational.js';

/** Binary digits behind the point of a root that is not rational. */
const digits = 80n;

/** A rational ≥ √value for value ≥ 0: the root itself where it is rational, else within 2⁻⁸⁰ of it. */
export function rootFromAbove({ n, d }: Rational): Rational {
  const [numerator, denominator] = [floorOfRoot(n), floorOfRoot(d)];
  if (numerator ** 2n === n && denominator ** 2n === d) return rational(numerator, denominator);
  const scaled = (n << (2n * digits)) / d;
  return rational(floorOfRoot(scaled) + 1n, 1n << digits);
}

/** ⌊√value⌋ by Newton's iteration from above. */
function floorOfRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
