import type { Case, CertificateTerm, Stage } from '../../../claims/certificate.js';
import { rational } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { parseExpression } from '../certificates/expression.js';
import {
  constant,
  degreeIn,
  format,
  multiply,
  type Polynomial,
  substitute,
  symbol,
} from '../certificates/polynomial.js';
import type { StepProof } from './step-proof.js';

/** The sign s of ĝ, which is sk. */
const signs = ['1', '0', '−1'] as const;

/** A combination for every sign s where the gradient is ≥ 0; where it is ≤ 0 the signs, and what E e = 0 is multiplied with, are the opposite. */
interface SignPart {
  readonly variance: string;
  readonly means: readonly string[];
  readonly terms: Readonly<Record<(typeof signs)[number], readonly CertificateTerm[]>>;
}

/** The combinations for all x, or where N is at least or at most v. */
interface SignRegion {
  readonly region?: 'N ≥ v' | 'N ≤ v';
  /** What the goal is multiplied with. */
  readonly scale: string;
  readonly parts: readonly SignPart[];
  /** What is left over for every sign. */
  readonly remainder?: string;
}

const left = (remainder: string): CertificateTerm => ({ remainder });
const square = (multiplier: string, of: string): CertificateTerm => ({ multiplier, square: of });
/** That u ≤ γLN. */
const steep = (multiplier: string): CertificateTerm => ({
  multiplier,
  inequality: { kind: 'steepness', of: 'r', from: 'x̃', to: 'x' },
});

/** v(Ns − N + v) ≥ 0 times a number: signs without a prox. */
const withoutProx = (times: string): SignPart => ({
  variance: `1/2 γ${times}`,
  means: [`γ${times}v`],
  terms: {
    '1': [square(`1/2 γ${times}`, 'N + v − k')],
    '0': [left(`1/2 γ${times}NN`), left(`1/2 γ${times}vv`)],
    '−1': [left(`2 γ${times}vk`), square(`1/2 γ${times}`, 'N − v + k')],
  },
});

/** v((N + u)s − N + κv) ≥ 0 with κ = 1 + γL/2. */
const half = '(1/2 + 1/4 Lγ)γ';
const inOneRegion: SignPart = {
  variance: half,
  means: ['(1 + 1/2 Lγ)γv'],
  terms: {
    '1': [left('γvu'), square(half, 'N + v − k')],
    '0': [left(`${half}NN`), left('(1/2 Lγ)γNv'), left(`${half}vv`)],
    '−1': [left('(2 + Lγ)γvk'), steep('γv'), square(half, 'N − v + k')],
  },
};

/** uv²s ≥ 0 where m = N − v ≥ 0: a sign is right at least as often as it is wrong, so that u is no loss. */
const largeGradient: SignPart = {
  variance: '1/2 γu',
  means: ['γuv'],
  terms: {
    '1': [square('1/2 γu', 'N + v − k')],
    '0': [left('2 γuvm'), square('1/2 γu', 'N − v'), square('γu', 'v')],
    '−1': [left('2 γuvk'), left('2 γuvm'), square('1/2 γu', 'N − v + k')],
  },
};

/** v((N + u)s − N + v) + ½(γLv)² ≥ 0 where m = v − N ≥ 0: then u is at most γLv. */
const above = [steep('γu'), left('γuγLm')];
const smallGradient: SignPart = {
  variance: '1/2 γ',
  means: ['γv', 'γu'],
  terms: {
    '1': [...above, square('1/2 γ', 'N + v − k + u'), square('1/2 γ', 'u − γLv')],
    '0': [...above, square('1/2 γ', 'N + u'), square('1/2 γ', 'v'), square('1/2 γ', 'u − γLv')],
    '−1': [left('2 γvk'), ...above, square('1/2 γ', 'N − v + k + u'), square('1/2 γ', 'u − γLv')],
  },
};

