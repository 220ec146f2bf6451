import { writeFile } from 'node:fs/promises';
import { compileKernels, kernelModuleSource } from './compile-kernels.js';

// `npm run kernels`: writes kernel-module.ts again. Paths are relative to the compiled file.
const target = new URL('../../../../src/reference/kernels/kernel-module.ts', import.meta.url);

await writeFile(target, kernelModuleSource(await compileKernels()));
