import type { Stage } from '../../../src/claims/certificate.js';
import { earlier, signNoise } from '../../shared/certificate-terms.js';

/** What the mean is made of, in one coordinate and one iteration. */
export const symbols = {
  α: 'the weight of the newest Ĝ(x) in m, 0 < α ≤ 1',
  β: '1 − α',
  v: signNoise.symbols.v,
  n: 'the averaged noise, (1 − α)^t ξ⁰ + α Σ (1 − α)^{t−j} ξ^j',
  y: '|n|',
  h: '|the lag|, where e is the sum of n and the lag',
  c: '√(α/(2 − α))',
  b: '(1 − α)^t',
};

const mean = {
  symbols: {
    ...symbols,
    W: 'the square of the averaged noise of the next iteration',
    ξ: 'Ĝ(x)_i − G(x)_i',
  },
  positive: ['α', 'v', 'c'],
  nonNegative: ['β', 'y', 'h', 'b'],
} as const satisfies Partial<Stage>;

const moment = {
  symbols: { ...mean.symbols, X: 'E n²', 'X⁺': 'E n² of the next iteration', Y: 'E|n|' },
  positive: mean.positive,
  nonNegative: [...mean.nonNegative, 'X', 'Y'],
  facts: {
    'E n² so far': {
      expression: 'v²(b² + c²) − X',
      because: 'for t = 0 E n² ≤ v² and b = 1, and else by the stage before',
    },
  },
} as const satisfies Partial<Stage>;

/** What the weights leave of the noise. */
export const noiseStages: readonly Stage[] = [
  {
    ...mean,
    name: 'the averaged noise',
    kind: 'expectation',
    statement: 'E[((1 − α)n + αξ)² | the past] ≤ (1 − α)²n² + α²σ_i²/B',
    random: ['ξ', 'W'],
    facts: {
      'the next one': { expression: '(βn + αξ)² − W', because: 'the averaged noise becomes (1 − α)n + αξ' },
    },
    goal: 'β²n² + α²v² − W',
    cases: [
      {
        terms: [
          { multiplier: '1', inequality: { kind: 'fact', name: 'the next one' } },
          { multiplier: 'α²', inequality: { kind: 'variance', of: 'ξ', bound: 'v²' } },
          { multiplier: '−2αβn', inequality: { kind: 'mean', of: 'ξ' } },
        ],
      },
    ],
  },
  {
    ...mean,
    name: 'what the weights leave',
    kind: 'constants',
    statement: '(1 − α)²c² + α² = c² for c² = α/(2 − α)',
    definitions: { β: '1 − α' },
    equation: ['αc²', '2c² − α'],
    goal: 'β²c² + α² − c²',
    cases: [{ terms: [] }],
  },
  {
    ...moment,
    name: 'its second moment',
    kind: 'total',
    statement: 'E n² ≤ (σ_i²/B)[(1 − α)^{2t} + α/(2 − α)] goes from t to t + 1',
    equation: ['β²c²', 'c² − α²'],
    goal: 'v²(β²b² + c²) − X⁺',
    cases: [
      {
        terms: [
          earlier('1', 'the averaged noise', { 'n²': 'X', W: 'X⁺', '1': '1' }),
          { multiplier: 'β²', inequality: { kind: 'fact', name: 'E n² so far' } },
        ],
      },
    ],
  },
  {
    ...mean,
    name: 'a square',
    kind: 'pathwise',
    statement: '2v(b + c)|n| ≤ v²(b + c)² + n²',
    goal: 'v²(b + c)² + y² − 2v(b + c)y',
    cases: [{ terms: [{ multiplier: '1', square: 'v(b + c) − y' }] }],
  },
  {
    ...moment,
    name: 'its size',
    kind: 'total',
    statement: 'E|n| ≤ (σ_i/√B)[(1 − α)^t + √(α/(2 − α))]',
    goal: '2v²(b + c)² − 2v(b + c)Y',
    isolates: { quantity: 'Y', factor: '2v(b + c)' },
    cases: [
      {
        terms: [
          earlier('1', 'a square', { 'y²': 'X', y: 'Y', '1': '1' }),
          { multiplier: '1', inequality: { kind: 'fact', name: 'E n² so far' } },
          { remainder: '2v²bc' },
        ],
      },
    ],
  },
];
