import type { Certificate, Stage } from '../../../src/claims/certificate.js';
import { certificateClaim } from '../../../src/claims/proofs/certificates/certificate-claim.js';
import { aboveInfimum, earlier, infimum, signRun, untilLastStep } from '../../shared/certificate-terms.js';
import { noiseStages, symbols } from './noise-stages.js';
import { stepStages } from './step-stages.js';

const run = {
  ...signRun,
  symbols: {
    ...signRun.symbols,
    α: symbols.α,
    β: symbols.β,
    c: symbols.c,
    b: symbols.b,
    'b⁺': '(1 − α)^{t+1}',
    R: 'Σ (1 − α)^t over t < T − 1',
    Z: '(1 − α)^{T−1}',
    Ψ: 'Σ_i (2 + γL_i)σ_i/√B',
    Φ: 'Σ_i (2 + γL_i)L_i',
    Y: 'Σ_t Σ_i E|n_i^t| over t < T − 1',
    'Y′': 'Σ_t Σ_i L_i E|n_i^t| over t < T − 1',
    H: 'Σ_t Σ_i E|the lag| over t < T − 1',
    'H′': 'Σ_t Σ_i L_i E|the lag| over t < T − 1',
    'f₁': 'E f(x^{T−1})',
    'f′': 'E f(x^{T−1} − γ sgn G(x^{T−1})): the last step, with m = G and no error',
    F: untilLastStep,
    A: 'E‖G(x^{T−1})‖₁',
  },
  positive: [...signRun.positive, 'α', 'c'],
  nonNegative: [...signRun.nonNegative, 'β', 'Ψ', 'Φ', 'Z'],
  definitions: { β: '1 − α' },
} as const satisfies Partial<Stage>;

/** The proof for signProx with momentum: what a wrong sign costs, how fast G changes, and what the weights leave of the noise. */
const certificate: Certificate = {
  stages: [
    ...stepStages,
    ...noiseStages,
    {
      ...run,
      name: 'a weight',
      kind: 'constants',
      statement: '(1 − α)^t − (1 − α)^{t+1} = α(1 − α)^t',
      definitions: { 'b⁺': 'βb', ...run.definitions },
      goal: 'b − b⁺ − αb',
      cases: [{ terms: [] }],
    },
    {
      ...run,
      name: 'all weights',
      kind: 'total',
      statement: 'α Σ (1 − α)^t ≤ 1, summed over t < T − 1',
      goal: '1 − αR',
      cases: [{ terms: [earlier('1', 'a weight', { b: 'R', 'b⁺': 'R − 1 + Z' }), { remainder: 'Z' }] }],
    },
    {
      ...run,
      name: 'T steps',
      kind: 'total',
      statement:
        'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i (2 + γL_i)[2γL_i(1 − α)/α + σ_i√(α/(2 − α))/√B] + (1/(αT)) Σ_i (2 + γL_i)σ_i/√B',
      facts: {
        ...infimum,
        'the noise': {
          expression: 'Ψ((T − 1)c + R) − 2Y − γY′',
          because: 'its size, summed over t < T − 1 and over i with the weights 2 + γL_i',
        },
        'the lags': {
          expression: '2γβ(T − 1)Φ − α(2H + γH′)',
          because: 'the lag, summed over t < T − 1 and over i with the weights 2 + γL_i',
        },
      },
      goal: 'α(f₀ − f*) + αγ²TΛ + γ(T − 1)(2γβΦ + αcΨ) + γΨ − αγTS',
      isolates: { quantity: 'S', factor: 'αγT' },
      cases: [
        {
          terms: [
            earlier('α', 'one step', {
              f: 'f₀ + F',
              'f⁺': 'F + f₁',
              N: 'TS − A',
              L: '(T − 1)Λ',
              y: 'Y',
              h: 'H',
              Ly: 'Y′',
              Lh: 'H′',
            }),
            earlier('α', 'one step', { f: 'f₁', 'f⁺': 'f′', N: 'A', L: 'Λ', y: '0', h: '0', Ly: '0', Lh: '0' }),
            aboveInfimum('α'),
            { multiplier: 'αγ', inequality: { kind: 'fact', name: 'the noise' } },
            { multiplier: 'γ', inequality: { kind: 'fact', name: 'the lags' } },
            earlier('γΨ', 'all weights', { '1': '1' }),
          ],
        },
      ],
    },
  ],
};

/** Momentum in place of a mini-batch that grows, as a proof. */
export const claim = certificateClaim({
  id: 'certificate-momentum',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with momentum' },
  statement:
    'E[(1/T) Σ ‖G‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ (2 + γL_i)[2γL_i(1 − α)/α + √v_i√(α/(2 − α))] + (1/(αT)) Σ (2 + γL_i)√v_i for signProx with momentum follows from Assumption 2',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
  certificate,
});
