import type {
  FixedConstants,
  NamedSchedule,
  Schedule,
  ScheduleConstants,
  Theorem,
} from '../../src/library/theorems.js';

/** A bound (start/γ + constant + slope·γ)/(1 − pole·γ) as a function of γ, where 0 < γ < 1/pole. */
export interface BoundOfStep {
  readonly start: number;
  readonly constant: number;
  readonly slope: number;
  readonly pole: number;
}

/**
 * The γ at which (A/γ + C + sγ)/(1 − cγ) is smallest, for A > 0 and c, C, s ≥ 0, not all of them 0. The derivative vanishes iff
 * (s + cC)γ² + 2cAγ − A = 0, which has one positive root: A/(cA + √(c²A² + A(s + cC))), below 1/c.
 */
export function smallestAt({ start: A, constant: C, slope: s, pole: c }: BoundOfStep): number {
  return A / (c * A + Math.sqrt(c * c * A * A + A * (s + c * C)));
}

/** The largest number with so many binary digits that is at most `value` > 0: with twelve, less by a share of at most 2⁻¹¹. */
export function shortened(value: number, digits = 12): number {
  const unit = 2 ** (Math.floor(Math.log2(value)) - digits + 1);
  return Math.floor(value / unit) * unit;
}

/**
 * How much larger than its smallest value such a bound may be at a step that was shortened, as a factor: at γ = (1 − η)γ* it is that value plus (A/γ)η²/(1 − cγ), which is at most η² of
 * the bound at γ.
 */
export const lossByShortening = 1 / (1 - 2 ** -22);

/**
 * What a bound of the smallest value needs: that there is a best step.
 *
 * @throws RangeError where x⁰ minimises d + Σθ_k r_k
 */
export function requireBestStep(id: string, { fixed }: ScheduleConstants): void {
  if (fixed?.()?.gap === 0) {
    throw new RangeError(
      `${id} has no best step from a minimiser of d + Σθ_k r_k: the smaller γ is, the smaller the bound`,
    );
  }
}

/** The entry of `optimal`. The constants by which a step is tuned must be certified. */
export const optimalSchedule = (
  statement: string,
  boundOf: (iterations: number, constants: ScheduleConstants) => Parameters<typeof tuned>[2],
  bound?: Theorem['bound'],
): Readonly<Record<string, NamedSchedule>> => ({
  optimal: {
    ...{ statement, hypotheses: ['fixed-bounded-below', 'fixed-variance'] },
    schedule: (iterations, constants, own) => tuned(own, constants, boundOf(iterations, constants)),
    ...(bound && { bound }),
  },
});

/**
 * The theorem's own schedule with the step at which its bound is smallest. The constants of d + r_γ move with γ, so f(x⁰) − f* ≤ Δ̄ + γσ₀²/2 and σ ≤ σ₀
 * take their places, which hold at every γ: the bound with those is a function of γ in closed form. Where they are not certified, the step stays and a
 * hypothesis makes the theorem silent; where Δ̄ = 0 it stays too. The step has twelve binary digits, with which exact engines compute ten times as fast
 * as with 53: a bound that is flat at its minimum grows by less than a millionth.
 *
 * @param boundOf the bound with those constants, up to terms that γ does not change
 */
export function tuned(
  own: Schedule,
  { fixed }: ScheduleConstants,
  boundOf: (constants: FixedConstants, miniBatch: number) => BoundOfStep,
): Schedule {
  const constants = fixed?.();
  if (constants === undefined || !(constants.gap < Number.POSITIVE_INFINITY)) return own;
  if (constants.gap === 0) {
    return { ...own, chosen: 'γ is not tuned: x⁰ minimises d + Σθ_k r_k, and the smaller γ is, the smaller the bound' };
  }
  return { ...own, step: shortened(smallestAt(boundOf(constants, own.miniBatch))), chosen: describe(constants) };
}

function describe({ gap, growth, sigma }: FixedConstants): string {
  const [delta, noise] = [gap, sigma].map((value) => value.toPrecision(4));
  const above = growth > 0 ? `≤ ${delta} + γ‖σ₀‖²/2` : `= ${delta}`;
  return `γ is the best one by what holds at every γ, f(x⁰) − f* ${above} and σ ≤ σ₀, ‖σ₀‖ = ${noise}`;
}
