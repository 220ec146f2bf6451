import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import {
  type ClassInequality,
  type Coordinates,
  classInequalities,
  GramSpace,
  Interpolation,
  type Point,
  plus,
  subscript,
} from './inequalities.js';
import { combined, type Quadratic } from './program.js';
import {
  type Composite,
  gapOfStrong,
  gapText,
  gradientOfStrong,
  inChain,
  leftOf,
  placeOf,
  type RunMethod,
  type RunQuestion,
  type RunSpace,
  smallestFacts,
  smallestOf,
  written,
} from './run-space.js';

const minus = rational(-1n);

/** A point where d, r or both are known, by the names of their values and vectors. */
interface Place {
  readonly at: Coordinates;
  readonly d?: Point;
  readonly r?: { readonly name: string; readonly point: Point };
}

/**
 * T steps on d + r with L = 1: d is convex and L-smooth, φ = (d − ½μ‖x − x*‖²)/(1 − μ/L) in its place where d is strongly convex, and r is convex. A proximal
 * step from x with γ = a ends at p = x − a(∇d(x) + s), where s is a subgradient of r at p; a subgradient step moves by one of r at x itself. With the
 * conditions of d and those of r this is all that T steps can see of such functions (Taylor, Hendrickx and Glineur 2017, theorems 4 and 6).
 *
 * @param fromValue whether f(x⁰) − f* is compared, so that x⁰ is in the domain of r
 */
