import type { Case, CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { constant, format, fromTerms, multiply, type Polynomial, symbol } from '../certificates/polynomial.js';
import { type Coordinates, GramSpace, opposite, plus } from './inequalities.js';
import { combined, exactLeast, type Program, type Proof, type Quadratic, type Unknown } from './program.js';
import type { StepProof } from './step-proof.js';

const minus = rational(-1n);

/** The sign s of ĝ, and what is known of ĝ = sk: a coordinate of the gradient g = N ≥ 0, of its noise e = ĝ − N and of its standard deviation v > 0. */
const signs = [
  { s: '1', value: one },
  { s: '0', value: zero },
  { s: '−1', value: minus },
] as const;

/**
 * v(Ns − N + κv) = A(v² − e²) + (αv + βN)e + products + squares for every sign s, with the same A ≥ 0, α and β for all of them: in expectation, one
 * coordinate then loses N − E Ns ≤ κv. A product of two of N, v and k is ≥ 0, and has a multiplier of its own for every s.
 */
export function signProgram(): Program {
  const at = (s: string, name: string) => `${s}: ${name}`;
  const names = signs.flatMap(({ s, value }) =>
    ['N', 'v', ...(value.equals(zero) ? [] : ['k'])].map((name) => [s, name] as const),
  );
  const space = new GramSpace(names.map(([s, name]) => at(s, name)));
  const vector = (s: string, name: string) => space.vector({ [at(s, name)]: one });
  /** ĝ − N, where ĝ = sk. */
  const noise = (s: string, value: Rational): Coordinates => {
    const N = vector(s, 'N');
    return value.equals(zero)
      ? N.map((entry) => entry.neg())
      : plus(
          vector(s, 'k').map((entry) => entry.mul(value)),
          N,
          minus,
        );
  };
  const sumOf = (of: (s: string, value: Rational) => Quadratic): Quadratic =>
    combined(...signs.map(({ s, value }) => [one, of(s, value)] as const));
  const squared = (name: string) => sumOf((s) => space.squared(vector(s, name)));
  const mean = (name: string): Unknown => ({
    name: `mean with ${name}`,
    times: opposite(sumOf((s, value) => space.inner(vector(s, name), noise(s, value)))),
    free: true,
  });
  const products = names.flatMap(([s, a], i) =>
    names
      .slice(i + 1)
      .flatMap(([other, b]): Unknown[] =>
        other === s ? [{ name: at(s, a + b), times: opposite(space.inner(vector(s, a), vector(s, b))) }] : [],
      ),
  );
  return {
    basis: space.basis,
    constant: sumOf((s, value) => combined([value.sub(one), space.inner(vector(s, 'N'), vector(s, 'v'))])),
    unknowns: [
      { name: 'κ', times: squared('v') },
      {
        name: 'variance',
        times: combined([minus, squared('v')], [one, sumOf((s, value) => space.squared(noise(s, value)))]),
      },
      mean('v'),
      mean('N'),
      ...products,
    ],
    conditions: [],
  };
}

/**
 * One step x⁺ = x − γ sgn ĝ of signSGD for a function whose curvature in x_i is at most L_i: E f(x⁺) ≤ f(x) − γ‖∇f‖₁ + γ²‖L‖₁/2 + κγΣ_i σ_i/√B with the
 * least κ of this form, for every γ, and its sum over T steps. Σ_i σ_i/√B takes the place of the variance of `StepProof`.
 *
 * @returns undefined if none is found
 */
export function proveSignStep(): StepProof | undefined {
  const found = exactLeast(signProgram(), 'κ');
  if (found === undefined) return undefined;
  const { value: κ, proof } = found;
  const certificate = { stages: stagesOf(κ, proof) };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  const a = symbol('a');
  return {
    model: { start: 'gap', potential: 'f(x)' },
    c: a,
    noise: multiply(constant(κ), a),
    constant: multiply(constant(rational(1n, 2n)), a, a),
    largestStep: undefined,
    shown: 'times v, where ∇f(x)_i ≥ 0 and the sign is −1:',
    terms: certificate.stages[1]!.cases[2]!.terms,
    foundAt: undefined,
    certificate,
  };
}

const step = {
  symbols: {
    γ: 'the step',
    L: 'L_i',
    f: 'f(x), its part that depends on x_i',
    'f⁺': 'f(x⁺), the same part',
    x: 'x_i',
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

const outcomes = signs.map(({ s }) => `s = ${s}`);
const [pathwise, inExpectation, noiseless] = ['one step', 'one step in expectation', 'one step without noise'] as const;

const earlier = (multiplier: string, stage: string, totals?: Readonly<Record<string, string>>): CertificateTerm => ({
  multiplier,
  inequality: { kind: 'earlier', stage, ...(totals && { totals }) },
});

/** A case of the expectation: the combination of the program for one sign of g and one of ĝ. */
function caseOf(positive: boolean, { s, value }: (typeof signs)[number], { multipliers, squares }: Proof): Case {
  // The program has g ≥ 0; with g ≤ 0 all signs are the opposite.
  const relative = positive ? value : value.neg();
  const own = signs.find((entry) => entry.value.equals(relative))!.s;
  const names = signProgram().basis;
  const mine = names.filter((name) => name.startsWith(`${own}: `));
  const multiplier = (name: string) => multipliers.get(name) ?? zero;
  const linear = (coefficients: readonly (readonly [string, Rational])[]): Polynomial =>
    fromTerms(coefficients.map(([name, coefficient]) => ({ powers: [[name, 1]], coefficient })));
  const mean = linear(
    ['v', 'N'].map((name) => {
      const free = multiplier(`mean with ${name}`);
      return [name, positive ? free : free.neg()] as const;
    }),
  );
  const k = value.equals(zero) ? {} : { ĝ: value.gt(zero) ? 'k' : '−k' };
  const noise = {
    '1': { e: positive ? 'k − N' : 'k + N' },
    '0': { e: positive ? '−N' : 'N' },
    '−1': { e: positive ? '−(N + k)' : 'N − k' },
  }[s];
  return {
    given: positive ? 'g ≥ 0' : 'g ≤ 0',
    outcome: `s = ${s}`,
    where: { g: positive ? 'N' : '−N', s, ...k, ...noise },
    scale: 'v',
    terms: [
      earlier('v', pathwise),
      {
        multiplier: `${multiplier('variance').toFraction()} γ`,
        inequality: { kind: 'variance', of: 'e', bound: 'v²' },
      },
      { multiplier: `(${format(mean)})γ`, inequality: { kind: 'mean', of: 'e' } },
      ...squares.pivots.flatMap((pivot, column): CertificateTerm[] => {
        const entries = mine.map(
          (name) => [name.slice(own.length + 2), squares.columns[column]![names.indexOf(name)]!] as const,
        );
        const square = linear(entries.filter(([, entry]) => !entry.equals(zero)));
        return square.size === 0 ? [] : [{ multiplier: `${pivot.toFraction()} γ`, square: format(square) }];
      }),
      ...['Nv', 'Nk', 'vk'].flatMap((product): CertificateTerm[] => {
        const factor = multiplier(`${own}: ${product}`);
        return factor.equals(zero) ? [] : [{ remainder: `${factor.toFraction()} γ${product}` }];
      }),
    ],
  };
}

function stagesOf(κ: Rational, proof: Proof): Stage[] {
  const times = κ.equals(one) ? '' : `${κ.toFraction()} `;
  const infimum = 'the infimum';
  return [
    {
      ...step,
      name: pathwise,
      kind: 'pathwise',
      statement: 'f(x⁺) ≤ f(x) − γ⟨∇f(x), sgn ĝ⟩ + γ²‖L‖₁/2, coordinate by coordinate',
      goal: 'f − f⁺ − γgs + 1/2 γ²L',
      alternatives: { given: ['every x'], outcomes },
      cases: signs.map(({ s }) => ({
        given: 'every x',
        outcome: `s = ${s}`,
        where: { s },
        terms: [
          { multiplier: '1', inequality: { kind: 'descent', of: 'f', from: 'x', to: 'x⁺' } },
          ...(s === '0' ? [{ remainder: '1/2 γ²L' }] : []),
        ],
      })),
    },
    {
      ...step,
      name: inExpectation,
      kind: 'expectation',
      statement: `E f(x⁺) ≤ f(x) − γ‖∇f(x)‖₁ + γ²‖L‖₁/2 + ${times}γ Σ σ_i/√B`,
      symbols: { ...step.symbols, e: 'ĝ − ∇f(x)_i', v: 'σ_i/√B > 0, so that E[e²] ≤ v²' },
      positive: ['γ', 'v'],
      random: [...step.random, 'e'],
      definitions: { ĝ: 'g + e' },
      goal: `f − f⁺ − γN + 1/2 γ²L + ${times}γv`,
      alternatives: { given: ['g ≥ 0', 'g ≤ 0'], outcomes },
      cases: [true, false].flatMap((positive) => signs.map((sign) => caseOf(positive, sign, proof))),
    },
    {
      ...step,
      name: noiseless,
      kind: 'pathwise',
      statement: 'f(x − γ sgn ∇f(x)) ≤ f(x) − γ‖∇f(x)‖₁ + γ²‖L‖₁/2',
      magnitudes: { N: { of: 'g', sign: 's' } },
      goal: 'f − f⁺ − γN + 1/2 γ²L',
      alternatives: { given: ['no noise'], outcomes },
      cases: signs.map(({ s }) => ({
        given: 'no noise',
        outcome: `s = ${s}`,
        where: s === '0' ? { g: '0', N: '0', s } : { g: s === '1' ? 'N' : '−N', s },
        terms: [earlier('1', pathwise)],
      })),
    },
    {
      name: 'T steps',
      kind: 'total',
      statement: `E[(1/T) Σ ‖∇f(x^{t−1})‖₁] ≤ (f(x⁰) − f*)/(γT) + γ‖L‖₁/2 + ${times}(1 − 1/T) Σ σ_i/√B`,
      symbols: {
        γ: step.symbols.γ,
        T: 'the number of iterations',
        S: 'E[(1/T) Σ ‖∇f(x^{t−1})‖₁]',
        Λ: '‖L‖₁',
        Y: 'Σ σ_i/√B',
        A: 'E‖∇f(x^{T−1})‖₁',
        'f₀': 'f(x⁰)',
        'f₁': 'E f(x^{T−1})',
        'f′': 'E f after the last step without noise',
        'f*': 'inf f',
        F: 'Σ E f(x^t) over 0 < t < T − 1, so that f₀ + F = F + f₁ for T = 1',
      },
      positive: ['γ', 'Λ', 'T'],
      nonNegative: ['S', 'Y'],
      facts: { [infimum]: { expression: 'f′ − f*', because: 'f ≥ f* everywhere, hence in expectation' } },
      goal: `f₀ − f* + 1/2 γ²TΛ + ${times}(T − 1)γY − γTS`,
      isolates: { quantity: 'S', factor: 'γT' },
      cases: [
        {
          terms: [
            earlier('1', inExpectation, { f: 'f₀ + F', 'f⁺': 'F + f₁', N: 'TS − A', L: '(T − 1)Λ', v: '(T − 1)Y' }),
            earlier('1', noiseless, { f: 'f₁', 'f⁺': 'f′', N: 'A', L: 'Λ' }),
            { multiplier: '1', inequality: { kind: 'fact', name: infimum } },
          ],
        },
      ],
    },
  ];
}
