import type { Finding } from '../../../src/library/claims.js';
import {
  atStep,
  evaluate,
  fromDouble,
  one,
  type Rational,
  type RationalProblemAtStep,
  rational,
  rationalProblem,
  toDouble,
  zero,
} from '../../../src/library/exact.js';
import { claimOf } from '../../../src/library/testing.js';
import { shortened } from '../../shared/optimal-step.js';
import { AtLeast } from '../schedules/sign-prox-lower-bound.js';

/** γ, μ and T; M = 1 and Δ̄ = 1, to which every M and Δ̄ can be brought by scaling x and f. */
interface Setting {
  readonly step: number;
  readonly smoothing: number;
  readonly iterations: number;
}

const kink = { type: 'l1', weight: 1 };

/** d on r = |u|, and the same with its Moreau envelope in place of r. */
const envelopeAt = (smooth: { readonly type: string }, { step, smoothing }: Setting): RationalProblemAtStep => {
  const functions = [{ type: 'moreau-envelope', smoothing, inner: kink }];
  return atStep(rationalProblem({ smooth, functions, probabilities: [1] }, 1), fromDouble(step));
};

/** d = 0 from the largest odd multiple of γ/2 up to 1, of which there is one for γ ≤ 2, and else from 1. Δ̄ = x⁰. */
export function walkStart({ step }: Setting): Rational {
  const gamma = fromDouble(step);
  if (step > 2) return one;
  const below = BigInt(Math.floor(1 / step - 1 / 2));
  return gamma.mul(rational(2n * below + 1n, 2n));
}

/** (1/T) Σ |G(x^{t−1})| on d = 0, r = |u| from there, in rationals: there is no noise. */
export function walkLeft(setting: Setting): Rational {
  const at = envelopeAt({ type: 'zero' }, setting);
  const known = new Map<string, Rational>();
  let [x, total] = [walkStart(setting), zero];
  for (let t = 0; t < setting.iterations; t++) {
    const key = x.toFraction();
    const mapping = known.get(key) ?? at.residualMapping([one], [x])[0]!;
    known.set(key, mapping);
    total = total.add(mapping.abs());
    if (mapping.n !== 0n) x = mapping.s > 0n ? x.sub(at.step) : x.add(at.step);
  }
  return total.div(rational(BigInt(setting.iterations)));
}

/** The slope c of d = −cu, below 1, for which f̄(cμ) − inf f̄ = c(1 − c)μ is at most 1. */
const tiltOf = (smoothing: number): number => Math.min(1 - 2 ** -10, shortened(1 / smoothing));

/**
 * |x − x̂| on d = −cu, r = |u| from x⁰ = cμ, where G = 0, so that signProx stays: x̂ = 0, and at no other point has f̄ a subgradient below 1 − c.
 *
 * @throws RangeError if it does not stay
 */
export function restingDistance(setting: Setting): Rational {
  const tilt = tiltOf(setting.smoothing);
  const smooth = { type: 'piecewise-quadratic', knots: [64, 65], slopes: [-tilt, 0] };
  const at = envelopeAt(smooth, setting);
  const x = fromDouble(tilt).mul(fromDouble(setting.smoothing));
  if (at.residualMapping([one], [x])[0]!.n !== 0n) throw new RangeError('x⁰ must be a zero of G');
  const both = fromDouble(setting.step).add(fromDouble(setting.smoothing));
  const plain = atStep(rationalProblem({ smooth, functions: [kink], probabilities: [1] }, 1), both);
  const forward = x.add(at.step.mul(fromDouble(tilt)));
  return x.sub(evaluate(plain.coordinates[0]!.proximalMaps[0]!, forward)).abs();
}

/** What the claim says, as data that tests can change. */
interface SmoothedLowerBound {
  /** 1/2 of ½T^(−1/3). */
  readonly constant: number;
  /** 1/2 of ½γ/(γ + μ). */
  readonly resting: number;
  /** 1 of (1 − γ − μ/2)/(γT). */
  readonly walking: number;
}

