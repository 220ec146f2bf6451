import type { Certificate, CertificateTerm, FunctionClass } from '../../../claims/certificate.js';
import { one, type Rational, rational, sum, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { format, fromTerms } from '../certificates/polynomial.js';
import {
  type ClassInequality,
  type Coordinates,
  GramSpace,
  Interpolation,
  opposite,
  type Point,
  plus,
  subscript,
} from './inequalities.js';
import { alternativeTo, combined, type Program, type Proof, type Quadratic, solve } from './program.js';
import type { Reading } from './read-theorem.js';

/** T iterations of a method whose points are x⁰ plus combinations of gradients. */
export interface RunMethod {
  /** The coefficients of ∇f/L at the points themselves, for each point. */
  readonly points: readonly Coordinates[];
  /** Which of them is x⁰. */
  readonly start: number;
  /** Those whose summands the left side averages. */
  readonly left: readonly number[];
  /** The left side is the smallest of these summands, and not their average. */
  readonly smallest: boolean;
}

/** T iterations of gradient descent with γL = a. */
export function descentRun(T: number, a: Rational, onlyLast: boolean): RunMethod {
  const steps = Array.from({ length: T + 1 }, (_, t) => t);
  return {
    points: steps.map((t) => steps.map((k) => (k < t ? a.neg() : zero))),
    ...{ start: 0, left: onlyLast ? [T] : steps.slice(0, T), smallest: false },
  };
}

/** The summands that a run of all T steps knows. ‖x − x*‖² needs a strongly convex f: of others x* may be another point later. */
export type RunTerm = 'squared-gradient' | 'objective-gap' | 'squared-distance';

/** What is asked of T iterations. */
export interface RunQuestion {
  /** Whether f is convex where ‖x⁰ − x*‖ is known. */
  readonly convex: boolean;
  readonly term: RunTerm;
  readonly method: (reading: Pick<Reading, 'iterations' | 'step' | 'miniBatch' | 'parameters'>) => RunMethod;
  /** Whether the class has a minimiser x* where the bound does not see it. */
  readonly minimiser?: true;
  /** μ/L of a strongly convex f; 0 if left out. */
  readonly strongConvexity?: Rational;
}

/** Convexity is used together with a minimiser x*, which a bound without ‖x⁰ − x*‖ does not presuppose. */
const usesConvexity = ({ convex, minimiser }: RunQuestion, { distance }: Pick<Reading, 'distance'>): boolean =>
  convex && (minimiser === true || distance.gt(zero));

/** Largest T for which all pairs of points are used: the program has about T² unknowns. */
export const longestRun = 4;
/** The same where each point is compared with the next one and with x* alone, which is enough for most methods, and takes about 3 s at the last of them. */
export const longestChain = 16;
/** The same where a worst case is asked for, which takes half a minute at the last of them. */
export const longestWorst = 8;

const minus = rational(-1n);

/** What is known of T iterations, with L = 1 and h = ∇f/L, and the quantities that a bound compares. */
export interface RunSpace {
  readonly space: GramSpace;
  readonly inequalities: readonly ClassInequality[];
  readonly points: Readonly<Record<string, Point>>;
  /** ∇f/L at each point. */
  readonly gradients: readonly Coordinates[];
  readonly method: RunMethod;
  readonly left: Quadratic;
  /** f(x⁰) − f*. */
  readonly gap: Quadratic;
  /** ‖x⁰ − x*‖², which is 0 where x* is unknown. */
  readonly distance: Quadratic;
}

/** T iterations as a program. */
interface RunProgram extends RunSpace {
  readonly program: Program;
  /** The bound, whose Gram part is a multiple of ‖x⁰ − x*‖² alone. */
  readonly bound: Quadratic;
}

/**
 * The slacks are all interpolation inequalities of the class, so that a program without a solution belongs to a function that violates the bound; or
 * those of a chain, of each point with the next one and with x*, where it need not. Of a strongly convex f they are those of the convex φ = (f − ½μ‖x − x*‖²)/(1 − μ/L), whose gradient is L-Lipschitz too.
 */
export function runSpace(
  { term, strongConvexity: κ = zero }: RunQuestion,
  convex: boolean,
  method: RunMethod,
  isChain = false,
): RunSpace {
  const { start: first, left: counted, smallest } = method;
  const steps = [...method.points.keys()];
  const letter = κ.equals(zero) ? 'h' : 'g';
  const space = new GramSpace([...(convex ? ['x'] : []), ...steps.map((t) => `${letter}${subscript(t)}`)]);
  const origin = space.vector({});
  const rest = one.sub(κ);
  const points: Record<string, Point> = {};
  const summands: Quadratic[] = [];
  const gradients: Coordinates[] = [];
  for (const [t, coefficients] of method.points.entries()) {
    const k = subscript(t);
    const own = space.vector({ [`${letter}${k}`]: one });
    const gradientAt = (i: number) =>
      gradients[i] ?? (κ.equals(zero) ? space.vector({ [`h${subscript(i)}`]: one }) : undefined);
    let at = convex ? space.vector({ x: one }) : origin;
    for (const [i, factor] of coefficients.entries()) {
      if (factor.equals(zero)) continue;
      const asked = gradientAt(i);
      if (asked === undefined) throw new NoModelError('a point depends on a gradient that is asked for later');
      at = plus(at, asked, factor);
    }
    // ∇f = (1 − μ/L)∇φ + μ(x − x*).
    const h = κ.equals(zero)
      ? own
      : plus(
          own.map((entry) => entry.mul(rest)),
          at,
          κ,
        );
    gradients.push(h);
    points[`x${k}`] = { at, gradient: own, value: { [`f${k}`]: one } };
    const gap = combined(
      [rest, space.values({ [`f${k}`]: one, 'f*': minus })],
      [κ.div(rational(2n)), space.squared(at)],
    );
    summands.push(
      { 'squared-gradient': space.squared(h), 'objective-gap': gap, 'squared-distance': space.squared(at) }[term],
    );
  }
  if (convex) points['x*'] = { at: origin, gradient: origin, value: { 'f*': one } };
  const interpolation = new Interpolation(space, convex);
  const names = Object.keys(points);
  interpolation.between(
    points,
    (from, to) => !isChain || [from, to].includes('x*') || Math.abs(names.indexOf(from) - names.indexOf(to)) === 1,
  );
  if (!convex) {
    for (const t of steps) interpolation.infimumBelow(`x${subscript(t)}`, points[`x${subscript(t)}`]!);
  }
  const inequalities = [...interpolation.inequalities];
  if (smallest) {
    for (const t of counted) {
      const name = smallestAt(t);
      const slack = combined([one, summands[t]!], [minus, space.values({ m: one })]);
      inequalities.push({ name, slack, sumOf: [{ kind: 'fact', name }] });
    }
  }
  // m stands for the smallest summand, and is at most each of them: weights of total 1 bound it.
  const left = smallest
    ? space.values({ m: one })
    : combined(...counted.map((t) => [rational(1n, BigInt(counted.length)), summands[t]!] as const));
  const distance = space.squared(convex ? space.vector({ x: one }) : origin);
  const gap = combined(
    [rest, space.values({ [`f${subscript(first)}`]: one, 'f*': minus })],
    [κ.div(rational(2n)), distance],
  );
  return {
    space,
    inequalities,
    points: { ...points, ...interpolation.further },
    gradients,
    method,
    left,
    gap,
    distance,
  };
}

/** bound − left side = Σ λ · slack + squares for T iterations. */
function runProgram(question: RunQuestion, reading: Reading, isChain: boolean): RunProgram {
  const run = runSpace(question, usesConvexity(question, reading), question.method(reading), isChain);
  const bound = combined([reading.gap, run.gap], [reading.distance, run.distance]);
  const program: Program = {
    basis: run.space.basis,
    constant: combined([one, bound], [minus, run.left]),
    unknowns: run.inequalities.map(({ name, slack }) => ({ name, times: opposite(slack) })),
    conditions: [],
  };
  return { ...run, program, bound };
}

const smallestAt = (t: number): string => `m is at most the summand at x${subscript(t)}`;

/** What is known about a bound at one T. */
export type RunAnswer =
  | { readonly answer: 'proved'; readonly certificate: Certificate }
  /** The alternative is solved exactly: there are points, gradients and values of a function of the class that violate the bound. */
  | { readonly answer: 'false' /** left/bound of these. */; readonly excess: number }
  | { readonly answer: 'unknown' };

/** Proves a bound of T iterations, without convexity if that is enough, or shows that it is false. */
export function proveRun(question: RunQuestion, reading: Reading): RunAnswer {
  if (!question.minimiser && usesConvexity(question, reading) && reading.gap.gt(zero)) {
    const weaker = proveRun({ ...question, convex: false }, reading);
    if (weaker.answer === 'proved') return weaker;
  }
  const chain = runProgram(question, reading, true);
  const short = solve(chain.program);
  if (!('none' in short)) return { answer: 'proved', certificate: certificateOf(question, reading, chain, short) };
  if (reading.iterations > longestRun) return { answer: 'unknown' };
  const run = runProgram(question, reading, false);
  const proof = solve(run.program);
  if (!('none' in proof)) return { answer: 'proved', certificate: certificateOf(question, reading, run, proof) };
  if (proof.none !== 'infeasible') return { answer: 'unknown' };
  const opposed = solve(alternativeTo(run.program));
  if (!('none' in opposed)) return { answer: 'false', excess: excessOf(run, opposed) };
  return { answer: 'unknown' };
}

/** left/bound of a solution of the alternative, where bound − left side is −1. */
function excessOf({ program, bound }: RunProgram, { multipliers }: Proof): number {
  const at = (name: string) => multipliers.get(name) ?? zero;
  const ofValues = Object.entries(bound.values).map(([name, factor]) => factor.mul(at(`φ ${name}`)));
  const ofGram = program.basis.map((_, i) => bound.gram[i]![i]!.mul(at(`X ${i},${i}`)));
  const value = toDouble(sum([...ofValues, ...ofGram]));
  return (value + 1) / value;
}

const counts = [
  'one step',
  'two steps',
  'three steps',
  'four steps',
  'five steps',
  'six steps',
  'seven steps',
  'eight steps',
  ...['nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen'].map((count) => `${count} steps`),
];

/** The certificate of one stage, in units in which gradients are divided by L. */
export function certificateOf(
  question: RunQuestion,
  reading: Pick<Reading, 'iterations' | 'gap' | 'distance'>,
  { space, inequalities, points, gradients, method }: RunSpace,
  { multipliers, squares }: Proof,
): Certificate {
  const { term, strongConvexity: κ = zero } = question;
  const { iterations: T, gap, distance } = reading;
  const convex = usesConvexity(question, reading);
  const text = (coordinates: Coordinates, factor = '') => {
    const terms = coordinates.map((coefficient, i) => ({ powers: [[space.basis[i]!, 1] as const], coefficient }));
    const written = format(fromTerms(terms));
    return written === '0' ? `0${space.basis[0]}` : factor === '' ? written : `${factor}(${written})`;
  };
  const used = inequalities.filter(({ name }) => !(multipliers.get(name) ?? zero).equals(zero));
  const names = new Set(
    used.flatMap(({ sumOf }) => sumOf.flatMap((entry) => ('from' in entry ? [entry.from, entry.to] : []))),
  );
  const known = Object.entries(points).filter(([name]) => names.has(name));
  const valueText = ({ value }: Point) => Object.keys(value)[0]!;
  const functionOf = (sign: '' | '−'): FunctionClass => ({
    convex: convex && sign === '',
    modulus: 'L',
    values: Object.fromEntries(known.map(([name, point]) => [name, `${sign}${valueText(point)}`])),
    gradients: Object.fromEntries(
      known.flatMap(([name, { gradient }]) => (gradient === undefined ? [] : [[name, text(gradient, `${sign}L`)]])),
    ),
  });
  /** f(x) − f* by the value of φ where f is strongly convex. */
  const gapAt = (t: number): string => {
    const values = `f${subscript(t)} − f*`;
    if (κ.equals(zero)) return values;
    const half = κ.div(rational(2n)).toFraction();
    return `${one.sub(κ).toFraction()} (${values}) + ${half} L‖${text(points[`x${subscript(t)}`]!.at)}‖²`;
  };
  const summand = (t: number) =>
    term === 'objective-gap'
      ? gapAt(t)
      : `L‖${text(term === 'squared-gradient' ? gradients[t]! : points[`x${subscript(t)}`]!.at)}‖²`;
  const facts = used.flatMap(({ sumOf }) =>
    sumOf.flatMap((entry): (readonly [string, { readonly expression: string; readonly because: string }])[] => {
      if (entry.kind !== 'fact') return [];
      const better = method.left.find((t) => entry.name === smallestAt(t));
      if (better !== undefined)
        return [[entry.name, { expression: `${summand(better)} − m`, because: 'm is the smallest of them' }]];
      const [, point] = /\((.*)\)/.exec(entry.name)!;
      return [[entry.name, { expression: `${valueText(points[point!]!)} − f*`, because: 'f ≥ f* everywhere' }]];
    }),
  );
  const left = method.smallest ? ' − m' : method.left.map((t) => ` − 1/${method.left.length} (${summand(t)})`).join('');
  const f = κ.equals(zero) ? 'f' : 'φ';
  const symbols: Record<string, string> = {
    L: 'the Lipschitz constant',
    'f*': convex ? `${f}(x*), the least value` : 'inf f',
    [`f${subscript(method.start)}`]: `${f}(x⁰)`,
    ...(convex && { x: 'x⁰ − x*' }),
    ...(method.smallest && { m: `the smallest of ${method.left.map(summand).join(', ')}` }),
  };
  for (const [name, point] of Object.entries(points))
    if (names.has(name) || !name.startsWith('z')) symbols[valueText(point)] ??= `${f}(${name})`;
  for (const name of space.basis) symbols[name] ??= `∇${f}(${name.replace(/[hg]/, 'x')})/L`;
  return {
    stages: [
      {
        name: `a run of ${counts[T - 1]}`,
        kind: 'pathwise',
        statement: `the bound for T = ${T}, times ${{ 'squared-gradient': '1/L', 'objective-gap': '1', 'squared-distance': 'L' }[term]}${κ.equals(zero) ? '' : `, for μ = ${κ.toFraction()} L by φ = (f − ½μ‖x − x*‖²)/(1 − μ/L)`}`,
        symbols,
        positive: ['L'],
        vectors: space.basis,
        functions: { f: functionOf(''), ...(!convex && { F: functionOf('−') }) },
        points: Object.fromEntries(known.map(([name, { at }]) => [name, text(at)])),
        ...(facts.length > 0 && { facts: Object.fromEntries(facts) }),
        goal: `${gap.toFraction()} (${gapAt(method.start)})${convex ? ` + ${distance.toFraction()} L‖x‖²` : ''}${left}`,
        cases: [
          {
            terms: [
              ...used.flatMap(({ name, sumOf }) =>
                sumOf.map(
                  (inequality): CertificateTerm => ({ multiplier: multipliers.get(name)!.toFraction(), inequality }),
                ),
              ),
              ...squares.pivots.map(
                (pivot, k): CertificateTerm => ({
                  multiplier: `${pivot.toFraction()} L`,
                  square: text(squares.columns[k]!),
                }),
              ),
            ],
          },
        ],
      },
    ],
  };
}
