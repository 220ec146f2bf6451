import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { power } from '../../../exact/arithmetic/multinomial.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import type { Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import {
  difference,
  fitted,
  inverse,
  isNonNegative,
  monomial,
  product,
  type RationalFunction,
  valueAt,
} from './rational-function.js';
import {
  coefficientsAt,
  fractionOf,
  inDoubles,
  lost,
  modulusFraction,
  near,
  normalisedSchedule,
} from './read-theorem.js';
import type { StepProof } from './step-proof.js';
import { constantOf } from './sum-of-steps.js';

/** A schedule and a bound C·r^T of a strongly convex f, as functions of k = L/μ, with L = 1; constants if the theorem is about one μ/L. */
export interface RateReading {
  /** What the bound is a multiple of. */
  readonly start: 'gap' | 'distance';
  /** μ/L. */
  readonly modulus: RationalFunction;
  readonly step: RationalFunction;
  readonly factor: RationalFunction;
  readonly multiple: RationalFunction;
  /** The T at which the values of the file agree with these functions, and at how many μ/L. */
  readonly agrees: readonly number[];
  readonly moduli: number;
}

/** The potentials that one step multiplies by at most (1 − γμ)². */
export type RateTerm = 'objective-gap' | 'squared-distance';

/** The symbol of L/μ. */
const condition = 'k';

/** L/μ at which functions of it are fitted, and further μ/L at which they are compared. */
const fittedAt = Array.from({ length: 12 }, (_, i) => i + 2);
const comparedAt = [0.9, 0.7, 0.3, 0.123, 0.01, 2 ** -10, 1e-6, 2 ** -24];

/** T at which r^T is compared, as far as doubles have it. */
const horizons = [...Array.from({ length: 40 }, (_, t) => t + 1), 64, 100, 129, 256, 1000, 4097, 10_000, 1_000_000];

/**
 * Reads γL and C·r^T, where C·r^T multiplies the left side at x⁰, f(x⁰) − f* or ‖x⁰ − x*‖², and nothing else is in the bound.
 *
 * @returns undefined if they are no such functions, or there is no bound at some T
 */
export function readRate(theorem: Theorem, term: RateTerm): RateReading | undefined {
  try {
    return rateOf(theorem, term === 'objective-gap' ? 'gap' : 'distance');
  } catch (error) {
    if (error instanceof NoModelError) return undefined;
    throw error;
  }
}

function rateOf(theorem: Theorem, start: RateReading['start']): RateReading | undefined {
  const { from = 1 } = theorem;
  const known = modulusFraction(theorem);
  const moduli = known === undefined ? fittedAt.map((k) => 1 / k) : [theorem.inverseConditionNumber!];
  const at = (T: number, modulus: number) => {
    const schedule = normalisedSchedule(theorem, T, modulus);
    const { [start]: bound, ...others } = coefficientsAt(theorem, T, schedule, modulus);
    return { step: schedule.step, bound: Object.values(others).every((other) => other === 0) ? bound : Number.NaN };
  };
  const points = moduli.map((modulus) => {
    const [first, second] = [at(from, modulus), at(from + 1, modulus)];
    const factor = second.bound / first.bound;
    const multiple = first.bound / factor ** from;
    return { step: first.step, factor, multiple };
  });
  const functionOf = (name: keyof (typeof points)[0]): RationalFunction | undefined => {
    const values = points.map((point) => fractionOf(point[name]));
    if (values.includes(undefined)) return undefined;
    if (known !== undefined) return constantOf(condition, values[0]!);
    return fitted(
      condition,
      fittedAt.map((k, i) => [rational(BigInt(k)), values[i]!] as const),
    );
  };
  const [step, factor, multiple] = [functionOf('step'), functionOf('factor'), functionOf('multiple')];
  if (step === undefined || factor === undefined || multiple === undefined) return undefined;
  const compared = known === undefined ? [...moduli, ...comparedAt] : moduli;
  const agrees = horizons.map((T) => T + from - 1);
  for (const modulus of compared) {
    const [s, r, c] = [step, factor, multiple].map((f) => inDoubles(f, 1 / modulus)) as [number, number, number];
    for (const T of agrees) {
      const found = at(T, modulus);
      const expected = c * r ** T;
      // What the terms of r round counts T times, and at the end doubles have lost both.
      const room = (2 ** -48 * T) / Math.min(1, r);
      const isNear = near(found.bound, expected) || Math.abs(found.bound - expected) <= room * expected;
      const isLost = Math.max(found.bound, expected) < lost;
      if (!near(found.step, s) || !(isNear || isLost)) return undefined;
    }
  }
  const modulus = known === undefined ? inverse(monomial(condition, 1)) : constantOf(condition, known);
  return { start, ...{ modulus, step, factor, multiple }, agrees, moduli: compared.length };
}