const grids = {
  quick: { iterations: [8, 64], fine: [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6] },
  standard: { iterations: [8, 64, 512], fine: [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6] },
  deep: { iterations: [8, 27, 64, 512, 4096], fine: [-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12] },
} as const;

/** What a left side that is a rational may be off by as a double, and the least value beside it. */
const rounding = 2 ** -40;

/** γ and μ around those of the upper bound, by quarter powers of two, and far from them. */
function* settingsOf(iterations: number, fine: readonly number[]): Generator<Setting> {
  for (const i of [-40, ...fine, 40]) {
    const smoothing = shortened((2 / iterations) ** (1 / 3) * 2 ** (i / 4), 8);
    for (const j of [-40, ...fine, 40]) {
      yield { smoothing, step: shortened(Math.sqrt((2 * smoothing) / iterations) * 2 ** (j / 4), 8), iterations };
    }
  }
}

/**
 * What no γ and μ can beat, constant over the iterations: on one of two problems of one variable without noise, with |r′| ≤ 1 and f̄(x⁰) − inf f̄ ≤ 1, the average of |G| or the
 * distance |x − x̂| is at least ½T^(−1/3), for every T ≥ 8. As T grows the constant is 2^(1/3), which is that of the upper bound: signProx on envelopes has the rate T^(−1/3) and no better.
 */
export const smoothedLowerBoundClaim = claimOf<SmoothedLowerBound>(
  { constant: 1 / 2, resting: 1 / 2, walking: 1 },
  ({ constant, resting, walking }) => ({
    id: 'smoothed-sign-prox-lower-bound',
    version: 1,
    source: { section: 'beyond the paper', equation: 'signProx on Moreau envelopes, every γ and μ' },
    statement:
      'for all γ, μ > 0, constant over the iterations, and all T ≥ 8 there is a problem of one variable without noise, with 1-Lipschitz r and f̄(x⁰) − inf f̄ ≤ 1, on which (1/T) Σ|G(x^{t−1})| or every |x^{t−1} − x̂| is at least ½T^(−1/3) for signProx on the Moreau envelope of r',
    method: 'the walks of both problems in rationals, over a grid of γ, μ and T',
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const { iterations, fine } = grids[depth];
      const rests = new AtLeast('d = 0: ½γ/(γ + μ), for γ ≤ 2');
      const walks = new AtLeast('d = 0: (1 − γ − μ/2)/(γT) + (1 − (1/γ + ½)/T)·½γ/(γ + μ), for γ ≤ 2, T > 1/γ + ½');
      const larger = new AtLeast('the larger of |G| and the distance: ½T^(−1/3)');
      const measured: Record<string, number> = {};
      for (const T of iterations) {
        let least = Number.POSITIVE_INFINITY;
        for (const setting of settingsOf(T, fine)) {
          const { step, smoothing } = setting;
          const where = () => `γ = ${step}, μ = ${smoothing}, T = ${T}`;
          const left = toDouble(walkLeft(setting));
          const both = Math.max(left, toDouble(restingDistance(setting)));
          const alternating = (resting * step) / (step + smoothing);
          if (step <= 2) rests.add(left, alternating * (1 - rounding), where);
          const down = 1 / step + 1 / 2;
          if (step <= 2 && T > down) {
            const lowest = (walking * (1 - step - smoothing / 2)) / (step * T) + (1 - down / T) * alternating;
            walks.add(left, lowest * (1 - rounding), where);
          }
          larger.add(both, constant * T ** (-1 / 3), where);
          least = Math.min(least, both * T ** (1 / 3));
        }
        measured[`least T^(1/3)·max{|G|, |x − x̂|}, T = ${T}`] = least;
      }
      const parts = [rests, walks, larger].map(({ part }) => part);
      const failed = parts.filter(({ verdict }) => verdict !== 'holds');
      return {
        verdict: failed.length === 0 ? 'holds' : 'violated',
        reason:
          failed.length === 0
            ? `the larger of |G| and the distance is at least ½T^(−1/3) everywhere on the grid`
            : failed.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
        cases: parts.reduce((total, { cases }) => total + cases, 0),
        parts,
        measured,
      };
    },
  }),
);