export function compositeSpace(
  { term, strongConvexity: κ = zero }: RunQuestion,
  { smooth, lipschitz, indicator }: Composite,
  method: RunMethod,
  fromValue: boolean,
  isChain: boolean,
): RunSpace {
  const { points, left: counted, smallest, start } = method;
  const { step, asked, explicit } = method.composite!;
  const valued = new Set([...(term === 'objective-gap' ? counted : []), ...(fromValue ? [start] : [])]);
  const steps = [...points.keys()];
  /** The proximal step that ends at a point, whose subgradient is known there. */
  const endsAt = (t: number): number | undefined => {
    const key = (entries: readonly Rational[]) => steps.map((k) => (entries[k] ?? zero).toFraction()).join();
    const found = steps
      .slice(0, asked)
      .find((k) =>
        explicit
          ? k === t
          : key(points[t]!) === key(steps.map((j) => (points[k]![j] ?? zero).sub(j === k ? step : zero))),
      );
    return found;
  };
  const withD = steps.filter((t) => smooth && (t < asked || valued.has(t)));
  const newR = [...valued].filter((t) => endsAt(t) === undefined);
  const dLetter = κ.equals(zero) ? 'h' : 'g';
  const space = new GramSpace([
    'x',
    ...withD.map((t) => `${dLetter}${subscript(t)}`),
    ...steps.slice(0, asked).map((t) => `s${subscript(t)}`),
    ...newR.map((t) => `q${subscript(t)}`),
    ...(smooth ? [`${dLetter}*`] : []),
  ]);
  const vector = (name: string) => space.vector({ [name]: one });
  const origin = space.vector({});
  const value = (name: string): Quadratic['values'] => (indicator && name.startsWith('r') ? {} : { [name]: one });
  const moves: Coordinates[] = [];
  const places: Place[] = [];
  const dPoints: Record<string, Point> = {};
  const rPoints: Record<string, Point> = {};
  const meanings: Record<string, string> = {};
  const φ = κ.equals(zero) ? 'd' : 'φ';
  for (const [t, coefficients] of points.entries()) {
    const k = subscript(t);
    const at = placeOf(coefficients, vector('x'), (j) => moves[j]);
    let d: Point | undefined;
    if (withD.includes(t)) {
      d = { at, gradient: vector(`${dLetter}${k}`), value: { [`d${k}`]: one } };
      dPoints[`x${k}`] = d;
      meanings[`d${k}`] = `${φ}(x${k})`;
      meanings[`${dLetter}${k}`] = `∇${φ}(x${k})/L`;
    }
    if (t < asked) {
      const s = vector(`s${k}`);
      const move = d === undefined ? s : plus(gradientOfStrong(d.gradient!, at, κ), s);
      moves.push(move);
      const name = explicit ? `x${k}` : `p${k}`;
      rPoints[name] = { at: explicit ? at : plus(at, move, step.neg()), gradient: s, value: value(`r${k}`) };
      meanings[`r${k}`] = `r(${name})`;
      meanings[`s${k}`] = `a subgradient of r at ${name}, divided by L`;
    }
    const end = endsAt(t);
    let r: Place['r'];
    if (end !== undefined) {
      const name = explicit ? `x${subscript(end)}` : `p${subscript(end)}`;
      r = { name, point: rPoints[name]! };
    } else if (valued.has(t)) {
      r = { name: `x${k}`, point: { at, gradient: vector(`q${k}`), value: value(`r${k}′`) } };
      rPoints[`x${k}`] = r.point;
      meanings[`r${k}′`] = `r(x${k})`;
      meanings[`q${k}`] = `a subgradient of r at x${k}, divided by L`;
    }
    places.push({ at, ...(d && { d }), ...(r && { r }) });
  }
  const optimal = smooth ? vector(`${dLetter}*`) : origin;
  if (smooth) dPoints['x*'] = { at: origin, gradient: optimal, value: { 'd*': one } };
  rPoints['x*'] = {
    at: origin,
    gradient: optimal.map((entry) => entry.mul(κ.sub(one))),
    value: value('r*'),
  };
  const interpolation = new Interpolation(space, true, φ);
  if (smooth) interpolation.between(dPoints, isChain ? inChain(dPoints) : undefined);
  const r = { name: 'r', smooth: false, convex: true, points: rPoints };
  const inequalities: ClassInequality[] = [
    ...interpolation.inequalities,
    ...classInequalities(space, r, isChain ? inChain(rPoints) : undefined),
  ];
  const steepness = (name: string) => `the subgradient of r at ${name} is at most M`;
  const steep = lipschitz ? Object.entries(rPoints).filter(([name]) => name !== 'x*') : [];
  for (const [name, { gradient }] of steep) {
    const slack = combined([one, space.squared(vector('x'))], [minus, space.squared(gradient!)]);
    inequalities.push({ name: steepness(name), slack, sumOf: [{ kind: 'fact', name: steepness(name) }] });
  }
  const difference = (a: Quadratic['values'], b: Quadratic['values']) =>
    combined([one, space.values(a)], [minus, space.values(b)]);
  /** f(x) − f* at a point where both are known. */
  const gapAt = (t: number): Quadratic => {
    const { at, d, r: of } = places[t]!;
    const ofR = difference(of!.point.value, value('r*'));
    return d === undefined
      ? ofR
      : combined([one, gapOfStrong(space, difference(d.value, { 'd*': one }), at, κ)], [one, ofR]);
  };
  const summandOf = (t: number): Quadratic => {
    if (term === 'objective-gap') return gapAt(t);
    if (term === 'squared-distance') return space.squared(places[t]!.at);
    if (moves[t] === undefined) throw new NoModelError('the summand is at a point from which no step is known');
    return space.squared(moves[t]);
  };
  const summands = new Map(counted.map((t) => [t, summandOf(t)]));
  const listed = steps.map((t) => summands.get(t) ?? space.values({}));
  if (smallest) inequalities.push(...smallestOf(space, counted, listed));
  const textOfGap = (t: number): string => {
    const { at, d, r: of } = places[t]!;
    const [first] = Object.keys(of?.point.value ?? {});
    const ofR = first === undefined ? '' : `${first} − r*`;
    const ofD = d === undefined ? '' : gapText(`${Object.keys(d.value)[0]} − d*`, written(space, at), κ);
    return [ofD, ofR].filter((text) => text !== '').join(' + ') || '0';
  };
  const summandAt = (t: number): string =>
    term === 'objective-gap'
      ? textOfGap(t)
      : `L‖${written(space, term === 'squared-distance' ? places[t]!.at : moves[t]!)}‖²`;
  return {
    ...{ space, inequalities, method },
    functions: [
      ...(smooth ? [{ name: φ, smooth: true, convex: true, points: dPoints, further: interpolation.further }] : []),
      { ...r, further: {} },
    ],
    left: leftOf(space, method, listed),
    gap: fromValue ? gapAt(start) : space.values({}),
    distance: space.squared(vector('x')),
    words: {
      ...{ gapAt: textOfGap, summandAt },
      facts: {
        ...smallestFacts(method, summandAt),
        ...Object.fromEntries(
          steep.map(([name, { gradient }]) => [
            steepness(name),
            {
              expression: `L‖x‖² − L‖${written(space, gradient!)}‖²`,
              because: 'r is M-Lipschitz, and L stands for M/‖x⁰ − x*‖',
            },
          ]),
        ),
      },
      symbols: {
        L: lipschitz ? 'M/‖x⁰ − x*‖' : smooth ? 'the Lipschitz constant of ∇d' : '1/γ, times γL',
        x: 'x⁰ − x*',
        ...(smooth && {
          'd*': `${φ}(x*)`,
          [`${dLetter}*`]: `∇${φ}(x*)/L, of which r has the opposite for a subgradient`,
        }),
        ...(indicator ? {} : { 'r*': 'r(x*)' }),
        ...(smallest && { m: `the smallest of ${counted.map(summandAt).join(', ')}` }),
        ...meanings,
        ...Object.fromEntries(
          Object.entries(interpolation.further).map(([name, point]) => [Object.keys(point.value)[0]!, `${φ}(${name})`]),
        ),
      },
      about: `${explicit ? ', for subgradient steps' : ', for proximal steps'}${κ.equals(zero) ? '' : `, for μ = ${κ.toFraction()} L by φ = (d − ½μ‖x − x*‖²)/(1 − μ/L)`}`,
    },
  };
}
