import test from 'ava';
import { compileKernels, kernelModuleSource } from './compile-kernels.js';
import { kernelModule } from './kernel-module.js';
import { kernelMatrixData, matrixData, matrixMemoryOf } from './matrix-memory.js';
import { lendTotalVariation, totalVariationLender } from './total-variation-memory.js';
import { createKernelMemory, kernelMemories, type WebAssemblyEngine } from './webassembly.js';

const engine = (globalThis as unknown as { WebAssembly: WebAssemblyEngine }).WebAssembly;

test('the module is what its sources compile to: npm run build && npm run kernels', async (t) => {
  const base64 = await compileKernels();
  t.is(Buffer.from(kernelModule()).toString('base64'), base64);
  t.true(kernelModuleSource(base64).includes(`'${base64}'`));
});

test('without WebAssembly, without its vectors or without address space there is no kernel memory, and other errors show', (t) => {
  t.is(kernelMemories(undefined), undefined);
  t.is(kernelMemories({ ...members(), validate: () => false }), undefined);
  const failing = (error: Error) => kernelMemories({ ...members(), Memory: thrower(error) })!;
  t.is(failing(new RangeError('could not allocate memory'))(1), undefined);
  t.throws(() => failing(new TypeError('broken'))(1), { message: 'broken' });
});

/** The members that a spread of the namespace object leaves out. */
function members(): WebAssemblyEngine {
  const { validate, Module, Memory, Instance } = engine;
  return { validate, Module, Memory, Instance };
}

function thrower(error: Error): WebAssemblyEngine['Memory'] {
  return function refuse(): never {
    throw error;
  } as unknown as WebAssemblyEngine['Memory'];
}

test('a large matrix lies in kernel memory, a small one or one without kernels does not', (t) => {
  const large = matrixData(256, 256);
  t.is(large.length, 2 ** 16);
  t.true(matrixMemoryOf(large, 256) !== undefined);
  t.is(matrixMemoryOf(large, 128), undefined, 'rows of another length');
  t.is(matrixMemoryOf(matrixData(255, 256), 256), undefined);
  t.is(matrixMemoryOf(new Float64Array(2 ** 16), 256), undefined);
  t.is(
    kernelMatrixData(256, 256, () => undefined),
    undefined,
  );
});

test('the memory of the total variation is lent clean, grows, and is refused to odd or huge images', (t) => {
  const lend = totalVariationLender(createKernelMemory);
  const first = lend(3, 4)!;
  first.images.down.fill(7);
  t.is(lend(3, 4), first);
  t.deepEqual(first.images.down, new Float64Array(5 * 5));
  const { images } = lend(200, 300)!;
  t.is(images.centered.length, 202 * 301);
  images.centered.fill(1);
  t.deepEqual(lend(3, 4)!.images.centered, new Float64Array(25));
  t.is(lend(4, 3), undefined);
  t.is(lend(2, 2 ** 21), undefined);
  t.is(totalVariationLender(undefined)(3, 4), undefined);
  t.true(lendTotalVariation(2, 2) !== undefined);
});
