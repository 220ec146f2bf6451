import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, rational } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { raise, scale, symbol } from '../certificates/polynomial.js';
import type { StepProof } from './step-proof.js';

const inequality = (kind: 'convexity' | 'descent', of: string, from: string, to: string, multiplier: string) =>
  ({ multiplier, inequality: { kind, of, from, to } }) satisfies CertificateTerm;

const constants = { γ: 'the step', x: 'the iterate minus x*' };

/** The proof with its certificate, if that is accepted. */
const accepted = (proof: StepProof): StepProof | undefined =>
  checkCertificate(proof.certificate).some(({ problem }) => problem !== undefined) ? undefined : proof;

/**
 * The last iterate of gradient descent on a convex L-smooth f, or of proximal gradient steps on f = d + r where r is convex, for γL ≤ 1: the potential
 * tγ(f(x) − f*) + ½‖x − x*‖² does not grow when t becomes t + 1 (Bansal and Gupta 2019; Beck and Teboulle 2009, theorem 3.1).
 */
function lastIterate(smooth: 'f' | 'd', r?: 'r'): StepProof | undefined {
  const parts = r === undefined ? [smooth] : [smooth, r];
  const along = r === undefined ? 'g' : 'g + s';
  const marked = (mark: string) => parts.map((part) => part + mark);
  const gap = (mark: string) => `${marked(mark).join(' + ')} − ${marked('*').join(' − ')}`;
  const valuesOf = (part: string) => ({ x: part, 'x*': `${part}*`, 'x⁺': `${part}⁺` });
  const terms: CertificateTerm[] = [
    inequality('convexity', smooth, 'x', 'x*', 'γ'),
    inequality('descent', smooth, 'x', 'x⁺', '(t + 1)γ'),
    ...(r === undefined
      ? []
      : [inequality('convexity', r, 'x⁺', 'x*', 'γ'), inequality('convexity', r, 'x⁺', 'x', 'tγ')]),
    { multiplier: '1/2 tγ² + 1/2 (t + 1)γ²m', square: along },
  ];
  const step: Stage = {
    name: 'one step of a run',
    kind: 'pathwise',
    statement: 'p(x⁺) at t + 1 ≤ p(x) at t',
    symbols: {
      ...{ ...constants, L: 'the Lipschitz constant', m: '1 − γL ≥ 0', t: 'the number of steps so far' },
      ...{ p: 'the potential at x and t', 'p⁺': 'the potential at x⁺ and t + 1' },
      ...Object.fromEntries(
        parts.flatMap((part) => Object.entries(valuesOf(part)).map(([at, value]) => [value, `${part}(${at})`])),
      ),
      g: `∇${smooth}(x)`,
      ...(r && { s: `a subgradient of r at x⁺: x⁺ is the prox of x − γ∇${smooth}(x)` }),
    },
    positive: ['γ', 'L'],
    nonNegative: ['m', 't'],
    vectors: ['x', 'g', ...(r ? ['s'] : [])],
    definitions: {
      p: `tγ(${gap('')}) + 1/2 ‖x‖²`,
      'p⁺': `(t + 1)γ(${gap('⁺')}) + 1/2 ‖x − γ(${along})‖²`,
      m: '1 − γL',
    },
    functions: {
      [smooth]: { convex: true, modulus: 'L', values: valuesOf(smooth), gradients: { x: 'g' } },
      ...(r && { [r]: { convex: true, values: valuesOf(r), gradients: { 'x⁺': 's' } } }),
    },
    points: { x: 'x', 'x*': '0x', 'x⁺': `x − γ(${along})` },
    goal: 'p − p⁺',
    cases: [{ terms }],
  };
  const total: Stage = {
    name: 'the last iterate',
    kind: 'total',
    statement: 'γT(f(x^T) − f*) ≤ ½‖x⁰ − x*‖²',
    symbols: {
      ...{ γ: constants.γ, L: 'the Lipschitz constant', T: 'the number of iterations' },
      ...{ S: 'f(x^T) − f*', N: '½‖x^T − x*‖²' },
      ...{ 'p₀': '½‖x⁰ − x*‖², the potential at x⁰ and t = 0', 'p′': 'the potential at x^T and t = T' },
    },
    positive: ['γ', 'L', 'T'],
    nonNegative: ['S', 'N'],
    definitions: { 'p′': 'γTS + N' },
    goal: 'p₀ − γTS',
    cases: [
      {
        terms: [
          { multiplier: '1', inequality: { kind: 'earlier', stage: step.name, totals: { p: 'p₀', 'p⁺': 'p′' } } },
          { remainder: 'N' },
        ],
      },
    ],
  };
  return accepted({
    model: { start: 'distance', potential: 'tγ(f(x) − f*) + ½‖x − x*‖²' },
    ...{ c: symbol('a'), noise: new Map(), largestStep: one, terms },
    certificate: { stages: [step, total] },
  });
}

