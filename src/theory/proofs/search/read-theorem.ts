import { nearbyFraction } from '../../../exact/arithmetic/elimination.js';
import { fromDouble, type Rational, rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { ownSchedule } from '../../theorem/named-schedules.js';
import type { Schedule, ScheduleConstants, Theorem, TheoremConstants } from '../../theorem/theorem.js';
import type { AlgorithmParameters } from '../../theorem/theorem-algorithm.js';
import { NoModelError, TheoremError } from '../../theorem/theorem-fields.js';
import { fitted, type RationalFunction } from './rational-function.js';

/** The step depends on f(x⁰) − f*, σ or ‖x⁰ − x*‖: one step has a model, and its sum none. */
export class TunedStepError extends NoModelError {}

/** What L, σ and γ are: Euclidean, as for gradients; or of every coordinate, as for signs; with a prox, γ‖L‖₁ must be a number. */
export type Constants = 'euclidean' | 'coordinates' | 'coordinates-of-prox';

/**
 * A theorem at one T with L = 1, which scaling makes general: left side ≤ gap·Δ + distance·D² + noise·σ² + constant. By coordinates L is ‖L‖₁, and ‖σ‖₁ takes the
 * place of σ².
 */
export interface Reading {
  readonly iterations: number;
  /** γL. */
  readonly step: Rational;
  readonly miniBatch: number;
  /** What a mini-batch divides the noise by: B, or √B by coordinates. */
  readonly noiseDivisor: Rational;
  /** Those of an algorithm of its own. */
  readonly parameters: AlgorithmParameters;
  readonly gap: Rational;
  readonly distance: Rational;
  readonly noise: Rational;
  readonly constant: Rational;
}

/** The same as functions of one symbol. */
export interface SymbolicReading {
  /** What the symbol stands for; with `T` everything is rational in T. */
  readonly symbol: 'T' | 's';
  readonly step: RationalFunction;
  readonly noiseDivisor: RationalFunction;
  readonly gap: RationalFunction;
  readonly distance: RationalFunction;
  readonly noise: RationalFunction;
  readonly constant: RationalFunction;
  /** The least value of the symbol at which they are read, for a theorem about T ≥ T₀; 1 if left out. */
  readonly least?: Rational;
  /** The only T that they are about; every T if left out. */
  readonly only?: number;
  /** The T at which the values of the file agree with these functions. */
  readonly agrees: readonly number[];
}

/** Δ, σ, D and L, and μ/L of a theorem that has a μ. */
interface Sizes {
  readonly lipschitz: number;
  readonly gap: number;
  readonly sigma: number;
  readonly distance: number;
  readonly modulus?: number | undefined;
  /** The theorem has no L, which is no constant to read: it stands for 1/γ, or for M/‖x⁰ − x*‖ of an M-Lipschitz r. */
  readonly standsFor?: 'step' | 'slope' | undefined;
}

const sizes = (lipschitz: number, gap: number, sigma: number, distance: number): Sizes => ({
  lipschitz,
  gap,
  sigma,
  distance,
});

/** Constants of a bound; reading any other one is an error, because the models have no such constant. */
function constantsOf({ lipschitz, gap, sigma, distance, modulus, standsFor }: Sizes): TheoremConstants {
  return guarded({
    ...(standsFor === undefined && { lipschitz }),
    ...(standsFor === 'slope' && { valueLipschitz: lipschitz * distance }),
    sigma,
    ...(modulus !== undefined && { strongConvexity: modulus * lipschitz }),
    gap: { lower: gap, upper: gap },
    distance: { lower: distance, upper: distance },
  });
}

/** Those of a schedule, which may also tune γ by d + Σθ_k r_k. A bound may not: f(x⁰) − f* of d + r_γ can be larger than that of d + Σθ_k r_k. */
function scheduleConstantsOf(at: Sizes): ScheduleConstants {
  const { sigma, gap } = at;
  const fixed = () => ({ sigma, coordinateSigma: Float64Array.of(sigma), gap, growth: 0 });
  return Object.assign(constantsOf(at), { fixed });
}

/** Some constants, of which any other one is an error. */
function guarded(known: Partial<TheoremConstants>): TheoremConstants {
  return new Proxy(known as unknown as TheoremConstants, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name);
      const ofModulus =
        'a μ needs fixed-strongly-convex or d-strongly-convex; without inverseConditionNumber it is known of rates C·r^T of the last f(x) − f* or ‖x − x*‖² of gradient descent alone';
      throw new NoModelError(
        `the theorem reads ${name}${name === 'strongConvexity' ? `: ${ofModulus}` : ', which no model has'}`,
      );
    },
  });
}

