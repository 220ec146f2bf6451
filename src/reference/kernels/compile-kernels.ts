import { fileURLToPath } from 'node:url';

/** The assembly sources, seen from the compiled file. */
const sources = fileURLToPath(new URL('../../../../src/reference/kernels/assembly', import.meta.url));

/** Compiles the kernels: the WebAssembly module as base64. The compiler is a development dependency. */
export async function compileKernels(): Promise<string> {
  const { default: asc } = await import('assemblyscript/asc');
  let compiled: Uint8Array | undefined;
  const options = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--importMemory'];
  const { error, stderr } = await asc.main(['index.ts', '--baseDir', sources, '-o', 'kernels.wasm', ...options], {
    writeFile(name, contents) {
      if (name === 'kernels.wasm') compiled = contents as Uint8Array;
    },
  });
  if (error !== null || compiled === undefined) throw new Error(`kernels: ${error?.message}\n${stderr.toString()}`);
  return Buffer.from(compiled).toString('base64');
}

/** The file that carries the module. */
export function kernelModuleSource(base64: string): string {
  return [
    '// Written by `npm run build && npm run kernels` from assembly/; a test compiles it again and compares.',
    'const base64 =',
    `  '${base64}';`,
    '',
    '/** The kernels as a WebAssembly module. */',
    'export function kernelModule(): Uint8Array {',
    '  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));',
    '}',
    '',
  ].join('\n');
}
