import type { Comparison } from '../../src/claims/bounds/counterexample-claim.js';
import { atMost, binomialLaw } from '../../src/exact/arithmetic/binomial-law.js';
import { one, type Rational, rational, square, toDouble, two } from '../../src/exact/arithmetic/rational.js';

/** A stretch of bumps in the noise, and how steep f is along it. */
export interface Stretch {
  /** √T, even. */
  readonly root: bigint;
  /** σ of one draw. */
  readonly sigma: Rational;
  /** g√T/σ, where G = g on the plateaus. */
  readonly slope: Rational;
  /** N, of which there are K = 2^N components. */
  readonly bumps: number;
}

const [half, quarter, three] = [rational(1n, 2n), rational(1n, 4n), rational(3n)];

/** Above c = √((5√5 − 11)/2) = 0.30028310… of Theorem 2♯. */
const curvatureAbove = rational(300_284n, 1_000_000n);

/** Binary digits of p_T. */
const digits = 96n;

/** A lower end of P[S < −u√T], where S is the sum of T fair signs. */
function tailBelow(root: bigint, slope: Rational): Rational {
  const trials = root * root;
  const law = binomialLaw(Number(trials), half);
  // S = 2N₊ − T, so that N₊ < (T − u√T)/2.
  const end = rational(trials)
    .sub(slope.mul(rational(root)))
    .mul(half);
  const floor = end.n / end.d;
  const last = floor * end.d === end.n ? floor - 1n : floor;
  const error = (trials >> 4n) + 1n;
  return rational((atMost(law, last) << digits) / law.total - error, 1n << digits);
}

/**
 * signProx with one mini-batch of B = T draws that is kept, on the N bumps of PROOFS.md, "A kept mini-batch": a lower end of its left side against an
 * upper end of the bound of Theorem 2♯, for L = 1 and γ = 1/(2√T).
 *
 * @throws RangeError where the closed form does not apply: uσ ≤ ¼, or more bumps than T iterations cross
 */
export function keptStretch({ root, sigma, slope, bumps }: Stretch): Comparison {
  const iterations = rational(root * root);
  const step = rational(1n, 2n * root);
  const height = sigma.mul(one.add(step.mul(half)));
  const plateau = step.mul(height.add(two));
  const length = two.mul(rational(BigInt(bumps))).mul(two.mul(height).add(plateau));
  const transit = length.div(step.mul(iterations));
  if (slope.mul(sigma).lte(quarter) || slope.lte(quarter) || transit.gt(one)) {
    throw new RangeError(
      `no closed form for ${bumps} bumps at T = ${iterations.toFraction()}, u = ${slope.toFraction()}`,
    );
  }
  const level = slope.mul(sigma).div(rational(root));
  const uneven = step.mul(height).mul(half);
  const passed = one.sub(tailBelow(root, slope));
  const escaped = rational(passed.n ** BigInt(bumps), passed.d ** BigInt(bumps));
  const caught = one.sub(escaped).mul(level.sub(transit.mul(uneven)));
  const left = caught.add(escaped.mul(transit).mul(level.sub(uneven)));
  const steepness = level.mul(one.add(step.mul(half)));
  const gap = steepness.mul(length).add(square(steepness).div(three));
  const noise = one.add(curvatureAbove.mul(step)).mul(sigma).div(rational(root));
  const bound = gap
    .div(step.mul(iterations))
    .add(step)
    .add(one.sub(one.div(iterations)).mul(noise));
  return {
    instance: `Theorem 2♯: ${bumps} bumps, T draws kept`,
    iterations: Number(root * root),
    step: toDouble(step),
    miniBatch: Number(root * root),
    left,
    bound,
    constants: { sigma: toDouble(sigma), gapUpper: toDouble(gap), L: 1 },
  };
}
