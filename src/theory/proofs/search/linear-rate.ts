import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import type { Theorem } from '../../theorem/theorem.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import {
  cancelled,
  difference,
  inverse,
  isNonNegative,
  isSame,
  monomial,
  number,
  product,
  type RationalFunction,
  reduced,
} from './rational-function.js';
import { modulusFraction, NotRead, readFormulas, symbols } from './read-formulas.js';
import { namesOf, ofL, replaced } from './read-theorem.js';
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
}

/** The potentials that one step multiplies by at most (1 − γμ)². */
export type RateTerm = 'objective-gap' | 'squared-distance';

/** The symbol of L/μ. */
const condition = 'k';

/** Of (b^T)ⁿ. */
const largestExponent = 4;

/**
 * Reads γL and C·r^T, where C·r^T multiplies the left side at x⁰, f(x⁰) − f* or ‖x⁰ − x*‖², and nothing else is in the bound.
 *
 * @returns undefined if they are no such functions
 */
export function readRate(theorem: Theorem, term: RateTerm): RateReading | undefined {
  const start = term === 'objective-gap' ? 'gap' : 'distance';
  const { values } = readFormulas(theorem, false, { from: theorem.from ?? 1 });
  if (values instanceof NotRead || values.base === undefined) return undefined;
  const { rootL, modulus: μ, power, gap, distance } = symbols;
  const known = modulusFraction(theorem);
  const modulus = known === undefined ? inverse(monomial(condition, 1)) : constantOf(condition, known);
  /** A number for every L, as a function of L/μ. */
  const ofCondition = (f: RationalFunction): RationalFunction => {
    const found = cancelled(replaced(f, { [μ]: modulus, [rootL]: number(one) }));
    const isOfL = isSame(replaced(f, { [μ]: product(modulus, ofL(2)) }), found);
    if (!isOfL || namesOf(found).some((name) => name !== condition))
      throw new NotRead('a number that depends on L or T');
    return reduced(found, condition);
  };
  try {
    const [step, base] = [ofCondition(product(values.step, ofL(2))), ofCondition(values.base)];
    const unit = start === 'gap' ? monomial(gap, 1) : monomial(distance, 2);
    const multiple = product(values.bound, inverse(unit));
    for (let n = 1; n <= largestExponent; n++) {
      const found = cancelled(product(multiple, inverse(monomial(power, n))));
      if (namesOf(found).includes(power)) continue;
      const factor = Array.from({ length: n - 1 }).reduce((each: RationalFunction) => product(each, base), base);
      return { start, modulus, step, factor: reduced(factor, condition), multiple: ofCondition(found) };
    }
    return undefined;
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
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