/**
 * One step x⁺ = x − γ sgn ĝ of signSGD, where the curvature of f in x_i is at most L_i: E f(x⁺) ≤ f(x) − γ‖∇f‖₁ + γ²‖L‖₁/2 + γΣ_i κσ_i/√B with κ = 1, the least
 * of this form, and its sum over T steps; or of signProx, where d and r have curvatures of at most L_i: the same with ‖G‖₁, γ²‖L‖₁ and κ = 1 + γL_i/2.
 * Σ_i σ_i/√B takes the place of the variance of `StepProof`, for L_i ≤ ‖L‖₁.
 *
 * @returns undefined if the certificate is not accepted
 */
export const proveSignStep = (prox: boolean): StepProof | undefined =>
  prox
    ? signStepOf(true, '1 + 1/2 a', [{ scale: 'v', parts: [inOneRegion] }])
    : signStepOf(false, '1', [{ scale: 'v', parts: [withoutProx('')] }]);

/**
 * One step of signProx in two regions, where the loss of a coordinate is at most v for N = |G(x)_i| ≥ v = σ_i/√B and at most (1 + ½(γL_i)²)v for N ≤ v. With N ≥ v
 * the goal is multiplied with v²: it is v times that without a prox, and u times `largeGradient`.
 */
export const proveSignRegions = (): StepProof | undefined =>
  signStepOf(true, '1 + 1/2 a²', [
    {
      region: 'N ≥ v',
      scale: 'v²',
      parts: [withoutProx('v'), largeGradient],
      remainder: '1/2 γ³L²v³',
    },
    { region: 'N ≤ v', scale: 'v', parts: [smallGradient] },
  ]);

/** One step and the sum of T steps as a certificate, where κ is written in a = γL_i. */
function signStepOf(prox: boolean, ofNoise: string, regions: readonly SignRegion[]): StepProof | undefined {
  const κ = parseExpression(ofNoise);
  const stages = stagesOf(prox, κ, regions);
  if (checkCertificate({ stages }).some(({ problem }) => problem !== undefined)) return undefined;
  const a = symbol('a');
  const last = regions.length - 1;
  const { region, scale: factor } = regions[last]!;
  const where = region === undefined ? '' : `, ${region.replace('N', '|G(x)_i|').replace('v', 'v = σ_i/√B')}`;
  return {
    model: { start: 'gap', potential: 'f(x)' },
    c: a,
    noise: multiply(κ, a),
    constant: multiply(constant(rational(1n, prox ? 1n : 2n)), a, a),
    largestStep: undefined,
    shown: `times ${factor}, where ${prox ? 'G(x)_i' : '∇f(x)_i'} ≥ 0${where} and the sign is −1:`,
    terms: stages[1]!.cases[last * signs.length + 2]!.terms,
    certificate: { stages },
  };
}

