import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, rational, zero } from '../../../exact/arithmetic/rational.js';
import {
  add,
  constant,
  degreeIn,
  format,
  multiply,
  type Polynomial,
  raise,
  scale,
  substitute,
  subtract,
  symbol,
  type Term,
} from '../certificates/polynomial.js';
import { coefficientOf, composed, inverse, product, type RationalFunction } from './rational-function.js';
import type { SymbolicReading } from './read-theorem.js';
import type { StepProof } from './step-proof.js';

/** The shape of f and g where they are the same polynomial, so that a common denominator has it once. */
const areEqual = (f: Polynomial, g: Polynomial): boolean => subtract(f, g).size === 0;

const statement = 'S is at most the bound, as it is read from the theorem with its step and its mini-batch';

/** A polynomial in x with m = x − 1 in its place. */
const inM = (p: Polynomial, x: string): Polynomial => substitute(p, new Map([[x, add(symbol('m'), constant(one))]]));
const isSigned = (p: Polynomial, x: string): boolean =>
  [...inM(p, x).values()].every(({ coefficient }) => !coefficient.lt(zero));

/** That the step times a constant is the monomial in x as which it is read. */
function equationOf(constants: string, { symbol: x, step }: SymbolicReading): readonly [string, string] {
  const [above] = step.numerator.values();
  const [below] = step.denominator.values();
  const power = ({ powers }: Term) => (powers[0] === undefined ? '' : ` ${format(raise(symbol(x), powers[0][1]))}`);
  return [`${constants}${power(below!)}`, `${above!.coefficient.div(below!.coefficient).toFraction()}${power(above!)}`];
}

/** The symbols of the sum that the bound has too, with that of T. */
const symbolsOf = ({ symbols }: Stage, kept: readonly string[], x: 'T' | 's'): Stage['symbols'] => ({
  ...Object.fromEntries(kept.flatMap((name) => (name in symbols ? [[name, symbols[name]!]] : []))),
  ...(x === 'T' ? { T: symbols['T']! } : { s: '√T' }),
  m: `${x === 'T' ? 'T' : '√T'} − 1 ≥ 0`,
});

/**
 * The last stage of a certificate: the sum of T steps at the step and the mini-batch of the theorem is at most its bound, as both are read. Everything is a
 * polynomial in x = T or √T; with m = x − 1 ≥ 0 all coefficients are ≥ 0.
 *
 * @returns undefined where γL is no monomial in x, B no polynomial, or the sum is of another form: the comparison is then none of the certificate's
 */
export function boundStage(proof: StepProof, reading: SymbolicReading): Stage | undefined {
  if (proof.repeated !== undefined) return undefined;
  return proof.constant === undefined ? boundOfSteps(proof, reading) : boundOfSigns(proof, reading);
}