/** Different values for all sizes, to see what a step depends on and how a bound scales. */
const probes = [
  sizes(1, 1, 1, 1),
  sizes(1, 2, 3, 5),
  sizes(1, 0.5, 0.25, 3),
  sizes(2, 1, 1, 1),
  sizes(4, 3, 0.5, 2),
  sizes(0.5, 7, 2, 0.25),
  // A min, a max or a cap shows where one of the sizes is far from the others.
  ...[2 ** -24, 2 ** 24].flatMap((far) => [
    sizes(1, far, 1, 1),
    sizes(1, 1, far, 1),
    sizes(1, 1, 1, far),
    sizes(1, far, far, 1),
    sizes(1, far, 1, far),
    sizes(1, 1, far, far),
    sizes(1, far, 1 / far, 1 / far),
    sizes(1, far, far, 1 / far),
    sizes(1, far, 1 / far, far),
    sizes(far, 1, 1, 1),
  ]),
];

/** What L stands for where a theorem assumes none, as one about d = 0: 1/γ, so that γ is any number, or M/‖x⁰ − x*‖. */
export function unitOf({ hypotheses }: Pick<Theorem, 'hypotheses'>): 'step' | 'slope' | undefined {
  if (!hypotheses.includes('d-zero')) return undefined;
  return hypotheses.includes('r-lipschitz') ? 'slope' : 'step';
}

/** Constants of 1 at T, where 1/γ may take the place of L. */
function unitSizes(theorem: Theorem, iterations: number): Sizes {
  const standsFor = unitOf(theorem);
  const unit = { ...sizes(1, 1, 1, 1), modulus: modulusOf(theorem), standsFor };
  if (standsFor !== 'step') return unit;
  const { step } = scheduleAt(theorem, iterations, unit);
  return { ...unit, lipschitz: step > 0 && step < Number.POSITIVE_INFINITY ? 1 / step : 1 };
}

/** γ at T of a theorem in which 1/γ takes the place of L. */
export const rawStep = (theorem: Theorem, iterations: number): number => 1 / unitSizes(theorem, iterations).lipschitz;

function probesOf(theorem: Theorem, iterations: number): readonly Sizes[] {
  const { standsFor, lipschitz } = unitSizes(theorem, iterations);
  const known = probes.map((at) => ({ ...at, standsFor }));
  return standsFor === 'step' ? known.filter((at) => at.lipschitz === 1).map((at) => ({ ...at, lipschitz })) : known;
}

/** Whether a theorem says that f is strongly convex: without that no proof may use it. */
export const isStronglyConvex = ({ hypotheses }: Pick<Theorem, 'hypotheses'>): boolean =>
  hypotheses.includes('fixed-strongly-convex') || hypotheses.includes('d-strongly-convex');

/** μ/L of a theorem about one; undefined if it is about every μ, or has none. */
const modulusOf = (theorem: Theorem): number | undefined =>
  isStronglyConvex(theorem) ? theorem.inverseConditionNumber : undefined;
/** The same with some μ/L where it is about every one, to try an algorithm. */
const triedModulus = (theorem: Theorem): number | undefined =>
  isStronglyConvex(theorem) ? (modulusOf(theorem) ?? 0.5) : undefined;