/** What a step of either method is: g and ĝ, or G and Ĝ. */
const shared = {
  γ: 'the step',
  L: 'L_i',
  f: 'f(x), its part that depends on x_i',
  'f⁺': 'f(x⁺), the same part',
  x: 'x_i',
} as const;
const ofGradient = {
  symbols: {
    ...shared,
    g: '∇f(x)_i',
    N: '|∇f(x)_i|',
    ĝ: 'the mean of the drawn gradients, its coordinate i',
    k: '|ĝ|',
    s: 'sgn ĝ, any value in {−1, 0, 1} at 0',
  },
  positive: ['γ'],
  nonNegative: ['L'],
  magnitudes: { N: { of: 'g' }, k: { of: 'ĝ', sign: 's' } },
  random: ['ĝ', 'k', 's', 'f⁺'],
  functions: { f: { convex: false, modulus: 'L', values: { x: 'f', 'x⁺': 'f⁺' }, gradients: { x: 'g' } } },
  points: { x: 'x', 'x⁺': 'x − γs' },
} as const satisfies Partial<Stage>;
const ofMapping = {
  symbols: {
    ...shared,
    d: 'd(x), its part',
    'd⁺': 'd(x⁺), its part',
    g: '∇d(x)_i',
    q: '∇r(x̃)_i',
    ρ: '∇r(x)_i',
    G: 'G(x)_i = ∇d(x)_i + ∇r(x̃)_i',
    N: '|G(x)_i|',
    Ĝ: 'Ĝ(x)_i',
    k: '|Ĝ(x)_i|',
    s: 'sgn Ĝ(x)_i, any value in {−1, 0, 1} at 0',
  },
  positive: ['γ'],
  nonNegative: ['L'],
  magnitudes: { N: { of: 'G' }, k: { of: 'Ĝ', sign: 's' } },
  random: ['Ĝ', 'k', 's', 'f⁺', 'd⁺'],
  definitions: { g: 'G − q' },
  functions: {
    d: { convex: false, modulus: 'L', values: { x: 'd', 'x⁺': 'd⁺' }, gradients: { x: 'g' } },
    r: { convex: true, modulus: 'L', values: { x: 'f − d', 'x⁺': 'f⁺ − d⁺' }, gradients: { x: 'ρ', x̃: 'q' } },
  },
  points: { x: 'x', x̃: 'x − γG', 'x⁺': 'x − γs' },
} as const satisfies Partial<Stage>;
/** ∇r(x) − ∇r(x̃) has the sign of x − x̃ = γG. */
const change = {
  symbol: '|∇r(x)_i − ∇r(x̃)_i|: the difference has the sign of G_i, because ∇r does not decrease',
  magnitude: { of: 'ρ − q', change: { function: 'r', from: 'x̃', to: 'x', factor: 'γ', along: 'N' } },
} as const;

const outcomes = signs.map((s) => `s = ${s}`);
const [pathwise, inExpectation, noiseless] = ['one step', 'one step in expectation', 'one step without noise'] as const;

const earlier = (multiplier: string, stage: string, totals?: Readonly<Record<string, string>>): CertificateTerm => ({
  multiplier,
  inequality: { kind: 'earlier', stage, ...(totals && { totals }) },
});

/** A polynomial in a = γL_i as text, in brackets where it is no plain number. */
const inSymbols = (polynomial: Polynomial): string => {
  const text = format(substitute(polynomial, new Map([['a', multiply(symbol('γ'), symbol('L'))]])));
  if (text === '1') return '';
  if (text === '−1') return '−';
  return /^−?[\d/]+$/.test(text) ? `${text} ` : `(${text})`;
};

/** The terms of a part for one sign of the gradient and one of the step. */
function termsOf(
  { variance, means, terms }: SignPart,
  positive: boolean,
  s: (typeof signs)[number],
): CertificateTerm[] {
  const relative = positive ? s : signs[2 - signs.indexOf(s)]!;
  return [
    { multiplier: variance, inequality: { kind: 'variance', of: 'e', bound: 'v²' } },
    ...means.map(
      (multiplier): CertificateTerm => ({
        multiplier: `${positive ? '' : '−'}${multiplier}`,
        inequality: { kind: 'mean', of: 'e' },
      }),
    ),
    ...terms[relative].map((term): CertificateTerm => {
      if (positive || !('inequality' in term) || term.inequality.kind !== 'steepness') return term;
      const { from, to } = term.inequality;
      return { ...term, inequality: { ...term.inequality, from: to, to: from } };
    }),
  ];
}

const givenOf = (prox: boolean, positive: boolean, region: SignRegion['region']): string =>
  `${prox ? 'G' : 'g'} ${positive ? '≥' : '≤'} 0${region === undefined ? '' : `, ${region}`}`;

