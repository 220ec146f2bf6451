import type { Case, Certificate, CertificateTerm, Stage } from '../../src/library/theorems.js';
import { certificateClaim } from '../shared/certificate-claim.js';
import {
  aboveInfimum,
  always,
  atLeastOneStep,
  earlier,
  infimum,
  signNoise,
  signRun,
  signStep,
  times,
  untilLastStep,
  wrongSign,
} from '../shared/certificate-terms.js';

const given = ['G ≥ 0', 'G ≤ 0'] as const;
const outcomes = ['s = 1', 's = 0', 's = −1'] as const;

/** ∇r moves by at most L_iγ from x to x⁺ and by at most L_iγ|G_i| from x to x̃: which bound is needed depends on the signs. */
function oneStep(
  condition: (typeof given)[number],
  outcome: (typeof outcomes)[number],
  terms: readonly CertificateTerm[],
): Case {
  return {
    given: condition,
    outcome,
    where: { G: condition === 'G ≥ 0' ? 'N' : '−N', s: outcome.slice('s = '.length) },
    terms: [times('1', 'descent', 'd', 'x', 'x⁺'), times('1', 'convexity', 'r', 'x⁺', 'x'), ...terms],
  };
}

/** The variance bounds |e| through a square, and |e| is at least |G_i| where the sign is wrong. */
function inExpectation(condition: (typeof given)[number], outcome: (typeof outcomes)[number]): Case {
  const sign = condition === 'G ≥ 0' ? '' : '−';
  const s = outcome.slice('s = '.length);
  const right = s === (sign === '' ? '1' : '−1');
  return {
    given: condition,
    outcome,
    where: {
      ...(right ? {} : { e: wrongSign(condition === 'G ≥ 0', s) }),
      G: `${sign}N`,
      s,
    },
    scale: 'v',
    terms: [
      earlier('v', 'one step'),
      { multiplier: 'γ', inequality: { kind: 'variance', of: 'e', bound: 'v²' } },
      ...(right
        ? [
            { multiplier: 'γ', square: 'e' },
            { multiplier: 'γ', square: 'v' },
          ]
        : [{ multiplier: 'γ', square: `v ${sign === '' ? '+' : '−'} e` }, { remainder: s === '0' ? 'γvN' : '2γvk' }]),
    ],
  };
}

/**
 * The proof of theorem 2 (§5.2) with all of its constants, one coordinate at a time and by cases of the signs of G_i and Ĝ_i, for every
 * value of sgn(0). The probability bound is the square (v − |e|)² together with |e| ≥ |G_i| where the sign is wrong.
 */
