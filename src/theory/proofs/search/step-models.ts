import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational } from '../../../exact/arithmetic/rational.js';
import {
  type ClassInequality,
  type Coordinates,
  classInequalities,
  GramSpace,
  opposite,
  plus,
} from './inequalities.js';
import { combined, type Program, type Quadratic, type Unknown } from './program.js';

/** Which of its vectors and values an iteration knows at γL = a, with L = 1. */
interface StepParts {
  readonly space: GramSpace;
  readonly inequalities: readonly ClassInequality[];
  /** The summand of the left side. */
  readonly term: Quadratic;
  /** How much the potential falls in the iteration. */
  readonly decrease: Quadratic;
  /** The noise, and the vectors that do not depend on it, by name. */
  readonly noise: Coordinates;
  readonly known: Readonly<Record<string, Coordinates>>;
}

/** One iteration of an algorithm as a program, and the words of its certificate. */
export interface StepModel {
  /** Whether the iteration has noise; without it e is 0. */
  readonly noisy: boolean;
  /** What the bound is proportional to beside the noise: f(x⁰) − f* or ‖x⁰ − x*‖². */
  readonly start: 'gap' | 'distance';
  readonly parts: (a: Rational) => StepParts;
  /**
   * The stage of a certificate without its goal: p − p⁺ is the fall of the potential, Q the summand, e the noise and V a bound of E‖e‖².
   */
  readonly stage: Pick<
    Stage,
    'symbols' | 'positive' | 'nonNegative' | 'vectors' | 'random' | 'definitions' | 'functions' | 'points'
  >;
  /**
   * E p(x⁺) ≤ p(x) − cQ + εV for every γ, or for those of the range, with m = 1 − γL or γL − 1 ≥ 0: the largest c, and with it the least ε, in γ and L, and what they
   * are a combination of; its mean and variance are left out without noise.
   */
  readonly proof: {
    readonly c: string;
    readonly noise: string;
    readonly terms: readonly CertificateTerm[];
    readonly range?: 'γL ≤ 1' | 'γL ≥ 1';
  };
  /** What the potential is in words, for reports. */
  readonly potential: string;
  /** The summand in words. */
  readonly summand: string;
}

const minus = rational(-1n);
const between = (kind: 'descent' | 'convexity', of: string, from: string, to: string, multiplier = '1') =>
  ({ multiplier, inequality: { kind, of, from, to } }) satisfies CertificateTerm;
/** E⟨w, e⟩ = 0, and E‖e‖² ≤ V. */
const ofNoise = (w: string, noise: string): CertificateTerm[] => [
  { multiplier: w, inequality: { kind: 'mean', of: 'e' } },
  { multiplier: noise, inequality: { kind: 'variance', of: 'e', bound: 'V' } },
];
const constants = {
  γ: 'the step',
  L: 'the Lipschitz constant',
  V: 'a bound of E‖e‖²',
  p: 'the potential at x',
  'p⁺': 'the potential at x⁺',
  Q: 'the summand of the left side at x',
};
const stageOf = (rest: StepModel['stage'], vectors: readonly string[]): StepModel['stage'] => ({
  ...rest,
  symbols: { ...constants, ...rest.symbols },
  positive: ['γ', 'L'],
  nonNegative: ['V'],
  vectors,
  random: ['e', 'p⁺', ...(rest.random ?? [])],
});

