import type { Finding, Part } from '../../../src/library/claims.js';
import {
  coordinateSmooth,
  floorDivide,
  fromDouble,
  one,
  type Rational,
  rational,
  square,
  sum,
  two,
  zero,
} from '../../../src/library/exact.js';
import type { SmoothSpecification } from '../../../src/library/functions.js';
import { claimOf } from '../../../src/library/testing.js';
import { slopes } from '../../shared/instances.js';
import { shortened } from '../../shared/optimal-step.js';
import { chainLeft, type DeclaredDraws, drawsOf, type SignChain } from '../../shared/sign-chain.js';

/** γ, T and B with the σ of the noise, in one coordinate; L = 1 and Δ = 1, to which every L and Δ can be brought by scaling x and f. */
interface Setting {
  /** γ, a double with few digits. */
  readonly step: number;
  readonly iterations: number;
  readonly miniBatch: number;
  readonly sigma: number;
}

/** A problem of one coordinate with L = 1, with what its hypotheses bound. */
interface HardInstance {
  readonly name: string;
  readonly chain: SignChain;
  /** f(x⁰) − f*, as an exact number. */
  readonly gap: Rational;
  /** Variance of one draw. */
  readonly variance: Rational;
}

/** The largest number of few digits that is at most the value: products of two of them are doubles, also of one with 1 − p. */
const roundedDown = (value: number): number => shortened(value, 17);

const noDraws: DeclaredDraws = { functions: [{ type: 'zero' }], probabilities: [1] };

/** A chain on a d whose infimum is 0. */
function onSmooth(
  { step, iterations, miniBatch }: Setting,
  smooth: SmoothSpecification,
  start: number,
  draws = noDraws,
): Pick<HardInstance, 'chain' | 'gap' | 'variance'> {
  const d = coordinateSmooth(smooth, 0);
  const drawn = drawsOf(draws, fromDouble(step), d.derivative);
  const noise = drawsOf(draws, fromDouble(step), () => zero).mappings(zero);
  if (sum(noise.map((value, k) => drawn.probabilities[k]!.mul(value))).n !== 0n) {
    throw new RangeError('Σθ_k r_k must be 0, so that f = d');
  }
  return {
    chain: { ...drawn, start: fromDouble(start), step: fromDouble(step), miniBatch, iterations },
    gap: d.value(fromDouble(start)),
    variance: sum(noise.map((value, k) => drawn.probabilities[k]!.mul(square(value)))),
  };
}

const huber = (slope: number): SmoothSpecification => ({ type: 'huber', weight: 1, threshold: slope });

/** r = 0, σ = 0: d′ = g wherever x comes in T steps, and then it falls to 0 with slope 1. γ(T − 1)g + ½g² = Δ. */
export function plateau(setting: Setting): HardInstance {
  const length = setting.step * (setting.iterations - 1);
  const slope = roundedDown(2 / (length + Math.sqrt(length ** 2 + 2)));
  return { name: 'plateau', ...onSmooth(setting, huber(slope), slope + length) };
}

/** r = 0, σ = 0: d = ½x² from γ/2, where x alternates between ±γ/2. */
export function alternation(setting: Setting): HardInstance {
  const smooth = { type: 'quadratic', curvature: 1, center: 0 };
  return { name: 'alternation', ...onSmooth(setting, smooth, setting.step / 2) };
}

/**
 * r = 0, σ = 0: d′ has the period γ, with one triangle of height h and one of height −h in each, of slopes ±1, and is 0 elsewhere; x⁰ is at a crest of d′, and so is every
 * iterate. h = min(√2, γ/4), and f(x⁰) − f* is half of a triangle, h²/2.
 */
export function crests(setting: Setting): HardInstance {
  const height = fromDouble(roundedDown(Math.min(Math.SQRT2, setting.step / 4)));
  const period = fromDouble(setting.step);
  const triangle = (distance: Rational): Rational => (distance.lt(height) ? height.sub(distance) : zero);
  const { chain, variance } = onSmooth(setting, { type: 'zero' }, 0);
  const derivative = (x: Rational): Rational => {
    const away = x.sub(nearestInteger(x.div(period)).mul(period)).abs();
    return triangle(away).sub(triangle(period.div(two).sub(away)));
  };
  return {
    name: 'crests',
    chain: { ...chain, ...drawsOf(noDraws, period, derivative) },
    gap: square(height).div(two),
    variance,
  };
}

/** The integer nearest to a rational; of two the larger one. */
function nearestInteger(value: Rational): Rational {
  const { s, n, d } = value.add(one.div(two));
  return rational(floorDivide(s * n, d));
}

/** z at which z(2 − e^{z²}) is largest. */
const rate = 0.516;

/**
 * d′ = clip(x, ±g) from g, and a rare event: noise −pR with probability 1 − p and (1 − p)R with probability p = z²/(B + z²), so that pR = zσ/√B, and g just below pR. While
 * 0 ≤ G ≤ g a mini-batch without an event has Ĝ < 0, which makes x climb with probability (1 − p)^B ≥ e^{−z²}. z is smaller where g²/2 would exceed Δ = 1.
 */