const certificate: Certificate = {
  stages: [
    {
      ...signStep,
      name: 'one step',
      kind: 'pathwise',
      statement: 'f(x⁺) − f(x) ≤ −γ⟨G, sgn Ĝ⟩ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁, coordinate by coordinate',
      goal: 'f − f⁺ − γGs + 3/2 γ²L + γ²(L + M)N',
      alternatives: { given, outcomes },
      cases: [
        oneStep('G ≥ 0', 's = 1', [
          times('γ', 'steepness', 'r', 'x⁺', 'x'),
          times('γ', 'monotonicity', 'r', 'x̃', 'x'),
          { remainder: 'γ²(L + M)N' },
        ]),
        oneStep('G ≥ 0', 's = −1', [
          times('γ', 'steepness', 'r', 'x', 'x⁺'),
          times('γ', 'steepness', 'r', 'x̃', 'x'),
          { remainder: 'γ²MN' },
        ]),
        oneStep('G ≥ 0', 's = 0', [{ remainder: '3/2 γ²L + γ²(L + M)N' }]),
        oneStep('G ≤ 0', 's = 1', [
          times('γ', 'steepness', 'r', 'x⁺', 'x'),
          times('γ', 'steepness', 'r', 'x', 'x̃'),
          { remainder: 'γ²MN' },
        ]),
        oneStep('G ≤ 0', 's = −1', [
          times('γ', 'steepness', 'r', 'x', 'x⁺'),
          times('γ', 'monotonicity', 'r', 'x', 'x̃'),
          { remainder: 'γ²(L + M)N' },
        ]),
        oneStep('G ≤ 0', 's = 0', [{ remainder: '3/2 γ²L + γ²(L + M)N' }]),
      ],
    },
    {
      ...signStep,
      ...signNoise,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√B)‖σ‖₁',
      goal: 'f − f⁺ − γN + 3/2 γ²L + γ²(L + M)N + 2γv',
      alternatives: { given, outcomes },
      cases: given.flatMap((condition) => outcomes.map((outcome) => inExpectation(condition, outcome))),
    },
    {
      ...signRun,
      name: 'T steps',
      kind: 'total',
      statement: 'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (4/√T)[‖L‖₁(f(x⁰) − f*) + ‖σ‖₁ + 1] for γ = 1/(2‖L‖₁√T), B = T',
      symbols: {
        ...signRun.symbols,
        Y: '‖σ‖₁, so that Σ_i σ_i/√B = Y/τ',
        X: 'Σ_t Σ_i L_i E|G(x^{t−1})_i|',
        ...atLeastOneStep.symbols,
      },
      nonNegative: [...signRun.nonNegative, 'm'],
      equation: ['γΛτ', '1/2'],
      facts: infimum,
      definitions: atLeastOneStep.definitions,
      goal: '4(Λ(f₀ − f*) + Y + 1) − τS',
      isolates: { quantity: 'S', factor: 'τ' },
      cases: always(
        earlier('4Λ', 'one step in expectation', {
          f: 'f₀ + F',
          'f⁺': 'F + f′',
          N: 'τ²S',
          L: 'τ²Λ',
          LN: 'X',
          MN: 'τ²ΛS − X',
          v: 'τY',
        }),
        aboveInfimum('4Λ'),
        { remainder: 'mS + 5/2' },
      ),
    },
  ],
};

/** Theorem 2 as the sum of the inequalities that define its hypotheses: a proof, checked as one. */
export const certificateTheorem2Claim = certificateClaim({
  id: 'certificate-theorem-2',
  version: 1,
  source: { section: '5.2', equation: 'Theorem 2' },
  statement: 'the proof of Theorem 2 is a non-negative combination of the inequalities that define Assumption 2',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
  certificate,
});

const sharpGiven = ['G ≥ 0, N ≥ v', 'G ≥ 0, N ≤ v', 'G ≤ 0, N ≥ v', 'G ≤ 0, N ≤ v'] as const;

const constants = {
  c: '√((5√5 − 11)/2) = (z + z³)/2',
  z: '√(√5 − 2), so that z⁴ = 1 − 4z²',
};
const algebra = {
  positive: ['c', 'z'],
  definitions: { c: '(z + z³)/2' },
  equation: ['z⁴', '1 − 4z²'],
} as const satisfies Partial<Stage>;

const symbols = {
  ...signNoise.symbols,
  u: '|∇r(x)_i − ∇r(x̃)_i|: the difference has the sign of G_i, because ∇r does not decrease',
  ...constants,
  m: '||G_i| − v|',
};
/** ∇r(x) − ∇r(x̃) has the sign of x − x̃ = γG. */
const change = { of: 'ρ − q', change: { function: 'r', from: 'x̃', to: 'x', factor: 'γ', along: 'N' } };

/** How f changes when Ĝ_i has this sign, with the descent lemma for d and for r. */
function sharpStep(outcome: (typeof outcomes)[number]): Case {
  const s = outcome.slice('s = '.length);
  return {
    given: 'every x',
    outcome,
    where: { s },
    terms: [
      times('1', 'descent', 'd', 'x', 'x⁺'),
      times('1', 'descent', 'r', 'x', 'x⁺'),
      ...(s === '0' ? [{ remainder: 'γ²L' }] : []),
    ],
  };
}

