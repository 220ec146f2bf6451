import type { Certificate, CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { parseExpression } from '../certificates/expression.js';
import { constant, type Polynomial, substitute, symbol } from '../certificates/polynomial.js';
import type { StepModel } from './step-models.js';

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
  readonly certificate: Certificate;
}

const isOfNoise = (term: CertificateTerm): boolean =>
  'inequality' in term && ['mean', 'variance'].includes(term.inequality.kind);

/** One iteration of a model as its certificate; undefined if that is not accepted. */
export function proveStep(model: StepModel): StepProof | undefined {
  const { c, range } = model.proof;
  const noise = model.noisy ? model.proof.noise : '0';
  const terms = model.proof.terms.filter((term) => model.noisy || !isOfNoise(term));
  const certificate = { stages: stagesOf(model, { c, noise, terms, ...(range && { range }) }) };
  if (checkCertificate(certificate).some(({ problem }) => problem !== undefined)) return undefined;
  const ofStep = new Map([
    ['γ', symbol('a')],
    ['L', constant(one)],
  ]);
  const [perStep, added] = [c, noise].map((text) => substitute(parseExpression(text), ofStep)) as [
    Polynomial,
    Polynomial,
  ];
  return {
    ...{ model, c: perStep, noise: added, terms, certificate },
    ...(range === 'γL ≥ 1' && { smallestStep: one }),
    largestStep: range === 'γL ≤ 1' ? one : undefined,
  };
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

interface StepText {
  readonly c: string;
  readonly noise: string;
  readonly terms: readonly CertificateTerm[];
  readonly range?: 'γL ≤ 1' | 'γL ≥ 1';
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
  { c, noise, terms, range, scale, first }: StepText,
): Stage[] {
  const m = range === 'γL ≥ 1' ? 'γL − 1' : '1 − γL';
  const step: StepModel['stage'] = range
    ? {
        ...stage,
        symbols: { ...stage.symbols, m: `${m} ≥ 0` },
        nonNegative: [...(stage.nonNegative ?? []), 'm'],
        definitions: { ...stage.definitions, m },
      }
    : stage;
  const withoutNoise = terms.filter((term) => !isOfNoise(term));
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
