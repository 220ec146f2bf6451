import { type BorderedImages, borderedImages, borderedTotal } from './bordered-images.js';
import { type CreateKernelMemory, createKernelMemory, type KernelMemory, pagesFor } from './webassembly.js';

/** Images in kernel memory and the iteration on them. */
export interface TotalVariationMemory {
  readonly images: BorderedImages;
  advance(isotropic: boolean, radius: number, momentum: number, count: number): number;
}

/** The memory never shrinks: larger images than this many doubles would keep hundreds of megabytes. */
const largest = 2 ** 25;

/**
 * Lends out one kernel memory to the solvers of a thread, one call at a time, because every memory reserves much address space:
 * the images of a shape, filled with 0. Undefined for odd numbers of columns, which do not fill vectors, and for very large images.
 */
export function totalVariationLender(
  create: CreateKernelMemory | undefined,
): (rows: number, columns: number) => TotalVariationMemory | undefined {
  let kernel: KernelMemory | undefined;
  let lent: TotalVariationMemory | undefined;
  return (rows, columns) => {
    const total = borderedTotal(rows, columns);
    if (columns % 2 !== 0 || total > largest) return undefined;
    if (lent?.images.rows !== rows || lent.images.columns !== columns) {
      kernel ??= create?.(total);
      if (kernel === undefined) return undefined;
      const { memory, exports } = kernel;
      const missing = pagesFor(total) - pagesFor(memory.buffer.byteLength / 8);
      if (missing > 0) memory.grow(missing);
      lent = {
        images: borderedImages(rows, columns, new Float64Array(memory.buffer, 0, total)),
        advance: (...rest) => exports.advanceTotalVariation(rows, columns, 0, ...rest),
      };
    }
    lent.images.all.fill(0);
    return lent;
  };
}

/** The lender of this thread. */
export const lendTotalVariation = totalVariationLender(createKernelMemory);