/**
 * Cantelli's inequality as a square: sgn Ĝ_i ≠ sgn G_i makes (v² − |G_i|ε)² ≥ (v² + G_i²)², where ε is the noise in the direction of G_i.
 * What then remains is non-negative term by term for |G_i| ≥ v, and for |G_i| ≤ v with one more square, of |G_i| − zv.
 */
function sharpInExpectation(condition: (typeof sharpGiven)[number], outcome: (typeof outcomes)[number]): Case {
  const s = outcome.slice('s = '.length);
  const positive = condition.startsWith('G ≥ 0');
  const large = condition.endsWith('≥ v');
  const right = s === (positive ? '1' : '−1');
  return {
    given: condition,
    outcome,
    where: {
      G: positive ? 'N' : '−N',
      s,
      ρ: positive ? 'q + u' : 'q − u',
      ...(right ? {} : { e: wrongSign(positive, s) }),
      ...(large ? { N: 'v + m' } : { v: 'N + m' }),
    },
    scale: '(v² + N²)²',
    terms: [
      earlier('(v² + N²)²', 'one step'),
      { multiplier: '2γ(N + u)N²', inequality: { kind: 'variance', of: 'e', bound: 'v²' } },
      { multiplier: positive ? '4γ(N + u)v²N' : '−4γ(N + u)v²N', inequality: { kind: 'mean', of: 'e' } },
      right
        ? { multiplier: '2γ(N + u)', square: positive ? 'v² − Ne' : 'v² + Ne' }
        : { remainder: s === '0' ? 'γ(N + u)(v² + N²)²' : '2γ(N + u)Nk(2(v² + N²) + Nk)' },
      ...(large
        ? [{ remainder: 'γ(v² + N²)((2v + m)mu + vm² + cγLv(v² + N²))' }]
        : [
            { remainder: 'γ(v² + N²)vm²' },
            positive
              ? times('γ(v² + N²)(2N + m)m', 'steepness', 'r', 'x̃', 'x')
              : times('γ(v² + N²)(2N + m)m', 'steepness', 'r', 'x', 'x̃'),
            { multiplier: 'γ²L(v² + N²)(N + (2z + c)v)', square: 'N − zv' },
          ]),
    ],
  };
}

const run = {
  ...signRun,
  symbols: {
    ...signRun.symbols,
    c: symbols.c,
    Y: 'Σ_i σ_i/√B, which is ‖σ‖₁/√T for B = T',
    X: 'Σ_i L_iσ_i/√B',
    'f₁': 'E f(x^{T−1})',
    'f′': 'E f(x^{T−1} − γ sgn G(x^{T−1})): the last step without noise',
    F: untilLastStep,
    A: 'E‖G(x^{T−1})‖₁',
  },
};