/** The bound at one T in rationals, of a theorem about one μ/L; undefined for one about every μ. */
export function boundOfRate(theorem: Theorem, { factor, multiple }: RateReading, T: number): Rational | undefined {
  if (modulusFraction(theorem) === undefined) return undefined;
  const value = ({ numerator, denominator }: RationalFunction) =>
    valueAt(numerator, one).div(valueAt(denominator, one));
  return value(multiple).mul(power(value(factor), T));
}

/** Whether (1 − γμ)² is at most r, C at least 1 and γ at most 2/(L + μ), for every L/μ that the theorem is about. */
export function rateProvesAll({ modulus, step, factor, multiple }: RateReading): boolean {
  const constant = (value: Rational) => constantOf(condition, value);
  const kept = difference(constant(one), product(step, modulus));
  const most = difference(constant(rational(2n)), product(step, difference(constant(one), negated(modulus))));
  return (
    isNonNegative(step, condition, true) &&
    isNonNegative(most, condition) &&
    isNonNegative(difference(factor, product(kept, kept)), condition) &&
    isNonNegative(difference(multiple, constant(one)), condition)
  );
}

const negated = (f: RationalFunction): RationalFunction => difference(constantOf(condition, zero), f);

const constants = {
  γ: 'the step',
  μ: 'the modulus of strong convexity',
  ρ: '1 − γμ ≥ 0',
};

/** φ = f − ½μ‖x − x*‖² is convex, and its gradient Lipschitz with M = L − μ. */
const stage: Pick<Stage, 'symbols' | 'positive' | 'nonNegative' | 'vectors' | 'definitions' | 'functions' | 'points'> =
  {
    symbols: {
      ...constants,
      ...{ L: 'the Lipschitz constant', M: 'L − μ ≥ 0', b: '2ρ − γM ≥ 0, which is γ ≤ 2/(L + μ)' },
      ...{ w: 'a weight ≥ 0: ρ^{2(T − 1 − t)} at x^t', p: 'the potential at x', 'p⁺': 'the potential at x⁺' },
      ...{ φ: 'φ(x) for φ = f − ½μ‖x − x*‖²', 'φ⁺': 'φ(x⁺)', 'f*': 'f(x*) = φ(x*), the least value' },
      ...{ x: 'the iterate minus x*', g: '∇f(x)', k: '∇φ(x)/M', 'k⁺': '∇φ(x⁺)/M' },
      ...{ 'v₁': 'φ(z₁)', 'v₂': 'φ(z₂)', 'v₃': 'φ(z₃)', 'v₄': 'φ(z₄)' },
    },
    positive: ['γ', 'μ', 'L'],
    nonNegative: ['M', 'ρ', 'b', 'w'],
    vectors: ['x', 'g', 'k', 'k⁺'],
    definitions: {
      ...{ g: 'Mk + μx', L: 'M + μ', b: '2ρ − γM', ρ: '1 − γμ' },
    },
    functions: {
      φ: {
        convex: true,
        modulus: 'M',
        values: { x: 'φ', 'x⁺': 'φ⁺', 'x*': 'f*', 'z₁': 'v₁', 'z₂': 'v₂', 'z₃': 'v₃', 'z₄': 'v₄' },
        gradients: { x: 'Mk', 'x⁺': 'Mk⁺', 'x*': '0x' },
      },
    },
    points: { x: 'x', 'x⁺': 'x − γg', 'x*': '0x', 'z₁': 'x − k + k⁺', 'z₂': 'k⁺', 'z₃': 'k', 'z₄': 'x − k' },
  };

