import { doubleAt, innerOf, type Specification } from '../../exact/functions/parameters.js';

type Vector = ArrayLike<number>;
type Jump = (specification: Specification, u: Vector, width: Vector) => number;

const mapped = (u: Vector, map: (entry: number, i: number) => number): number[] => Array.from(u, map);

const ofInner: Jump = (specification, u, width) => jumpWithin(innerOf(specification), u, width);

const jumps: Readonly<Record<string, Jump>> = {
  l0: ({ weight }, u, width) =>
    mapped(u, (entry, i) => (entry !== 0 && Math.abs(entry) <= width[i]! ? (weight as number) : 0)).reduce(
      (sum, fall) => sum + fall,
      0,
    ),
  translated: (specification, u, width) =>
    jumpWithin(
      innerOf(specification),
      mapped(u, (entry, i) => entry - doubleAt(specification['shift'], i)),
      width,
    ),
  tilted: ofInner,
  scaled: (specification, u, width) => (specification['factor'] as number) * ofInner(specification, u, width),
  regularized: ofInner,
  precomposed(specification, u, width) {
    const factor = specification['factor'] as number;
    return jumpWithin(
      innerOf(specification),
      mapped(u, (entry) => factor * entry),
      mapped(width, (entry) => Math.abs(factor) * entry),
    );
  },
  'semi-orthogonal'(specification, u, width) {
    const { rows, columns, data } = specification['matrix'] as { rows: number; columns: number; data: Vector };
    const applied = (to: Vector, factor: (entry: number) => number): number[] =>
      Array.from({ length: rows }, (_, j) =>
        mapped(to, (entry, i) => factor(data[j * columns + i]!) * entry).reduce((sum, term) => sum + term, 0),
      );
    return jumpWithin(innerOf(specification), applied(u, Number), applied(width, Math.abs));
  },
  'separable-sum'({ blocks }, u, width) {
    let [sum, offset] = [0, 0];
    for (const { length, function: block } of blocks as readonly { length: number; function: Specification }[]) {
      const part = (of: Vector): number[] => Array.from(of).slice(offset, offset + length);
      sum += jumpWithin(block, part(u), part(width));
      offset += length;
    }
    return sum;
  },
};

/**
 * How much less r is at a point that is within `width` of every entry of u than at u itself: where r jumps, as l0 does at 0, the point at which
 * it is least need not be made of doubles, and the one beside it has the value of all others.
 */
export function jumpWithin(specification: Specification, u: Vector, width: Vector): number {
  return jumps[specification.type]?.(specification, u, width) ?? 0;
}
