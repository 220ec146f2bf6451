import { doubleAt, innerOf, type Specification } from '../../exact/functions/parameters.js';

type Vector = ArrayLike<number>;

/** Options for the jumps of a function. */
interface Sought {
  /** Whether an entry that is known up to a width counts as one where l0 jumps. */
  counts(entry: number, width: number): boolean;
  /** The width that each operation adds to an entry, relative to its terms. */
  readonly rounding: number;
}

type Jump = (specification: Specification, u: Vector, width: Vector, sought: Sought) => number;

const mapped = (u: Vector, map: (entry: number, i: number) => number): number[] => Array.from(u, map);

const ofInner: Jump = (specification, ...at) => jumpOf(innerOf(specification), ...at);

const jumps: Readonly<Record<string, Jump>> = {
  l0: ({ weight }, u, width, { counts }) =>
    mapped(u, (entry, i) => (counts(entry, width[i]!) ? (weight as number) : 0)).reduce((sum, fall) => sum + fall, 0),
  translated(specification, u, width, sought) {
    const moved = mapped(u, (entry, i) => entry - doubleAt(specification['shift'], i));
    return ofInner(specification, moved, widened(width, moved, sought), sought);
  },
  tilted: ofInner,
  scaled: (specification, ...at) => (specification['factor'] as number) * ofInner(specification, ...at),
  regularized: ofInner,
  precomposed(specification, u, width, sought) {
    const factor = specification['factor'] as number;
    const stretched = mapped(u, (entry) => factor * entry);
    const wide = mapped(width, (entry) => Math.abs(factor) * entry);
    return ofInner(specification, stretched, widened(wide, stretched, sought), sought);
  },
  'semi-orthogonal'(specification, u, width, sought) {
    const { rows, columns, data } = specification['matrix'] as { rows: number; columns: number; data: Vector };
    const applied = (to: Vector, term: (product: number) => number): number[] =>
      Array.from({ length: rows }, (_, j) =>
        mapped(to, (entry, i) => term(data[j * columns + i]! * entry)).reduce((sum, product) => sum + product, 0),
      );
    const wide = widened(applied(width, Math.abs), applied(u, Math.abs), sought);
    return ofInner(specification, applied(u, Number), wide, sought);
  },
  'separable-sum'({ blocks }, u, width, sought) {
    let [sum, offset] = [0, 0];
    for (const { length, function: block } of blocks as readonly { length: number; function: Specification }[]) {
      const part = (of: Vector): number[] => Array.from(of).slice(offset, offset + length);
      sum += jumpOf(block, part(u), part(width), sought);
      offset += length;
    }
    return sum;
  },
};

const widened = (width: Vector, terms: Vector, { rounding }: Sought): number[] =>
  mapped(width, (entry, i) => entry + rounding * Math.abs(terms[i]!));

function jumpOf(specification: Specification, u: Vector, width: Vector, sought: Sought): number {
  return jumps[specification.type]?.(specification, u, width, sought) ?? 0;
}

/**
 * How much smaller r is at a point within `width` of every entry of u than at u itself: if r jumps, as l0 does at 0, the point with the smallest
 * value need not be representable in doubles, and the points beside it have the larger value.
 */
export function jumpWithin(specification: Specification, u: Vector, width: Vector): number {
  return jumpOf(specification, u, width, {
    counts: (entry, wide) => entry !== 0 && Math.abs(entry) <= wide,
    rounding: 0,
  });
}

/**
 * The allowed difference of two values of r at u, each right up to the relative `rounding` of every operation: the argument of l0 may then be 0 or
 * not. u itself is not rounded, so that l0(u) has one value.
 */
export function jumpOfRounding(specification: Specification, u: Vector, rounding: number): number {
  return jumpOf(
    specification,
    u,
    mapped(u, () => 0),
    { counts: (entry, wide) => wide > 0 && Math.abs(entry) <= wide, rounding },
  );
}