function boundOfSteps(
  { model, c, noise, first, length, certificate }: StepProof,
  reading: SymbolicReading,
): Stage | undefined {
  const total = certificate.stages.find(({ kind }) => kind === 'total');
  if (total === undefined) return undefined;
  const isMonomial = reading.step.numerator.size === 1 && reading.step.denominator.size === 1;
  const [B, ofB] = [reading.noiseDivisor.numerator, reading.noiseDivisor.denominator];
  if (!isMonomial || !areEqual(ofB, constant(one))) return undefined;
  const x = reading.symbol;
  const T = raise(symbol(x), x === 'T' ? 1 : 2);
  const noisy = noise.size > 0;
  const given = reading[model.start];
  // c and ε at γL, over one power of the denominator of γL.
  const degree = Math.max(...[c, noise].flatMap((p) => [...p.values()].map((term) => degreeIn(term, new Set(['a'])))));
  const over = (p: Polynomial) => {
    const { numerator, denominator } = composed(p, 'a', reading.step);
    let [value, power] = [numerator, denominator];
    const full = raise(reading.step.denominator, degree);
    while (!areEqual(power, full)) {
      value = multiply(value, reading.step.denominator);
      power = multiply(power, reading.step.denominator);
    }
    return value;
  };
  const [perStep, perNoise, full] = [over(c), over(noise), raise(reading.step.denominator, degree)];
  const same = !noisy || areEqual(given.denominator, reading.noise.denominator);
  const common = same ? given.denominator : multiply(given.denominator, reading.noise.denominator);
  const whole = length === undefined ? T : substitute(length, new Map([['T', T]]));
  const factor = multiply(perStep, whole, common);
  const ofStart = multiply(perStep, whole, given.numerator, same ? constant(one) : reading.noise.denominator);
  const ofNoise = multiply(perStep, whole, reading.noise.numerator, same ? constant(one) : given.denominator);
  const gap = model.start === 'gap';
  const startNeeded = multiply(full, common, constant(one.add(first?.gap ?? zero)));
  const startLeft = subtract(scale(ofStart, rational(gap ? 1n : 2n)), startNeeded);
  const noiseNeeded = add(multiply(subtract(T, constant(one)), perNoise), scale(full, first?.noise ?? zero));
  const noiseLeft = subtract(multiply(ofNoise, B), multiply(common, noiseNeeded));
  if (![startLeft, noiseLeft, factor].every((p) => isSigned(p, x))) return undefined;
  const text = (p: Polynomial) => `(${format(inM(p, x))})`;
  const [unit, start] = gap ? ['L', 'LD'] : ['L²', 'L²p₀'];
  const quantity = gap ? text(factor) : `${text(factor)}L`;
  const noiseTerm = noisy ? ` + ${text(ofNoise)}W` : '';
  const remainders = [
    { left: startLeft, of: start },
    { left: noisy ? noiseLeft : constant(zero), of: 'V' },
  ].flatMap(({ left, of }): CertificateTerm[] => (left.size === 0 ? [] : [{ remainder: `${text(left)}${of}` }]));
  const [value, infimum] = gap && first !== undefined ? ['f₀', 'f*'] : ['p₀', 'p*'];
  const kept = ['γ', 'L', 'V', 'S', value, infimum];
  return {
    name: 'the bound',
    kind: 'total',
    statement,
    symbols: {
      ...symbolsOf(total, kept, x),
      ...(gap && { D: `${total.symbols[value]} − ${total.symbols[infimum]} ≥ 0` }),
      ...(noisy && { W: 'a bound of the variance of one draw: V of a mini-batch, times its size' }),
    },
    positive: ['γ', 'L', x],
    nonNegative: [...(noisy ? ['V'] : []), 'S', 'm', ...(gap ? ['D'] : ['p₀'])],
    definitions: {
      ...(gap && { [value]: `${infimum} + D` }),
      ...(noisy && { W: `(${format(B)})V` }),
      m: `${x} − 1`,
    },
    equation: equationOf('γL', reading),
    goal: `${gap ? '' : '2 '}${text(ofStart)}${start}${noiseTerm} − ${quantity}S`,
    isolates: { quantity: 'S', factor: quantity },
    cases: [
      {
        terms: [
          {
            multiplier: `${text(multiply(full, common))}${unit}`,
            inequality: {
              ...{ kind: 'earlier', stage: total.name },
              totals: { '1': '1', [length === undefined ? 'T' : 'W']: format(whole) },
            },
          },
          ...remainders,
        ],
      },
    ],
  };
}

/**
 * The same of sign steps, for all coordinates together: with κ = κ₀ + κ₁γL_i the noise is κ₀Y + κ₁γX, and X = Σ L_iσ_i/√B ≤ ‖L‖₁Y; with κ₀ + κ₂(γL_i)² it
 * is κ₀Y + κ₂γ²Z, and Z = Σ L_i²σ_i/√B ≤ ‖L‖₁²Y. The bound has f(x⁰) − f* divided by γ, γ‖L‖₁ and Σ σ_i with factors in x.
 */
