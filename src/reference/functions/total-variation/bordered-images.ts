/**
 * The working arrays of a total variation on an image of rows × columns pixels, each with a border of one cell: pixel (row, column) is
 * entry (row + 1)·(columns + 1) + column + 1 of an array of (rows + 2)·(columns + 1). The cell after a row is also the one before
 * the next.
 */
export interface BorderedImages {
  readonly rows: number;
  readonly columns: number;
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

/** Doubles of each array. */
export function borderedSize(rows: number, columns: number): number {
  return (rows + 2) * (columns + 1);
}

/** New arrays of zeros. */
export function borderedImages(rows: number, columns: number): BorderedImages {
  const zeros = (): Float64Array => new Float64Array(borderedSize(rows, columns));
  return {
    ...{ rows, columns, down: zeros(), right: zeros(), aheadDown: zeros(), aheadRight: zeros() },
    ...{ image: zeros(), centered: zeros() },
  };
}