export const proveDescent = (): StepProof | undefined => lastIterate('f');
export const proveProximal = (): StepProof | undefined => lastIterate('d', 'r');

/** A subgradient step on a convex M-Lipschitz r: ½‖x⁺ − x*‖² ≤ ½‖x − x*‖² − γ(r(x) − r*) + ½γ²M², for every γ (Shor 1962). L stands for M/‖x⁰ − x*‖. */
export function proveSubgradient(): StepProof | undefined {
  const bounded = 'the subgradient at x is at most M';
  const terms: CertificateTerm[] = [
    inequality('convexity', 'r', 'x', 'x*', 'γ'),
    { multiplier: '1/2 γ²', inequality: { kind: 'fact', name: bounded } },
  ];
  const step: Stage = {
    name: 'one step',
    kind: 'pathwise',
    statement: 'p(x⁺) ≤ p(x) − γQ + ½γ²W',
    symbols: {
      ...{ ...constants, W: 'M²', p: 'the potential at x', 'p⁺': 'the potential at x⁺' },
      ...{
        Q: 'the summand of the left side at x',
        r: 'r(x)',
        'r*': 'r(x*), the least value',
        s: 'a subgradient of r at x',
      },
    },
    positive: ['γ'],
    nonNegative: ['W'],
    vectors: ['x', 's'],
    definitions: { p: '1/2 ‖x‖²', 'p⁺': '1/2 ‖x − γs‖²', Q: 'r − r*' },
    functions: { r: { convex: true, values: { x: 'r', 'x*': 'r*' }, gradients: { x: 's' } } },
    points: { x: 'x', 'x*': '0x' },
    facts: { [bounded]: { expression: 'W − ‖s‖²', because: 'r is M-Lipschitz' } },
    goal: 'p − p⁺ − γQ + 1/2 γ²W',
    cases: [{ terms }],
  };
  const total: Stage = {
    name: 'T steps',
    kind: 'total',
    statement: 'γ(1/T) Σ Q(x^{t−1}) ≤ p(x⁰)/T + ½γ²W',
    symbols: {
      ...{ γ: 'the step', W: 'M²', T: 'the number of iterations' },
      S: 'the mean of Q(x^{t−1}) over T iterations, Q = f(x) − f*',
      ...{ 'p₀': 'p(x⁰)', 'p′': 'p(x^T)' },
    },
    positive: ['γ', 'T'],
    nonNegative: ['W', 'S', 'p′'],
    goal: 'p₀ + 1/2 γ²TW − γTS',
    cases: [
      {
        terms: [
          {
            multiplier: '1',
            inequality: { kind: 'earlier', stage: step.name, totals: { p: 'p₀', 'p⁺': 'p′', Q: 'TS', '1': 'T' } },
          },
          { remainder: 'p′' },
        ],
      },
    ],
  };
  return accepted({
    model: { start: 'distance', potential: '½‖x − x*‖²' },
    ...{ c: symbol('a'), noise: new Map(), repeated: scale(raise(symbol('a'), 2), rational(1n, 2n)) },
    ...{ largestStep: undefined, terms },
    certificate: { stages: [step, total] },
  });
}
