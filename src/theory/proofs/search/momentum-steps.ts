import type { CertificateTerm, FunctionClass, Stage } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { constant, format, fromTerms } from '../certificates/polynomial.js';
import {
  type ClassInequality,
  type Coordinates,
  classInequalities,
  GramSpace,
  Interpolation,
  opposite,
  type Point,
  plus,
} from './inequalities.js';
import {
  alternativeTo,
  type Condition,
  combined,
  exactLeast,
  fixed,
  type Program,
  type Proof,
  solve,
} from './program.js';
import type { Reading } from './read-theorem.js';
import { type StepProof, stagesOf } from './step-proof.js';

/**
 * x^{t+1} = x^t − γm^t with the running mean m^t = (1 − α)m^{t−1} + αĝ(x^t), 0 < α ≤ 1, and m⁰ = cĝ(x⁰): c = α where m starts at 0, and c = 1 where it starts
 * with the first gradient. x^{t+1} = x^t − sĝ(x^t) + β(x^t − x^{t−1}), which starts with x^{−1} = x⁰, is the same with α = c = 1 − β and γ = s/(1 − β).
 */
export interface Momentum {
  /** γL. */
  readonly step: Rational;
  /** α. */
  readonly newestWeight: Rational;
  /** c. */
  readonly firstWeight: Rational;
  readonly noisy: boolean;
}

/** The same in doubles; α = c = 1 is a gradient step from y = x, or from where `ahead` says. */
export interface Weights {
  /** γL. */
  readonly step: number;
  readonly newestWeight: number;
  readonly firstWeight: number;
  /** x⁺ − x = moved·(y − x) − γm and y⁺ − x⁺ = kept·(y − x) − newest·γ∇f(y) at t, from y⁰ = x⁰ on. */
  readonly ahead?: (t: number) => Readonly<Record<'moved' | 'kept' | 'newest', number>>;
}

/** A theorem at one T, as far as a sum of steps is compared with it. */
export type BoundAt = Pick<Reading, 'iterations' | 'gap' | 'noise' | 'noiseDivisor'>;

const minus = rational(-1n);
const two = rational(2n);

/** Which inequalities of f a proof may use: the descent inequality and the Lipschitz continuity of ∇f, or all that there are. */
const rungs = ['lipschitz', 'interpolation'] as const;
type Rung = (typeof rungs)[number];

interface MomentumProgram {
  readonly program: Program;
  readonly inequalities: readonly ClassInequality[];
  readonly points: Readonly<Record<string, Point>>;
}

/**
 * κ(f(x) − f(x⁺)) + C‖m − ∇f(x)‖² − C(1 − α)²‖m − ∇f(x⁺)‖² − ‖∇f(x)‖² = Σ λ · slack + squares, with L = 1 and x⁺ = x − γm. The noise of the next
 * gradient adds Cα²E‖e‖², because m⁺ − ∇f(x⁺) = (1 − α)(m − ∇f(x⁺)) + αe and E e = 0.
 */
export function momentumProgram({ step: a, newestWeight }: Momentum, rung: Rung): MomentumProgram {
  const space = new GramSpace(['h', 'k', 'h⁺']);
  const [h, k, next] = space.basis.map((name) => space.vector({ [name]: one })) as [
    Coordinates,
    Coordinates,
    Coordinates,
  ];
  const points: Record<string, Point> = {
    x: { at: space.vector({}), gradient: h, value: { f: one } },
    'x⁺': { at: space.vector({ k: a.neg() }), gradient: next, value: { 'f⁺': one } },
  };
  const interpolation = new Interpolation(space, false);
  interpolation.between(points);
  const lipschitz: ClassInequality = {
    name: 'lipschitz of f from x to x⁺',
    slack: combined([a.mul(a), space.squared(k)], [minus, space.squared(plus(next, h, minus))]),
    sumOf: [{ kind: 'lipschitz', of: 'f', from: 'x', to: 'x⁺' }],
  };
  const inequalities =
    rung === 'interpolation'
      ? interpolation.inequalities
      : [...classInequalities(space, { name: 'f', smooth: true, convex: false, points }), lipschitz];
  const kept = one.sub(newestWeight);
  const error = combined(
    [one, space.squared(plus(k, h, minus))],
    [kept.mul(kept).neg(), space.squared(plus(k, next, minus))],
  );
  return {
    program: {
      basis: space.basis,
      constant: opposite(space.squared(h)),
      unknowns: [
        { name: 'κ', times: space.values({ f: one, 'f⁺': minus }) },
        { name: 'C', times: error },
        ...inequalities.map(({ name, slack }) => ({ name, times: opposite(slack) })),
      ],
      conditions: [],
    },
    inequalities,
    points: { ...points, ...(rung === 'interpolation' && interpolation.further) },
  };
}

