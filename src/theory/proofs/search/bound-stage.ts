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
} from '../certificates/polynomial.js';
import { composed } from './rational-function.js';
import type { SymbolicReading } from './read-theorem.js';
import type { StepProof } from './step-proof.js';

/** The shape of f and g where they are the same polynomial, so that a common denominator has it once. */
const areEqual = (f: Polynomial, g: Polynomial): boolean => subtract(f, g).size === 0;

/**
 * The last stage of a certificate: the sum of T steps at the step and the mini-batch of the theorem is at most its bound, as both are read. Everything is a
 * polynomial in x = T or √T; with m = x − 1 ≥ 0 all coefficients are ≥ 0.
 *
 * @returns undefined where γL is no monomial in x, B no polynomial, or the sum is of another form: the comparison is then none of the certificate's
 */
export function boundStage(
  { model, c, noise, first, certificate }: StepProof,
  reading: SymbolicReading,
): Stage | undefined {
  const total = certificate.stages.find(({ kind }) => kind === 'total');
  const [step] = reading.step.numerator.values();
  const [unit] = reading.step.denominator.values();
  if (total === undefined || !('p₀' in total.symbols) || step === undefined || unit === undefined) return undefined;
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
  const factor = multiply(perStep, T, common);
  const ofStart = multiply(perStep, T, given.numerator, same ? constant(one) : reading.noise.denominator);
  const ofNoise = multiply(perStep, T, reading.noise.numerator, same ? constant(one) : given.denominator);
  const gap = model.start === 'gap';
  const startNeeded = multiply(full, common, constant(one.add(first?.gap ?? zero)));
  const startLeft = subtract(scale(ofStart, rational(gap ? 1n : 2n)), startNeeded);
  const noiseNeeded = add(multiply(subtract(T, constant(one)), perNoise), scale(full, first?.noise ?? zero));
  const noiseLeft = subtract(multiply(ofNoise, B), multiply(common, noiseNeeded));
  const inM = (p: Polynomial) => substitute(p, new Map([[x, add(symbol('m'), constant(one))]]));
  const isSigned = [startLeft, noiseLeft, factor].every((p) =>
    [...inM(p).values()].every(({ coefficient }) => !coefficient.lt(zero)),
  );
  if (!isSigned) return undefined;
  const text = (p: Polynomial) => `(${format(inM(p))})`;
  const [length, start] = gap ? ['L', 'LD'] : ['L²', 'L²p₀'];
  const quantity = gap ? text(factor) : `${text(factor)}L`;
  const noiseTerm = noisy ? ` + ${text(ofNoise)}W` : '';
  const remainders = [
    { left: startLeft, of: start },
    { left: noisy ? noiseLeft : constant(zero), of: 'V' },
  ].flatMap(({ left, of }): CertificateTerm[] => (left.size === 0 ? [] : [{ remainder: `${text(left)}${of}` }]));
  const power = (exponent: number) => (exponent === 0 ? '' : ` ${format(raise(symbol(x), exponent))}`);
  const exponentOf = ({ powers }: typeof step) => powers[0]?.[1] ?? 0;
  const [value, infimum] = first === undefined ? ['p₀', 'p*'] : ['f₀', 'f*'];
  const kept = ['γ', 'L', 'V', 'S', value, infimum].filter((name) => name in total.symbols);
  return {
    name: 'the bound',
    kind: 'total',
    statement: 'S is at most the bound, as it is read from the theorem with its step and its mini-batch',
    symbols: {
      ...Object.fromEntries(kept.map((name) => [name, total.symbols[name]!])),
      ...(x === 'T' ? { T: total.symbols['T']! } : { s: '√T' }),
      m: `${x === 'T' ? 'T' : '√T'} − 1 ≥ 0`,
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
    equation: [
      `γL${power(exponentOf(unit)).trim()}`,
      `${step.coefficient.div(unit.coefficient).toFraction()}${power(exponentOf(step))}`,
    ],
    goal: `${gap ? '' : '2 '}${text(ofStart)}${start}${noiseTerm} − ${quantity}S`,
    isolates: { quantity: 'S', factor: quantity },
    cases: [
      {
        terms: [
          {
            multiplier: `${text(multiply(full, common))}${length}`,
            inequality: { kind: 'earlier', stage: total.name, totals: { '1': '1', T: format(T) } },
          },
          ...remainders,
        ],
      },
    ],
  };
}
