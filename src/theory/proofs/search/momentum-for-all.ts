import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { difference, inverse, isNonNegative, monomial, product, type RationalFunction } from './rational-function.js';
import type { SymbolicReading } from './read-theorem.js';
import { type StepProof, stagesOf } from './step-proof.js';
import { constantOf } from './sum-of-steps.js';

const two = rational(2n);

/** The weights of a momentum that depends on T, as functions of √T, or of the symbol of a reading. */
export interface MomentumForAll {
  readonly step: RationalFunction;
  readonly newestWeight: RationalFunction;
  readonly firstWeight: RationalFunction;
}

/**
 * Whether the sum of T steps is at most the bound for every T. With C = γ/(2α) and w = (1 − γL)α² − (1 − α)²(γL)² ≥ 0 the potential f + C‖m − ∇f‖² shows
 *
 *     E[(1/T) Σ ‖∇f(x^{t−1})‖²] ≤ 2(1 + γL(1 − c)²/α)Δ/(γT) + (c²/(αT) + (1 − 1/T)α)V.
 */
export function momentumProvesAll(
  { step: a, newestWeight: α, firstWeight: c }: MomentumForAll,
  { symbol, gap, noise, noiseDivisor }: SymbolicReading,
): boolean {
  const number = (value: Rational) => constantOf(symbol, value);
  const T = monomial(symbol, symbol === 'T' ? 1 : 2);
  const minusOf = (f: RationalFunction) => difference(number(zero), f);
  const sum = (f: RationalFunction, g: RationalFunction) => difference(f, minusOf(g));
  const square = (f: RationalFunction) => product(f, f);
  const [kept, rest] = [α, c].map((weight) => difference(number(one), weight)) as [RationalFunction, RationalFunction];
  const w = difference(product(difference(number(one), a), square(α)), product(square(kept), square(a)));
  const start = product(
    product(number(two), sum(number(one), product(product(a, square(rest)), inverse(α)))),
    inverse(product(a, T)),
  );
  const noises = sum(product(square(c), inverse(product(α, T))), product(difference(number(one), inverse(T)), α));
  const atLeast = (f: RationalFunction, g: RationalFunction) => isNonNegative(difference(f, g), symbol);
  return (
    [a, α, noiseDivisor].every((f) => isNonNegative(f, symbol, true)) &&
    [kept, rest, w].every((f) => isNonNegative(f, symbol)) &&
    atLeast(gap, start) &&
    atLeast(product(noise, noiseDivisor), noises)
  );
}

/** A proof of one step for all γ, L and α. */
export type MomentumProof = Pick<StepProof, 'model' | 'shown' | 'terms' | 'certificate'>;