/** Interpolation of φ: convexity from one point to z, and descent from the other one. */
const between = (multiplier: string, from: string, to: string, z: string): CertificateTerm[] => [
  { multiplier, inequality: { kind: 'convexity', of: 'φ', from, to: z } },
  { multiplier, inequality: { kind: 'descent', of: 'φ', from: to, to: z } },
];

/** How each potential falls. */
const potentials: Readonly<
  Record<
    RateTerm,
    {
      readonly words: string;
      readonly at: readonly [x: string, next: string];
      readonly terms: readonly CertificateTerm[];
    }
  >
> = {
  'objective-gap': {
    words: 'f(x) − f*',
    at: ['φ + 1/2 μ‖x‖² − f*', 'φ⁺ + 1/2 μ‖x − γg‖² − f*'],
    terms: [
      ...between('wρ', 'x⁺', 'x', 'z₁'),
      ...between('wγμ', 'x⁺', 'x*', 'z₂'),
      ...between('wργμ', 'x', 'x*', 'z₃'),
      { multiplier: '1/2 wM', square: 'k⁺ + (γM − ρ)k' },
      { multiplier: '1/2 wbγML', square: 'k' },
    ],
  },
  'squared-distance': {
    words: '‖x − x*‖²',
    at: ['‖x‖²', '‖x − γg‖²'],
    terms: [
      ...between('2 wργ', 'x', 'x*', 'z₃'),
      ...between('2 wργ', 'x*', 'x', 'z₄'),
      { multiplier: 'wbγM', square: 'k' },
    ],
  },
};

const oneStep = 'one step of a linear rate';

/**
 * Proves for every γ ≤ 2/(L + μ) and every T that f(x^T) − f* or ‖x^T − x*‖² is at most (1 − γμ)^{2T} times what it is at x⁰, for gradient descent on a
 * μ-strongly convex L-smooth f.
 *
 * @returns undefined if the certificate is not accepted
 */
export function proveRate(term: RateTerm): Pick<StepProof, 'model' | 'shown' | 'terms' | 'certificate'> | undefined {
  const { words, at, terms } = potentials[term];
  const stages: Stage[] = [
    {
      ...stage,
      definitions: { p: at[0], 'p⁺': at[1], ...stage.definitions },
      name: oneStep,
      kind: 'pathwise',
      statement: 'p(x⁺) ≤ (1 − γμ)² p(x), times a weight',
      goal: 'wρ²p − wp⁺',
      cases: [{ terms }],
    },
    {
      name: 'T steps of a linear rate',
      kind: 'total',
      statement: 'p(x^T) ≤ (1 − γμ)^{2T} p(x⁰)',
      symbols: {
        ...constants,
        S: 'p(x^T)',
        'p₀': 'p(x⁰)',
        R: '(1 − γμ)^{2T}',
        W: 'Σ ρ^{2(T − 1 − t)} p(x^t) over 0 ≤ t < T',
        P: 'Σ ρ^{2(T − t)} p(x^t) over 0 < t < T, so that ρ²W = Rp₀ + P',
      },
      positive: ['γ', 'μ'],
      nonNegative: ['ρ'],
      equation: ['ρ²W', 'Rp₀ + P'],
      goal: 'Rp₀ − S',
      cases: [
        {
          terms: [
            { multiplier: '1', inequality: { kind: 'earlier', stage: oneStep, totals: { wp: 'W', 'wp⁺': 'P + S' } } },
          ],
        },
      ],
    },
  ];
  const certificate = { stages };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  return {
    model: { start: term === 'objective-gap' ? 'gap' : 'distance', potential: words },
    shown: 'times a weight w, where φ = f − ½μ‖x − x*‖², M = L − μ, ρ = 1 − γμ and b = 2ρ − γM ≥ 0:',
    terms,
    certificate,
  };
}
