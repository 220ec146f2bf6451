/** m·10^e. */
interface Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The shortest decimal that a finite double prints as: the number that was meant where someone wrote it down. */
function decimal(value: number): Decimal {
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = digits.split('.') as [string, string?];
  return { mantissa: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The sign of Σ a_k b_k for finite doubles read as the shortest decimals that mean them: exact, so 0.2·4 − 0.8·1 is 0. */
export function signOfDecimalSum(terms: readonly (readonly [number, number])[]): -1 | 0 | 1 {
  const products = terms.map(([a, b]) => {
    const [x, y] = [decimal(a), decimal(b)];
    return { mantissa: x.mantissa * y.mantissa, exponent: x.exponent + y.exponent };
  });
  const least = Math.min(0, ...products.map(({ exponent }) => exponent));
  const sum = products.reduce(
    (total, { mantissa, exponent }) => total + mantissa * 10n ** BigInt(exponent - least),
    0n,
  );
  return sum > 0n ? 1 : sum < 0n ? -1 : 0;
}
