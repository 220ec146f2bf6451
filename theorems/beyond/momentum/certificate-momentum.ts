import type { Case, Certificate, Stage } from '../../../src/library/theorems.js';
import { certificateClaim } from '../../shared/certificate-claim.js';
import {
  aboveInfimum,
  always,
  earlier,
  infimum,
  signNoise,
  signRun,
  signStep,
  times,
  untilLastStep,
  wrongSign,
} from '../../shared/certificate-terms.js';

/** What the mean is made of, in one coordinate and one iteration. */
const symbols = {
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
const noiseStages: readonly Stage[] = [
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
    cases: always(
      { multiplier: '1', inequality: { kind: 'fact', name: 'the next one' } },
      { multiplier: 'α²', inequality: { kind: 'variance', of: 'ξ', bound: 'v²' } },
      { multiplier: '−2αβn', inequality: { kind: 'mean', of: 'ξ' } },
    ),
  },
  {
    ...mean,
    name: 'what the weights leave',
    kind: 'constants',
    statement: '(1 − α)²c² + α² = c² for c² = α/(2 − α)',
    definitions: { β: '1 − α' },
    equation: ['αc²', '2c² − α'],
    goal: 'β²c² + α² − c²',
    cases: always(),
  },
  {
    ...moment,
    name: 'its second moment',
    kind: 'total',
    statement: 'E n² ≤ (σ_i²/B)[(1 − α)^{2t} + α/(2 − α)] goes from t to t + 1',
    equation: ['β²c²', 'c² − α²'],
    goal: 'v²(β²b² + c²) − X⁺',
    cases: always(earlier('1', 'the averaged noise', { 'n²': 'X', W: 'X⁺', '1': '1' }), {
      multiplier: 'β²',
      inequality: { kind: 'fact', name: 'E n² so far' },
    }),
  },
  {
    ...mean,
    name: 'a square',
    kind: 'pathwise',
    statement: '2v(b + c)|n| ≤ v²(b + c)² + n²',
    goal: 'v²(b + c)² + y² − 2v(b + c)y',
    cases: always({ multiplier: '1', square: 'v(b + c) − y' }),
  },
  {
    ...moment,
    name: 'its size',
    kind: 'total',
    statement: 'E|n| ≤ (σ_i/√B)[(1 − α)^t + √(α/(2 − α))]',
    goal: '2v²(b + c)² − 2v(b + c)Y',
    isolates: { quantity: 'Y', factor: '2v(b + c)' },
    cases: always(
      earlier('1', 'a square', { 'y²': 'X', y: 'Y', '1': '1' }),
      { multiplier: '1', inequality: { kind: 'fact', name: 'E n² so far' } },
      { remainder: '2v²bc' },
    ),
  },
];

const given = ['G ≥ 0', 'G ≤ 0'] as const;
const outcomes = ['s = 1', 's = 0', 's = −1'] as const;

const { Ĝ: _, ...ofStep } = signStep.symbols;

/** One step by the sign of m, whatever m is. */
const step = {
  ...signStep,
  symbols: {
    ...ofStep,
    k: '|m_i|',
    s: 'sgn m_i, any value in {−1, 0, 1} at 0',
    m: 'm_i, whose sign is taken',
    e: 'm_i − G(x)_i',
    u: '|∇r(x)_i − ∇r(x̃)_i|: the difference has the sign of G_i, because ∇r does not decrease',
    y: symbols.y,
    h: symbols.h,
  },
  nonNegative: [...signStep.nonNegative, 'y', 'h'],
  magnitudes: {
    N: { of: 'G' },
    k: { of: 'm', sign: 's' },
    u: { of: 'ρ − q', change: { function: 'r', from: 'x̃', to: 'x', factor: 'γ', along: 'N' } },
  },
  random: ['m', 'k', 's', 'e', 'y', 'p', 'f⁺', 'd⁺'],
  definitions: { ...signStep.definitions, m: 'G + e' },
} as const satisfies Partial<Stage>;

/** A wrong sign makes |G_i| + |m_i| at most |e|; it costs 2|G_i| and what ∇r changes on the way from x̃ to x. */
function oneStep(condition: (typeof given)[number], outcome: (typeof outcomes)[number]): Case {
  const s = outcome.slice('s = '.length);
  const positive = condition === 'G ≥ 0';
  const right = s === (positive ? '1' : '−1');
  const wrong = [
    {
      multiplier: '2γ + γ²L',
      inequality: { kind: 'fact', name: positive ? 'the error from below' : 'the error from above' },
    } as const,
    { remainder: '(2γ + γ²L)k' },
  ];
  return {
    given: condition,
    outcome,
    where: {
      G: positive ? 'N' : '−N',
      s,
      ρ: positive ? 'q + u' : 'q − u',
      ...(right ? {} : { e: wrongSign(positive, s) }),
    },
    terms: [
      times('1', 'descent', 'd', 'x', 'x⁺'),
      times('1', 'descent', 'r', 'x', 'x⁺'),
      ...(right ? [{ remainder: 'γu + (2γ + γ²L)(y + h)' }] : []),
      ...(s === '0' ? [wrong[0]!, { remainder: 'γN + γ²LN + γ²L' }] : []),
      ...(!right && s !== '0'
        ? [...wrong, positive ? times('γ', 'steepness', 'r', 'x̃', 'x') : times('γ', 'steepness', 'r', 'x', 'x̃')]
        : []),
    ],
  };
}

const change = 'g′ + q′ − g − q';