/** μ/L of a theorem about one, as a fraction. */
export function modulusFraction(theorem: Theorem): Rational | undefined {
  const modulus = modulusOf(theorem);
  const found = modulus === undefined ? undefined : fractionOf(modulus);
  if (modulus !== undefined && found === undefined)
    throw new NoModelError(`inverseConditionNumber = ${modulus} is no simple fraction`);
  return found;
}

/** Relative rounding of the arithmetic of a file. */
const rounding = 2 ** -40;
export const near = (a: number, b: number): boolean => Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b));

const options = { schedule: ownSchedule };

const scheduleAt = (theorem: Theorem, iterations: number, at: Sizes): Schedule =>
  theorem.schedule(iterations, scheduleConstantsOf(at), options);

function boundAt(theorem: Theorem, iterations: number, at: Sizes, schedule: Schedule): number {
  return theorem.bound(iterations, constantsOf(at), { ...schedule, step: schedule.step / at.lipschitz }, options);
}

/** The schedule at T for some L, with the other constants 1. */
const scheduleFor = (theorem: Theorem, iterations: number, lipschitz: number): Schedule =>
  scheduleAt(theorem, iterations, {
    ...{ ...sizes(lipschitz, 1, 1, 1), modulus: triedModulus(theorem) },
    standsFor: unitOf(theorem),
  });

/** The schedule for four iterations with all constants 1, where 1/√T is a fraction, to try an algorithm of a theorem's own, and the mini-batches of other T. */
export function triedSchedule(theorem: Theorem): Schedule & { readonly miniBatches: readonly number[] } {
  const { from = 1 } = theorem;
  const at = (T: number) => scheduleFor(theorem, Math.max(T, from), 1);
  const schedule = at(4);
  const later = [1, 2, 3, 9, 16, 100].map((T) => at(T).miniBatch);
  return { ...schedule, miniBatches: [...new Set([schedule.miniBatch, ...later])] };
}

/** γL, B and the other parameters at T, which must be the same for all sizes. */
export function normalisedSchedule(theorem: Theorem, iterations: number, modulus = modulusOf(theorem)): Schedule {
  const found = probesOf(theorem, iterations)
    .map((at) => ({ ...at, modulus }))
    .map((at) => ({ at, schedule: scheduleAt(theorem, iterations, at) }));
  const [{ at: unit, schedule }] = found as [(typeof found)[0]];
  if (scheduleAt(theorem, iterations, unit).step !== schedule.step)
    throw new NoModelError('the schedule gives another step each time it is called');
  for (const { at, schedule: other } of found) {
    if (!(other.step > 0 && other.step < Number.POSITIVE_INFINITY)) {
      throw new TheoremError(
        `${theorem.id} asks for γ = ${other.step} at T = ${iterations}, which is not a step: γ is finite and > 0`,
      );
    }
    if (near(other.step * at.lipschitz, schedule.step * unit.lipschitz) && other.miniBatch === schedule.miniBatch) {
      if (JSON.stringify(other.parameters) === JSON.stringify(schedule.parameters)) continue;
      throw new NoModelError('the parameters of the algorithm depend on L, f(x⁰) − f*, σ or ‖x⁰ − x*‖');
    }
    const onlyLipschitz = at.gap === 1 && at.sigma === 1 && at.distance === 1;
    if (onlyLipschitz) {
      throw new NoModelError('the step is not a number divided by L: γL must be the same for all L');
    }
    if (unit.standsFor === 'slope')
      throw new NoModelError('the step is not a number times ‖x⁰ − x*‖/M: γM/‖x⁰ − x*‖ must be the same for all M');
    throw new TunedStepError('the step or the mini-batch depends on f(x⁰) − f*, σ or ‖x⁰ − x*‖');
  }
  return { ...schedule, step: unit.standsFor === 'step' ? 1 : schedule.step };
}

/** Largest denominator of a number that is taken for a fraction. */
const largestDenominator = 100_000;

/** The simple fraction that a double is the rounding of; undefined if it is none. */
export const fractionOf = (value: number): Rational | undefined =>
  nearbyFraction(value, 2 ** -48 * Math.min(1, Math.abs(value)), largestDenominator);