/** The certificate of that sum, with γ, L, α and c as symbols. */
export function momentumProof(): MomentumProof | undefined {
  const symbols = {
    ...{ γ: 'the step', L: 'the Lipschitz constant', V: 'a bound of E‖e‖²', α: 'the weight of the newest gradient' },
    ...{ C: 'γ/(2α)', p: 'the potential at x and m', f: 'f(x)', x: 'the iterate', g: '∇f(x)' },
    m: 'the running mean of gradients, that of x included',
    e: 'the noise of the newest gradient',
  };
  const shared = { positive: ['γ', 'L', 'α', 'C'], equation: ['Cα', '1/2 γ'] } as const;
  const stage: Stage = {
    ...{ name: '', kind: 'expectation', statement: '', goal: '', cases: [] },
    symbols: {
      ...symbols,
      ...{ β: '1 − α ≥ 0', w: 'α²(1 − γL) − β²(γL)² ≥ 0' },
      ...{ 'p⁺': 'the potential at x⁺ and m⁺', Q: 'the summand of the left side at x' },
      ...{ 'f⁺': 'f(x⁺)', 'g⁺': '∇f(x⁺)', 'm⁺': 'the next running mean' },
    },
    ...shared,
    nonNegative: ['V', 'β', 'w'],
    vectors: ['x', 'g', 'm', 'g⁺', 'm⁺', 'e'],
    random: ['e', 'm⁺', 'p⁺'],
    definitions: {
      ...{ p: 'f + C‖m − g‖²', 'p⁺': 'f⁺ + C‖m⁺ − g⁺‖²', Q: '‖g‖²', 'm⁺': 'βm + α(g⁺ + e)' },
      ...{ w: 'α²(1 − γL) − β²γ²L²', β: '1 − α' },
    },
    functions: {
      f: { convex: false, modulus: 'L', values: { x: 'f', 'x⁺': 'f⁺' }, gradients: { x: 'g', 'x⁺': 'g⁺' } },
    },
    points: { x: 'x', 'x⁺': 'x − γm' },
  };
  const terms: CertificateTerm[] = [
    { multiplier: 'α²', inequality: { kind: 'descent', of: 'f', from: 'x', to: 'x⁺' } },
    { multiplier: '1/2 γβ²', inequality: { kind: 'lipschitz', of: 'f', from: 'x', to: 'x⁺' } },
    { multiplier: '1/2 γβ', square: 'α(m − g) − β(g − g⁺)' },
    { multiplier: '1/2 γw', square: 'm' },
    { multiplier: '2 α³βC(g⁺ − m)', inequality: { kind: 'mean', of: 'e' } },
    { multiplier: 'α⁴C', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
  ];
  const first: Stage = {
    name: 'the first potential',
    kind: 'expectation',
    statement: 'p(x⁰) is at most f(x⁰) + 2LC(1 − c)²(f(x⁰) − f*) + Cc²V in expectation',
    symbols: {
      ...symbols,
      ...{ c: 'the weight of the first gradient', b: '1 − c ≥ 0', h: '∇f(x)/L' },
      ...{ 'f*': 'inf f', f̃: 'f(y) after a gradient step from x to y' },
    },
    ...shared,
    positive: [...shared.positive, 'c'],
    nonNegative: ['V', 'b'],
    vectors: ['x', 'g', 'h', 'm', 'e'],
    random: ['e', 'm', 'p'],
    definitions: { p: 'f + C‖m − g‖²', m: 'c(g + e)', g: 'Lh', b: '1 − c' },
    functions: { f: { convex: false, modulus: 'L', values: { x: 'f', y: 'f̃' }, gradients: { x: 'g' } } },
    points: { x: 'x', y: 'x − h' },
    facts: { 'f* is below f(y)': { expression: 'f̃ − f*', because: 'f ≥ f* everywhere' } },
    goal: 'f − p + 2 LCb²(f − f*) + Cc²V',
    cases: [
      {
        terms: [
          { multiplier: '2 LCb²', inequality: { kind: 'descent', of: 'f', from: 'x', to: 'y' } },
          { multiplier: '2 LCb²', inequality: { kind: 'fact', name: 'f* is below f(y)' } },
          { multiplier: '2 Cbcg', inequality: { kind: 'mean', of: 'e' } },
          { multiplier: 'Cc²', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
        ],
      },
    ],
  };
  const stages = stagesOf(
    { noisy: true, stage, start: 'gap', summand: '‖∇f(x)‖²' },
    {
      ...{ c: '1/2 γ', noise: 'Cα²', terms, scale: 'α²' },
      first: { stage: first, gap: '(1 + 2 LCb²)', noise: 'Cc²' },
    },
  );
  if (checkCertificate({ stages }).some(({ problem }) => problem !== undefined)) return undefined;
  return {
    model: { start: 'gap', potential: 'f(x) + C‖m − ∇f(x)‖² with C = γ/(2α)' },
    shown: 'times α², where β = 1 − α and w = α²(1 − γL) − β²γ²L² ≥ 0:',
    terms,
    certificate: { stages },
  };
}
