import type { Case, Stage } from '../../../src/claims/certificate.js';
import { signStep, times, wrongSign } from '../../shared/certificate-terms.js';
import { symbols } from './noise-stages.js';

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
export const stepStages: readonly Stage[] = [
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
    cases: [
      {
        terms: [
          { multiplier: 'α', inequality: { kind: 'fact', name: 'what is kept' } },
          { multiplier: 'β', inequality: { kind: 'fact', name: 'so far' } },
          { multiplier: 'αβ', inequality: { kind: 'fact', name: 'an iteration moves x_i by γ at most' } },
        ],
      },
    ],
  },
];
