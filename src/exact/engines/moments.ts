import { bitLength, one, type Quotient, type Rational, rational, square, sum } from '../arithmetic/rational.js';
import { NotRationalError, type Pausable } from '../computation.js';
import { componentMappings, type RationalProblemAtStep } from '../problem/rational-problem.js';

/** One coordinate of G along SPGM when Ĝ is affine in x with additive noise: E[G²] ↦ contraction·E[G²] + noise. */
interface SecondMoment {
  readonly start: Rational;
  readonly contraction: Rational;
  readonly noise: Rational;
}

/** Longest numerator or denominator, in bits, of the last of T moments for which the sum is computed exactly. */
const longestExact = 2 ** 17;
/** Binary digits of a moment that is enclosed instead of computed exactly. */
const enclosedDigits = 256;
/** Moments between two pauses. */
const stretch = 256;

/**
 * E[(1/T) Σ_t ‖G(x^{t−1})‖²] for SPGM when d is quadratic and the r_k are quadratics of one curvature (linear ones included). Then
 * x⁺ = x − γ(G(x) + e) with E[e] = 0 and a variance s²/B that does not depend on x, and G is affine of slope g in each coordinate, so
 *
 *     G(x⁺) = (1 − γg)G(x) − γg·e,   E[G(x⁺)²] = (1 − γg)² E[G(x)²] + (γg)² s²/B.
 *
 * The sum over t is exact, integers over one common denominator that are not reduced on the way, as long as they are short enough.
 * Beyond, every moment is enclosed with directed rounding: nothing is subtracted, so T steps cost at most T digits of 2^−256.
 *
 * @returns the ends of an enclosure, equal when the sum is exact; they may not be in lowest terms
 * @throws NotRationalError for other functions
 */
export function* momentsTurns(
  problem: RationalProblemAtStep,
  start: readonly Rational[],
  iterations: number,
  miniBatch: number,
): Pausable<readonly [Quotient, Quotient]> {
  const moments = start.map((x, i) => secondMoment(problem, i, x, miniBatch));
  const none: Quotient = { s: 1n, n: 0n, d: 1n };
  if (moments.every(({ contraction }) => iterations * bitLength(contraction.d) <= longestExact)) {
    let total = none;
    for (const moment of moments) total = plus(total, yield* sumOfMoments(moment, iterations));
    return [total, total];
  }
  let [lower, upper] = [none, none];
  for (const moment of moments) {
    const [low, high] = yield* enclosedSum(moment, iterations);
    [lower, upper] = [plus(lower, low), plus(upper, high)];
  }
  return [lower, upper];
}

function plus(a: Quotient, b: Quotient): Quotient {
  // Coordinates that are alike have one denominator, and the product of a thousand is long.
  if (a.d === b.d) return { s: 1n, n: a.n + b.n, d: a.d };
  return { s: 1n, n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

function secondMoment(problem: RationalProblemAtStep, i: number, start: Rational, miniBatch: number): SecondMoment {
  const { probabilities } = problem.problem;
  const { smooth, functions } = problem.problem.coordinates[i]!;
  const occurring = Array.from(probabilities.keys()).filter((k) => probabilities[k]!.n > 0n);
  const curvature = functions[occurring[0]!]![0]!.a;
  const affine = occurring.every((k) => functions[k]!.length === 1 && isWhole(functions[k]![0]!));
  if (!affine || smooth.pieces?.length !== 1) throw new NotRationalError('not every part is a quadratic');
  if (occurring.some((k) => !functions[k]![0]!.a.equals(curvature))) {
    throw new NotRationalError('the r_k do not have one common curvature');
  }
  const mappings = (x: Rational): Rational[] => {
    const all = componentMappings(problem.coordinates[i]!, problem.step, x);
    return occurring.map((k) => all[k]!);
  };
  const mean = (values: readonly Rational[]): Rational =>
    sum(values.map((v, k) => probabilities[occurring[k]!]!.mul(v)));
  const [here, there] = [mappings(start), mappings(start.add(one))];
  const mapping = mean(here);
  const moved = problem.step.mul(mean(there).sub(mapping));
  const variance = mean(here.map((value) => square(value.sub(mapping))));
  return {
    start: square(mapping),
    contraction: square(one.sub(moved)),
    noise: square(moved)
      .mul(variance)
      .div(rational(BigInt(miniBatch))),
  };
}

function isWhole({ from, to }: { readonly from?: Rational; readonly to?: Rational }): boolean {
  return from === undefined && to === undefined;
}

/** (1/T) Σ_{t<T} e_t with e_0 = start, e_{t+1} = (p/q)e_t + noise: e_t = m_t/(c·q^t) for the common denominator c. */
function* sumOfMoments({ start, contraction, noise }: SecondMoment, iterations: number): Pausable<Quotient> {
  const { n: p, d: q } = contraction;
  const common = start.d * noise.d;
  const added = noise.n * start.d;
  let moment = start.n * noise.d;
  let total = moment;
  let scale = 1n;
  for (let t = 1; t < iterations; t++) {
    scale *= q;
    moment = p * moment + added * scale;
    total = total * q + moment;
    if (t % stretch === 0) yield;
  }
  return { s: 1n, n: total, d: common * scale * BigInt(iterations) };
}

/** The same between two ends: multiples of one power of 2, small against e_0 + noise, rounded down and up. */
function* enclosedSum(
  { start, contraction, noise }: SecondMoment,
  iterations: number,
): Pausable<readonly [Quotient, Quotient]> {
  const largest = start.add(noise);
  const shift = BigInt(Math.max(0, enclosedDigits + bitLength(largest.d) - bitLength(largest.n)));
  const down = ({ n, d }: Rational): bigint => (n << shift) / d;
  const { n: p, d: q } = contraction;
  let [low, high] = [down(start), down(start) + 1n];
  let [lower, upper] = [low, high];
  for (let t = 1; t < iterations; t++) {
    low = (p * low) / q + down(noise);
    high = (p * high) / q + down(noise) + 2n;
    lower += low;
    upper += high;
    if (t % stretch === 0) yield;
  }
  const d = BigInt(iterations) << shift;
  return [
    { s: 1n, n: lower, d },
    { s: 1n, n: upper, d },
  ];
}
