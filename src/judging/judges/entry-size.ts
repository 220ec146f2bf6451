import { typesIn } from '../../claims/implementation/call.js';
import { blockOf, doubleAt, innerOf, type Specification } from '../../exact/functions/parameters.js';
import { maximumNorm, ofAnything } from './precision.js';
import { nestedMagnitude } from './specification-size.js';

/** One coordinate of u = prox_{γr}(y). */
interface Entry {
  readonly step: number;
  readonly y: number;
  readonly u: number;
}

/** The point to which a wrapper moves an entry, and the result there. */
const wrappers: Readonly<Record<string, (specification: Specification, index: number, entry: Entry) => number>> = {
  translated(specification, i, { step, y, u }) {
    const shift = doubleAt(specification['shift'], i);
    return entrySizeOf(innerOf(specification), i, { step, y: y - shift, u: u - shift });
  },
  tilted(specification, i, { step, y, u }) {
    const moved = step * doubleAt(specification['slope'], i);
    return Math.max(Math.abs(moved), entrySizeOf(innerOf(specification), i, { step, y: y - moved, u }));
  },
  scaled(specification, i, { step, y, u }) {
    return entrySizeOf(innerOf(specification), i, { step: step * doubleAt(specification['factor'], i), y, u });
  },
  regularized(specification, i, { step, y, u }) {
    // The prox of r is taken at a point between y and the center, with a smaller step.
    const pull = step * doubleAt(specification['weight'], i);
    const moved = (doubleAt(specification['center'], i) - y) / (1 + 1 / pull);
    const inner = { step: step / (1 + pull), y: y + moved, u };
    return Math.max(Math.abs(moved), entrySizeOf(innerOf(specification), i, inner));
  },
  precomposed(specification, i, { step, y, u }) {
    const factor = doubleAt(specification['factor'], i);
    const inner = { step: step * factor * factor, y: factor * y, u: factor * u };
    return entrySizeOf(innerOf(specification), i, inner) / Math.abs(factor);
  },
  conjugate(specification, i, { step, y, u }) {
    return step * entrySizeOf(innerOf(specification), i, { step: 1 / step, y: y / step, u: (y - u) / step });
  },
  'moreau-envelope'(specification, i, { step, y, u }) {
    // u is a fixed fraction of the way from y to the prox of r at the sum of the steps.
    const wide = step + doubleAt(specification['smoothing'], i);
    const share = step / wide;
    return share * entrySizeOf(innerOf(specification), i, { step: wide, y, u: y - (y - u) / share });
  },
  'separable-sum'(specification, i, entry) {
    const { block, offset } = blockOf(specification, i);
    return entrySizeOf(block, i - offset, entry);
  },
};

/**
 * The largest summand in the computation of u_i = prox_{γr}(y)_i: besides u_i, the points at which wrappers take and evaluate the inner prox, in
 * units of u_i. The prox of r(u − b) is the sum of b and a prox at the distance of u from b, so an entry next to 0 has the roundings of numbers of
 * the size of b. Numbers up to |y_i − u_i| are not counted: the judge allows for them.
 */
export function entrySizeOf(specification: Specification, index: number, entry: Entry): number {
  return Math.max(Math.abs(entry.u), wrappers[specification.type]?.(specification, index, entry) ?? 0);
}

/**
 * Size of the numbers that direct algorithms for total variation carry from entry to entry: a segment of L entries gets (s + e)/L with s the sum
 * of its entries and e = 0, ±γw or ±2γw (Davies and Kovac 2001, Condat 2013). The L roundings of a sum of at most L‖y‖ + 2γw, divided by L, are
 * u(L‖y‖ + 2γw), however small y is beside γw; L ≤ 64 is within the roundings that are allowed for any function.
 */
export function carriedSize(specification: Specification, step: number, y: Float64Array): number {
  if (!typesIn(specification).includes('total-variation-1d')) return 0;
  return Math.max(1, y.length / ofAnything) * maximumNorm(y) + 2 * step * nestedMagnitude(specification);
}
