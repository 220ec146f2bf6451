import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { solutionsOf } from '../../../exact/arithmetic/elimination.js';
import { one, rational, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import {
  add,
  constant,
  degreeIn,
  format,
  multiply,
  type Polynomial,
  substitute,
  subtract,
  symbol,
} from '../certificates/polynomial.js';
import {
  difference,
  highestFirst,
  isSame,
  number,
  product,
  type RationalFunction,
  reduced,
  sum,
  valueAt,
} from './rational-function.js';
import type { StepProof } from './step-proof.js';

/**
 * y^{t+1} − x^{t+1} = kept·(y^t − x^t) − newest·γ∇f(y^t), where x^{t+1} = y^t − γ∇f(y^t) and y⁰ = x⁰, as functions of t. With equal weights it is
 * Nesterov's y⁺ = x⁺ + weight·(x⁺ − x).
 */
export interface Accelerated {
  readonly kept: RationalFunction;
  readonly newest: RationalFunction;
}

const later = (p: Polynomial): Polynomial => substitute(p, new Map([['t', add(symbol('t'), constant(one))]]));
const degreeOf = (p: Polynomial): number => Math.max(...[...p.values()].map((term) => degreeIn(term, new Set(['t']))));
const whole = (numerator: Polynomial): RationalFunction => ({ numerator, denominator: constant(one) });
const times = Array.from({ length: 12 }, (_, t) => rational(BigInt(t)));

/**
 * u = u₀ + u₁t and s such that z = x + u·(y − x) moves by z⁺ = z − sγ∇f(y): the weights must meet kept·u(t + 1) = u(t) − 1 and newest·u(t + 1) = s − 1.
 */
function potentialOf({ kept, newest }: Accelerated): { readonly u: Polynomial; readonly s: Polynomial } | undefined {
  const rows = times.map((t) => {
    const [above, below] = [valueAt(kept.numerator, t), valueAt(kept.denominator, t)];
    return [above.sub(below), above.mul(t.add(one)).sub(below.mul(t))];
  });
  const right = times.map((t) => valueAt(kept.denominator, t).neg());
  const [u0, u1] = solutionsOf(rows, right, 2)?.particular ?? [];
  if (u0 === undefined || u1 === undefined) return undefined;
  const u = add(constant(u0), multiply(constant(u1), symbol('t')));
  const next = whole(later(u));
  const steps = sum(number(one), product(newest, next));
  const { numerator: s, denominator } = reduced(steps, 't');
  const isRight = degreeOf(denominator) === 0 && isSame(product(kept, next), difference(whole(u), number(one)));
  return isRight ? { u, s } : undefined;
}

/**
 * Proves for every γ ≤ 1/L and every T that γA(f(x^T) − f*) ≤ ½(1 + b)‖x⁰ − x*‖² for an accelerated gradient method on a convex L-smooth f. With
 * A = us at T − 1 and B = (u − 1)s at t the potential Bγ(f(x) − f*) + ½‖z − x*‖² does not grow (Nesterov 1983; Bansal and Gupta 2019); b is B at 0.
 *
 * @returns undefined if a multiplier is not shown to be ≥ 0 for every t
 */
export function proveAccelerated(weights: Accelerated): StepProof | undefined {
  const found = potentialOf(weights);
  if (found === undefined) return undefined;
  const { u, s } = found;
  const [before, after] = [subtract(multiply(u, s), s), multiply(u, s)];
  const beforeNext = later(before);
  const first = valueAt(before, zero);
  const isMore = first.gt(zero);
  /** The multiple of ½‖x⁰ − x*‖² that the potential is at most at first. */
  const most = isMore ? `${one.add(first).toFraction()} ` : '';
  const degree = degreeOf(after);
  const total = substitute(after, new Map([['t', subtract(symbol('T'), constant(one))]]));
  const text = (p: Polynomial) => `(${format(highestFirst(p))})`;
  const term = (kind: 'descent' | 'convexity', from: string, to: string, p: Polynomial): CertificateTerm[] =>
    p.size === 0 ? [] : [{ multiplier: `${text(p)}γ`, inequality: { kind, of: 'f', from, to } }];
  const ofSquare = add(multiply(after, symbol('m')), subtract(after, multiply(s, s)));
  const terms: CertificateTerm[] = [
    ...term('descent', 'y', 'x⁺', after),
    ...term('convexity', 'y', 'x', before),
    ...term('convexity', 'y', 'x*', s),
    { multiplier: `1/2 γ²${text(ofSquare)}`, square: 'g' },
  ];
  const kept = [...terms, ...term('convexity', 'x*', 'x⁺', subtract(after, beforeNext))];
  const constants = { γ: 'the step', L: 'the Lipschitz constant', m: '1 − γL ≥ 0' };
  const step: Stage = {
    name: 'one accelerated step',
    kind: 'pathwise',
    statement: 'p(x⁺) at t + 1 ≤ p(x) at t',
    symbols: {
      ...constants,
      t: 'the number of steps so far',
      p: 'the potential at x, z and t',
      'p⁺': 'the potential at x⁺, z⁺ and t + 1',
      ...{ f: 'f(x)', v: 'f(y)', 'f⁺': 'f(x⁺)', 'f*': 'f(x*), the least value' },
      ...{ x: 'the iterate minus x*', w: 'y − x', z: 'x + uw', 'z⁺': 'z after the step', g: '∇f(y)', h: '∇f(y)/L' },
    },
    positive: ['γ', 'L'],
    nonNegative: ['m', 't'],
    vectors: ['x', 'w', 'z', 'z⁺', 'g', 'h'],
    definitions: {
      p: `${text(before)}γ(f − f*) + 1/2 ‖z‖²`,
      'p⁺': `${text(beforeNext)}γ(f⁺ − f*) + 1/2 ‖z⁺‖²`,
      'z⁺': `z − ${text(s)}γg`,
      z: `x + ${text(u)}w`,
      g: 'Lh',
      m: '1 − γL',
    },
    functions: {
      f: {
        convex: true,
        modulus: 'L',
        values: { x: 'f', y: 'v', 'x*': 'f*', 'x⁺': 'f⁺' },
        gradients: { y: 'g', 'x*': '0x' },
      },
    },
    points: { x: 'x', y: 'x + w', 'x*': '0x', 'x⁺': 'x + w − γg' },
    goal: 'p − p⁺',
    cases: [{ terms: kept }],
  };
  const { 'p⁺': _, ...symbols } = step.symbols;
  const { 'p⁺': __, ...definitions } = step.definitions!;
  const last: Stage = {
    ...step,
    name: 'the last accelerated step',
    statement: `${text(after)}γ(f(x⁺) − f*) + ½‖z⁺ − x*‖² ≤ p(x)`,
    symbols: { ...symbols, q: 'f(x⁺) − f*', e: '½‖z⁺ − x*‖²' },
    definitions: { q: 'f⁺ − f*', e: '1/2 ‖z⁺‖²', ...definitions },
    goal: `p − ${text(after)}γq − e`,
    cases: [{ terms }],
  };
  const starts: Stage = {
    name: 'the first potential',
    kind: 'pathwise',
    statement: `p(x⁰) ≤ ${most}(½‖x⁰ − x*‖²)`,
    symbols: {
      ...constants,
      ...{ p: 'the potential at x, z = x and 0', e: '½‖x − x*‖²', f: 'f(x)', 'f*': 'f(x*), the least value' },
      x: 'x⁰ minus x*',
    },
    positive: ['γ', 'L'],
    nonNegative: ['m'],
    vectors: ['x'],
    definitions: { p: `${first.toFraction()} γ(f − f*) + 1/2 ‖x‖²`, e: '1/2 ‖x‖²', m: '1 − γL' },
    functions: { f: { convex: true, modulus: 'L', values: { x: 'f', 'x*': 'f*' }, gradients: { 'x*': '0x' } } },
    points: { x: 'x', 'x*': '0x' },
    goal: `${most}e − p`,
    cases: [
      {
        terms: [
          { multiplier: `${first.toFraction()} γ`, inequality: { kind: 'descent', of: 'f', from: 'x*', to: 'x' } },
          { multiplier: `${first.div(rational(2n)).toFraction()} m`, square: 'x' },
        ],
      },
    ],
  };
  const earlier = (stage: Stage, totals: Readonly<Record<string, string>>): CertificateTerm => ({
    multiplier: '1',
    inequality: { kind: 'earlier', stage: stage.name, totals },
  });
  const ofLast = Object.fromEntries(
    Array.from({ length: degree + 1 }, (_, k) => [`${'t'.repeat(k)}q`, `${'M'.repeat(k)}S`]),
  );
  const sumOfSteps: Stage = {
    name: 'the last accelerated iterate',
    kind: 'total',
    statement: `γW(f(x^T) − f*) ≤ ${isMore ? `${most}(½‖x⁰ − x*‖²)` : '½‖x⁰ − x*‖²'}, W = ${text(total)}`,
    symbols: {
      ...{ γ: constants.γ, L: constants.L },
      T: 'the number of iterations',
      ...{ M: 'T − 1, the t of the last step', W: 'what the last step leaves of f(x^T) − f*' },
      S: 'f(x^T) − f*',
      N: '½‖z − x*‖² after T steps',
      'p₀': '½‖x⁰ − x*‖²',
      ...(isMore && { 'p′': 'the potential at x⁰ and t = 0' }),
      P: 'Σ p(x^t) over 0 < t < T − 1, so that p(x⁰) + P = P + p₁ for T = 1',
      'p₁': 'the potential at x^{T−1} and t = T − 1',
    },
    positive: ['γ', 'L', 'T'],
    nonNegative: ['S', 'N', 'p₀'],
    definitions: { W: text(total), M: 'T − 1' },
    goal: `${most}p₀ − γWS`,
    cases: [
      {
        terms: [
          ...(isMore ? [earlier(starts, { e: 'p₀', p: 'p′' })] : []),
          earlier(step, { p: `${isMore ? 'p′' : 'p₀'} + P`, 'p⁺': 'P + p₁' }),
          earlier(last, { p: 'p₁', e: 'N', ...ofLast }),
          { remainder: 'N' },
        ],
      },
    ],
  };
  const certificate = { stages: [step, last, ...(isMore ? [starts] : []), sumOfSteps] };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  return {
    model: { start: 'distance', potential: `${text(before)}γ(f(x) − f*) + ½‖z − x*‖² with z = x + ${text(u)}(y − x)` },
    ...{ c: symbol('a'), noise: new Map(), length: total, largestStep: one },
    ...(isMore && { first: { gap: first, noise: zero } }),
    ...{ terms: kept, certificate },
  };
}
