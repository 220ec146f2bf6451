import { one, type Rational, rational, two, zero } from '../../../src/library/exact.js';

/** Coefficients of a polynomial, that of δ⁰ first. */
export type Polynomial = readonly Rational[];

const productOf = (a: Polynomial, b: Polynomial): Polynomial => {
  const result = new Array<Rational>(a.length + b.length - 1).fill(zero);
  a.forEach((own, i) => {
    b.forEach((other, j) => {
      result[i + j] = result[i + j]!.add(own.mul(other));
    });
  });
  return result;
};

/** C(n, k). */
export function choose(n: number, k: number): Rational {
  let value = one;
  for (let i = 1; i <= k; i++) value = value.mul(rational(BigInt(n - k + i), BigInt(i)));
  return value;
}

/** 1 − 2P[Bin(M, p) > M/2] at p = ½(1 − δ), written out as the sum over the numbers of wrong votes. */
export function voteBySum(workers: number): Polynomial {
  const half = one.div(two);
  const powers = (factor: Polynomial): Polynomial[] => {
    const all: Polynomial[] = [[one]];
    for (let k = 0; k < workers; k++) all.push(productOf(all[k]!, factor));
    return all;
  };
  const [wrong, right] = [powers([half, half.neg()]), powers([half, half])];
  const total = new Array<Rational>(workers + 1).fill(zero);
  total[0] = one;
  for (let count = (workers + 1) / 2; count <= workers; count++) {
    const weight = two.mul(choose(workers, count));
    productOf(wrong[count]!, right[workers - count]!).forEach((coefficient, k) => {
      total[k] = total[k]!.sub(weight.mul(coefficient));
    });
  }
  return total;
}

/** M C(M − 1, m) 4^(−m) ∫₀^δ (1 − u²)^m du with m = (M − 1)/2, term by term. */
export function voteByIntegral(workers: number): Polynomial {
  const m = (workers - 1) / 2;
  const leading = rational(BigInt(workers))
    .mul(choose(2 * m, m))
    .div(rational(4n ** BigInt(m)));
  const total = new Array<Rational>(workers + 1).fill(zero);
  for (let j = 0; j <= m; j++) {
    const coefficient = leading.mul(choose(m, j)).div(rational(BigInt(2 * j + 1)));
    total[2 * j + 1] = j % 2 === 0 ? coefficient : coefficient.neg();
  }
  return total;
}

/** The polynomial at δ. */
export const evaluateAt = (polynomial: Polynomial, delta: Rational): Rational =>
  polynomial.reduceRight((value, coefficient) => value.mul(delta).add(coefficient), zero);