/** The fraction, or else a number that is smaller by more than rounding: what is proved of a smaller bound holds for the bound. */
const atMost = (value: number): Rational => fractionOf(value) ?? fromDouble(value * (1 - rounding));

/** @throws NoModelError for a bound of ∞, which no proof is needed for */
function requireFinite(bound: number, iterations: number): void {
  if (bound < Number.POSITIVE_INFINITY) return;
  throw new NoModelError(
    `the bound is ∞ at T = ${iterations}, which says nothing: give the theorem from: T₀, the least T at which its bound is a number, or ask for other T by --iterations`,
  );
}

/** What r^T of a linear rate is where its denormal numbers have lost their digits, times the sizes of the probes. */
export const lost = 2 ** -900;

/** By which power of 1/L a left side scales otherwise than ‖∇f‖². */
export const powerOf = (term: Theorem['term']): 0 | 1 | 2 =>
  term === 'objective-gap' ? 1 : term === 'squared-distance' ? 2 : 0;

/** Coefficients of Δ, D² and σ² at T, as doubles, with L = 1. */
export function coefficientsAt(theorem: Theorem, iterations: number, schedule: Schedule, modulus = modulusOf(theorem)) {
  const value = (at: Sizes) => boundAt(theorem, iterations, { ...at, modulus }, schedule);
  const unit = unitSizes(theorem, iterations);
  requireFinite(value(unit), iterations);
  // Of one dimension: ‖∇f‖² ∼ LΔ ∼ σ² ∼ L²D², f − f* ∼ Δ ∼ LD² ∼ σ²/L, and ‖x − x*‖² ∼ Δ/L ∼ D² ∼ σ²/L².
  const scale = powerOf(theorem.term);
  const alone = (of: Partial<Sizes>) =>
    value({ ...unit, gap: 0, sigma: 0, distance: 0, ...of }) * unit.lipschitz ** scale;
  const gap = alone({ gap: 1 }) / unit.lipschitz;
  const noise = alone({ sigma: 1 });
  const distance = alone({ distance: 1 }) / unit.lipschitz ** 2;
  for (const at of probesOf(theorem, iterations)) {
    const { lipschitz: L } = at;
    const expected = gap * L * at.gap + noise * at.sigma ** 2 + distance * (L * at.distance) ** 2;
    const read = value(at) * L ** scale;
    const isLost = Math.max(read, expected) < lost;
    if (!((near(read, expected) || isLost) && gap >= 0 && noise >= 0 && distance >= 0)) {
      throw new NoModelError(
        `the bound is not a sum of multiples of ${['L(f(x⁰) − f*), L²D² and σ²', 'f(x⁰) − f*, LD² and σ²/L', '(f(x⁰) − f*)/L, D² and σ²/L²'][scale]} at T = ${iterations}, D = ‖x⁰ − x*‖`,
      );
    }
  }
  return { gap, noise, distance, constant: 0 };
}

/** L_i and σ_i of some coordinates, and f(x⁰) − f*. */
interface Coordinates {
  readonly lipschitz: readonly number[];
  readonly sigma: readonly number[];
  readonly gap: number;
}

/** The first has ‖L‖₁ = 1; the others have the same ‖L‖₁ or ‖σ‖₁ in different ways. */
const coordinateProbes: readonly Coordinates[] = [
  { lipschitz: [1], sigma: [1], gap: 1 },
  { lipschitz: [0.25, 0.75], sigma: [2, 0.5], gap: 3 },
  { lipschitz: [4], sigma: [0.25], gap: 0.5 },
  { lipschitz: [1, 0.5, 2.5], sigma: [1, 0, 3], gap: 2 },
  { lipschitz: [0.0625, 0], sigma: [5, 1], gap: 7 },
  ...[2 ** -24, 2 ** 24].flatMap((far) => [
    { lipschitz: [far], sigma: [1], gap: 1 },
    { lipschitz: [1, 2], sigma: [far, 2 * far], gap: 1 },
    { lipschitz: [1], sigma: [1], gap: far },
    { lipschitz: [far, 3 * far], sigma: [far, far], gap: 1 },
    { lipschitz: [far], sigma: [1], gap: 1 / far },
  ]),
];

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function ofCoordinates({ lipschitz, sigma, gap }: Coordinates): TheoremConstants {
  return guarded({
    dimension: lipschitz.length,
    coordinateLipschitz: Float64Array.from(lipschitz),
    coordinateSigma: Float64Array.from(sigma),
    gap: { lower: gap, upper: gap },
  });
}

