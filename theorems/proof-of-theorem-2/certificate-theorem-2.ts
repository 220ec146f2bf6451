import type { Case, Certificate, CertificateTerm } from '../../src/claims/certificate.js';
import { certificateClaim } from '../../src/claims/proofs/certificates/certificate-claim.js';
import {
  aboveInfimum,
  atLeastOneStep,
  earlier,
  infimum,
  signNoise,
  signRun,
  signStep,
  times,
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
      cases: [
        {
          terms: [
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
          ],
        },
      ],
    },
  ],
};

/** Theorem 2 as the sum of the inequalities that define its hypotheses: a proof, checked as one. */
export const claim = certificateClaim({
  id: 'certificate-theorem-2',
  version: 1,
  source: { section: '5.2', equation: 'Theorem 2' },
  statement: 'the proof of Theorem 2 is a non-negative combination of the inequalities that define Assumption 2',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
  certificate,
});
