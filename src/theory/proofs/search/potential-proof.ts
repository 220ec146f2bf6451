import type { CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { fromTerms, type Polynomial, symbol } from '../certificates/polynomial.js';
import { type Coordinates, classInequalities, GramSpace, opposite, plus } from './inequalities.js';
import { combined, neededOf, type Program, type Proof, solve, withOnly } from './program.js';
import { coefficientOf, fittedPolynomial } from './rational-function.js';
import { type StepProof, Writer } from './step-proof.js';

const minus = rational(-1n);
const half = rational(1n, 2n);

/**
 * One step x⁺ = x − γ∇f(x) for a convex L-smooth f with the minimiser x* = 0: that the potential tγ(f(x) − f*) + ½‖x − x*‖² does not grow when t
 * becomes t + 1 (Bansal and Gupta 2019), at γL = a and with L = 1.
 */
function programAt(a: Rational, t: Rational): Program {
  const space = new GramSpace(['x', 'h']);
  const [x, h] = ['x', 'h'].map((name) => space.vector({ [name]: one })) as [Coordinates, Coordinates];
  const next = plus(x, h, a.neg());
  const points = {
    x: { at: x, gradient: h, value: { f: one } },
    'x*': { at: space.vector({}), gradient: space.vector({}), value: { 'f*': one } },
    'x⁺': { at: next, value: { 'f⁺': one } },
  };
  const potential = (value: string, weight: Rational, at: Coordinates) =>
    combined([weight, space.values({ [value]: one, 'f*': minus })], [half, space.squared(at)]);
  return {
    basis: space.basis,
    constant: combined([one, potential('f', a.mul(t), x)], [minus, potential('f⁺', a.mul(t.add(one)), next)]),
    unknowns: classInequalities(space, { name: 'f', smooth: true, convex: true, points }).map(({ name, slack }) => ({
      name,
      times: opposite(slack),
    })),
    conditions: [],
  };
}

const values = [2n, 3n, 4n, 5n, 6n, 7n, 8n].map((d) => rational(1n, d));
const times = [0n, 1n, 2n, 3n, 4n, 5n].map((t) => rational(t));

/**
 * Proves for every γ ≤ 1/L and every T that γT(f(x^T) − f*) ≤ ½‖x⁰ − x*‖² for gradient descent on a convex L-smooth f, by a potential.
 *
 * @returns undefined if no proof of this form is found
 */
export function provePotential(): StepProof | undefined {
  const names = neededOf(programAt(half, one));
  const found: { readonly a: Rational; readonly t: Rational; readonly proof: Proof }[] = [];
  for (const t of times) {
    for (const a of values) {
      const proof = solve(withOnly(names, programAt(a, t)));
      if ('none' in proof) return undefined;
      found.push({ a, t, proof });
    }
  }
  const written = new Writer();
  /** A number of each proof as a polynomial in a whose coefficients are polynomials in t, written term by term ≥ 0. */
  const text = (of: (proof: Proof) => Rational | undefined, shift: number): string | undefined => {
    const byTime = times.map((t) => {
      const points = found.filter((entry) => entry.t === t).map(({ a, proof }) => [a, of(proof) ?? zero] as const);
      return fittedPolynomial('a', points);
    });
    if (byTime.some((polynomial) => polynomial === undefined)) return undefined;
    // Of each power of t, the polynomial in a that multiplies it.
    const inTime = new Map<number, Polynomial>();
    for (const power of [0, 1, 2, 3, 4, 5]) {
      const coefficients = fittedPolynomial(
        't',
        times.map((t, k) => [t, coefficientOf(byTime[k]!, power)]),
      );
      if (coefficients === undefined) return undefined;
      for (const { powers, coefficient } of coefficients.values()) {
        const exponent = powers[0]?.[1] ?? 0;
        const term = { powers: power === 0 ? [] : [['a', power] as const], coefficient };
        inTime.set(exponent, fromTerms([...(inTime.get(exponent) ?? new Map()).values(), term]));
      }
    }
    const parts = [...inTime].map(([exponent, polynomial]) => {
      const part = written.positive(polynomial, shift);
      return part && `${'t'.repeat(exponent)}(${part})`;
    });
    return parts.some((part) => part === undefined) ? undefined : parts.join(' + ') || '0';
  };
  const terms: CertificateTerm[] = [];
  for (const name of names) {
    const multiplier = text(({ multipliers }) => multipliers.get(name), 1);
    const [, kind, from, to] = /^(\w+) of f from (\S+) to (\S+)$/.exec(name)!;
    if (multiplier === undefined) return undefined;
    terms.push({ multiplier, inequality: { kind: kind as 'descent' | 'convexity', of: 'f', from: from!, to: to! } });
  }
  // Only ‖h‖² is left over: another square would not be a polynomial in a and t.
  const left = text(
    ({ squares }) => (squares.columns[0]?.[0]?.equals(zero) === false ? undefined : squares.pivots[0]),
    0,
  );
  if (left === undefined) return undefined;
  terms.push({ multiplier: left, square: 'h' });
  const certificate = { stages: stagesOf(terms) };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  return {
    model: { start: 'distance', potential: 'tγ(f(x) − f*) + ½‖x − x*‖²' },
    ...{ c: symbol('a'), noise: new Map(), largestStep: one },
    ...{ terms, foundAt: values.length, certificate },
  };
}

/** What T steps of a run say of its last point, whose potential is 0 in f(x) − f* at t = 0. */
export const lastIterate: Stage = {
  name: 'the last iterate',
  kind: 'total',
  statement: 'γT(f(x^T) − f*) ≤ ½‖x⁰ − x*‖²',
  symbols: {
    γ: 'the step',
    L: 'the Lipschitz constant',
    T: 'the number of iterations',
    S: 'f(x^T) − f*',
    N: '½‖x^T − x*‖²',
    'p₀': '½‖x⁰ − x*‖², the potential at x⁰ and t = 0',
    'p′': 'the potential at x^T and t = T',
  },
  positive: ['γ', 'L', 'T'],
  nonNegative: ['S', 'N'],
  definitions: { 'p′': 'γTS + N' },
  goal: 'p₀ − γTS',
  cases: [
    {
      terms: [
        {
          multiplier: '1',
          inequality: { kind: 'earlier', stage: 'one step of a run', totals: { p: 'p₀', 'p⁺': 'p′' } },
        },
        { remainder: 'N' },
      ],
    },
  ],
};

function stagesOf(terms: readonly CertificateTerm[]): Stage[] {
  const constants = { γ: 'the step', L: 'the Lipschitz constant' };
  return [
    {
      name: 'one step of a run',
      kind: 'pathwise',
      statement: 'p(x⁺) at t + 1 ≤ p(x) at t',
      symbols: {
        ...constants,
        m: '1 − γL ≥ 0',
        t: 'the number of steps so far',
        p: 'the potential at x and t',
        'p⁺': 'the potential at x⁺ and t + 1',
        f: 'f(x)',
        'f⁺': 'f(x⁺)',
        'f*': 'f(x*), the least value',
        x: 'the iterate minus x*',
        g: '∇f(x)',
        h: '∇f(x)/L',
      },
      positive: ['γ', 'L'],
      nonNegative: ['m', 't'],
      vectors: ['x', 'g', 'h'],
      definitions: {
        p: 'tγ(f − f*) + 1/2 ‖x‖²',
        'p⁺': '(t + 1)γ(f⁺ − f*) + 1/2 ‖x − γg‖²',
        g: 'Lh',
        m: '1 − γL',
      },
      functions: {
        f: {
          convex: true,
          modulus: 'L',
          values: { x: 'f', 'x*': 'f*', 'x⁺': 'f⁺' },
          gradients: { x: 'g', 'x*': '0x' },
        },
      },
      points: { x: 'x', 'x*': '0x', 'x⁺': 'x − γg' },
      goal: 'p − p⁺',
      cases: [{ terms }],
    },
    lastIterate,
  ];
}
