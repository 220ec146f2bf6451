import { affineBlock } from './affine-block.js';
import { AffineKernel } from './affine-kernel.js';
import { GeneralKernel } from './general-kernel.js';
import type { KernelOf } from './kernel.js';

/** The fastest kernel. */
export const kernelOf: KernelOf = (...given) => {
  const block = affineBlock(...given);
  return block === undefined ? new GeneralKernel(...given) : new AffineKernel(block);
};