/** x⁺ = x − γ(∇f(x) + e) for an L-smooth f, with the potential f. */
export const gradientStep = (noisy: boolean): StepModel => ({
  noisy,
  start: 'gap',
  parts(a) {
    const space = new GramSpace(['g', ...(noisy ? ['e'] : [])]);
    const [g, e] = [space.vector({ g: one }), space.vector({ e: one })];
    const points = {
      x: { at: space.vector({}), gradient: g, value: { f: one } },
      'x⁺': { at: space.vector({ g: a.neg(), e: a.neg() }), value: { 'f⁺': one } },
    };
    return {
      space,
      inequalities: classInequalities(space, { name: 'f', smooth: true, convex: false, points }),
      term: space.squared(g),
      decrease: space.values({ f: one, 'f⁺': minus }),
      noise: e,
      known: { g },
    };
  },
  stage: stageOf(
    {
      symbols: { f: 'f(x)', 'f⁺': 'f(x⁺)', x: 'the iterate', g: '∇f(x)', e: 'the noise of the gradient' },
      positive: [],
      random: ['f⁺'],
      definitions: { p: 'f', 'p⁺': 'f⁺', Q: '‖g‖²' },
      functions: { f: { convex: false, modulus: 'L', values: { x: 'f', 'x⁺': 'f⁺' }, gradients: { x: 'g' } } },
      points: { x: 'x', 'x⁺': 'x − γ(g + e)' },
    },
    ['x', 'g', 'e'],
  ),
  proof: {
    ...{ c: 'γ − 1/2 γ²L', noise: '1/2 γ²L' },
    terms: [between('descent', 'f', 'x', 'x⁺'), ...ofNoise('(γ − γ²L)g', '1/2 γ²L')],
  },
  potential: 'f(x)',
  summand: '‖∇f(x)‖²',
});

/**
 * x̃ = x − γG is the prox of x − γ∇d(x) for a convex r, G = ∇d(x) + ∇r(x̃), and x⁺ = x − γ(G + e): a step of SPGM, with the potential d + r.
 */
export const proximalStep = (smooth = true): StepModel => ({
  noisy: true,
  start: 'gap',
  parts(a) {
    const space = new GramSpace(['g', 'q', 'e']);
    const [g, q, e] = ['g', 'q', 'e'].map((name) => space.vector({ [name]: one })) as [
      Coordinates,
      Coordinates,
      Coordinates,
    ];
    const G = plus(g, q);
    const at = space.vector({});
    const [middle, next] = [plus(at, G, a.neg()), plus(at, plus(G, e), a.neg())];
    const d = { x: { at, gradient: g, value: { d: one } }, 'x⁺': { at: next, value: { 'd⁺': one } } };
    const r = {
      x: { at, value: { f: one, d: minus } },
      x̃: { at: middle, gradient: q, value: { r̃: one } },
      'x⁺': { at: next, value: { 'f⁺': one, 'd⁺': minus } },
    };
    return {
      space,
      inequalities: [
        ...classInequalities(space, { name: 'd', smooth: true, convex: false, points: d }),
        ...classInequalities(space, { name: 'r', smooth, convex: true, points: r }),
      ],
      term: space.squared(G),
      decrease: space.values({ f: one, 'f⁺': minus }),
      noise: e,
      known: { g, q },
    };
  },
  stage: stageOf(
    {
      symbols: {
        ...{ f: 'f(x)', 'f⁺': 'f(x⁺)', d: 'd(x)', 'd⁺': 'd(x⁺)', r̃: 'r(x̃)', x: 'the iterate', g: '∇d(x)', q: '∇r(x̃)' },
        G: 'G(x) = ∇d(x) + ∇r(x̃), because x̃ = x − γG is the prox of x − γ∇d(x)',
        e: 'Ĝ(x) − G(x)',
      },
      positive: [],
      random: ['f⁺', 'd⁺'],
      definitions: { p: 'f', 'p⁺': 'f⁺', Q: '‖G‖²', G: 'g + q' },
      functions: {
        d: { convex: false, modulus: 'L', values: { x: 'd', 'x⁺': 'd⁺' }, gradients: { x: 'g' } },
        r: {
          convex: true,
          ...(smooth && { modulus: 'L' }),
          values: { x: 'f − d', x̃: 'r̃', 'x⁺': 'f⁺ − d⁺' },
          gradients: { x̃: 'q' },
        },
      },
      points: { x: 'x', x̃: 'x − γG', 'x⁺': 'x − γ(G + e)' },
    },
    ['x', 'g', 'q', 'G', 'e'],
  ),
  proof: {
    ...{ c: 'γ − 1/2 γ²L', noise: 'γ²L' },
    terms: [
      between('descent', 'd', 'x', 'x⁺'),
      between('convexity', 'r', 'x̃', 'x'),
      between('descent', 'r', 'x̃', 'x⁺'),
      ...ofNoise('(γ − γ²L)G', 'γ²L'),
    ],
  },
  potential: 'f(x) = d(x) + r(x)',
  summand: '‖G(x)‖²',
});

