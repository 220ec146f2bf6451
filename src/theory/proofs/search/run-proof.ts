import type { Certificate, CertificateTerm, FunctionClass } from '../../../claims/certificate.js';
import { one, type Rational, rational, sum, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { format, fromTerms } from '../certificates/polynomial.js';
import {
  type ClassInequality,
  type Coordinates,
  GramSpace,
  Interpolation,
  opposite,
  type Point,
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

/** What is asked of T iterations. */
export interface RunQuestion {
  /** Whether f is convex where ‖x⁰ − x*‖ is known. */
  readonly convex: boolean;
  readonly term: 'squared-gradient' | 'objective-gap';
  readonly method: (reading: Reading) => RunMethod;
}

/** Convexity is used together with a minimiser x*, which a bound without ‖x⁰ − x*‖ does not presuppose. */
const usesConvexity = ({ convex }: RunQuestion, { distance }: Reading): boolean => convex && distance.gt(zero);

/** Largest T: the program has about T² unknowns. */
export const longestRun = 4;

const minus = rational(-1n);

/** T iterations as a program, with the points between which its inequalities hold. */
interface RunProgram {
  readonly program: Program;
  /** The bound, whose Gram part is a multiple of ‖x⁰ − x*‖² alone. */
  readonly bound: Quadratic;
  readonly inequalities: readonly ClassInequality[];
  readonly points: Readonly<Record<string, Point>>;
  readonly method: RunMethod;
}

/**
 * bound − left side = Σ λ · slack + squares for T iterations, with L = 1 and h = ∇f/L. The slacks are all interpolation
 * inequalities of the class, so that a program without a solution belongs to a function that violates the bound.
 */
function runProgram(question: RunQuestion, reading: Reading): RunProgram {
  const { term } = question;
  const { gap, distance } = reading;
  const convex = usesConvexity(question, reading);
  const method = question.method(reading);
  const { start: first, left: counted, smallest } = method;
  const steps = [...method.points.keys()];
  const space = new GramSpace([...(convex ? ['x'] : []), ...steps.map((t) => `h${subscript(t)}`)]);
  const origin = space.vector({});
  const points: Record<string, Point> = {};
  for (const [t, coefficients] of method.points.entries()) {
    const k = subscript(t);
    const entries = Object.fromEntries(coefficients.map((entry, i) => [`h${subscript(i)}`, entry]));
    const at = space.vector({ ...entries, ...(convex && { x: one }) });
    points[`x${k}`] = { at, gradient: space.vector({ [`h${k}`]: one }), value: { [`f${k}`]: one } };
  }
  if (convex) points['x*'] = { at: origin, gradient: origin, value: { 'f*': one } };
  const interpolation = new Interpolation(space, convex);
  interpolation.between(points);
  if (!convex) {
    for (const t of steps) interpolation.infimumBelow(`x${subscript(t)}`, points[`x${subscript(t)}`]!);
  }
  const inequalities = [...interpolation.inequalities];
  const summand = (t: number): Quadratic =>
    term === 'squared-gradient'
      ? space.squared(points[`x${subscript(t)}`]!.gradient!)
      : space.values({ [`f${subscript(t)}`]: one, 'f*': minus });
  if (smallest) {
    for (const t of counted) {
      const name = smallestAt(t);
      const slack = combined([one, summand(t)], [minus, space.values({ m: one })]);
      inequalities.push({ name, slack, sumOf: [{ kind: 'fact', name }] });
    }
  }
  // m stands for the smallest summand, and is at most each of them: weights of total 1 bound it.
  const left = smallest
    ? space.values({ m: one })
    : combined(...counted.map((t) => [rational(1n, BigInt(counted.length)), summand(t)] as const));
  const bound = combined(
    [gap, space.values({ [`f${subscript(first)}`]: one, 'f*': minus })],
    [convex ? distance : zero, space.squared(convex ? space.vector({ x: one }) : origin)],
  );
  const program: Program = {
    basis: space.basis,
    constant: combined([one, bound], [minus, left]),
    unknowns: inequalities.map(({ name, slack }) => ({ name, times: opposite(slack) })),
    conditions: [],
  };
  return { program, bound, inequalities, points: { ...points, ...interpolation.further }, method };
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
  if (usesConvexity(question, reading) && reading.gap.gt(zero)) {
    const weaker = proveRun({ ...question, convex: false }, reading);
    if (weaker.answer === 'proved') return weaker;
  }
  const run = runProgram(question, reading);
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

const counts = ['one step', 'two steps', 'three steps', 'four steps'];

/** The certificate of one stage, in units in which gradients are divided by L. */
function certificateOf(
  question: RunQuestion,
  reading: Reading,
  { program, inequalities, points, method }: RunProgram,
  { multipliers, squares }: Proof,
): Certificate {
  const { term } = question;
  const { iterations: T, gap, distance } = reading;
  const convex = usesConvexity(question, reading);
  const text = (coordinates: Coordinates, factor = '') => {
    const terms = coordinates.map((coefficient, i) => ({ powers: [[program.basis[i]!, 1] as const], coefficient }));
    const written = format(fromTerms(terms));
    return written === '0' ? `0${program.basis[0]}` : factor === '' ? written : `${factor}(${written})`;
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
  const summand = (t: number) => (term === 'squared-gradient' ? `L‖h${subscript(t)}‖²` : `f${subscript(t)} − f*`);
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
  const symbols: Record<string, string> = {
    L: 'the Lipschitz constant',
    'f*': convex ? 'f(x*), the least value' : 'inf f',
    [`f${subscript(method.start)}`]: 'f(x⁰)',
    ...(convex && { x: 'x⁰ − x*' }),
    ...(method.smallest && { m: `the smallest of ${method.left.map(summand).join(', ')}` }),
  };
  for (const [name, point] of Object.entries(points))
    if (names.has(name) || !name.startsWith('z')) symbols[valueText(point)] ??= `f(${name})`;
  for (const name of program.basis) symbols[name] ??= `∇f(${name.replace('h', 'x')})/L`;
  return {
    stages: [
      {
        name: `a run of ${counts[T - 1]}`,
        kind: 'pathwise',
        statement: `the bound for T = ${T}, times ${term === 'squared-gradient' ? '1/L' : '1'}`,
        symbols,
        positive: ['L'],
        vectors: program.basis,
        functions: { f: functionOf(''), ...(!convex && { F: functionOf('−') }) },
        points: Object.fromEntries(known.map(([name, { at }]) => [name, text(at)])),
        ...(facts.length > 0 && { facts: Object.fromEntries(facts) }),
        goal: `${gap.toFraction()} (f${subscript(method.start)} − f*)${convex ? ` + ${distance.toFraction()} L‖x‖²` : ''}${left}`,
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
