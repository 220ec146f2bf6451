import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const folders = ['functions', 'smooth'];

/** `export const l1 = defineFunction(…` and `export const cosine = defineSmooth(…`. */
const definition = /^export const (\w+)\b.* = define(?:Function|Smooth)\b/gm;

/**
 * The vocabularies of r and d as the folders have them: the text of `functions/vocabulary.ts` and of `smooth/vocabulary.ts` by path, with
 * one line for every file that defines something.
 * @param {string} reference path of the folder with `functions` and `smooth`
 * @returns {Map<string, string>}
 */
export function vocabularies(reference) {
  return new Map(
    folders.map((folder) => {
      const root = join(reference, folder);
      const lines = readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /^(?!.*\.test\.).*\.ts$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .flatMap((path) => {
          const names = [...readFileSync(path, 'utf8').matchAll(definition)].map(([, name]) => name);
          const from = `./${relative(root, path).replaceAll(sep, '/').replace(/\.ts$/, '.js')}`;
          return names.length === 0 ? [] : [`export { ${names.join(', ')} } from '${from}';\n`];
        });
      const head = '// Written by `npm run generate`: one line for every file here that defines something.\n\n';
      return [join(root, 'vocabulary.ts'), head + lines.join('')];
    }),
  );
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of vocabularies(fileURLToPath(new URL('.', import.meta.url)))) writeFileSync(path, text);
}
