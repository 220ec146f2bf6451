import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { algorithmNames } from '../reference/algorithms/algorithm.js';

const fixtures = new URL('../../../fixtures/', import.meta.url);

export const fixture = (path: string): string => fileURLToPath(new URL(path, fixtures));

const urlOf = (path: string): string => JSON.stringify(pathToFileURL(fixture(path)).href);

/** Statements that make an implementation of each name. */
const modules = {
  honest: `import implementation from ${urlOf('mutants/library.js')};`,
  'l1-step-dropped': `
    import { mutantNamed } from ${urlOf('mutants/mutants.js')};
    const implementation = mutantNamed('l1-step-dropped');`,
} as const;

/**
 * Writes a module that is one of the fixtures but declares ℓ1 and Huber alone and no algorithm with memory, and returns its path: a run
 * judges everything that is declared, and the tests of the command line are not about that.
 */
export async function writeModule(directory: string, name: keyof typeof modules): Promise<string> {
  const path = join(directory, `${name}.mjs`);
  const text = `
    ${modules[name]}
    const few = { functions: ['l1', 'huber'], algorithms: ${JSON.stringify(algorithmNames)} };
    const description = { ...implementation.describe(), ...few };
    export default { ...implementation, describe: () => description };`;
  await writeFile(path, text);
  return path;
}
