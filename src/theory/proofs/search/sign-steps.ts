import type { Case, CertificateTerm, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, sum, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import {
  constant,
  degreeIn,
  format,
  multiply,
  type Polynomial,
  scale,
  substitute,
  symbol,
} from '../certificates/polynomial.js';
import { type Coordinates, GramSpace, opposite, plus } from './inequalities.js';
import {
  combined,
  exactLeast,
  fixed,
  neededOf,
  type Program,
  type Proof,
  type Quadratic,
  type Unknown,
  withOnly,
} from './program.js';
import { fittedPolynomial } from './rational-function.js';
import type { StepProof } from './step-proof.js';

const minus = rational(-1n);

/** The sign s of ĝ, and what is known of ĝ = sk: a coordinate of the gradient g = N ≥ 0, of its noise e = ĝ − N and of its standard deviation v > 0. */
const signs = [
  { s: '1', value: one },
  { s: '0', value: zero },
  { s: '−1', value: minus },
] as const;

/** A program about one coordinate, with vectors of its own for every sign: their products of two stand for products of numbers. */
export interface SignForm {
  /** Its numbers ≥ 0; k = |ĝ| is there where ĝ is not 0. */
  readonly numbers: readonly string[];
  /** Further numbers ≥ 0, as combinations of them. */
  readonly further: Readonly<Record<string, Readonly<Record<string, Rational>>>>;
  /** Of these every product of two is ≥ 0, and has a multiplier of its own for every s. */
  readonly factors: readonly string[];
  /** What is ≥ 0 in expectation for the sign s: multiples of products. */
  readonly goal: (s: Rational) => readonly (readonly [Rational, string, string])[];
  /** An unknown of the goal, and the number whose square it multiplies. */
  readonly least?: readonly [unknown: string, number: string];
  /** The numbers that E e = 0 is multiplied with. */
  readonly means: readonly string[];
}

/** The numbers of a form at a sign. */
const numbersAt = (names: readonly string[], value: Rational): string[] =>
  names.filter((name) => name !== 'k' || !value.equals(zero));

/** goal = A(v² − e²) + (αv + βN + …)e + products + squares for every sign s, with the same A ≥ 0, α, β, … for all of them. */
export function programOf({ numbers, further, factors, goal, least, means }: SignForm): Program {
  const at = (s: string, name: string) => `${s}: ${name}`;
  const space = new GramSpace(signs.flatMap(({ s, value }) => numbersAt(numbers, value).map((name) => at(s, name))));
  const vector = (s: string, name: string): Coordinates =>
    space.vector(
      Object.fromEntries(
        Object.entries(further[name] ?? { [name]: one }).map(([part, factor]) => [at(s, part), factor]),
      ),
    );
  /** ĝ − N, where ĝ = sk. */
  const noise = (s: string, value: Rational): Coordinates =>
    plus(space.vector({ [at(s, 'k')]: value }), vector(s, 'N'), minus);
  const sumOf = (of: (s: string, value: Rational) => Quadratic): Quadratic =>
    combined(...signs.map(({ s, value }) => [one, of(s, value)] as const));
  const squared = (name: string) => sumOf((s) => space.squared(vector(s, name)));
  const products = signs.flatMap(({ s, value }) => {
    const names = numbersAt(factors, value);
    return names.flatMap((a, i) =>
      names.slice(i + 1).map(
        (b): Unknown => ({
          name: at(s, a + b),
          times: opposite(space.inner(vector(s, a), vector(s, b))),
        }),
      ),
    );
  });
  return {
    basis: space.basis,
    constant: sumOf((s, value) =>
      combined(...goal(value).map(([factor, a, b]) => [factor, space.inner(vector(s, a), vector(s, b))] as const)),
    ),
    unknowns: [
      ...(least === undefined ? [] : [{ name: least[0], times: squared(least[1]) }]),
      {
        name: 'variance',
        times: combined([minus, squared('v')], [one, sumOf((s, value) => space.squared(noise(s, value)))]),
      },
      ...means.map((name) => ({
        name: `mean with ${name}`,
        times: opposite(sumOf((s, value) => space.inner(vector(s, name), noise(s, value)))),
        free: true as const,
      })),
      ...products,
    ],
    conditions: [],
  };
}

/**
 * v((N + u)s − N + κv) ≥ 0: in expectation, one coordinate then loses N − E(N + u)s ≤ κv.
 *
 * @param ε the prox changes ∇r_i by u ≤ εN in the direction of the sign, and w = εN − u; 0 without a prox
 * @param small whether N ≤ v is known, and z = v − N
 */
function formOf(ε: Rational, small = false): SignForm {
  const prox = !ε.equals(zero);
  const numbers = ['N', 'v', 'k', ...(prox ? ['u'] : [])];
  return {
    numbers,
    further: { w: { N: ε, u: minus }, z: { v: one, N: minus } },
    factors: [...numbers, ...(small ? ['z'] : []), ...(prox ? ['w'] : [])],
    goal: (s) => [[s.sub(one), 'N', 'v'], ...(prox ? [[s, 'u', 'v'] as const] : [])],
    least: ['κ', 'v'],
    means: ['v', 'N', ...(prox ? ['u'] : [])],
  };
}

export const signProgram = (ε: Rational, small = false): Program => programOf(formOf(ε, small));

/** Values of ε = γL_i at which the multipliers are found; without a prox there is none. */
const samples = (prox: boolean): readonly Rational[] =>
  prox ? [2n, 3n, 4n, 5n, 6n, 7n, 8n].map((d) => rational(1n, d)) : [zero];

/** How early an unknown is tried without: the products of u and w first, and the noise with v last. */
const oddness = (name: string): number =>
  2 * (name.match(/[uw]/g) ?? []).length + (name.startsWith('mean') ? 1 : 0) - (name.includes('v') ? 1 : 0);

/** A number of each proof as a polynomial in a = ε. */
type Fitted = (of: (proof: Proof) => Rational | undefined) => Polynomial | undefined;

/**
 * One step x⁺ = x − γ sgn ĝ of signSGD, where the curvature of f in x_i is at most L_i: E f(x⁺) ≤ f(x) − γ‖∇f‖₁ + γ²‖L‖₁/2 + γΣ_i κσ_i/√B with the
 * least κ of this form, and its sum over T steps; or of signProx, where d and r have curvatures of at most L_i: the same with ‖G‖₁, γ²‖L‖₁ and a κ that
 * depends on γL_i. Σ_i σ_i/√B takes the place of the variance of `StepProof`, for L_i ≤ ‖L‖₁.
 *
 * @returns undefined if none is found
 */
export function proveSignStep(prox: boolean): StepProof | undefined {
  const [first, ...others] = samples(prox);
  const start = exactLeast(signProgram(first!), 'κ');
  if (start === undefined) return undefined;
  // With few unknowns there is one solution, whose numbers are polynomials in ε.
  const tried = fixed(signProgram(first!), 'κ', start.value);
  const order = tried.unknowns.map(({ name }) => name).sort((a, b) => oddness(b) - oddness(a));
  const needed = neededOf(tried, order);
  const found: { readonly ε: Rational; readonly κ: Rational; readonly proof: Proof }[] = [];
  for (const ε of [first!, ...others]) {
    const least = exactLeast(withOnly(new Set([...needed, 'κ']), signProgram(ε)), 'κ');
    if (least === undefined) return undefined;
    found.push({ ε, κ: least.value, proof: least.proof });
  }
  const polynomialOf = (of: (entry: (typeof found)[0]) => Rational): Polynomial | undefined =>
    prox
      ? fittedPolynomial(
          'a',
          found.map((entry) => [entry.ε, of(entry)]),
        )
      : constant(of(found[0]!));
  const κ = polynomialOf((entry) => entry.κ);
  if (κ === undefined) return undefined;
  const part: SignPart = {
    form: formOf(prox ? one : zero),
    times: '',
    polynomialOf: (of) => polynomialOf(({ proof }) => of(proof) ?? zero),
  };
  return signStepOf(prox, κ, [{ scale: 'v', parts: [part] }], prox ? found.length : undefined);
}

/** A part of the combination of every sign. */
export interface SignPart {
  readonly form: SignForm;
  /** What the combination is multiplied with. */
  readonly times: string;
  readonly polynomialOf: Fitted;
}

/** The combination of every sign, for all x or where N is at least or at most v. */
export interface SignRegion {
  readonly region?: 'N ≥ v' | 'N ≤ v';
  /** What the goal is multiplied with. */
  readonly scale: string;
  readonly parts: readonly SignPart[];
  /** What is left over for every sign. */
  readonly remainder?: string;
}

/**
 * One step and the sum of T steps as a certificate.
 *
 * @returns undefined if a number is no polynomial in ε, or the certificate is not accepted
 */
export function signStepOf(
  prox: boolean,
  κ: Polynomial,
  regions: readonly SignRegion[],
  foundAt: number | undefined,
): StepProof | undefined {
  const stages = stagesOf(prox, κ, regions);
  if (stages === undefined || checkCertificate({ stages }).some(({ problem }) => problem !== undefined))
    return undefined;
  const a = symbol('a');
  const last = regions.length - 1;
  const { region, scale: factor } = regions[last]!;
  const where = region === undefined ? '' : `, ${region.replace('N', '|G(x)_i|').replace('v', 'v = σ_i/√B')}`;
  return {
    model: { start: 'gap', potential: 'f(x)' },
    c: a,
    noise: multiply(κ, a),
    constant: multiply(constant(rational(1n, prox ? 1n : 2n)), a, a),
    largestStep: undefined,
    shown: `times ${factor}, where ${prox ? 'G(x)_i' : '∇f(x)_i'} ≥ 0${where} and the sign is −1:`,
    terms: stages[1]!.cases[last * signs.length + 2]!.terms,
    foundAt,
    certificate: { stages },
  };
}

/** What a step of either method is: g and ĝ, or G and Ĝ. */
const shared = {
  γ: 'the step',
  L: 'L_i',
  f: 'f(x), its part that depends on x_i',
  'f⁺': 'f(x⁺), the same part',
  x: 'x_i',
} as const;
const ofGradient = {
  symbols: {
    ...shared,
    g: '∇f(x)_i',
    N: '|∇f(x)_i|',
    ĝ: 'the mean of the drawn gradients, its coordinate i',
    k: '|ĝ|',
    s: 'sgn ĝ, any value in {−1, 0, 1} at 0',
  },
  positive: ['γ'],
  nonNegative: ['L'],
  magnitudes: { N: { of: 'g' }, k: { of: 'ĝ', sign: 's' } },
  random: ['ĝ', 'k', 's', 'f⁺'],
  functions: { f: { convex: false, modulus: 'L', values: { x: 'f', 'x⁺': 'f⁺' }, gradients: { x: 'g' } } },
  points: { x: 'x', 'x⁺': 'x − γs' },
} as const satisfies Partial<Stage>;
const ofMapping = {
  symbols: {
    ...shared,
    d: 'd(x), its part',
    'd⁺': 'd(x⁺), its part',
    g: '∇d(x)_i',
    q: '∇r(x̃)_i',
    ρ: '∇r(x)_i',
    G: 'G(x)_i = ∇d(x)_i + ∇r(x̃)_i',
    N: '|G(x)_i|',
    Ĝ: 'Ĝ(x)_i',
    k: '|Ĝ(x)_i|',
    s: 'sgn Ĝ(x)_i, any value in {−1, 0, 1} at 0',
  },
  positive: ['γ'],
  nonNegative: ['L'],
  magnitudes: { N: { of: 'G' }, k: { of: 'Ĝ', sign: 's' } },
  random: ['Ĝ', 'k', 's', 'f⁺', 'd⁺'],
  definitions: { g: 'G − q' },
  functions: {
    d: { convex: false, modulus: 'L', values: { x: 'd', 'x⁺': 'd⁺' }, gradients: { x: 'g' } },
    r: { convex: true, modulus: 'L', values: { x: 'f − d', 'x⁺': 'f⁺ − d⁺' }, gradients: { x: 'ρ', x̃: 'q' } },
  },
  points: { x: 'x', x̃: 'x − γG', 'x⁺': 'x − γs' },
} as const satisfies Partial<Stage>;
/** ∇r(x) − ∇r(x̃) has the sign of x − x̃ = γG. */
const change = {
  symbol: '|∇r(x)_i − ∇r(x̃)_i|: the difference has the sign of G_i, because ∇r does not decrease',
  magnitude: { of: 'ρ − q', change: { function: 'r', from: 'x̃', to: 'x', factor: 'γ', along: 'N' } },
} as const;

const outcomes = signs.map(({ s }) => `s = ${s}`);
const [pathwise, inExpectation, noiseless] = ['one step', 'one step in expectation', 'one step without noise'] as const;

const earlier = (multiplier: string, stage: string, totals?: Readonly<Record<string, string>>): CertificateTerm => ({
  multiplier,
  inequality: { kind: 'earlier', stage, ...(totals && { totals }) },
});

/** A polynomial in a = γL_i as text, in brackets where it is no plain number. */
const inSymbols = (polynomial: Polynomial): string => {
  const text = format(substitute(polynomial, new Map([['a', multiply(symbol('γ'), symbol('L'))]])));
  if (text === '1') return '';
  if (text === '−1') return '−';
  return /^−?[\d/]+$/.test(text) ? `${text} ` : `(${text})`;
};

/** A number of a program in the symbols of a certificate. */
const textOf = (name: string): string => ({ q: 'γLv', z: 'm' })[name] ?? name;

/** The terms of a part for one sign of the gradient and one of the step; undefined if a multiplier is no polynomial in ε. */
function termsOf(
  { form, times, polynomialOf }: SignPart,
  positive: boolean,
  value: Rational,
): CertificateTerm[] | undefined {
  // The program has g ≥ 0; with g ≤ 0 all signs are the opposite.
  const relative = positive ? value : value.neg();
  const own = signs.find((entry) => entry.value.equals(relative))!.s;
  const { basis } = programOf(form);
  const mine = numbersAt(form.numbers, relative);
  const terms: CertificateTerm[] = [];
  let complete = true;
  const add = (polynomial: Polynomial | undefined, of: (text: string) => CertificateTerm[]): void => {
    if (polynomial === undefined) complete = false;
    else if (polynomial.size > 0) terms.push(...of(`${inSymbols(polynomial)}γ${times}`));
  };
  const multiplier = (name: string) => polynomialOf(({ multipliers }) => multipliers.get(name));
  add(multiplier('variance'), (text) => [{ multiplier: text, inequality: { kind: 'variance', of: 'e', bound: 'v²' } }]);
  for (const name of form.means)
    add(multiplier(`mean with ${name}`), (text) => [
      { multiplier: `${positive ? '' : '−'}${text}${name}`, inequality: { kind: 'mean', of: 'e' } },
    ]);
  const [from, to] = positive ? ['x̃', 'x'] : ['x', 'x̃'];
  const names = numbersAt(form.factors, relative);
  names.forEach((a, i) => {
    for (const b of names.slice(i + 1))
      add(multiplier(`${own}: ${a}${b}`), (text) => {
        if (b !== 'w' && b !== 'x') return [{ remainder: `${text}${textOf(a)}${textOf(b)}` }];
        // w is the slack of steepness, and x = γLv − u is w + γLm.
        return [
          { multiplier: `${text}${textOf(a)}`, inequality: { kind: 'steepness', of: 'r', from: from!, to: to! } },
          ...(b === 'x' ? [{ remainder: `${text}${textOf(a)}γLm` }] : []),
        ];
      });
  });
  // What is left over: products of numbers ≥ 0 if no entry is negative, or else squares.
  const entry = (i: string, j: string) =>
    polynomialOf(({ squares: { pivots, columns } }) =>
      sum(pivots.map((pivot, k) => pivot.mul(at(columns[k]!, i)).mul(at(columns[k]!, j)))),
    );
  const at = (column: Coordinates, name: string): Rational => column[basis.indexOf(`${own}: ${name}`)]!;
  const products = mine.flatMap((a, i) =>
    mine.slice(i).map((b) => [textOf(a) + textOf(b), a === b ? 1n : 2n, entry(a, b)] as const),
  );
  const isMonomial = (polynomial: Polynomial | undefined) =>
    polynomial !== undefined && [...polynomial.values()].every(({ coefficient }) => !coefficient.lt(zero));
  if (products.every(([, , polynomial]) => isMonomial(polynomial))) {
    for (const [product, count, polynomial] of products)
      add(polynomial && scale(polynomial, rational(count)), (text) => [{ remainder: `${text}${product}` }]);
  } else {
    for (const k of basis.keys()) {
      const coefficients = mine.map((name) => {
        const polynomial = polynomialOf(({ squares: { columns } }) =>
          columns[k] === undefined ? zero : at(columns[k]!, name),
        );
        if (polynomial === undefined) complete = false;
        return polynomial === undefined || polynomial.size === 0
          ? undefined
          : `${inSymbols(polynomial)}${textOf(name)}`;
      });
      const square = coefficients
        .filter((text) => text !== undefined)
        .join(' + ')
        .replaceAll('+ −', '− ');
      if (square === '') continue;
      add(
        polynomialOf(({ squares: { pivots } }) => pivots[k]),
        (text) => [{ multiplier: text, square }],
      );
    }
  }
  return complete ? terms : undefined;
}

const givenOf = (prox: boolean, positive: boolean, region: SignRegion['region']): string =>
  `${prox ? 'G' : 'g'} ${positive ? '≥' : '≤'} 0${region === undefined ? '' : `, ${region}`}`;

/** A case of the expectation: the combination of the program for one sign of the gradient and one of the step. */
function caseOf(
  prox: boolean,
  positive: boolean,
  { s, value }: (typeof signs)[number],
  { region, scale: factor, parts, remainder }: SignRegion,
): Case | undefined {
  const terms = parts.map((part) => termsOf(part, positive, value));
  if (terms.some((each) => each === undefined)) return undefined;
  const [exact, drawn] = prox ? ['G', 'Ĝ'] : ['g', 'ĝ'];
  const k = value.equals(zero) ? {} : { [drawn!]: value.gt(zero) ? 'k' : '−k' };
  const e = {
    '1': positive ? 'k − N' : 'k + N',
    '0': positive ? '−N' : 'N',
    '−1': positive ? '−(N + k)' : 'N − k',
  }[s];
  const split = region === 'N ≥ v' ? { N: 'v + m' } : { v: 'N + m' };
  return {
    given: givenOf(prox, positive, region),
    outcome: `s = ${s}`,
    where: {
      ...{ [exact!]: positive ? 'N' : '−N', s, ...(prox && { ρ: positive ? 'q + u' : 'q − u' }), ...k, e },
      ...(region !== undefined && split),
    },
    scale: factor,
    terms: [
      earlier(factor, pathwise),
      ...terms.flatMap((each) => each!),
      ...(remainder === undefined ? [] : [{ remainder }]),
    ],
  };
}

/** The sum over coordinates of σ_i/√B times a power of L_i, by the power. */
const noiseSums = [
  ['Y', 'Σ σ_i/√B'],
  ['X', 'Σ L_iσ_i/√B'],
  ['Z', 'Σ L_i²σ_i/√B'],
] as const;

function stagesOf(prox: boolean, κ: Polynomial, regions: readonly SignRegion[]): Stage[] | undefined {
  const step: typeof ofGradient | typeof ofMapping = prox ? ofMapping : ofGradient;
  const every = [true, false].flatMap((positive) => regions.map((region) => [positive, region] as const));
  const given = every.map(([positive, { region }]) => givenOf(prox, positive, region));
  const cases = every.flatMap(([positive, region]) => signs.map((sign) => caseOf(prox, positive, sign, region)));
  const powers = [...κ.values()].map((term) => [degreeIn(term, new Set(['a'])), term.coefficient] as const);
  if (cases.some((entry) => entry === undefined) || powers.some(([power]) => noiseSums[power] === undefined))
    return undefined;
  const summed = powers
    .map(([power, factor]) => `${factor.toFraction()} ${'γ'.repeat(power)}${noiseSums[power]![0]}`)
    .join(' + ');
  const ofNoise = powers.filter(([power]) => power > 0).map(([power]) => [power, ...noiseSums[power]!] as const);
  const [exact, drawn, slope, curvature] = prox ? ['G', 'Ĝ', '(g + ρ)', 'γ²L'] : ['g', 'ĝ', 'g', '1/2 γ²L'];
  const [left, size, whole] = prox ? ['G', 'γ²‖L‖₁', 'γ²TΛ'] : ['∇f', 'γ²‖L‖₁/2', '1/2 γ²TΛ'];
  const factor = inSymbols(κ);
  const infimum = 'the infimum';
  const definitions = 'definitions' in step ? step.definitions : {};
  const descents = (prox ? ['d', 'r'] : ['f']).map(
    (of): CertificateTerm => ({ multiplier: '1', inequality: { kind: 'descent', of, from: 'x', to: 'x⁺' } }),
  );
  const u = prox ? { u: change.symbol } : {};
  const uMagnitude = prox ? { u: change.magnitude } : {};
  const isSplit = regions.length > 1;
  return [
    {
      ...step,
      name: pathwise,
      kind: 'pathwise',
      statement: `f(x⁺) ≤ f(x) − γ⟨${prox ? '∇d(x) + ∇r(x)' : '∇f(x)'}, sgn ${drawn}⟩ + ${size}, coordinate by coordinate`,
      goal: `f − f⁺ − γ${slope}s + ${curvature}`,
      alternatives: { given: ['every x'], outcomes },
      cases: signs.map(({ s }) => ({
        given: 'every x',
        outcome: `s = ${s}`,
        where: { s },
        terms: [...descents, ...(s === '0' ? [{ remainder: curvature! }] : [])],
      })),
    },
    {
      ...step,
      name: inExpectation,
      kind: 'expectation',
      statement: `E f(x⁺) ≤ f(x) − γ‖${left}(x)‖₁ + ${size} + γ Σ ${factor.replaceAll('L', 'L_i')}σ_i/√B`,
      symbols: {
        ...step.symbols,
        ...u,
        e: `${drawn} − ${exact}`,
        v: 'σ_i/√B > 0, so that E[e²] ≤ v²',
        ...(isSplit && { m: '|N − v|' }),
      },
      positive: ['γ', 'v'],
      magnitudes: { ...step.magnitudes, ...uMagnitude, ...(isSplit && { m: { of: 'N − v' } }) },
      random: [...step.random, 'e'],
      definitions: { ...definitions, [drawn!]: `${exact} + e` },
      goal: `f − f⁺ − γN + ${curvature} + γ${factor}v`,
      alternatives: { given, outcomes },
      cases: cases as Case[],
    },
    {
      ...step,
      name: noiseless,
      kind: 'pathwise',
      statement: `f(x − γ sgn ${left}(x)) ≤ f(x) − γ‖${left}(x)‖₁ + ${size}`,
      symbols: { ...step.symbols, ...u },
      magnitudes: { N: { of: exact!, sign: 's' }, ...uMagnitude },
      goal: `f − f⁺ − γN + ${curvature}`,
      alternatives: { given: ['no noise'], outcomes },
      cases: signs.map(({ s }) => ({
        given: 'no noise',
        outcome: `s = ${s}`,
        where:
          s === '0'
            ? { [exact!]: '0', N: '0', s }
            : { [exact!]: s === '1' ? 'N' : '−N', s, ...(prox && { ρ: s === '1' ? 'q + u' : 'q − u' }) },
        terms: [earlier('1', pathwise), ...(prox && s !== '0' ? [{ remainder: 'γu' }] : [])],
      })),
    },
    {
      name: 'T steps',
      kind: 'total',
      statement: `E[(1/T) Σ ‖${left}(x^{t−1})‖₁] ≤ (f(x⁰) − f*)/(γT) + ${size.replace('γ²', 'γ')} + (1 − 1/T) Σ ${factor.replaceAll('L', 'L_i')}σ_i/√B`,
      symbols: {
        γ: step.symbols.γ,
        T: 'the number of iterations',
        S: `E[(1/T) Σ ‖${left}(x^{t−1})‖₁]`,
        Λ: '‖L‖₁',
        [noiseSums[0][0]]: noiseSums[0][1],
        ...Object.fromEntries(ofNoise.map(([, name, meaning]) => [name, meaning])),
        A: `E‖${left}(x^{T−1})‖₁`,
        'f₀': 'f(x⁰)',
        'f₁': 'E f(x^{T−1})',
        'f′': 'E f after the last step without noise',
        'f*': 'inf f',
        F: 'Σ E f(x^t) over 0 < t < T − 1, so that f₀ + F = F + f₁ for T = 1',
      },
      positive: ['γ', 'Λ', 'T'],
      nonNegative: ['S', 'Y'],
      facts: { [infimum]: { expression: 'f′ − f*', because: 'f ≥ f* everywhere, hence in expectation' } },
      goal: `f₀ − f* + ${whole} + (T − 1)γ(${summed}) − γTS`,
      isolates: { quantity: 'S', factor: 'γT' },
      cases: [
        {
          terms: [
            earlier('1', inExpectation, {
              ...{ f: 'f₀ + F', 'f⁺': 'F + f₁', N: 'TS − A', L: '(T − 1)Λ', v: '(T − 1)Y' },
              ...Object.fromEntries(ofNoise.map(([power, name]) => [`${'L'.repeat(power)}v`, `(T − 1)${name}`])),
            }),
            earlier('1', noiseless, { f: 'f₁', 'f⁺': 'f′', N: 'A', L: 'Λ' }),
            { multiplier: '1', inequality: { kind: 'fact', name: infimum } },
          ],
        },
      ],
    },
  ];
}
