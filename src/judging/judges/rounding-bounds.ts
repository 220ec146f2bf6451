import { toDouble } from '../../exact/arithmetic/rational.js';
import { blockOf, doubleAt, innerOf, type Specification } from '../../exact/functions/parameters.js';
import { exactCoordinate, steepnessNear } from '../../exact/problem/rational-problem.js';
import { registry } from '../../reference/functions/index.js';

/** Unit roundoff: every + − × ÷ of doubles has a relative error of at most u. */
const u = 2 ** -53;

/** Absolute errors, to first order in u, of the floating-point prox_{γr}(y) and (y − prox_{γr}(y))/γ of one coordinate. */
export interface ProximalErrors {
  readonly prox: number;
  readonly slope: number;
}

/** |p| and |τ| of a function at y. */
function magnitudes(specification: Specification, index: number, y: number, step: number) {
  const exact = exactCoordinate(specification, index);
  return {
    prox: Math.abs(toDouble(exact.prox(y, step))),
    slope: Math.abs(toDouble(exact.dividedResidual(y, step))),
  };
}

type ProximalRule = (specification: Specification, index: number, y: number, step: number) => ProximalErrors;

/**
 * Functions made from functions. An error δ of the argument moves a prox by at most δ and a divided residual by at most δ/γ; a relative
 * error ε of the step moves them by at most εγ|τ| and ε|τ|.
 */
const wrappers: Readonly<Record<string, ProximalRule>> = {
  translated(specification, i, y, step) {
    const moved = y - doubleAt(specification['shift'], i);
    const inner = proximalErrors(innerOf(specification), i, moved, step);
    const { prox } = magnitudes(specification, i, y, step);
    const argument = u * Math.abs(moved);
    return { prox: inner.prox + argument + u * prox, slope: inner.slope + argument / step };
  },
  tilted(specification, i, y, step) {
    const slope = doubleAt(specification['slope'], i);
    const moved = y - step * slope;
    const inner = proximalErrors(innerOf(specification), i, moved, step);
    const argument = u * (Math.abs(step * slope) + Math.abs(moved));
    const { slope: total } = magnitudes(specification, i, y, step);
    return { prox: inner.prox + argument, slope: inner.slope + argument / step + u * total };
  },
  scaled(specification, i, y, step) {
    const factor = doubleAt(specification['factor'], i);
    const inner = proximalErrors(innerOf(specification), i, y, step * factor);
    const { slope } = magnitudes(specification, i, y, step);
    return { prox: inner.prox + u * step * slope, slope: factor * inner.slope + 2 * u * slope };
  },
  regularized(specification, i, y, step) {
    // z = (y + γρc)/m from the nearer of y and c, and σ = γ/m, with m = 1 + γρ: six and three roundings.
    const [weight, center] = [doubleAt(specification['weight'], i), doubleAt(specification['center'], i)];
    const m = 1 + step * weight;
    const z = (y + step * weight * center) / m;
    const sigma = step / m;
    const inner = proximalErrors(innerOf(specification), i, z, sigma);
    const { slope: g } = magnitudes(innerOf(specification), i, z, sigma);
    const argument = 6 * u * (Math.abs(z) + Math.min(Math.abs(z - y), Math.abs(z - center)));
    const pull = (weight * Math.abs(y - center)) / m;
    const { slope } = magnitudes(specification, i, y, step);
    return {
      prox: inner.prox + argument + 3 * u * sigma * g,
      slope: (inner.slope + argument / sigma + 6 * u * g) / m + 5 * u * pull + u * slope,
    };
  },
  precomposed(specification, i, y, step) {
    const factor = doubleAt(specification['factor'], i);
    const size = Math.abs(factor);
    const own = step * factor * factor;
    const inner = proximalErrors(innerOf(specification), i, factor * y, own);
    const { slope: g } = magnitudes(innerOf(specification), i, factor * y, own);
    const argument = u * Math.abs(factor * y);
    const { prox, slope } = magnitudes(specification, i, y, step);
    return {
      prox: (inner.prox + argument + 2 * u * own * g) / size + u * prox,
      slope: size * (inner.slope + argument / own + 2 * u * g) + u * slope,
    };
  },
  conjugate(specification, i, y, step) {
    const inner = proximalErrors(innerOf(specification), i, y / step, 1 / step);
    const { prox: p, slope: tau } = magnitudes(innerOf(specification), i, y / step, 1 / step);
    return {
      prox: inner.slope + u * Math.abs(y) + 2 * u * tau,
      slope: inner.prox + (u * Math.abs(y) + u * tau) / step + u * p,
    };
  },
  'moreau-envelope'(specification, i, y, step) {
    const smoothing = doubleAt(specification['smoothing'], i);
    const wide = step + smoothing;
    const inner = proximalErrors(innerOf(specification), i, y, wide);
    const { prox, slope } = magnitudes(specification, i, y, step);
    const error = inner.slope + u * slope;
    const near = step * error + u * step * slope;
    const far = inner.prox + u * wide * slope + smoothing * error + u * smoothing * slope;
    return { prox: (step <= smoothing ? near : far) + u * prox, slope: error };
  },
  'separable-sum'(specification, i, y, step) {
    const { block, offset } = blockOf(specification, i);
    return proximalErrors(block, i - offset, y, step);
  },
};