/**
 * x⁺ = x − γ(∇f(x) + e) for a convex L-smooth f with a minimiser x* = 0, with the potential ½‖x − x*‖².
 *
 * @param long whether γL ≥ 1: then y = x − h is a point too, whose value shows that ‖∇f(x)‖² ≤ 2L(f(x) − f*), and for γL ≤ 1 that is of no use
 */
export const distanceStep = (noisy: boolean, long = false): StepModel => ({
  noisy,
  start: 'distance',
  parts(a) {
    const space = new GramSpace(['x', 'h', ...(noisy ? ['e'] : [])]);
    const [x, h, e] = ['x', 'h', 'e'].map((name) => space.vector({ [name]: one })) as [
      Coordinates,
      Coordinates,
      Coordinates,
    ];
    const half = rational(1n, 2n);
    const next = plus(x, plus(h, e), a.neg());
    const points = {
      x: { at: x, gradient: h, value: { f: one } },
      'x*': { at: space.vector({}), gradient: space.vector({}), value: { 'f*': one } },
      // A gradient step from x*, with the gradient of x: the two inequalities at it make the interpolation inequality.
      z: { at: h, value: { f̃: one } },
      ...(long && { y: { at: plus(x, h, minus), value: { f̂: one } } }),
    };
    return {
      space,
      inequalities: classInequalities(space, { name: 'f', smooth: true, convex: true, points }),
      term: space.values({ f: one, 'f*': minus }),
      decrease: combined([half, space.squared(x)], [half.neg(), space.squared(next)]),
      noise: e,
      known: { x, h },
    };
  },
  stage: stageOf(
    {
      symbols: {
        ...{
          f: 'f(x)',
          'f*': 'f(x*), the least value',
          f̃: 'f(z)',
          ...(long && { f̂: 'f(y)' }),
          x: 'the iterate minus x*',
          g: '∇f(x)',
          h: '∇f(x)/L',
        },
        e: 'the noise of the gradient',
      },
      positive: [],
      definitions: { p: '1/2 ‖x‖²', 'p⁺': '1/2 ‖x − γ(g + e)‖²', Q: 'f − f*', g: 'Lh' },
      functions: {
        f: {
          convex: true,
          modulus: 'L',
          values: { x: 'f', 'x*': 'f*', z: 'f̃', ...(long && { y: 'f̂' }) },
          gradients: { x: 'g', 'x*': '0x' },
        },
      },
      points: { x: 'x', 'x*': '0x', z: 'h', ...(long && { y: 'x − h' }) },
    },
    ['x', 'g', 'h', 'e'],
  ),
  proof: {
    ...{ c: long ? '2γ − γ²L' : 'γ', noise: '1/2 γ²', range: long ? 'γL ≥ 1' : 'γL ≤ 1' },
    terms: [
      between('descent', 'f', 'x*', 'z', 'γ'),
      between('convexity', 'f', 'x', 'z', 'γ'),
      ...(long
        ? [between('descent', 'f', 'x', 'y', 'γm'), between('convexity', 'f', 'x*', 'y', 'γm')]
        : [{ multiplier: '1/2 γLm', square: 'h' }]),
      ...ofNoise('(γ)x − (γ²L)h', '1/2 γ²'),
    ],
  },
  potential: '½‖x − x*‖²',
  summand: 'f(x) − f*',
});

/**
 * κ · (fall of the potential) − summand + εE‖e‖² = Σ λ · slack + Σ μ_w E⟨w, e⟩ + squares with κ, ε, λ ≥ 0: the summand is then at most κ times the
 * fall, and ε times the variance.
 */
export function stepProgram({ noisy, parts }: StepModel, a: Rational): Program {
  const { space, inequalities, term, decrease, noise, known } = parts(a);
  const unknowns: Unknown[] = [
    { name: 'κ', times: decrease },
    ...(noisy
      ? [
          { name: 'ε', times: space.squared(noise) },
          ...Object.entries(known).map(([name, vector]) => ({
            name: `mean with ${name}`,
            times: opposite(space.inner(vector, noise)),
            free: true as const,
          })),
        ]
      : []),
    ...inequalities.map(({ name, slack }) => ({ name, times: opposite(slack) })),
  ];
  return { basis: space.basis, constant: opposite(term), unknowns, conditions: [] };
}
