import { requireOptions } from '../claims/text.js';
import { requireLeftSideScale } from './e-process.js';
import { detectableMean, requireProbability } from './plan.js';

/** Probability with which `detectable` is detected, if a check states no other power. */
export const defaultPower = 0.99;

/** The question: is E[X] ≤ b, for the left side X ≥ 0 of one replicate? */
export interface BoundCheck {
  /** b ≥ 0, finite. */
  readonly bound: number;
  /** M with X ≤ M almost surely, when one was derived. Preferred over the second moment. */
  readonly cap?: number | undefined;
  /** v ≥ E[X²], when one was derived. */
  readonly secondMoment?: number | undefined;
  /** Probability of a false `violated`; default: one slot of the suite's budget. */
  readonly alphaViolated?: number;
  /** Probability of a false `holds` or `holds-within-rho`; default: one slot. */
  readonly alphaHolds?: number;
  /** Replicates after which the check gives up; with neither a cap nor a second moment it may need fewer to say `not-refuted`. */
  readonly maximumReplicates: number;
  /** Replicates to draw for charts, even if the check is decided earlier or without sampling. The verdict is still that of the first crossing. Default 0. */
  readonly minimumReplicates?: number;
  /** Size of the first request for replicates; later requests double their number. The decision does not depend on it. Default 64. */
  readonly firstChunk?: number;
  /** ρ ≥ 0: an upper bound U ≤ (1 + ρ)b is `holds-within-rho`. Default 0: never. */
  readonly rho?: number;
  /**
   * With a cap M ≥ ratio·b: the check is refused unless it detects a mean of ratio·b with this probability, whatever the law. With neither a cap nor
   * a second moment: it ends when it would have detected one, whatever the law on [0, 100b].
   */
  readonly power?: {
    /** The mean to be detected, as a multiple of b; above 1. */
    readonly ratio: number;
    /** The probability of detecting it, in (0, 1). */
    readonly probability: number;
  };
  /** Declares that the check runs although it cannot reach its power. */
  readonly underpowered?: boolean;
}

const boundCheckOptions = {
  bound: true,
  cap: true,
  secondMoment: true,
  alphaViolated: true,
  alphaHolds: true,
  maximumReplicates: true,
  minimumReplicates: true,
  firstChunk: true,
  rho: true,
  power: true,
  underpowered: true,
} satisfies Record<keyof BoundCheck, true>;

const powerOptions = { ratio: true, probability: true } satisfies Record<keyof NonNullable<BoundCheck['power']>, true>;

/** @throws RangeError that names the option, its value and the allowed range; TypeError for an unknown option */
export function requireBoundCheck(check: BoundCheck): void {
  requireOptions('decideBound', check, boundCheckOptions);
  requireLeftSideScale('bound', check.bound);
  if (check.cap !== undefined) requireLeftSideScale('cap', check.cap);
  if (check.secondMoment !== undefined) requireLeftSideScale('secondMoment', check.secondMoment);
  if (check.alphaViolated !== undefined) requireProbability('alphaViolated', check.alphaViolated);
  if (check.alphaHolds !== undefined) requireProbability('alphaHolds', check.alphaHolds);
  const { maximumReplicates, minimumReplicates = 0, firstChunk = 1, rho = 0, power } = check;
  if (!Number.isSafeInteger(maximumReplicates) || maximumReplicates < 1) {
    throw new RangeError(`maximumReplicates must be an integer ≥ 1, got ${maximumReplicates}`);
  }
  if (!Number.isSafeInteger(minimumReplicates) || minimumReplicates < 0 || minimumReplicates > maximumReplicates) {
    throw new RangeError(
      `minimumReplicates must be an integer in [0, maximumReplicates = ${maximumReplicates}], got ${minimumReplicates}`,
    );
  }
  if (!Number.isSafeInteger(firstChunk) || firstChunk < 1) {
    throw new RangeError(`firstChunk must be an integer ≥ 1, got ${firstChunk}`);
  }
  requireLeftSideScale('rho', rho);
  if (power !== undefined) {
    requireOptions('power', power, powerOptions);
    requireProbability('power.probability', power.probability);
    if (!(power.ratio > 1)) throw new RangeError(`power.ratio must be > 1, got ${power.ratio}`);
  }
}

/** Why the bound holds without sampling; undefined if sampling is needed. */
export function reasonWithoutSampling({ bound, cap, secondMoment }: BoundCheck): string | undefined {
  if (cap !== undefined && cap <= bound) return `decided by the cap M = ${cap} ≤ b`;
  if (secondMoment !== undefined && secondMoment <= bound * bound) {
    return `decided by the second moment v = ${secondMoment} ≤ b²`;
  }
  return undefined;
}

/**
 * The smallest mean that the check would detect as violated, from the worst-case plan; undefined without a cap, for a bound of 0, and
 * when even the mean M is out of reach.
 *
 * @throws RangeError when the stated power is out of reach and the check is not declared underpowered
 */
export function requirePower(check: BoundCheck, alpha: number): number | undefined {
  const { bound, cap, power, maximumReplicates } = check;
  if (cap === undefined || cap <= bound || bound === 0) return undefined;
  const detectable = detectableMean({ bound, cap, alpha }, maximumReplicates, power?.probability ?? defaultPower);
  if (power !== undefined && check.underpowered !== true && power.ratio * bound <= cap) {
    if (detectable === undefined || detectable > power.ratio * bound) {
      throw new RangeError(
        `maximumReplicates = ${maximumReplicates} cannot detect a mean of ${power.ratio}·b with probability ${power.probability} (M/b = ${cap / bound}): raise it or declare the check underpowered`,
      );
    }
  }
  return detectable;
}