/** What C counts for beside κ in the sum of T steps: E‖m⁰ − ∇f(x⁰)‖² ≤ 2(1 − c)²(f(x⁰) − f*) + c²V, and α²V of every later step but the last. */
const atStart = ({ firstWeight: c }: Momentum) => ({
  gap: two.mul(one.sub(c)).mul(one.sub(c)),
  noise: c.mul(c),
});

/** That the sum of T steps is at most ρ times the bound, where ρ is an unknown. */
function conditionsOf(momentum: Momentum, { iterations, gap, noise, noiseDivisor }: BoundAt): Condition[] {
  const { newestWeight, noisy } = momentum;
  const T = rational(BigInt(iterations));
  const first = atStart(momentum);
  const noises = first.noise.add(T.sub(one).mul(newestWeight).mul(newestWeight));
  const ofGap = { ρ: T.mul(gap), κ: minus, C: first.gap.neg() };
  const ofNoise = { ρ: T.mul(noiseDivisor).mul(noise), C: noises.neg() };
  return [ofGap, ...(noisy ? [ofNoise] : [])].map((coefficients) => ({ constant: zero, coefficients }));
}

/** The program in which the sum is at most ρ times each of the bounds. */
function boundedProgram(momentum: Momentum, rung: Rung, bounds: readonly BoundAt[]): MomentumProgram {
  const { program, ...rest } = momentumProgram(momentum, rung);
  const nothing = { values: {}, gram: program.constant.gram.map((row) => row.map(() => zero)) };
  return {
    ...rest,
    program: {
      ...program,
      unknowns: [...program.unknowns, { name: 'ρ', times: nothing }],
      conditions: bounds.flatMap((bound) => conditionsOf(momentum, bound)),
    },
  };
}

/** The least multiple of a bound that one step with such a potential proves; undefined if there is no such multiple, or it is no simple fraction. */
export const leastMultiple = (momentum: Momentum, bound: BoundAt, rung: Rung = 'interpolation'): Rational | undefined =>
  exactLeast(boundedProgram(momentum, rung, [bound]).program, 'ρ')?.value;

/** Whether no potential of this form proves the bound: the alternative with all inequalities of the class is solved exactly. */
export const hasNoPotential = (momentum: Momentum, bound: BoundAt): boolean =>
  !('none' in solve(alternativeTo(fixed(boundedProgram(momentum, 'interpolation', [bound]).program, 'ρ', one))));

/**
 * Proves one step of momentum at one γL, with a potential f + C‖m − ∇f‖² whose sum is at most each of the bounds.
 *
 * @returns undefined if no step of this form is found
 */
export function proveMomentum(momentum: Momentum, bounds: readonly BoundAt[]): StepProof | undefined {
  for (const rung of rungs) {
    const found = boundedProgram(momentum, rung, bounds);
    const proof = solve(fixed(found.program, 'ρ', one));
    if ('none' in proof) continue;
    const written = writtenProof(momentum, found, proof);
    if (checkCertificate(written.certificate).every(({ problem }) => problem === undefined)) return written;
  }
  return undefined;
}

