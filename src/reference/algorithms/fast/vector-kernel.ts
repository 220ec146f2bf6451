import { type CreateKernelMemory, createKernelMemory, type KernelMemory } from '../../kernels/webassembly.js';
import type { AleaStream } from '../../sampling/alea-stream.js';
import type { GuidedCategorical } from '../../sampling/guided.js';
import { type AffineBlock, affineBlockOn } from './affine-block.js';
import { AffineKernel } from './affine-kernel.js';
import type { Kernel } from './kernel.js';
import type { SignAtZero } from './sign-at-zero.js';

/**
 * Doubles of the memory that the kernels of a thread share, because every memory reserves much address space. Problems that do not fit in do without:
 * the memory never grows, so that the arrays on it stay valid.
 */
const capacity = 2 ** 16;

/** A kernel memory and the kernel whose numbers stand in it. */
interface SharedMemory {
  readonly kernel: KernelMemory;
  owner?: AffineKernel;
}

/** Where things stand, in doubles: the state of a stream, counts or a distribution function, a guide to it, the block. */
interface Places {
  readonly stream: number;
  readonly counts: number;
  readonly guide: number;
  readonly block: number;
}

/** `AffineKernel` with WebAssembly vectors: the same bits in less time. */
class VectorKernel extends AffineKernel {
  readonly #shared: SharedMemory;
  /** The block as it was made: the constants. */
  readonly #initial: Float64Array;
  readonly #stream: Float64Array;
  readonly #guide: Int32Array;

  constructor(shared: SharedMemory, places: Places, block: AffineBlock) {
    const { buffer } = shared.kernel.memory;
    const doubles = new Float64Array(buffer);
    super(
      affineBlockOn(doubles.subarray(places.block, places.block + block.all.length), block),
      doubles.subarray(places.counts, places.counts + block.components),
    );
    this.#shared = shared;
    this.#initial = block.all;
    this.#stream = doubles.subarray(places.stream, places.counts);
    this.#guide = new Int32Array(buffer, 8 * places.guide, 2 * (places.block - places.guide));
  }

  override start(x0: Float64Array): void {
    const shared = this.#shared;
    if (shared.owner !== this) {
      this.block.all.set(this.#initial);
      shared.owner = this;
    }
    super.start(x0);
  }

  runSpgm({ cumulative, guide }: GuidedCategorical, stream: AleaStream, iterations: number): number {
    const { width, step, curved, vectors, moves } = this.block;
    this.#stream.set(stream.state);
    this.counts.set(cumulative);
    this.#guide.set(guide);
    return this.#shared.kernel.exports.runAffineSpgm(
      vectors.x.byteOffset,
      8 * width,
      moves.byteOffset,
      this.#stream.byteOffset,
      this.counts.byteOffset,
      this.#guide.byteOffset,
      guide.length,
      iterations,
      step,
      curved,
      this.squaredNorm(),
    );
  }

  override stepSignProx(batch: number, signOfZero: SignAtZero): number {
    if (typeof signOfZero !== 'number') return super.stepSignProx(batch, signOfZero);
    const { width, components, step, curved, rounding, vectors, moves } = this.block;
    return this.#shared.kernel.exports.stepAffineSignProx(
      vectors.x.byteOffset,
      8 * width,
      moves.byteOffset,
      components,
      this.counts.byteOffset,
      batch,
      step,
      curved,
      signOfZero,
      rounding,
    );
  }
}

/** Makes the vector kernel of a block; undefined where there is no kernel memory or the block is too large for it. */
export type VectorKernels = (block: AffineBlock) => Kernel | undefined;

/** Vector kernels on one memory, which is made for the first. */
export function vectorKernels(create: CreateKernelMemory | undefined): VectorKernels {
  let shared: SharedMemory | undefined;
  return (block) => {
    const { components, all } = block;
    const counts = 4;
    const guide = counts + components;
    // A guide has fewer than 8K entries of half a double.
    const first = guide + 4 * components;
    if (first + all.length > capacity) return undefined;
    if (shared === undefined) {
      const kernel = create?.(capacity);
      if (kernel === undefined) return undefined;
      shared = { kernel };
    }
    return new VectorKernel(shared, { stream: 0, counts, guide, block: first + (first % 2) }, block);
  };
}

/** The vector kernels of this thread. */
export const vectorKernel = vectorKernels(createKernelMemory);
