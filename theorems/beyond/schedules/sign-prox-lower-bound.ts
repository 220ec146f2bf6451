import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding, Part } from '../../../src/claims/evidence.js';
import { fromDouble, one } from '../../../src/exact/arithmetic/rational.js';
import { shortened } from '../../shared/optimal-step.js';
import { chainLeft } from '../../shared/sign-chain.js';
import { alternation, climb, crests, type HardInstance, plateau, type Setting } from './hard-instances.js';

/** What the claim says, as data that tests can change. */
interface LowerBound {
  /** ½ of ½(LΔσ²/N)^¼. */
  readonly constant: number;
  /** 1 of √(LΔ/(2T)). */
  readonly quiet: number;
  /** 0.358 of 0.358σ/√B, where σ²/B ≤ 7.5LΔ. */
  readonly rare: number;
  /** 0.98 of 0.98√(LΔ), where σ²/B is larger. */
  readonly strong: number;
  /** The instances without noise, between them for every γ. */
  readonly withoutNoise: readonly ((setting: Setting) => HardInstance)[];
}

/** T, B and σ²/B, with L = Δ = 1. */
const grids = {
  quick: { iterations: [1, 4, 64], batches: [1, 16], noise: [1 / 16, 1, 16] },
  standard: { iterations: [1, 2, 4, 16, 64], batches: [1, 16, 256], noise: [1 / 64, 1 / 2, 4, 16] },
  deep: {
    ...{ iterations: [1, 2, 4, 16, 64, 256], batches: [1, 2, 4, 16, 256, 4096] },
    noise: [1 / 256, 1 / 64, 1 / 16, 1 / 4, 1 / 2, 1, 2, 4, 7.5, 8, 16, 64, 256],
  },
} as const;

/** γ by what the instances without noise change at, √(2Δ/(LT)) and √(8Δ/L). */
const stepsAt = (T: number): number[] => [
  ...[2 ** -6, 1 / 4, 1, 1 + 2 ** -8, 2].map((factor) => shortened(factor * Math.sqrt(2 / T))),
  ...[1, 1 + 2 ** -8, 2, 2 ** 5].map((factor) => shortened(factor * Math.sqrt(8))),
];

/** σ²/B at which instances with and without noise have like left sides. */
const balance = 2.33;

/** σ²/(BLΔ) up to which the noise of a rare event fits under Δ. */
const strongFrom = 7.5;

/** A lower end of the left side, and 0 for an instance that is none with L = Δ = 1 and this σ. */
function leftOf({ chain, gap, variance }: HardInstance, { sigma }: Setting): number {
  if (gap.gt(one) || variance.gt(fromDouble(sigma).mul(fromDouble(sigma)))) return 0;
  return chainLeft(chain)[0];
}

/** A part of the statement, in which the left side is to be at least so much. */
class AtLeast {
  readonly #name: string;
  #cases = 0;
  #worst = { ratio: 0, where: '' };

  constructor(name: string) {
    this.#name = name;
  }

  add(left: number, least: number, { step, iterations, miniBatch, sigma }: Setting): void {
    this.#cases++;
    const ratio = least / left;
    if (ratio <= this.#worst.ratio) return;
    const where = `γ = ${step.toPrecision(4)}, T = ${iterations}, B = ${miniBatch}, σ² = ${(sigma ** 2).toPrecision(4)}`;
    this.#worst = { ratio, where: `left side ${left.toPrecision(4)}, at least ${least.toPrecision(4)} at ${where}` };
  }

  get part(): Part {
    const { ratio, where } = this.#worst;
    return {
      ...{ name: this.#name, cases: this.#cases, worstRatio: Math.min(ratio, Number.MAX_VALUE) },
      ...{ verdict: ratio <= 1 ? 'holds' : 'violated', reason: `nearest: ${where}` },
    };
  }
}

/**
 * What no schedule of signProx can beat, in one coordinate: for every γ > 0 and B that are constant over the iterations, and every T, there are an instance without noise and one with, of which the left sides are at least √(LΔ/(2T)) and
 * 0.358σ/√B (or 0.98√(LΔ), where σ²/B is larger than 7.5LΔ), and the larger of two numbers is at least their geometric mean. Of N = TB draws it follows that signProx has the rate N^(−1/4)
 * and no better, and that B must grow.
 */
export const claim = claimOf<LowerBound>(
  { constant: 1 / 2, quiet: 1, rare: 0.358, strong: 0.98, withoutNoise: [plateau, alternation, crests] },
  ({ constant, quiet, rare, strong, withoutNoise }) => ({
    id: 'sign-prox-lower-bound',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2, every schedule' },
    statement:
      'for all γ > 0 and B, constant over the iterations, and all T with N = TB ≥ σ²/(LΔ) there is an instance of Assumption 2 with n = 1, f(x⁰) − f* ≤ Δ and variance at most σ² on which (1/T) Σ E|G(x^{t−1})| ≥ ½(LΔσ²/N)^¼ for signProx',
    method:
      'the law of the iterate on x⁰ + γZ, as an enclosure, on four families over a grid of γ, T, B and σ; f(x⁰) − f* and the variance of every instance in rationals',
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const { iterations, batches, noise } = grids[depth];
      const parts = {
        quiet: new AtLeast('without noise: √(LΔ/(2T))'),
        rare: new AtLeast('rare events: 0.358σ/√B'),
        strong: new AtLeast('rare events, σ²/B > 7.5LΔ: 0.98√(LΔ)'),
        both: new AtLeast('the larger of the two: ½(LΔσ²/N)^¼'),
      };
      for (const T of iterations) {
        for (const step of stepsAt(T)) {
          const noiseless: Setting = { step, iterations: T, miniBatch: 1, sigma: 0 };
          const first = Math.max(...withoutNoise.map((instance) => leftOf(instance(noiseless), noiseless)));
          parts.quiet.add(first, quiet * Math.sqrt(1 / (2 * T)), noiseless);
          for (const miniBatch of batches) {
            for (const share of [...noise, balance / T]) {
              const setting = { step, iterations: T, miniBatch, sigma: Math.sqrt(share * miniBatch) };
              const second = leftOf(climb(setting), setting);
              if (share <= strongFrom) parts.rare.add(second, rare * Math.sqrt(share), setting);
              else parts.strong.add(second, strong, setting);
              if (share <= T) parts.both.add(Math.max(first, second), constant * (share / T) ** 0.25, setting);
            }
          }
        }
      }
      const found = Object.values(parts).map(({ part }) => part);
      const failed = found.filter(({ verdict }) => verdict !== 'holds');
      return {
        verdict: failed.length === 0 ? 'holds' : 'violated',
        reason:
          failed.length === 0
            ? `the left side is at least ${(constant / found[3]!.worstRatio).toFixed(3)}(LΔσ²/N)^¼ everywhere on the grid`
            : failed.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
        cases: found.reduce((total, { cases }) => total + cases, 0),
        parts: found,
        measured: { 'least of left/(LΔσ²/N)^¼': constant / found[3]!.worstRatio },
      };
    },
  }),
);
