import { kernelModule } from './kernel-module.js';

/** The exports of the module of `assembly/`. Addresses are bytes of its memory. */
export interface KernelExports {
  runAffineSpgm(
    vectors: number,
    width: number,
    rows: number,
    stream: number,
    cumulative: number,
    guide: number,
    cells: number,
    iterations: number,
    step: number,
    curved: boolean,
    first: number,
  ): number;
  stepAffineSignProx(
    vectors: number,
    width: number,
    rows: number,
    components: number,
    counts: number,
    batch: number,
    step: number,
    curved: boolean,
    zero: number,
    rounding: number,
  ): number;
  productsOfRows(rows: number, columns: number, x: number, products: number): void;
  addRows(rows: number, columns: number, factors: number, out: number): void;
  advanceTotalVariation(
    rows: number,
    columns: number,
    base: number,
    isotropic: boolean,
    radius: number,
    momentum: number,
    count: number,
  ): number;
}

/** A memory and the kernels that work on it. */
export interface KernelMemory {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly exports: KernelExports;
}

/** Creates a memory for a number of doubles; undefined if the address space has no room. */
export type CreateKernelMemory = (doubles: number) => KernelMemory | undefined;

/** The part of the global `WebAssembly` that is used here. */
export interface WebAssemblyEngine {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number }) => KernelMemory['memory'];
  Instance: new (module: object, imports: object) => { readonly exports: object };
}

const bytesPerPage = 65_536;

/** The number of pages for this many doubles. */
export function pagesFor(doubles: number): number {
  return Math.ceil((8 * doubles) / bytesPerPage);
}

/**
 * The maker of kernel memories, or undefined where WebAssembly or its vectors are missing. Nothing depends on it but time: the
 * kernels round and sum like the JavaScript that is used instead.
 */
export function kernelMemories(engine: WebAssemblyEngine | undefined): CreateKernelMemory | undefined {
  const bytes = kernelModule();
  if (engine?.validate(bytes) !== true) return undefined;
  const module = new engine.Module(bytes);
  return (doubles) => {
    try {
      const memory = new engine.Memory({ initial: pagesFor(doubles) });
      const { exports } = new engine.Instance(module, { env: { memory } });
      return { memory, exports: exports as KernelExports };
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
}

/** `kernelMemories` of this runtime. */
export const createKernelMemory = kernelMemories(
  (globalThis as { readonly WebAssembly?: WebAssemblyEngine }).WebAssembly,
);
