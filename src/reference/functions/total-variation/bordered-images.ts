/**
 * The working arrays of a total variation on an image of rows × columns pixels, each with a border of one cell: pixel (row, column) is
 * entry (row + 1)·(columns + 1) + column + 1 of an array of (rows + 2)·(columns + 1). The cell after a row is also the one before
 * the next. The arrays are views of one, in this order, because inner loops are faster on a single array.
 */
export interface BorderedImages {
  readonly rows: number;
  readonly columns: number;
  readonly all: Float64Array;
  /** The dual variable q: its components downwards and to the right. 0 in the border and where a difference leaves the image. */
  readonly down: Float64Array;
  readonly right: Float64Array;
  /** The extrapolation of q, with the same zeros. */
  readonly aheadDown: Float64Array;
  readonly aheadRight: Float64Array;
  /** The primal image; its border is scratch. */
  readonly image: Float64Array;
  /** The data minus their mean; its border is 0. */
  readonly centered: Float64Array;
}

/** Doubles of one array. */
export function borderedSize(rows: number, columns: number): number {
  return (rows + 2) * (columns + 1);
}

/** New arrays of zeros. */
export function borderedImages(rows: number, columns: number): BorderedImages {
  const size = borderedSize(rows, columns);
  const all = new Float64Array(6 * size);
  const part = (k: number): Float64Array => all.subarray(k * size, (k + 1) * size);
  return {
    rows,
    columns,
    all,
    down: part(0),
    right: part(1),
    aheadDown: part(2),
    aheadRight: part(3),
    image: part(4),
    centered: part(5),
  };
}