/** Bounds of the rounding errors of the prox and the divided residual of one coordinate at y. */
export function proximalErrors(specification: Specification, index: number, y: number, step: number): ProximalErrors {
  const wrapper = wrappers[specification.type];
  if (wrapper !== undefined) return wrapper(specification, index, y, step);
  const count = registry.get(specification.type)!.definition.roundings!;
  const { prox, slope } = magnitudes(specification, index, y, step);
  return { prox: count.prox * u * (prox + step * slope), slope: count.slope * u * slope };
}

/** A bound of the rounding errors of r(y) of one coordinate, and the size of the terms that are added up. */
export interface ValueError {
  readonly error: number;
  readonly size: number;
}

/** Roundings of one term of a value: at most four of its own, and one for a weight. */
const termRoundings = 5;

/** |r(y)|, or 0 if r is +∞. */
function valueSize(specification: Specification, index: number, y: number): number {
  const value = exactCoordinate(specification, index).value(y);
  return value === undefined ? 0 : Math.abs(toDouble(value));
}

/** The argument that a wrapper rounds before it passes it to the inner function; undefined for wrappers that pass y itself. */
export function movedArgument(specification: Specification, index: number, y: number): number | undefined {
  if (specification.type === 'translated') return y - doubleAt(specification['shift'], index);
  if (specification.type === 'precomposed') return doubleAt(specification['factor'], index) * y;
  return undefined;
}

function movedValueError(specification: Specification, index: number, y: number): ValueError {
  const moved = movedArgument(specification, index, y)!;
  const { error, size } = valueError(innerOf(specification), index, moved);
  return { error: error + steepnessAround(innerOf(specification), index, moved) * u * Math.abs(moved), size };
}

const valueWrappers: Readonly<Record<string, (specification: Specification, index: number, y: number) => ValueError>> =
  {
    translated: movedValueError,
    tilted(specification, i, y) {
      const inner = valueError(innerOf(specification), i, y);
      const added = Math.abs(doubleAt(specification['slope'], i) * y);
      return { error: inner.error + u * added, size: inner.size + added };
    },
    scaled(specification, i, y) {
      const factor = doubleAt(specification['factor'], i);
      const inner = valueError(innerOf(specification), i, y);
      return { error: factor * inner.error, size: factor * inner.size };
    },
    regularized(specification, i, y) {
      const inner = valueError(innerOf(specification), i, y);
      const weight = doubleAt(specification['weight'], i);
      const added = (weight / 2) * (y - doubleAt(specification['center'], i)) ** 2;
      return { error: inner.error + termRoundings * u * added, size: inner.size + added };
    },
    precomposed: movedValueError,
    conjugate(specification, i, y) {
      // r*(p) = pv − r(v) at the v where p is a subgradient of r: the terms of every closed form are of the size of these two.
      const v = exactCoordinate(specification, i).dividedResidual(y, 2 ** -40);
      const size = valueSize(specification, i, y) + Math.abs(y * toDouble(v));
      return { error: 2 * termRoundings * u * size, size };
    },
    'moreau-envelope'(specification, i, y) {
      const smoothing = doubleAt(specification['smoothing'], i);
      const inner = innerOf(specification);
      const { prox, slope } = magnitudes(inner, i, y, smoothing);
      const errors = proximalErrors(inner, i, y, smoothing);
      const point = toDouble(exactCoordinate(inner, i).prox(y, smoothing));
      const value = valueError(inner, i, point);
      const kinetic = (smoothing / 2) * slope * slope;
      const moved = steepness(inner, i, point) * (errors.prox + u * prox);
      return {
        error: value.error + moved + smoothing * slope * errors.slope + termRoundings * u * kinetic,
        size: value.size + kinetic,
      };
    },
    'separable-sum'(specification, i, y) {
      const { block, offset } = blockOf(specification, i);
      return valueError(block, i - offset, y);
    },
  };

function steepness(specification: Specification, index: number, y: number): number {
  return toDouble(steepnessNear(exactCoordinate(specification, index).pieces, y));
}

/** The same over all y that round to it: a slope that is 0 at y is not 0 beside it. */
export function steepnessAround(specification: Specification, index: number, y: number): number {
  return Math.max(...[1 - 2 * u, 1, 1 + 2 * u].map((factor) => steepness(specification, index, factor * y)));
}

/** Bounds for one coordinate's part of r(y): its own roundings, and that of the argument times the slope of r there. */
export function valueError(specification: Specification, index: number, y: number): ValueError {
  const wrapper = valueWrappers[specification.type];
  if (wrapper !== undefined) return wrapper(specification, index, y);
  const size = valueSize(specification, index, y);
  return { error: termRoundings * u * size, size };
}