/** ∇r moves by as much as the prox does, times L at most: co-coercivity. */
function rate(ordered: 'D − γ(g′ + q′ − g − q) ≥ 0' | 'D − γ(g′ + q′ − g − q) ≤ 0'): Case {
  const forward = ordered.endsWith('≥ 0');
  return {
    given: ordered,
    where: {
      D: forward ? `M + γ(${change})` : `−M + γ(${change})`,
      'q′': forward ? 'q + u' : 'q − u',
    },
    outcome: 'every mini-batch',
    scale: '1 + γL',
    terms: [
      times('2 + 4γL', 'lipschitz', 'd', 'x', 'z'),
      forward ? times('4u', 'steepness', 'r', 'x̃', 'z̃') : times('4u', 'steepness', 'r', 'z̃', 'x̃'),
      { multiplier: '2', square: 'LD − (q′ − q)' },
      { multiplier: '2γL', square: change },
      { multiplier: '1 + γL', square: 'g′ − g − q′ + q' },
    ],
  };
}

/** What a step does to f by the sign of m, how fast G changes, and by how much the mean lags behind it. */
const stepStages: readonly Stage[] = [
  {
    ...step,
    name: 'one step',
    kind: 'pathwise',
    statement: 'f(x⁺) ≤ f(x) − γ|G_i| + γ²L_i + γ(2 + γL_i)|e|, coordinate by coordinate, for |e| ≤ |n| + |the lag|',
    facts: {
      'the error from above': { expression: 'y + h − e', because: 'e is the sum of n and the lag' },
      'the error from below': { expression: 'y + h + e', because: 'e is the sum of n and the lag' },
    },
    goal: 'f − f⁺ − γN + γ²L + γ(2 + γL)(y + h)',
    alternatives: { given, outcomes },
    cases: given.flatMap((condition) => outcomes.map((outcome) => oneStep(condition, outcome))),
  },
  {
    name: 'how fast G changes',
    kind: 'pathwise',
    statement: '(G(z)_i − G(x)_i)² ≤ 4L_i²(z_i − x_i)²',
    symbols: {
      γ: signStep.symbols.γ,
      L: signStep.symbols.L,
      x: signStep.symbols.x,
      D: 'z_i − x_i, for any other point z',
      g: signStep.symbols.g,
      'g′': '∇d(z)_i',
      q: signStep.symbols.q,
      'q′': '∇r(z̃)_i, where z̃ = P(z)',
      M: '|z̃_i − x̃_i|',
      u: '|∇r(z̃)_i − ∇r(x̃)_i|: the difference has the sign of z̃_i − x̃_i',
    },
    positive: ['γ'],
    nonNegative: ['L'],
    magnitudes: {
      M: { of: `D − γ(${change})` },
      u: { of: 'q′ − q', change: { function: 'r', from: 'x̃', to: 'z̃', factor: '1', along: 'M' } },
    },
    functions: {
      d: { convex: false, modulus: 'L', values: {}, gradients: { x: 'g', z: 'g′' } },
      r: { convex: true, modulus: 'L', values: {}, gradients: { x̃: 'q', z̃: 'q′' } },
    },
    points: { x: 'x', z: 'x + D', x̃: 'x − γ(g + q)', z̃: 'x + D − γ(g′ + q′)' },
    goal: `4L²D² − (${change})²`,
    alternatives: {
      given: [`D − γ(${change}) ≥ 0`, `D − γ(${change}) ≤ 0`],
      outcomes: ['every mini-batch'],
    },
    cases: [rate('D − γ(g′ + q′ − g − q) ≥ 0'), rate('D − γ(g′ + q′ − g − q) ≤ 0')],
  },
  {
    name: 'the lag',
    kind: 'pathwise',
    statement: '|the lag| ≤ 2γL_i(1 − α)/α, times α',
    symbols: {
      γ: signStep.symbols.γ,
      L: signStep.symbols.L,
      α: symbols.α,
      β: symbols.β,
      h: symbols.h,
      'h⁺': '|the lag| of the next iteration',
      w: '|G(x^{t+1})_i − G(x^t)_i|',
    },
    positive: ['γ', 'α'],
    nonNegative: ['L', 'β', 'h', 'w'],
    definitions: { β: '1 − α' },
    facts: {
      'so far': { expression: '2γLβ − αh', because: 'the lag is 0 for t = 0, and else by the iteration before' },
      'an iteration moves x_i by γ at most': { expression: '2γL − w', because: 'how fast G changes' },
      'what is kept': {
        expression: 'β(h + w) − h⁺',
        because: 'the lag becomes (1 − α)(the lag + G(x^t) − G(x^{t+1}))',
      },
    },
    goal: '2γLβ − αh⁺',
    cases: always(
      { multiplier: 'α', inequality: { kind: 'fact', name: 'what is kept' } },
      { multiplier: 'β', inequality: { kind: 'fact', name: 'so far' } },
      { multiplier: 'αβ', inequality: { kind: 'fact', name: 'an iteration moves x_i by γ at most' } },
    ),
  },
];

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
      cases: always(),
    },
    {
      ...run,
      name: 'all weights',
      kind: 'total',
      statement: 'α Σ (1 − α)^t ≤ 1, summed over t < T − 1',
      goal: '1 − αR',
      cases: always(earlier('1', 'a weight', { b: 'R', 'b⁺': 'R − 1 + Z' }), { remainder: 'Z' }),
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
      cases: always(
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
      ),
    },
  ],
};

/** Momentum in place of a mini-batch that grows, as a proof. */
export const certificateMomentumClaim = certificateClaim({
  id: 'certificate-momentum',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with momentum' },
  statement:
    'E[(1/T) Σ ‖G‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ (2 + γL_i)[2γL_i(1 − α)/α + √v_i√(α/(2 − α))] + (1/(αT)) Σ (2 + γL_i)√v_i for signProx with momentum follows from Assumption 2',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
  certificate,
});