/** A case of the expectation: the combination for one sign of the gradient and one of the step. */
function caseOf(
  prox: boolean,
  positive: boolean,
  s: (typeof signs)[number],
  { region, scale: factor, parts, remainder }: SignRegion,
): Case {
  const [exact, drawn] = prox ? ['G', 'Ĝ'] : ['g', 'ĝ'];
  const k = s === '0' ? {} : { [drawn!]: s === '1' ? 'k' : '−k' };
  const e = {
    '1': positive ? 'k − N' : 'k + N',
    '0': positive ? '−N' : 'N',
    '−1': positive ? '−(N + k)' : 'N − k',
  }[s];
  const split = region === 'N ≥ v' ? { N: 'v + m' } : { v: 'N + m' };
  return {
    given: givenOf(prox, positive, region),
    outcome: `s = ${s}`,
    where: {
      ...{ [exact!]: positive ? 'N' : '−N', s, ...(prox && { ρ: positive ? 'q + u' : 'q − u' }), ...k, e },
      ...(region !== undefined && split),
    },
    scale: factor,
    terms: [
      earlier(factor, pathwise),
      ...parts.flatMap((part) => termsOf(part, positive, s)),
      ...(remainder === undefined ? [] : [{ remainder }]),
    ],
  };
}

/** The sum over coordinates of σ_i/√B times a power of L_i, by the power. */
const noiseSums = [
  ['Y', 'Σ σ_i/√B'],
  ['X', 'Σ L_iσ_i/√B'],
  ['Z', 'Σ L_i²σ_i/√B'],
] as const;

