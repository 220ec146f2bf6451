import { blockOf, doubleAt, innerOf, type Specification } from '../../exact/functions/parameters.js';

type Jump = (specification: Specification, index: number, u: number, width: number) => number;

const jumps: Readonly<Record<string, Jump>> = {
  l0: ({ weight }, _index, u, width) => (u !== 0 && Math.abs(u) <= width ? (weight as number) : 0),
  translated: (specification, i, u, width) =>
    jumpWithin(innerOf(specification), i, u - doubleAt(specification['shift'], i), width),
  tilted: (specification, i, u, width) => jumpWithin(innerOf(specification), i, u, width),
  scaled: (specification, i, u, width) =>
    doubleAt(specification['factor'], i) * jumpWithin(innerOf(specification), i, u, width),
  regularized: (specification, i, u, width) => jumpWithin(innerOf(specification), i, u, width),
  precomposed(specification, i, u, width) {
    const factor = doubleAt(specification['factor'], i);
    return jumpWithin(innerOf(specification), i, factor * u, Math.abs(factor) * width);
  },
  'separable-sum'(specification, i, u, width) {
    const { block, offset } = blockOf(specification, i);
    return jumpWithin(block, i - offset, u, width);
  },
};

/**
 * How much less the i-th term of r is at a point within `width` of u_i than at u_i itself: where r jumps, as l0 does at 0, the point at
 * which it is least need not be a double, and the double beside it has the value of all others.
 */
export function jumpWithin(specification: Specification, index: number, u: number, width: number): number {
  return jumps[specification.type]?.(specification, index, u, width) ?? 0;
}