/**
 * The schedule and the coefficients at T for ‖L‖₁ = 1: f(x⁰) − f* counts ‖L‖₁^{−p} times, and the constant ‖L‖₁^{p + 1} times, where γ is proportional to
 * ‖L‖₁^p.
 */
function coordinatesAt(theorem: Theorem, iterations: number, powers: readonly number[]) {
  const scheduled = (at: Coordinates) => theorem.schedule(iterations, ofCoordinates(at) as ScheduleConstants, options);
  const value = (at: Coordinates) => theorem.bound(iterations, ofCoordinates(at), scheduled(at), options);
  const unit = coordinateProbes[0]!;
  requireFinite(value(unit), iterations);
  const schedule = scheduled(unit);
  const factors = coordinateProbes.map((at) => {
    const { step, miniBatch } = scheduled(at);
    if (!(step > 0 && step < Number.POSITIVE_INFINITY && miniBatch === schedule.miniBatch))
      throw new NoModelError('the step is no number > 0, or the mini-batch depends on L, σ or f(x⁰) − f*');
    return [total(at.lipschitz), step / schedule.step] as const;
  });
  const power = powers.find((p) => factors.every(([size, factor]) => near(factor, size ** p)));
  if (power === undefined)
    throw new NoModelError(
      `the step is not a number divided by ‖L‖₁${powers.length > 1 ? ', by its root or by 1' : ''}, for all L, σ and f(x⁰) − f*`,
    );
  const constant = value({ ...unit, sigma: [0], gap: 0 });
  const gap = value({ ...unit, sigma: [0] }) - constant;
  const noise = value({ ...unit, gap: 0 }) - constant;
  for (const at of coordinateProbes) {
    const size = total(at.lipschitz);
    const expected = gap * at.gap * size ** -power + constant * size ** (power + 1) + noise * total(at.sigma);
    if (!(near(value(at), expected) && gap >= 0 && noise >= 0 && constant >= 0)) {
      throw new NoModelError(
        `the bound is not a sum of multiples of f(x⁰) − f*, ‖σ‖₁ and γ‖L‖₁ with powers of ‖L‖₁ at T = ${iterations}`,
      );
    }
  }
  return { schedule, coefficients: { gap, noise, distance: 0, constant } };
}

/** The schedule and the coefficients at T. */
function valuesAt(theorem: Theorem, iterations: number, constants: Constants) {
  if (constants !== 'euclidean') {
    const powers = constants === 'coordinates' ? [0, -0.5, -1] : [-1];
    const { schedule, coefficients } = coordinatesAt(theorem, iterations, powers);
    return { schedule, coefficients, noiseDivisor: Math.sqrt(schedule.miniBatch) };
  }
  const schedule = normalisedSchedule(theorem, iterations);
  const coefficients = coefficientsAt(theorem, iterations, schedule);
  return { schedule, coefficients, noiseDivisor: schedule.miniBatch };
}

/**
 * Reads a theorem at one T.
 * @throws NoModelError if its step or its bound has another form; @throws RangeError if γL is no simple fraction, as 1/√2
 */
function readAt(theorem: Theorem, iterations: number, constants: Constants = 'euclidean'): Reading {
  const { schedule, coefficients, noiseDivisor } = valuesAt(theorem, iterations, constants);
  const { gap, noise, distance, constant } = coefficients;
  const [step, divisor] = [fractionOf(schedule.step), fractionOf(noiseDivisor)];
  if (step === undefined || divisor === undefined)
    throw new RangeError(`γL = ${schedule.step} or √B = ${noiseDivisor} at T = ${iterations} is no simple fraction`);
  return {
    ...{ iterations, step, miniBatch: schedule.miniBatch, parameters: schedule.parameters ?? {} },
    ...{ noiseDivisor: divisor, gap: atMost(gap), noise: atMost(noise), distance: atMost(distance) },
    constant: atMost(constant),
  };
}

