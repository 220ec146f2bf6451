import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { format, fromTerms } from '../certificates/polynomial.js';
import {
  type ClassInequality,
  type Coordinates,
  GramSpace,
  Interpolation,
  type KnownFunction,
  type Point,
  plus,
  subscript,
} from './inequalities.js';
import { combined, type Quadratic } from './program.js';
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
  /** Of steps on d + r: γL, at how many of the points, from the first on, the program asked for one, and whether they move by a subgradient there or are proximal. */
  readonly composite?: { readonly step: Rational; readonly asked: number; readonly explicit: boolean };
}

/** The summands that a run of all T steps knows. ‖x − x*‖² needs a strongly convex f: of others x* may be another point later. */
export type RunTerm = 'squared-gradient' | 'squared-gradient-mapping' | 'objective-gap' | 'squared-distance';

/** A run on d + r, by steps γ = a/L. */
export interface Composite {
  /** Whether there is a d, which is convex and L-smooth. Without it L is a unit: 1, or M/‖x⁰ − x*‖. */
  readonly smooth: boolean;
  /** Whether r is M-Lipschitz. */
  readonly lipschitz: boolean;
  /** Whether r is the indicator function of a convex set. */
  readonly indicator: boolean;
}

/** What is asked of T iterations. */
export interface RunQuestion {
  /** Whether f is convex, with a minimiser x*. */
  readonly convex: boolean;
  readonly term: RunTerm;
  readonly method: (reading: Pick<Reading, 'iterations' | 'step'>) => RunMethod;
  /** μ/L of a strongly convex f, or d; 0 if left out. */
  readonly strongConvexity?: Rational;
  /** The steps are proximal ones on d + r, or subgradient steps on r; f is smooth if left out. */
  readonly composite?: Composite;
}

const minus = rational(-1n);

/** A function of a run, with all points at which a certificate may need it. */
export interface RunFunction extends KnownFunction {
  /** What is known of the points between two others: the value alone. */
  readonly further: Readonly<Record<string, Point>>;
}

/** Expressions and meanings of a certificate. */
export interface RunWords {
  /** f(x) − f* at each point of the method where it is known, and the summand there. */
  readonly gapAt: (t: number) => string;
  readonly summandAt: (t: number) => string;
  /** Facts by their names. */
  readonly facts: Readonly<Record<string, { readonly expression: string; readonly because: string }>>;
  readonly symbols: Readonly<Record<string, string>>;
  /** What the statement says beside the bound. */
  readonly about: string;
}

/** What is known of T iterations, with L = 1 and h = ∇f/L, and the quantities that a bound compares. */
export interface RunSpace {
  readonly space: GramSpace;
  readonly inequalities: readonly ClassInequality[];
  readonly functions: readonly RunFunction[];
  readonly method: RunMethod;
  readonly left: Quadratic;
  /** f(x⁰) − f*. */
  readonly gap: Quadratic;
  /** ‖x⁰ − x*‖², which is 0 where x* is unknown. */
  readonly distance: Quadratic;
  readonly words: RunWords;
}

/**
 * The slacks are all interpolation inequalities of the class, so that a program without a solution belongs to a function that violates the bound; or
 * those of a chain, of each point with the next one and with x*, where it need not. Of a strongly convex f they are those of the convex φ = (f − ½μ‖x − x*‖²)/(1 − μ/L), whose gradient is L-Lipschitz too.
 */
export function smoothSpace(
  { term, strongConvexity: κ = zero }: RunQuestion,
  convex: boolean,
  method: RunMethod,
  isChain: boolean,
): RunSpace {
  const { start: first, left: counted, smallest } = method;
  const steps = [...method.points.keys()];
  const letter = κ.equals(zero) ? 'h' : 'g';
  const space = new GramSpace([...(convex ? ['x'] : []), ...steps.map((t) => `${letter}${subscript(t)}`)]);
  const origin = space.vector({});
  const points: Record<string, Point> = {};
  const summands: Quadratic[] = [];
  const gradients: Coordinates[] = [];
  for (const [t, coefficients] of method.points.entries()) {
    const k = subscript(t);
    const own = space.vector({ [`${letter}${k}`]: one });
    const gradientAt = (i: number) =>
      gradients[i] ?? (κ.equals(zero) ? space.vector({ [`h${subscript(i)}`]: one }) : undefined);
    const at = placeOf(coefficients, convex ? space.vector({ x: one }) : origin, gradientAt);
    const h = gradientOfStrong(own, at, κ);
    gradients.push(h);
    points[`x${k}`] = { at, gradient: own, value: { [`f${k}`]: one } };
    const gap = gapOfStrong(space, space.values({ [`f${k}`]: one, 'f*': minus }), at, κ);
    summands.push(
      {
        'squared-gradient': space.squared(h),
        'squared-gradient-mapping': space.squared(h),
        'objective-gap': gap,
        'squared-distance': space.squared(at),
      }[term],
    );
  }
  if (convex) points['x*'] = { at: origin, gradient: origin, value: { 'f*': one } };
  const interpolation = new Interpolation(space, convex);
  interpolation.between(points, isChain ? inChain(points) : undefined);
  if (!convex) {
    for (const t of steps) interpolation.infimumBelow(`x${subscript(t)}`, points[`x${subscript(t)}`]!);
  }
  const inequalities = [...interpolation.inequalities];
  if (smallest) inequalities.push(...smallestOf(space, counted, summands));
  const distance = space.squared(convex ? space.vector({ x: one }) : origin);
  const gap = gapOfStrong(
    space,
    space.values({ [`f${subscript(first)}`]: one, 'f*': minus }),
    points[`x${subscript(first)}`]!.at,
    κ,
  );
  /** f(x) − f* by the value of φ where f is strongly convex. */
  const gapAt = (t: number) => gapText(`f${subscript(t)} − f*`, written(space, points[`x${subscript(t)}`]!.at), κ);
  const summandAt = (t: number) =>
    term === 'objective-gap'
      ? gapAt(t)
      : `L‖${written(space, term === 'squared-gradient' ? gradients[t]! : points[`x${subscript(t)}`]!.at)}‖²`;
  const f = κ.equals(zero) ? 'f' : 'φ';
  const every = { ...points, ...interpolation.further };
  const infima = Object.entries(every).map(
    ([name, point]) =>
      [`f* is below f(${name})`, { expression: `${nameOfValue(point)} − f*`, because: 'f ≥ f* everywhere' }] as const,
  );
  return {
    ...{ space, inequalities, method },
    functions: [{ name: 'f', smooth: true, convex, points, further: interpolation.further }],
    left: leftOf(space, method, summands),
    gap,
    distance,
    words: {
      ...{ gapAt, summandAt },
      facts: { ...Object.fromEntries(infima), ...smallestFacts(method, summandAt) },
      about: κ.equals(zero) ? '' : `, for μ = ${κ.toFraction()} L by φ = (f − ½μ‖x − x*‖²)/(1 − μ/L)`,
      symbols: {
        L: 'the Lipschitz constant',
        'f*': convex ? `${f}(x*), the least value` : 'inf f',
        [`f${subscript(first)}`]: `${f}(x⁰)`,
        ...(convex && { x: 'x⁰ − x*' }),
        ...(smallest && { m: `the smallest of ${counted.map(summandAt).join(', ')}` }),
        ...Object.fromEntries(
          Object.entries(every)
            .map(([name, point]) => [nameOfValue(point), `${f}(${name})`])
            .reverse(),
        ),
        ...Object.fromEntries(steps.map((t) => [`${letter}${subscript(t)}`, `∇${f}(x${subscript(t)})/L`])),
      },
    },
  };
}