function stagesOf(prox: boolean, κ: Polynomial, regions: readonly SignRegion[]): Stage[] {
  const step: typeof ofGradient | typeof ofMapping = prox ? ofMapping : ofGradient;
  const every = [true, false].flatMap((positive) => regions.map((region) => [positive, region] as const));
  const given = every.map(([positive, { region }]) => givenOf(prox, positive, region));
  const cases = every.flatMap(([positive, region]) => signs.map((sign) => caseOf(prox, positive, sign, region)));
  const powers = [...κ.values()].map((term) => [degreeIn(term, new Set(['a'])), term.coefficient] as const);
  const summed = powers
    .map(([power, factor]) => `${factor.toFraction()} ${'γ'.repeat(power)}${noiseSums[power]![0]}`)
    .join(' + ');
  const ofNoise = powers.filter(([power]) => power > 0).map(([power]) => [power, ...noiseSums[power]!] as const);
  const [exact, drawn, slope, curvature] = prox ? ['G', 'Ĝ', '(g + ρ)', 'γ²L'] : ['g', 'ĝ', 'g', '1/2 γ²L'];
  const [left, size, whole] = prox ? ['G', 'γ²‖L‖₁', 'γ²TΛ'] : ['∇f', 'γ²‖L‖₁/2', '1/2 γ²TΛ'];
  const factor = inSymbols(κ);
  const infimum = 'the infimum';
  const definitions = 'definitions' in step ? step.definitions : {};
  const descents = (prox ? ['d', 'r'] : ['f']).map(
    (of): CertificateTerm => ({ multiplier: '1', inequality: { kind: 'descent', of, from: 'x', to: 'x⁺' } }),
  );
  const u = prox ? { u: change.symbol } : {};
  const uMagnitude = prox ? { u: change.magnitude } : {};
  const isSplit = regions.length > 1;
  return [
    {
      ...step,
      name: pathwise,
      kind: 'pathwise',
      statement: `f(x⁺) ≤ f(x) − γ⟨${prox ? '∇d(x) + ∇r(x)' : '∇f(x)'}, sgn ${drawn}⟩ + ${size}, coordinate by coordinate`,
      goal: `f − f⁺ − γ${slope}s + ${curvature}`,
      alternatives: { given: ['every x'], outcomes },
      cases: signs.map((s) => ({
        given: 'every x',
        outcome: `s = ${s}`,
        where: { s },
        terms: [...descents, ...(s === '0' ? [{ remainder: curvature! }] : [])],
      })),
    },
    {
      ...step,
      name: inExpectation,
      kind: 'expectation',
      statement: `E f(x⁺) ≤ f(x) − γ‖${left}(x)‖₁ + ${size} + γ Σ ${factor.replaceAll('L', 'L_i')}σ_i/√B`,
      symbols: {
        ...step.symbols,
        ...u,
        e: `${drawn} − ${exact}`,
        v: 'σ_i/√B > 0, so that E[e²] ≤ v²',
        ...(isSplit && { m: '|N − v|' }),
      },
      positive: ['γ', 'v'],
      magnitudes: { ...step.magnitudes, ...uMagnitude, ...(isSplit && { m: { of: 'N − v' } }) },
      random: [...step.random, 'e'],
      definitions: { ...definitions, [drawn!]: `${exact} + e` },
      goal: `f − f⁺ − γN + ${curvature} + γ${factor}v`,
      alternatives: { given, outcomes },
      cases,
    },
    {
      ...step,
      name: noiseless,
      kind: 'pathwise',
      statement: `f(x − γ sgn ${left}(x)) ≤ f(x) − γ‖${left}(x)‖₁ + ${size}`,
      symbols: { ...step.symbols, ...u },
      magnitudes: { N: { of: exact!, sign: 's' }, ...uMagnitude },
      goal: `f − f⁺ − γN + ${curvature}`,
      alternatives: { given: ['no noise'], outcomes },
      cases: signs.map((s) => ({
        given: 'no noise',
        outcome: `s = ${s}`,
        where:
          s === '0'
            ? { [exact!]: '0', N: '0', s }
            : { [exact!]: s === '1' ? 'N' : '−N', s, ...(prox && { ρ: s === '1' ? 'q + u' : 'q − u' }) },
        terms: [earlier('1', pathwise), ...(prox && s !== '0' ? [{ remainder: 'γu' }] : [])],
      })),
    },
    {
      name: 'T steps',
      kind: 'total',
      statement: `E[(1/T) Σ ‖${left}(x^{t−1})‖₁] ≤ (f(x⁰) − f*)/(γT) + ${size.replace('γ²', 'γ')} + (1 − 1/T) Σ ${factor.replaceAll('L', 'L_i')}σ_i/√B`,
      symbols: {
        γ: step.symbols.γ,
        T: 'the number of iterations',
        S: `E[(1/T) Σ ‖${left}(x^{t−1})‖₁]`,
        Λ: '‖L‖₁',
        [noiseSums[0][0]]: noiseSums[0][1],
        ...Object.fromEntries(ofNoise.map(([, name, meaning]) => [name, meaning])),
        A: `E‖${left}(x^{T−1})‖₁`,
        'f₀': 'f(x⁰)',
        'f₁': 'E f(x^{T−1})',
        'f′': 'E f after the last step without noise',
        'f*': 'inf f',
        F: 'Σ E f(x^t) over 0 < t < T − 1, so that f₀ + F = F + f₁ for T = 1',
      },
      positive: ['γ', 'Λ', 'T'],
      nonNegative: ['S', 'Y'],
      facts: { [infimum]: { expression: 'f′ − f*', because: 'f ≥ f* everywhere, hence in expectation' } },
      goal: `f₀ − f* + ${whole} + (T − 1)γ(${summed}) − γTS`,
      isolates: { quantity: 'S', factor: 'γT' },
      cases: [
        {
          terms: [
            earlier('1', inExpectation, {
              ...{ f: 'f₀ + F', 'f⁺': 'F + f₁', N: 'TS − A', L: '(T − 1)Λ', v: '(T − 1)Y' },
              ...Object.fromEntries(ofNoise.map(([power, name]) => [`${'L'.repeat(power)}v`, `(T − 1)${name}`])),
            }),
            earlier('1', noiseless, { f: 'f₁', 'f⁺': 'f′', N: 'A', L: 'Λ' }),
            { multiplier: '1', inequality: { kind: 'fact', name: infimum } },
          ],
        },
      ],
    },
  ];
}