/**
 * The algorithm at one T, of a theorem whose bound is not read.
 * @throws NoModelError if its step has another form, or γL is no simple fraction
 */
export function methodAt(
  theorem: Theorem,
  iterations: number,
): Pick<Reading, 'iterations' | 'step' | 'miniBatch' | 'parameters'> {
  const { step, miniBatch, parameters = {} } = normalisedSchedule(theorem, iterations);
  const fraction = fractionOf(step);
  if (fraction === undefined)
    throw new NoModelError(
      `γL = ${step} at T = ${iterations} is no simple fraction, which a worst case in rationals needs`,
    );
  return { iterations, step: fraction, miniBatch, parameters };
}

/** A theorem at T, if its γL is a fraction there. */
export function readingAt(
  theorem: Theorem,
  iterations: number,
  constants: Constants,
): { readonly iterations: number; readonly reading: Reading | undefined } {
  try {
    return { iterations, reading: readAt(theorem, iterations, constants) };
  } catch (error) {
    if (error instanceof RangeError) return { iterations, reading: undefined };
    throw error;
  }
}

/** What a proof of one step says of T steps: left side ≤ start·(Δ or D²) + noise·σ², at γL = a with L = 1, or nothing. */
type SumAt = (
  iterations: number,
  a: number,
  miniBatch: number,
) => { readonly start: number; readonly noise: number } | undefined;

/**
 * Compares the sum of one step with the bound in doubles, for a step that depends on the sizes: at some T and sizes, which proves nothing.
 *
 * @returns at how many it was compared, and at how many it was above the bound or said nothing
 */
export function comparedAt(theorem: Theorem, start: 'gap' | 'distance', sumAt: SumAt) {
  let [compared, above] = [0, 0];
  for (const iterations of [1, 2, 3, 4, 10, 100, 10_000]) {
    for (const gap of [0.01, 1, 30]) {
      for (const sigma of [0.1, 1, 20]) {
        for (const distance of [0.02, 1, 50]) {
          const at = { ...sizes(1, gap, sigma, distance), modulus: modulusOf(theorem) };
          const schedule = scheduleAt(theorem, iterations, at);
          const sum = sumAt(iterations, schedule.step, schedule.miniBatch);
          const left = sum && sum.start * (start === 'gap' ? gap : distance ** 2) + sum.noise * sigma ** 2;
          compared++;
          if (left === undefined || left > boundAt(theorem, iterations, at, schedule) * (1 + rounding)) above++;
        }
      }
    }
  }
  return { compared, above };
}

/** T at which the fitted functions are compared with the file: all small ones, then ever fewer, most of them no squares. */
const compared = [
  ...Array.from({ length: 150 }, (_, k) => k + 1),
  ...Array.from({ length: 36 }, (_, k) => Math.round(150 * 10 ** ((k + 1) / 8))),
  ...[1_000_000, 10_000_000],
  ...Array.from({ length: 16 }, (_, k) => 2 ** (k + 25)),
].sort((a, b) => a - b);

/**
 * Reads a theorem as rational functions of T, or of s = √T: they are fitted to its values at small T or at squares, and compared with it at
 * others. The file is a program, so this is a reading of its values and no proof about its text.
 *
 * @returns undefined if there are no such functions of low degree
 * @throws NoModelError as `readAt`
 */