/** Whether a pair of points is one of neighbours, or has x* in it. */
export function inChain(points: Readonly<Record<string, Point>>): (from: string, to: string) => boolean {
  const names = Object.keys(points);
  return (from, to) => [from, to].includes('x*') || Math.abs(names.indexOf(from) - names.indexOf(to)) === 1;
}

/** A point from x⁰ and what its coefficients multiply. */
export function placeOf(
  coefficients: Coordinates,
  start: Coordinates,
  stepAt: (k: number) => Coordinates | undefined,
): Coordinates {
  let at = start;
  for (const [k, factor] of coefficients.entries()) {
    if (factor.equals(zero)) continue;
    const asked = stepAt(k);
    if (asked === undefined) throw new NoModelError('a point depends on a gradient that is asked for later');
    at = plus(at, asked, factor);
  }
  return at;
}

/** ∇f = (1 − μ/L)∇φ + μ(x − x*), with L = 1. */
export const gradientOfStrong = (own: Coordinates, at: Coordinates, κ: Rational): Coordinates =>
  κ.equals(zero)
    ? own
    : plus(
        own.map((entry) => entry.mul(one.sub(κ))),
        at,
        κ,
      );

/** f(x) − f* by φ(x) − φ(x*). */
export const gapOfStrong = (space: GramSpace, rise: Quadratic, at: Coordinates, κ: Rational): Quadratic =>
  combined([one.sub(κ), rise], [κ.div(rational(2n)), space.squared(at)]);

export const gapText = (rise: string, at: string, κ: Rational): string =>
  κ.equals(zero) ? rise : `${one.sub(κ).toFraction()} (${rise}) + ${κ.div(rational(2n)).toFraction()} L‖${at}‖²`;

/** A vector in the words of a certificate. */
export function written({ basis }: GramSpace, coordinates: Coordinates, factor = ''): string {
  const terms = coordinates.map((coefficient, i) => ({ powers: [[basis[i]!, 1] as const], coefficient }));
  const text = format(fromTerms(terms));
  return text === '0' ? `0${basis[0]}` : factor === '' ? text : `${factor}(${text})`;
}

/** The value of an indicator function is 0. */
export const nameOfValue = ({ value }: Point): string => Object.keys(value)[0] ?? '0';

const smallestAt = (t: number): string => `m is at most the summand at x${subscript(t)}`;

/** m stands for the smallest summand, and is at most each of them: weights of total 1 bound it. */
export const smallestOf = (
  space: GramSpace,
  counted: readonly number[],
  summands: readonly Quadratic[],
): ClassInequality[] =>
  counted.map((t) => {
    const name = smallestAt(t);
    const slack = combined([one, summands[t]!], [minus, space.values({ m: one })]);
    return { name, slack, sumOf: [{ kind: 'fact', name }] };
  });

export const smallestFacts = ({ left, smallest }: RunMethod, summandAt: (t: number) => string): RunWords['facts'] =>
  smallest
    ? Object.fromEntries(
        left.map((t) => [smallestAt(t), { expression: `${summandAt(t)} − m`, because: 'm is the smallest of them' }]),
      )
    : {};

export const leftOf = (space: GramSpace, { left, smallest }: RunMethod, summands: readonly Quadratic[]): Quadratic =>
  smallest
    ? space.values({ m: one })
    : combined(...left.map((t) => [rational(1n, BigInt(left.length)), summands[t]!] as const));
