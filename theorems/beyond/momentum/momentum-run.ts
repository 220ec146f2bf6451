import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { FixedConvention } from '../../../src/claims/proofs/lines/exact-iteration.js';
import { one, type Rational, rational } from '../../../src/exact/arithmetic/rational.js';
import type { RationalProblemAtStep } from '../../../src/exact/problem/rational-problem.js';

const { product, sum } = exact;
const { minus } = vectorsOver(exact);

/** α = 2/(m² + 1), so that √(α/(2 − α)) = 1/m is rational. */
export const weightOf = (inverseRoot: number): Rational => rational(2n, BigInt(inverseRoot) ** 2n + 1n);

/** What does not change along a run. */
export interface MomentumRun {
  readonly at: RationalProblemAtStep;
  /** α. */
  readonly newestWeight: Rational;
  readonly signOfZero: FixedConvention;
}

/** One iteration of signProx with momentum, in rationals, written from its formula. */
export interface MomentumIteration {
  /** x^t. */
  readonly x: readonly Rational[];
  /** G(x^t). */
  readonly mapping: readonly Rational[];
  /** ξ^t = Ĝ(x^t) − G(x^t). */
  readonly noise: readonly Rational[];
  /** m^t. */
  readonly mean: readonly Rational[];
  /** sgn m^t. */
  readonly signs: readonly Rational[];
  /** x^{t+1}. */
  readonly next: readonly Rational[];
}

const valuesAtZero: Readonly<Record<FixedConvention, bigint>> = { zero: 0n, positive: 1n, negative: -1n };

const signOf = (value: Rational, signOfZero: FixedConvention): Rational =>
  rational(value.n === 0n ? valuesAtZero[signOfZero] : value.s);

/**
 * The iteration at x with a mini-batch.
 *
 * @param before the iteration before; undefined in the first one
 * @param weights how often each component is in the mini-batch, divided by B
 */
export function momentumIteration(
  { at, newestWeight, signOfZero }: MomentumRun,
  x: readonly Rational[],
  before: MomentumIteration | undefined,
  weights: readonly Rational[],
): MomentumIteration {
  const mapping = at.residualMapping(at.problem.probabilities, x);
  const drawn = at.residualMapping(weights, x);
  const mean = before === undefined ? drawn : runningMean(newestWeight, before.mean, drawn);
  const signs = mean.map((entry) => signOf(entry, signOfZero));
  return {
    ...{ x, mapping, mean, signs },
    noise: minus(drawn, mapping),
    next: x.map((entry, i) => entry.sub(at.step.mul(signs[i]!))),
  };
}

/** (1 − α)·mean + α·newest. */
export const runningMean = (
  newestWeight: Rational,
  mean: readonly Rational[],
  newest: readonly Rational[],
): Rational[] => mean.map((entry, i) => sum(product(one.sub(newestWeight), entry), product(newestWeight, newest[i]!)));

/** a⁰, a¹, …, a^{count − 1}. */
export function powers(base: Rational, count: number): Rational[] {
  const list: Rational[] = [];
  for (let t = 0; t < count; t++) list.push(t === 0 ? one : list[t - 1]!.mul(base));
  return list;
}