export function climb(setting: Setting): HardInstance {
  const { miniBatch, sigma } = setting;
  const z = Math.min(rate, Math.sqrt(2 * miniBatch) / sigma);
  const p = roundedDown(z ** 2 / (miniBatch + z ** 2));
  const range = roundedDown(sigma / Math.sqrt(p * (1 - p)));
  const slope = roundedDown(Math.min(p * range * (1 - 2 ** -12), Math.SQRT2));
  const draws = { functions: slopes(-p * range, (1 - p) * range), probabilities: [1 - p, p] };
  return { name: 'climb', ...onSmooth(setting, huber(slope), slope, draws) };
}

/** A sum of problems of one coordinate, with a step for each; ‖L‖₁ = 1 and Δ = 1. */
interface System {
  /** L_i. */
  readonly curvatures: readonly number[];
  /** σ_i/√(Σσ_j²/L_j). */
  readonly noise: readonly number[];
  /** γ_i/γ. */
  readonly steps: readonly number[];
}

const [pair, triple] = [
  { curvatures: [1 / 17, 16 / 17], noise: [4 / 17, 4 / 17] },
  { curvatures: [1 / 2, 1 / 4, 1 / 4], noise: [2 / 5, 1 / 10, 2 / 5] },
] as const;

/** One coordinate, and coordinates of which σ_i is not proportional to L_i, with one step for all and with steps that differ. */
const systems: readonly System[] = [
  { curvatures: [1], noise: [1], steps: [1] },
  { ...pair, steps: [1, 1] },
  { ...pair, steps: [8, 1 / 2] },
  { ...triple, steps: [1, 1 / 16, 4] },
];

/** Shares of Δ: what each coordinate has of it. */
type Shares = (system: System) => readonly number[];

/** L_i/‖L‖₁: the steps at which instances without noise take turns are then the same in all coordinates. */
const byCurvature: Shares = ({ curvatures }) => curvatures;

/** (σ_i²/L_i)/Σ(σ_j²/L_j): σ_i²/(L_iΔ_i) is then the same in all coordinates. */
export const byNoise: Shares = ({ curvatures, noise }) => noise.map((sigma, i) => sigma ** 2 / curvatures[i]!);

/** What the claim says, as data that tests can change. */
interface LowerBound {
  /** ½ of ½(‖L‖₁Δ‖σ‖₁²/N)^¼. */
  readonly constant: number;
  /** 1 of √(‖L‖₁Δ/(2T)). */
  readonly quiet: number;
  /** 0.358 of 0.358‖σ‖₁/√B, where Σσ_i²/L_i ≤ 7.5BΔ. */
  readonly rare: number;
  /** 0.98 of 0.98‖σ‖₁√(Δ/Σ(σ_i²/L_i)), where the noise is larger. */
  readonly strong: number;
  /** The instances without noise, between them for every γ. */
  readonly withoutNoise: readonly ((setting: Setting) => HardInstance)[];
  /** The shares of Δ without noise. */
  readonly quietShares: Shares;
}

/** T, B and Σσ_i²/L_i over B, with ‖L‖₁ = Δ = 1. */
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

/** σ²/B at which instances of one coordinate with and without noise have like left sides. */
const balance = 2.33;

/** σ²/(BLΔ) up to which the noise of a rare event fits under Δ. */
const strongFrom = 7.5;

/** A lower end of the left side, and 0 for an instance that is none with L = Δ = 1 and this σ. */
function leftOf({ chain, gap, variance }: HardInstance, { sigma }: Setting): number {
  if (gap.gt(one) || variance.gt(fromDouble(sigma).mul(fromDouble(sigma)))) return 0;
  return chainLeft(chain)[0];
}

/** The left side of a sum of instances, one of L_i, σ_i and Δ_i for each coordinate, that do not interact. */
function leftOfSum(
  { curvatures, noise, steps }: System,
  shares: readonly number[],
  setting: Setting,
  left: (setting: Setting) => number,
): number {
  const sides = curvatures.map((L, i) => {
    const scale = Math.sqrt(L * shares[i]!);
    // The product has few digits: what is added makes up for the rounding of the root.
    const step = shortened(setting.step * steps[i]! * Math.sqrt(L / shares[i]!) * (1 + 2 ** -40), 17);
    return scale * left({ ...setting, step, sigma: (setting.sigma * noise[i]!) / scale });
  });
  return sides.reduce((total, side) => total + side, 0);
}

/** In words, what a left side is about. */
const described =
  ({ steps }: System, { step, iterations, miniBatch, sigma }: Setting) =>
  (): string => {
    const all = steps.map((factor) => (factor * step).toPrecision(4)).join(', ');
    return `γ = ${all}, T = ${iterations}, B = ${miniBatch}, Σσ_i²/L_i = ${(sigma ** 2).toPrecision(4)}`;
  };