function boundOfSigns(
  { c, noise, constant: added, certificate }: StepProof,
  reading: SymbolicReading,
): Stage | undefined {
  const total = certificate.stages.find(({ kind }) => kind === 'total');
  const { step, noiseDivisor, symbol: x } = reading;
  const isMonomial = step.numerator.size === 1 && step.denominator.size === 1;
  if (total === undefined || !isMonomial || !areEqual(noiseDivisor.denominator, constant(one))) return undefined;
  const T = raise(symbol(x), x === 'T' ? 1 : 2);
  // Of f(x⁰) − f* over γ, of γ‖L‖₁ and of Σ σ_i.
  const factors = [product(reading.gap, step), product(reading.constant, inverse(step)), reading.noise];
  // The power of γL_i in κ, and γ‖L‖₁ to it.
  const power = Math.max(...[...noise.values()].map((term) => degreeIn(term, new Set(['a'])))) - 1;
  const moved = { numerator: raise(step.numerator, power), denominator: raise(step.denominator, power) };
  const every = [moved, ...factors].map(({ denominator }) => denominator);
  const denominators = every.filter((p, k) => every.findIndex((other) => areEqual(other, p)) === k);
  const common = multiply(...denominators);
  const over = ({ numerator, denominator }: RationalFunction) =>
    multiply(numerator, ...denominators.filter((p) => !areEqual(p, denominator)));
  const [ofStart, ofCurvature, ofNoise] = factors.map((factor) => multiply(T, over(factor))) as [
    Polynomial,
    Polynomial,
    Polynomial,
  ];
  const perStep = coefficientOf(c, 1);
  const plain = coefficientOf(noise, 1).div(perStep);
  const curved = power === 0 ? zero : coefficientOf(noise, power + 1).div(perStep);
  const curvature = coefficientOf(added!, 2).div(perStep);
  const later = subtract(T, constant(one));
  const startLeft = subtract(ofStart, common);
  const curvatureLeft = subtract(ofCurvature, scale(multiply(T, common), curvature));
  const noiseNeeded = add(scale(multiply(later, common), plain), scale(multiply(later, over(moved)), curved));
  const noiseLeft = subtract(multiply(ofNoise, noiseDivisor.numerator), noiseNeeded);
  if (![startLeft, curvatureLeft, noiseLeft, common].every((p) => isSigned(p, x))) return undefined;
  const text = (p: Polynomial) => `(${format(inM(p, x))})`;
  const isCurved = !curved.equals(zero);
  const largest = 'no L_i is above ‖L‖₁';
  const factor = `${text(multiply(T, common))}γ`;
  return {
    name: 'the bound',
    kind: 'total',
    statement,
    symbols: {
      ...symbolsOf(total, ['γ', 'Λ', 'S', 'Y', 'X', 'Z', 'f₀', 'f*'], x),
      D: 'f(x⁰) − inf f ≥ 0',
      W: 'Σ σ_i: Y of a mini-batch, times the root of its size',
    },
    positive: ['γ', 'Λ', x],
    nonNegative: ['S', 'Y', 'm', 'D'],
    definitions: { 'f₀': 'f* + D', W: `(${format(noiseDivisor.numerator)})Y`, m: `${x} − 1` },
    ...(isCurved && {
      equation: equationOf('γΛ', reading),
      facts: {
        [largest]: {
          expression: `${'Λ'.repeat(power)}Y − ${power === 1 ? 'X' : 'Z'}`,
          because: 'each L_i is at most their sum',
        },
      },
    }),
    goal: `${text(ofStart)}D + ${text(ofCurvature)}γ²Λ + ${text(ofNoise)}γW − ${factor}S`,
    isolates: { quantity: 'S', factor },
    cases: [
      {
        terms: [
          {
            multiplier: text(common),
            inequality: { kind: 'earlier', stage: total.name, totals: { '1': '1', T: format(T) } },
          },
          ...(isCurved
            ? ([
                {
                  multiplier: `${curved.toFraction()} ${text(multiply(later, common))}γ${'γ'.repeat(power)}`,
                  inequality: { kind: 'fact', name: largest },
                },
              ] as const)
            : []),
          ...[
            { left: startLeft, of: 'D' },
            { left: curvatureLeft, of: 'γ²Λ' },
            { left: noiseLeft, of: 'γY' },
          ].flatMap(({ left, of }): CertificateTerm[] =>
            left.size === 0 ? [] : [{ remainder: `${text(left)}${of}` }],
          ),
        ],
      },
    ],
  };
}
