import type { Certificate, CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { format, fromTerms, type Polynomial, raise, scale, subtract, symbol } from '../certificates/polynomial.js';
import { exactLeast, fixed, type Proof, solve } from './program.js';
import { fittedPolynomial } from './rational-function.js';
import { distanceStep, type StepModel, stepProgram } from './step-models.js';

/** One iteration, proved for every γ: E p(x⁺) ≤ p(x) − cQ + εE‖e‖², where p is the potential and Q the summand of the left side. */
export interface StepProof {
  readonly model: Pick<StepModel, 'start' | 'potential'>;
  /** c and ε with L = 1, as polynomials in a = γL. */
  readonly c: Polynomial;
  readonly noise: Polynomial;
  /** What the potential at x⁰ has beside f(x⁰) or ½‖x⁰ − x*‖², with L = 1: a multiple of f(x⁰) − f* or of ½‖x⁰ − x*‖², and one of the variance. */
  readonly first?: { readonly gap: Rational; readonly noise: Rational };
  /** What c times the left side is multiplied with after T steps, as a polynomial in T; T if left out. */
  readonly length?: Polynomial;
  /** What a step adds beside the noise, as a polynomial in a: of sign steps, which do not shrink. */
  readonly constant?: Polynomial;
  /** What a step adds as a multiple of L‖x⁰ − x*‖² where L stands for M/‖x⁰ − x*‖, as a polynomial in a. */
  readonly repeated?: Polynomial;
  /** The least a for which it is proved; undefined if that is every a. */
  readonly smallestStep?: Rational;
  /** The largest a for which it is proved; undefined if that is every a. */
  readonly largestStep: Rational | undefined;
  /** Which case the terms are of, if there are several. */
  readonly shown?: string;
  /** The multipliers and what they multiply, as the certificate has them. */
  readonly terms: readonly CertificateTerm[];
  /** At how many values of γL it was found before it was checked for all; undefined if γ is no part of the search. */
  readonly foundAt: number | undefined;
  readonly certificate: Certificate;
}

/** Values of γL at which the multipliers are found. */
const values = [
  [1n, 2n],
  [1n, 3n],
  [2n, 3n],
  [1n, 4n],
  [3n, 4n],
  [1n, 5n],
  [4n, 5n],
].map(([n, d]) => rational(n!, d!));

/**
 * Proves one iteration for every γ: finds the least κ and with it the least ε at seven values of γL, fits polynomials to the multipliers
 * divided by κ, and checks the certificate with γ and L as symbols.
 *
 * @returns undefined if no step of this form is proved
 */
export function proveStep(model: StepModel): StepProof | undefined {
  const found: { readonly a: Rational; readonly proof: Proof; readonly κ: Rational; readonly ε: Rational }[] = [];
  for (const a of values) {
    const program = stepProgram(model, a);
    const κ = exactLeast(program, 'κ')?.value;
    if (κ === undefined || κ.equals(zero)) return undefined;
    const rest = fixed(program, 'κ', κ);
    const least = model.noisy ? exactLeast(rest, 'ε') : { value: zero, proof: solve(rest) };
    if (least === undefined || 'none' in least.proof) return undefined;
    found.push({ a, proof: least.proof, κ, ε: least.value });
  }
  /** A number of each proof, divided by κ, as a polynomial in a. */
  const polynomial = (of: (entry: (typeof found)[0]) => Rational | undefined): Polynomial | undefined =>
    fittedPolynomial(
      'a',
      found.map((entry) => [entry.a, (of(entry) ?? zero).div(entry.κ)]),
    );
  const [c, noise] = [polynomial(() => one), polynomial(({ ε }) => ε)];
  const written = new Writer();
  const { inequalities, known, space } = model.parts(one);
  const { shifts } = model;
  const terms: CertificateTerm[] = [];
  const add = (multiplier: string | undefined, of: (text: string) => CertificateTerm[]) => {
    if (multiplier !== '0' && multiplier !== undefined) terms.push(...of(multiplier));
    return multiplier !== undefined;
  };
  const complete =
    c !== undefined &&
    noise !== undefined &&
    inequalities.every(({ name, sumOf }) =>
      add(
        written.positive(
          polynomial(({ proof }) => proof.multipliers.get(name)),
          shifts.inequality,
        ),
        (multiplier) => sumOf.map((inequality) => ({ multiplier, inequality })),
      ),
    ) &&
    Object.keys(known).every((name) =>
      add(
        written.any(
          polynomial(({ proof }) => proof.multipliers.get(`mean with ${name}`)),
          shifts.mean[name]!,
        ),
        (multiplier) => [{ multiplier: `(${multiplier})${name}`, inequality: { kind: 'mean', of: 'e' } }],
      ),
    ) &&
    found[0]!.proof.squares.pivots.every((_, k) =>
      add(
        written.positive(
          polynomial(({ proof }) => proof.squares.pivots[k]),
          shifts.square,
        ),
        (multiplier) => {
          const entries = space.basis.map((__, i) =>
            fittedPolynomial(
              'a',
              found.map(({ a, proof }) => [a, proof.squares.columns[k]?.[i] ?? zero]),
            ),
          );
          const square = entries.flatMap((entry, i) =>
            entry === undefined || entry.size === 0 ? [] : [`(${written.any(entry, 0)})${space.basis[i]}`],
          );
          return [{ multiplier, square: square.join(' + ') }];
        },
      ),
    ) &&
    add(written.positive(noise, shifts.noise), (multiplier) => [
      { multiplier, inequality: { kind: 'variance', of: 'e', bound: 'V' } },
    ]);
  if (!complete) return undefined;
  const certificate = {
    stages: stagesOf(model, {
      c: written.any(c, 1)!,
      noise: written.any(noise, shifts.noise)!,
      terms,
      bounded: written.bounded,
    }),
  };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  return { model, c, noise, terms, foundAt: found.length, largestStep: written.bounded ? one : undefined, certificate };
}

/**
 * Proves one iteration of SGD or gradient descent on a convex f for 1 ≤ γL: c = γ(2 − γL), by interpolation between x and x*, and ‖∇f(x)‖² ≤ 2L(f(x) − f*).
 * It says something where γL < 2.
 *
 * @returns undefined if the certificate is not accepted
 */
export function proveLongStep(noisy: boolean): StepProof | undefined {
  const model = distanceStep(noisy, true);
  const [a, two] = [symbol('a'), rational(2n)];
  const c = subtract(scale(a, two), raise(a, 2));
  const noise = noisy ? scale(raise(a, 2), rational(1n, 2n)) : new Map();
  const between = (kind: 'descent' | 'convexity', from: string, to: string, multiplier: string): CertificateTerm => ({
    multiplier,
    inequality: { kind, of: 'f', from, to },
  });
  const terms: CertificateTerm[] = [
    between('descent', 'x*', 'z', 'γ'),
    between('convexity', 'x', 'z', 'γ'),
    between('descent', 'x', 'y', 'γm'),
    between('convexity', 'x*', 'y', 'γm'),
    ...(noisy
      ? ([
          { multiplier: '(γ)x − (γ²L)h', inequality: { kind: 'mean', of: 'e' } },
          { multiplier: '1/2 γ²', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
        ] as const)
      : []),
  ];
  const texts = { c: '2γ − γ²L', noise: noisy ? '1/2 γ²' : '0', terms, bounded: true, long: true } as const;
  const certificate = { stages: stagesOf(model, texts) };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  return { model, c, noise, terms, foundAt: undefined, smallestStep: one, largestStep: undefined, certificate };
}

/** The same for f(x̄) − f*, where x̄ is the mean of x⁰, …, x^{T−1}: of a convex f it is at most the mean of f(x) − f* there (Jensen). */
export function averaged(proof: StepProof): StepProof | undefined {
  const total = proof.certificate.stages.find(({ kind }) => kind === 'total')!;
  const { T, S } = total.symbols;
  const point: Stage = {
    name: 'a point and the average',
    kind: 'pathwise',
    statement: 'f(x) ≥ f(x̄) + ⟨∇f(x̄), x − x̄⟩',
    symbols: {
      ...{ f: 'f(x)', v: 'f(x̄)', 'f*': 'f(x*), the least value', q: 'f(x) − f*', a: 'f(x̄) − f*' },
      ...{ x: 'the iterate minus x*', y: 'x̄, the mean of the iterates minus x*', g: '∇f(x̄)' },
    },
    positive: [],
    vectors: ['x', 'y', 'g'],
    definitions: { q: 'f − f*', a: 'v − f*' },
    functions: { f: { convex: true, values: { x: 'f', y: 'v' }, gradients: { y: 'g' } } },
    points: { x: 'x', y: 'y' },
    goal: 'q − a − ⟨g, x⟩ + ⟨g, y⟩',
    cases: [{ terms: [{ multiplier: '1', inequality: { kind: 'convexity', of: 'f', from: 'y', to: 'x' } }] }],
  };
  const mean: Stage = {
    name: 'the average',
    kind: 'total',
    statement: 'E f(x̄) − f* ≤ S',
    symbols: {
      ...{ T: T!, S: S!, A: 'E f(x̄) − f*, where x̄ is the mean of x⁰, …, x^{T−1}' },
      I: 'Σ E⟨∇f(x̄), x^t − x*⟩ over 0 ≤ t < T, which is T·E⟨∇f(x̄), x̄ − x*⟩',
    },
    positive: ['T'],
    goal: 'S − A',
    cases: [
      {
        scale: 'T',
        terms: [
          {
            multiplier: '1',
            inequality: { kind: 'earlier', stage: point.name, totals: { q: 'TS', a: 'TA', gx: 'I', gy: 'I' } },
          },
        ],
      },
    ],
  };
  const certificate = { stages: [...proof.certificate.stages, point, mean] };
  return checkCertificate(certificate).some(({ problem }) => problem !== undefined)
    ? undefined
    : { ...proof, certificate };
}

/** Polynomials in a = γL as expressions in γ and L, and m = 1 − γL where they are ≥ 0 for a ≤ 1 alone. */
export class Writer {
  /** Whether m was used, so that γL ≤ 1 is assumed. */
  bounded = false;

  /** (γL)^k becomes γ^k L^(k − shift); undefined if a power of L would be negative. */
  any(polynomial: Polynomial | undefined, shift: number): string | undefined {
    if (polynomial === undefined) return undefined;
    const terms = [...polynomial.values()].map(({ powers: [factor], coefficient }) => ({
      k: factor?.[1] ?? 0,
      coefficient,
    }));
    if (terms.some(({ k }) => k < shift)) return undefined;
    return format(fromTerms(terms.map(({ k, coefficient }) => ({ powers: powersOf(k, shift), coefficient }))));
  }

  /** The same of a polynomial that is ≥ 0, so that every term is: as a sum of γ^j m^k if it has negative coefficients (Bernstein's form). */
  positive(polynomial: Polynomial | undefined, shift: number): string | undefined {
    const text = this.any(polynomial, shift);
    if (text === undefined || [...polynomial!.values()].every(({ coefficient }) => coefficient.gt(zero))) return text;
    const powers = [...polynomial!.values()].map(({ powers: [factor] }) => factor?.[1] ?? 0);
    const coefficient = (k: number) =>
      [...polynomial!.values()].find(({ powers: [factor] }) => (factor?.[1] ?? 0) === k)?.coefficient ?? zero;
    const degree = Math.max(...powers) - shift;
    // a^shift Σ_i p_i a^i = a^shift Σ_k (Σ_{i ≤ k} p_i C(degree − i, k − i)) a^k (1 − a)^(degree − k)
    const terms = Array.from({ length: degree + 1 }, (_, k) => {
      let total = zero;
      for (let i = 0; i <= k; i++) total = total.add(coefficient(i + shift).mul(binomial(degree - i, k - i)));
      const m: readonly (readonly [string, number])[] = degree === k ? [] : [['m', degree - k]];
      return { powers: [...powersOf(k + shift, shift), ...m], coefficient: total };
    });
    if (terms.some((term) => term.coefficient.lt(zero))) return undefined;
    this.bounded = true;
    return format(fromTerms(terms));
  }
}

function powersOf(k: number, shift: number): readonly (readonly [string, number])[] {
  const both = [['γ', k] as const, ['L', k - shift] as const];
  return both.filter(([, exponent]) => exponent > 0);
}

function binomial(n: number, k: number): Rational {
  let value = one;
  for (let i = 1; i <= k; i++) value = value.mul(rational(BigInt(n - k + i), BigInt(i)));
  return value;
}

interface StepText {
  readonly c: string;
  readonly noise: string;
  readonly terms: readonly CertificateTerm[];
  readonly bounded: boolean;
  /** m is γL − 1 ≥ 0, and not 1 − γL. */
  readonly long?: true;
  /** What the goal of a step is multiplied with; 1 if left out. */
  readonly scale?: string;
  /** Bounds p(x⁰), if that is more than f(x⁰), by `gap`(f(x⁰) − f*) + f* + `noise`V. */
  readonly first?: { readonly stage: Stage; readonly gap: string; readonly noise: string | undefined };
}

const noiseless = 'one step without noise';
const inExpectation = 'one step in expectation';

/** One step in expectation, the last step without noise, which the left side does not see, and their sum. */
export function stagesOf(
  { noisy, stage, start, summand }: Pick<StepModel, 'noisy' | 'stage' | 'start' | 'summand'>,
  { c, noise, terms, bounded, long, scale, first }: StepText,
): Stage[] {
  const m = long ? 'γL − 1' : '1 − γL';
  const step: StepModel['stage'] = bounded
    ? {
        ...stage,
        symbols: { ...stage.symbols, m: `${m} ≥ 0` },
        nonNegative: [...(stage.nonNegative ?? []), 'm'],
        definitions: { ...stage.definitions, m },
      }
    : stage;
  const withoutNoise = terms.filter(
    (term) => !('inequality' in term && ['mean', 'variance'].includes(term.inequality.kind)),
  );
  const still = (texts: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll(/ \+ e\b/g, '')]));
  const scaled = scale === undefined ? {} : { scale };
  const least = first === undefined ? 'p*' : 'f*';
  const ofNoise = first?.noise === undefined ? '' : ` + (${first.noise})V`;
  const gap = first === undefined ? 'p₀ − p*' : `${first.gap} (f₀ − f*)${ofNoise}`;
  const ofStart = start === 'gap' ? gap : 'p₀';
  const pathwise: Stage = {
    ...step,
    name: noiseless,
    kind: 'pathwise',
    statement: `p(x⁺) ≤ p(x) − (${c})Q${noisy ? ' if e = 0' : ''}`,
    definitions: still(step.definitions),
    points: still(step.points),
    goal: `p − p⁺ − (${c})Q`,
    cases: [{ ...scaled, terms: withoutNoise }],
  };
  const random: Stage = {
    ...step,
    name: inExpectation,
    kind: 'expectation',
    statement: `E p(x⁺) ≤ p(x) − (${c})Q + (${noise})V`,
    goal: `p − p⁺ − (${c})Q + (${noise})V`,
    cases: [{ ...scaled, terms }],
  };
  const earlier = (name: string, totals: Readonly<Record<string, string>>): CertificateTerm => ({
    multiplier: '1',
    inequality: { kind: 'earlier', stage: name, totals },
  });
  const sum = first === undefined ? 'p(x⁰) − inf p' : `${first.gap} (f(x⁰) − f*)${ofNoise}`;
  const above = start === 'gap' ? sum : 'p(x⁰)';
  const total: Stage = {
    name: 'T steps',
    kind: 'total',
    statement: `(${c})E[(1/T) Σ Q(x^{t−1})] ≤ (${above})/T${noisy ? ` + (1 − 1/T)(${noise})V` : ''}`,
    symbols: {
      ...Object.fromEntries(
        ['γ', 'L', 'V', 'α', 'C'].flatMap((name) => (name in stage.symbols ? [[name, stage.symbols[name]!]] : [])),
      ),
      ...Object.fromEntries(
        ['c', 'b'].flatMap((name) => {
          const meaning = first?.stage.symbols[name];
          return meaning === undefined ? [] : [[name, meaning]];
        }),
      ),
      T: 'the number of iterations',
      S: `the mean of E Q(x^{t−1}) over T iterations, Q = ${summand}`,
      'p₀': first === undefined ? 'p(x⁰)' : 'E p(x⁰)',
      'p′': noisy ? 'E p after the last step without noise' : 'p(x^T)',
      ...(start === 'gap' && (first === undefined ? { 'p*': 'inf p' } : { 'f₀': 'f(x⁰)', 'f*': 'inf f' })),
      ...(noisy && {
        A: 'E Q(x^{T−1})',
        'p₁': 'E p(x^{T−1})',
        P: 'Σ E p(x^t) over 0 < t < T − 1, so that p₀ + P = P + p₁ for T = 1',
      }),
    },
    positive: ['γ', 'L', 'T'],
    nonNegative: ['V', 'S', ...(start === 'gap' ? [] : ['p′'])],
    ...(start === 'gap' && {
      facts: { 'the least value': { expression: `p′ − ${least}`, because: 'f ≥ f* everywhere, hence in expectation' } },
    }),
    goal: `${ofStart}${noisy ? ` + (T − 1)(${noise})V` : ''} − (${c})TS`,
    cases: [
      {
        terms: [
          ...(first === undefined ? [] : [earlier(first.stage.name, { p: 'p₀', f: 'f₀', '1': '1' })]),
          ...(noisy
            ? [
                earlier(inExpectation, { p: 'p₀ + P', 'p⁺': 'P + p₁', Q: 'TS − A', '1': 'T − 1' }),
                earlier(noiseless, { p: 'p₁', 'p⁺': 'p′', Q: 'A' }),
              ]
            : [earlier(noiseless, { p: 'p₀', 'p⁺': 'p′', Q: 'TS' })]),
          start === 'gap'
            ? { multiplier: '1', inequality: { kind: 'fact', name: 'the least value' } }
            : { remainder: 'p′' },
        ],
      },
    ],
  };
  return [...(noisy ? [random] : []), pathwise, ...(first === undefined ? [] : [first.stage]), total];
}