/** A part of the statement, in which the left side is to be at least so much. */
export class AtLeast {
  readonly #name: string;
  #cases = 0;
  #worst = { ratio: 0, where: '' };

  constructor(name: string) {
    this.#name = name;
  }

  add(left: number, least: number, where: () => string): void {
    this.#cases++;
    const ratio = least / left;
    if (ratio <= this.#worst.ratio) return;
    const found = `left side ${left.toPrecision(4)}, at least ${least.toPrecision(4)} at ${where()}`;
    this.#worst = { ratio, where: found };
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
 * What no schedule of signProx can beat, with a step for each coordinate: for all γ_i > 0 and B that are constant over the iterations, and every T, there are an instance without noise and one with, of
 * which the left sides are at least √(‖L‖₁Δ/(2T)) and 0.358‖σ‖₁/√B (or 0.98‖σ‖₁√(Δ/M) with M = Σσ_i²/L_i, where M is larger than 7.5BΔ), and the larger of two numbers is at least their geometric mean.
 * Of N = TB draws it follows that signProx has the rate N^(−1/4) and no better, that B must grow, and that steps which differ between coordinates gain a constant factor at most.
 */
export const signProxLowerBoundClaim = claimOf<LowerBound>(
  {
    ...{ constant: 1 / 2, quiet: 1, rare: 0.358, strong: 0.98 },
    ...{ withoutNoise: [plateau, alternation, crests], quietShares: byCurvature },
  },
  ({ constant, quiet, rare, strong, withoutNoise, quietShares }) => ({
    id: 'sign-prox-lower-bound',
    version: 2,
    source: { section: 'beyond the paper', equation: 'Theorem 2, every schedule' },
    statement:
      'for all γ_i > 0 and B, constant over the iterations, and all T with N = TB ≥ ‖L‖₁(Σσ_i²/L_i)²/(Δ‖σ‖₁²) there is an instance of Assumption 2 with f(x⁰) − f* ≤ Δ and variances at most σ_i² on which (1/T) Σ E‖G(x^{t−1})‖₁ ≥ ½(‖L‖₁Δ‖σ‖₁²/N)^¼ for signProx with the step γ_i in coordinate i',
    method:
      'the law of the iterate on x⁰ + γZ, as an enclosure, on sums of four families over a grid of n, γ_i, T, B and σ_i; f(x⁰) − f* and the variance of every instance in rationals',
    requires: { referenceOnly: true },
    machineChecked: { file: 'lower_bound', theorem: 'sign_prox_lower_bound' },
    async check(_implementation, { depth }): Promise<Finding> {
      const { iterations, batches, noise } = grids[depth];
      const parts = {
        quiet: new AtLeast('without noise: √(‖L‖₁Δ/(2T))'),
        rare: new AtLeast('rare events: 0.358‖σ‖₁/√B'),
        strong: new AtLeast('rare events, M = Σσ_i²/L_i > 7.5BΔ: 0.98‖σ‖₁√(Δ/M)'),
        both: new AtLeast('the larger of the two: ½(‖L‖₁Δ‖σ‖₁²/N)^¼'),
      };
      const withoutNoiseLeft = (setting: Setting): number =>
        Math.max(...withoutNoise.map((instance) => leftOf(instance(setting), setting)));
      const noisyLeft = (setting: Setting): number => leftOf(climb(setting), setting);
      for (const system of systems) {
        const total = system.noise.reduce((sigmas, sigma) => sigmas + sigma, 0);
        for (const T of iterations) {
          for (const step of stepsAt(T)) {
            const noiseless: Setting = { step, iterations: T, miniBatch: 1, sigma: 0 };
            const first = leftOfSum(system, quietShares(system), noiseless, withoutNoiseLeft);
            parts.quiet.add(first, quiet * Math.sqrt(1 / (2 * T)), described(system, noiseless));
            for (const miniBatch of batches) {
              for (const share of [...noise, balance / T]) {
                const setting = { step, iterations: T, miniBatch, sigma: Math.sqrt(share * miniBatch) };
                const second = leftOfSum(system, byNoise(system), setting, noisyLeft);
                if (share <= strongFrom)
                  parts.rare.add(second, rare * total * Math.sqrt(share), described(system, setting));
                else parts.strong.add(second, strong * total, described(system, setting));
                if (share > T * total ** 2) continue;
                const least = constant * ((total ** 2 * share) / T) ** 0.25;
                parts.both.add(Math.max(first, second), least, described(system, setting));
              }
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
            ? `the left side is at least ${(constant / found[3]!.worstRatio).toFixed(3)}(‖L‖₁Δ‖σ‖₁²/N)^¼ everywhere on the grid`
            : failed.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
        cases: found.reduce((total, { cases }) => total + cases, 0),
        parts: found,
        measured: { 'least of left/(‖L‖₁Δ‖σ‖₁²/N)^¼': constant / found[3]!.worstRatio },
      };
    },
  }),
);