export function readForAll(theorem: Theorem, constants: Constants = 'euclidean'): SymbolicReading | undefined {
  const { from = 1 } = theorem;
  for (const symbol of ['T', 's'] as const) {
    // √T is at least the least whole number below √from.
    const least = symbol === 'T' ? from : Math.floor(Math.sqrt(from));
    const first = symbol === 'T' ? from : Math.ceil(Math.sqrt(from));
    const places = Array.from({ length: 12 }, (_, k) => first + k);
    const agrees: number[] = [];
    const points = new Map<
      keyof Omit<SymbolicReading, 'symbol' | 'agrees' | 'least' | 'only'>,
      [Rational, Rational][]
    >();
    const take = (name: Parameters<typeof points.get>[0], x: number, y: Rational | undefined) => {
      if (y !== undefined) points.set(name, [...(points.get(name) ?? []), [rational(BigInt(x)), y]]);
    };
    for (const place of places) {
      const iterations = symbol === 'T' ? place : place ** 2;
      const { schedule, coefficients, noiseDivisor } = valuesAt(theorem, iterations, constants);
      take('step', place, fractionOf(schedule.step));
      take('noiseDivisor', place, fractionOf(noiseDivisor));
      for (const [name, value] of Object.entries(coefficients))
        take(name as keyof typeof coefficients, place, value === 0 ? zero : fractionOf(value));
      agrees.push(iterations);
    }
    const functions = [...points].map(
      ([name, known]) => [name, known.length === places.length ? fitted(symbol, known) : undefined] as const,
    );
    if (functions.length < 6 || functions.some(([, found]) => found === undefined)) continue;
    const reading = Object.fromEntries(functions) as Record<(typeof functions)[0][0], RationalFunction>;
    const others = compared.filter((iterations) => iterations >= from);
    const fits = others.every((iterations) => {
      const x = symbol === 'T' ? iterations : Math.sqrt(iterations);
      const { schedule, coefficients, noiseDivisor } = valuesAt(theorem, iterations, constants);
      const read = { ...coefficients, noiseDivisor, step: schedule.step };
      return Object.entries(read).every(([name, value]) =>
        near(inDoubles(reading[name as keyof typeof reading], x), value),
      );
    });
    if (!fits) continue;
    const read = [...new Set([...agrees, ...others])].sort((a, b) => a - b);
    return { symbol, ...reading, ...(least > 1 && { least: rational(BigInt(least)) }), agrees: read };
  }
  return undefined;
}

/**
 * Whether the parameters of the schedule are functions of the symbol of low degree, at all T at which the bound was compared: what is read of an algorithm at
 * some T is then not changed by its parameters at another one.
 */
export function hasFittedParameters(theorem: Theorem, { symbol, agrees }: SymbolicReading): boolean {
  const at = (T: number) => scheduleFor(theorem, T, 1).parameters ?? {};
  return Object.keys(at(1)).every((name) => {
    const points = Array.from({ length: 12 }, (_, k) => {
      const y = fractionOf(at(symbol === 'T' ? k + 1 : (k + 1) ** 2)[name]!);
      return y === undefined ? [] : [[rational(BigInt(k + 1)), y] as const];
    }).flat();
    const found = points.length === 12 ? fitted(symbol, points) : undefined;
    return (
      found !== undefined &&
      agrees.every((T) => near(inDoubles(found, symbol === 'T' ? T : Math.sqrt(T)), at(T)[name]!))
    );
  });
}

export function inDoubles({ numerator, denominator }: RationalFunction, x: number): number {
  const at = (polynomial: RationalFunction['numerator']) =>
    [...polynomial.values()].reduce(
      (total, { powers: [factor], coefficient }) => total + toDouble(coefficient) * x ** (factor?.[1] ?? 0),
      0,
    );
  return at(numerator) / at(denominator);
}

/** Whether the values of a theorem at one T are those of functions of √T. */
export function hasValues(theorem: Theorem, iterations: number, reading: Omit<SymbolicReading, 'agrees'>): boolean {
  const { schedule, coefficients, noiseDivisor } = valuesAt(theorem, iterations, 'euclidean');
  return Object.entries({ ...coefficients, noiseDivisor, step: schedule.step }).every(([name, value]) =>
    near(inDoubles(reading[name as keyof typeof coefficients], Math.sqrt(iterations)), value),
  );
}
