/** What the entries of x are, where x is no vector: a matrix, or a batch of vectors or of matrices. They are given row by row. */
export interface Layout {
  /** `[m, n]` of a matrix; in a batch the number of points, and then the length or the shape of each. The product is the length of x. */
  readonly shape?: readonly number[];
  /** The first axis counts points, each of which has the answer that it has alone. */
  readonly batch?: true | undefined;
}

/** The layout among other fields. */
export const layoutOf = ({ shape, batch }: Layout): Layout => ({ ...(shape && { shape }), ...(batch && { batch }) });

/** The points of a batch, as views into x; x itself if it is no batch. */
export function pointsOf(x: Float64Array, { shape, batch }: Layout): Float64Array[] {
  const count = batch === true ? shape![0]! : 1;
  const length = x.length / count;
  return Array.from({ length: count }, (_, b) => x.subarray(b * length, (b + 1) * length));
}

/** The points of a batch one after the other. */
export const joinedPoints = (points: readonly Float64Array[]): Float64Array =>
  Float64Array.from(points.flatMap((point) => Array.from(point)));
