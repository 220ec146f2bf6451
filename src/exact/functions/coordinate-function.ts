import { one, type Rational, square, two, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { blockOf, boundOf, entryOf, innerOf, numberOf, type Specification } from './parameters.js';
import { conjugateOf, ends, merged, type PiecewiseQuadratic, quadraticPiece } from './piecewise-quadratic.js';
import { proximalAverage } from './proximal-average.js';

/**
 * The i-th one-dimensional summand of a function of the vocabulary. Written from the definitions of the functions alone: their values as
 * piecewise quadratics; prox, residual, conjugate and envelope all follow from these. An independent second implementation of the separable
 * functions whose prox is piecewise affine.
 *
 * @throws NotRationalError for every other function
 *
 * @example
 * const [left, right] = coordinateFunction({ type: 'l1', weight: 2 }, 0);
 * assert.deepEqual([left.b, right.b].map(toDouble), [-2, 2]);
 */
export function coordinateFunction(specification: Specification, index: number): PiecewiseQuadratic {
  const build = constructors[specification.type];
  if (build === undefined) throw new NotRationalError(`${specification.type} has no piecewise quadratic form here`);
  return merged(build(specification, index));
}

type Constructor = (specification: Specification, index: number) => PiecewiseQuadratic;

/** Whether `coordinateFunction` can read functions of the type. */
export const isPiecewiseQuadratic = (type: string): boolean => Object.hasOwn(constructors, type);

/** Types that are not convex. The others have a unique minimiser, a piecewise affine map of y. */
const nonConvex: readonly string[] = ['l0', 'mcp', 'scad'];

/** The types that `coordinateFunction` can read and whose prox is piecewise affine. */
export function rationalFunctionTypes(): readonly string[] {
  return Object.keys(constructors).filter((type) => !nonConvex.includes(type));
}

/** α|u| + ½βu². */
function absolute(alpha: Rational, beta: Rational): PiecewiseQuadratic {
  return [
    { to: zero, a: beta, b: alpha.neg(), c: zero },
    { from: zero, a: beta, b: alpha, c: zero },
  ];
}

/** w·h(u) with h(u) = ½u² for |u| ≤ δ and δ(|u| − δ/2) beyond. */
export function huberPieces(weight: Rational, threshold: Rational): PiecewiseQuadratic {
  const slope = weight.mul(threshold);
  const offset = slope.mul(threshold).div(two).neg();
  return [
    { to: threshold.neg(), a: zero, b: slope.neg(), c: offset },
    { from: threshold.neg(), to: threshold, a: weight, b: zero, c: zero },
    { from: threshold, a: zero, b: slope, c: offset },
  ];
}

/** A function of |u| from its pieces for u ≥ 0. */
function even(pieces: PiecewiseQuadratic): PiecewiseQuadratic {
  const mirrored = pieces.map(({ from, to, a, b, c }) => ({ a, b: b.neg(), c, ...ends(to?.neg(), from?.neg()) }));
  return [...mirrored.reverse(), ...pieces];
}

/** ½a(u − c)². */
export function parabola(curvature: Rational, center: Rational): PiecewiseQuadratic {
  const slope = curvature.mul(center);
  return quadraticPiece(curvature, slope.neg(), slope.mul(center).div(two));
}

const constructors: Readonly<Record<string, Constructor>> = {
  zero: () => quadraticPiece(zero, zero, zero),
  linear: ({ coefficients }, i) => quadraticPiece(zero, numberOf(entryOf(coefficients, i)), zero),
  'squared-l2': ({ weight }) => quadraticPiece(numberOf(weight), zero, zero),
  quadratic: ({ curvature, center }, i) => parabola(numberOf(entryOf(curvature, i)), numberOf(entryOf(center, i))),
  l1: ({ weight }) => absolute(numberOf(weight), zero),
  'weighted-l1': ({ weights }, i) => absolute(numberOf(entryOf(weights, i)), zero),
  'elastic-net': ({ l1Weight, l2Weight }) => absolute(numberOf(l1Weight), numberOf(l2Weight)),
  huber: ({ weight, threshold }) => huberPieces(numberOf(weight), numberOf(threshold)),
  box: ({ lower, upper }, i) => [
    { ...ends(boundOf(entryOf(lower, i)), boundOf(entryOf(upper, i))), a: zero, b: zero, c: zero },
  ],
  'real-part-box': ({ lower, upper }, i) =>
    i % 2 === 0
      ? [{ ...ends(boundOf(lower), boundOf(upper)), a: zero, b: zero, c: zero }]
      : quadraticPiece(zero, zero, zero),
  nonnegative: () => [{ from: zero, a: zero, b: zero, c: zero }],
  hinge({ weight }) {
    const w = numberOf(weight);
    return [
      { to: one, a: zero, b: w.neg(), c: w },
      { from: one, a: zero, b: zero, c: zero },
    ];
  },
  pinball({ weight, quantile }) {
    const [w, q] = [numberOf(weight), numberOf(quantile)];
    return [
      { to: zero, a: zero, b: w.mul(q.sub(one)), c: zero },
      { from: zero, a: zero, b: w.mul(q), c: zero },
    ];
  },
  'squared-hinge'({ weight }) {
    const w = numberOf(weight);
    return [
      { to: one, a: w, b: w.neg(), c: w.div(two) },
      { from: one, a: zero, b: zero, c: zero },
    ];
  },
  l0: ({ weight }) => [
    { to: zero, a: zero, b: zero, c: numberOf(weight) },
    { from: zero, to: zero, a: zero, b: zero, c: zero },
    { from: zero, a: zero, b: zero, c: numberOf(weight) },
  ],
  mcp({ weight, concavity }) {
    const [w, a] = [numberOf(weight), numberOf(concavity)];
    const end = a.mul(w);
    return even([
      { from: zero, to: end, a: one.div(a).neg(), b: w, c: zero },
      { from: end, a: zero, b: zero, c: end.mul(w).div(two) },
    ]);
  },
  scad({ weight, concavity }) {
    const [w, a] = [numberOf(weight), numberOf(concavity)];
    const [end, width] = [a.mul(w), a.sub(one)];
    return even([
      { from: zero, to: w, a: zero, b: w, c: zero },
      { from: w, to: end, a: one.div(width).neg(), b: end.div(width), c: square(w).div(two.mul(width)).neg() },
      { from: end, a: zero, b: zero, c: square(w).mul(a.add(one)).div(two) },
    ]);
  },
  scaled(specification, i) {
    const factor = numberOf(specification['factor']);
    return coordinateFunction(innerOf(specification), i).map(({ a, b, c, ...domain }) => ({
      a: factor.mul(a),
      b: factor.mul(b),
      c: factor.mul(c),
      ...domain,
    }));
  },
  translated(specification, i) {
    const shift = numberOf(entryOf(specification['shift'], i));
    return coordinateFunction(innerOf(specification), i).map(({ from, to, a, b, c }) => ({
      a,
      b: b.sub(a.mul(shift)),
      c: c.sub(b.mul(shift)).add(a.mul(square(shift)).div(two)),
      ...ends(from?.add(shift), to?.add(shift)),
    }));
  },
  tilted(specification, i) {
    const slope = numberOf(entryOf(specification['slope'], i));
    return coordinateFunction(innerOf(specification), i).map((piece) => ({ ...piece, b: piece.b.add(slope) }));
  },
  regularized(specification, i) {
    const [added] = parabola(numberOf(specification['weight']), numberOf(entryOf(specification['center'], i)));
    return coordinateFunction(innerOf(specification), i).map(({ a, b, c, ...domain }) => ({
      a: a.add(added!.a),
      b: b.add(added!.b),
      c: c.add(added!.c),
      ...domain,
    }));
  },
  precomposed(specification, i) {
    const factor = numberOf(specification['factor']);
    const pieces = coordinateFunction(innerOf(specification), i).map(({ from, to, a, b, c }) => {
      const [start, end] = factor.gt(zero) ? [from, to] : [to, from];
      return { a: a.mul(square(factor)), b: b.mul(factor), c, ...ends(start?.div(factor), end?.div(factor)) };
    });
    return factor.gt(zero) ? pieces : pieces.reverse();
  },
  conjugate: (specification, i) => conjugateOf(coordinateFunction(innerOf(specification), i)),
  'moreau-envelope'(specification, i) {
    // The conjugate of env_μ r is r* + (μ/2)p².
    const smoothing = numberOf(specification['smoothing']);
    const conjugate = conjugateOf(coordinateFunction(innerOf(specification), i));
    return conjugateOf(conjugate.map((piece) => ({ ...piece, a: piece.a.add(smoothing) })));
  },
  'separable-sum'(specification, i) {
    const { block, offset } = blockOf(specification, i);
    return coordinateFunction(block, i - offset);
  },
  'proximal-average'({ functions, probabilities, step }, i) {
    return proximalAverage(
      (functions as readonly Specification[]).map((inner) => coordinateFunction(inner, i)),
      (probabilities as readonly unknown[]).map(numberOf),
      numberOf(step),
    );
  },
};
