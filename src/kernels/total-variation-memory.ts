import { type CreateKernelMemory, createKernelMemory, type KernelMemory, pagesFor } from './webassembly.js';

/** The arrays of `BorderedImages` of one shape, in kernel memory, and the iteration on them. */
export interface TotalVariationMemory {
  readonly images: Readonly<Record<(typeof names)[number], Float64Array>> & {
    readonly rows: number;
    readonly columns: number;
  };
  advance(isotropic: boolean, radius: number, momentum: number, count: number): number;
}

/** In the order of the kernel. */
const names = ['down', 'right', 'aheadDown', 'aheadRight', 'image', 'centered'] as const;

/** Doubles of one bordered array. */
export function borderedSize(rows: number, columns: number): number {
  return (rows + 2) * (columns + 1);
}

/** The memory never shrinks: larger images than this many doubles would keep hundreds of megabytes. */
const largest = 2 ** 22;

/**
 * Lends out one kernel memory to the solvers of a thread, one call at a time, because every memory reserves much address space:
 * the arrays of a shape, filled with 0. Undefined for odd numbers of columns, which do not fill vectors, and for very large images.
 */
export function totalVariationLender(
  create: CreateKernelMemory | undefined,
): (rows: number, columns: number) => TotalVariationMemory | undefined {
  let kernel: KernelMemory | undefined;
  let lent: { readonly key: string; readonly value: TotalVariationMemory } | undefined;
  return (rows, columns) => {
    if (columns % 2 !== 0 || borderedSize(rows, columns) > largest) return undefined;
    const key = `${rows}/${columns}`;
    if (lent?.key !== key) {
      const size = borderedSize(rows, columns);
      kernel ??= create?.(names.length * size);
      if (kernel === undefined) return undefined;
      const { memory, exports } = kernel;
      const missing = pagesFor(names.length * size) - pagesFor(memory.buffer.byteLength / 8);
      if (missing > 0) memory.grow(missing);
      const arrays = Object.fromEntries(
        names.map((name, k) => [name, new Float64Array(memory.buffer, 8 * size * k, size)]),
      ) as Record<(typeof names)[number], Float64Array>;
      lent = {
        key,
        value: {
          images: { rows, columns, ...arrays },
          advance: (...rest) => exports.advanceTotalVariation(rows, columns, 0, ...rest),
        },
      };
    }
    for (const name of names) lent.value.images[name].fill(0);
    return lent.value;
  };
}

/** The lender of this thread. */
export const lendTotalVariation = totalVariationLender(createKernelMemory);