/** The certificate, divided by κ: p = f + (C/κ)‖m − ∇f‖². */
function writtenProof(
  momentum: Momentum,
  { inequalities, points }: MomentumProgram,
  { multipliers, squares }: Proof,
): StepProof {
  const { step: a, newestWeight: α, firstWeight: c, noisy } = momentum;
  const κ = multipliers.get('κ')!;
  const C = multipliers.get('C')!.div(κ);
  const kept = one.sub(α);
  // Of a square of gradients: 1/L = γ/a.
  const perSquare = (factor: Rational) => `${factor.div(a).toFraction()} γ`;
  const vector = (coordinates: Coordinates) =>
    format(
      fromTerms(coordinates.map((coefficient, i) => ({ powers: [[['h', 'k', 'h⁺'][i]!, 1] as const], coefficient }))),
    );
  const used = inequalities.filter(({ name }) => !(multipliers.get(name) ?? zero).equals(zero));
  const terms: CertificateTerm[] = [
    ...used.flatMap(({ name, sumOf }) =>
      sumOf.map((inequality): CertificateTerm => {
        const multiplier = multipliers.get(name)!.div(κ);
        return {
          multiplier: inequality.kind === 'lipschitz' ? perSquare(multiplier) : multiplier.toFraction(),
          inequality,
        };
      }),
    ),
    ...squares.pivots.map(
      (pivot, i): CertificateTerm => ({
        multiplier: `${pivot.div(κ).toFraction()} L`,
        square: vector(squares.columns[i]!),
      }),
    ),
  ];
  const add = (multiplier: Rational, times: string, kind: 'mean' | 'variance'): CertificateTerm[] =>
    multiplier.equals(zero)
      ? []
      : [
          {
            multiplier: `${perSquare(multiplier)}${times}`,
            inequality: kind === 'mean' ? { kind, of: 'e' } : { kind, of: 'e', bound: 'V' },
          },
        ];
  if (noisy) {
    terms.push(...add(two.mul(C).mul(kept).mul(α), '(g⁺ − m)', 'mean'));
    terms.push(...add(C.mul(α).mul(α), '', 'variance'));
  }
  const names = new Set(
    used.flatMap(({ sumOf }) => sumOf.flatMap((entry) => ('from' in entry ? [entry.from, entry.to] : []))),
  );
  const further = Object.entries(points).filter(([name]) => name.startsWith('z') && names.has(name));
  const values = Object.fromEntries(further.map(([name, { value }]) => [name, Object.keys(value)[0]!]));
  const functionOf = (sign: '' | '−'): FunctionClass => ({
    convex: false,
    modulus: 'L',
    values: Object.fromEntries(
      Object.entries({ x: 'f', 'x⁺': 'f⁺', ...values }).map(([name, value]) => [name, `${sign}${value}`]),
    ),
    gradients: { x: `${sign}g`, 'x⁺': `${sign}g⁺` },
  });
  const potential = (value: string, m: string, g: string) => `${value} + ${perSquare(C)}‖${m} − ${g}‖²`;
  const symbols = {
    ...{ γ: 'the step', L: 'the Lipschitz constant', V: 'a bound of E‖e‖²', p: 'the potential at x and m' },
    ...{
      f: 'f(x)',
      x: 'the iterate',
      g: '∇f(x)',
      h: '∇f(x)/L',
      m: 'the running mean of gradients, that of x included',
    },
    e: 'the noise of the newest gradient',
  };
  const stage: Stage = {
    ...{ name: '', kind: 'expectation', statement: '', goal: '', cases: [] },
    symbols: {
      ...symbols,
      'p⁺': 'the potential at x⁺ and m⁺',
      Q: 'the summand of the left side at x',
      ...{ 'f⁺': 'f(x⁺)', 'g⁺': '∇f(x⁺)', 'h⁺': '∇f(x⁺)/L', k: 'm/L', 'm⁺': 'the next running mean' },
      ...Object.fromEntries(further.map(([name]) => [values[name]!, `f(${name})`])),
    },
    positive: ['γ', 'L'],
    nonNegative: ['V'],
    vectors: ['x', 'g', 'h', 'm', 'k', 'g⁺', 'h⁺', 'm⁺', 'e'],
    random: ['e', 'm⁺', 'p⁺'],
    definitions: {
      p: potential('f', 'm', 'g'),
      'p⁺': potential('f⁺', 'm⁺', 'g⁺'),
      Q: '‖g‖²',
      'm⁺': `${kept.toFraction()} m + ${α.toFraction()} (g⁺${noisy ? ' + e' : ''})`,
      ...{ g: 'Lh', m: 'Lk', 'g⁺': 'Lh⁺' },
    },
    equation: ['γL', a.toFraction()],
    functions: { f: functionOf(''), ...(further.length > 0 && { F: functionOf('−') }) },
    points: {
      ...{ x: 'x', 'x⁺': 'x − γm' },
      ...Object.fromEntries(further.map(([name, { at }]) => [name, `x + (${vector(at)})`])),
    },
  };
  const first = atStart(momentum);
  const [gap, noise] = [C.mul(first.gap), noisy ? C.mul(first.noise) : zero];
  const start: Stage = {
    name: 'the first potential',
    kind: noisy ? 'expectation' : 'pathwise',
    statement: `p(x⁰) is at most ${one.add(gap).toFraction()} (f(x⁰) − f*) + f*${noisy ? ` + (${perSquare(noise)})V in expectation` : ''}`,
    symbols: { ...symbols, 'f*': 'inf f', f̃: 'f(y) after a gradient step from x to y' },
    positive: ['γ', 'L'],
    nonNegative: ['V'],
    vectors: ['x', 'g', 'h', 'm', 'e'],
    random: ['e', 'm', 'p'],
    definitions: { p: potential('f', 'm', 'g'), m: `${c.toFraction()} (g${noisy ? ' + e' : ''})`, g: 'Lh' },
    equation: ['γL', a.toFraction()],
    functions: { f: { convex: false, modulus: 'L', values: { x: 'f', y: 'f̃' }, gradients: { x: 'g' } } },
    points: { x: 'x', y: 'x − h' },
    facts: { 'f* is below f(y)': { expression: 'f̃ − f*', because: 'f ≥ f* everywhere' } },
    goal: `f − p + ${gap.toFraction()} (f − f*)${noisy ? ` + (${perSquare(noise)})V` : ''}`,
    cases: [
      {
        terms: [
          ...(gap.equals(zero)
            ? []
            : ([
                { multiplier: gap.toFraction(), inequality: { kind: 'descent', of: 'f', from: 'x', to: 'y' } },
                { multiplier: gap.toFraction(), inequality: { kind: 'fact', name: 'f* is below f(y)' } },
              ] as const)),
          ...(noisy ? [...add(two.mul(C).mul(c).mul(one.sub(c)), 'g', 'mean'), ...add(noise, '', 'variance')] : []),
        ],
      },
    ],
  };
  const certificate = {
    stages: stagesOf(
      { noisy, stage, start: 'gap', summand: '‖∇f(x)‖²' },
      {
        ...{ c: perSquare(one.div(κ)), noise: perSquare(C.mul(α).mul(α)), terms },
        first: { stage: start, gap: one.add(gap).toFraction(), noise: noisy ? perSquare(noise) : undefined },
      },
    ),
  };
  return {
    model: { start: 'gap', potential: `f(x) + (${perSquare(C)})‖m − ∇f(x)‖²` },
    ...{ c: constant(one.div(κ)), noise: noisy ? constant(C.mul(α).mul(α)) : new Map(), first: { gap, noise } },
    ...{ largestStep: undefined, terms, certificate },
  };
}