/** The proof of theorem 2♯, for every step, every mini-batch and every value of sgn(0), then at the step of the paper. */
const sharpCertificate: Certificate = {
  stages: [
    {
      ...algebra,
      name: 'the constant',
      kind: 'constants',
      statement: 'c⁴ + 11c² = 1, of which √((5√5 − 11)/2) is the positive root',
      symbols: constants,
      goal: 'c⁴ + 11c² − 1',
      cases: always(),
    },
    {
      ...algebra,
      name: 'the largest value',
      kind: 'constants',
      statement: 'w(1 − w²) ≤ c(1 + w²) for every w ≥ 0, with equality for w = z',
      symbols: { ...constants, w: 'any number ≥ 0' },
      nonNegative: ['w'],
      goal: 'c(1 + w²) − w(1 − w²)',
      cases: always({ multiplier: 'w + 2z + c', square: 'w − z' }),
    },
    {
      ...signStep,
      name: 'one step',
      kind: 'pathwise',
      statement: 'f(x⁺) ≤ f(x) − γ⟨∇d(x) + ∇r(x), sgn Ĝ⟩ + γ²‖L‖₁, coordinate by coordinate',
      goal: 'f − f⁺ − γ(g + ρ)s + γ²L',
      alternatives: { given: ['every x'], outcomes },
      cases: outcomes.map(sharpStep),
    },
    {
      ...signStep,
      ...signNoise,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + γ²‖L‖₁ + γ Σ_i (1 + cγL_i)σ_i/√B',
      symbols,
      positive: [...signNoise.positive, ...algebra.positive],
      magnitudes: { ...signStep.magnitudes, u: change, m: { of: 'N − v' } },
      definitions: { ...signNoise.definitions, ...algebra.definitions },
      equation: algebra.equation,
      goal: 'f − f⁺ − γN + γ²L + γ(1 + cγL)v',
      alternatives: { given: sharpGiven, outcomes },
      cases: sharpGiven.flatMap((condition) => outcomes.map((outcome) => sharpInExpectation(condition, outcome))),
    },
    {
      ...signStep,
      name: 'one step without noise',
      kind: 'pathwise',
      statement: 'f(x − γ sgn G) ≤ f(x) − γ‖G‖₁ + γ²‖L‖₁',
      symbols: { ...signStep.symbols, u: symbols.u },
      magnitudes: { N: { of: 'G', sign: 's' }, u: change },
      goal: 'f − f⁺ − γN + γ²L',
      alternatives: { given: ['no noise'], outcomes },
      cases: [
        {
          given: 'no noise',
          outcome: 's = 1',
          where: { G: 'N', s: '1', ρ: 'q + u' },
          terms: [earlier('1', 'one step'), { remainder: 'γu' }],
        },
        {
          given: 'no noise',
          outcome: 's = −1',
          where: { G: '−N', s: '−1', ρ: 'q − u' },
          terms: [earlier('1', 'one step'), { remainder: 'γu' }],
        },
        {
          given: 'no noise',
          outcome: 's = 0',
          where: { G: '0', N: '0', s: '0' },
          terms: [earlier('1', 'one step')],
        },
      ],
    },
    {
      ...run,
      name: 'T steps',
      kind: 'total',
      statement: 'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i (1 + cγL_i)σ_i/√B for every γ and B',
      positive: [...run.positive, 'c'],
      facts: infimum,
      goal: 'f₀ − f* + γ²TΛ + (T − 1)γ(Y + cγX) − γTS',
      isolates: { quantity: 'S', factor: 'γT' },
      cases: always(
        earlier('1', 'one step in expectation', {
          f: 'f₀ + F',
          'f⁺': 'F + f₁',
          N: 'TS − A',
          L: '(T − 1)Λ',
          v: '(T − 1)Y',
          Lv: '(T − 1)X',
        }),
        earlier('1', 'one step without noise', { f: 'f₁', 'f⁺': 'f′', N: 'A', L: 'Λ' }),
        aboveInfimum('1'),
      ),
    },
    {
      ...run,
      name: "the paper's step",
      kind: 'total',
      statement:
        'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (2/√T)[‖L‖₁Δ + ¼ + ½(1 − 1/T) Σ_i σ_i(1 + cγL_i)] for γ = 1/(2‖L‖₁√T), B = T',
      equation: ['γΛτ', '1/2'],
      goal: '2τ²Λ(f₀ − f*) + τ²/2 + (τ² − 1)τ(Y + cγX) − τ³S',
      isolates: { quantity: 'S', factor: 'τ³' },
      cases: always(earlier('2τ²Λ', 'T steps', { '1': '1', T: 'τ²' })),
    },
  ],
};

/** Theorem 2♯, which improves every constant of theorem 2, as a proof. */
export const certificateTheorem2SharpClaim = certificateClaim({
  id: 'certificate-theorem-2-sharp',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯' },
  statement: 'E[(1/T) Σ ‖G‖₁] ≤ (2/√T)[‖L‖₁Δ + ¼ + ½(1 − 1/T) Σ σ_i(1 + cL_i/(2‖L‖₁√T))] follows from Assumption 2',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
  certificate: sharpCertificate,
});
