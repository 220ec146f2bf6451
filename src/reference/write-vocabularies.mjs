import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const algorithms = 'algorithms/stateful';
const folders = ['functions', 'smooth', algorithms];

/** `export const l1 = defineFunction(…`, `export const cosine = defineSmooth(…` and `export const lion = defineAlgorithm<…`. */
const definition = /^export const (\w+)\b.* = define(?:Function|Smooth|Algorithm)\b/gm;

const written = '// Written by `npm run generate`: one line for every file here that defines something.\n\n';

/**
 * What a folder defines: the names of each file that defines something, by its path.
 * @param {string} root
 * @returns {readonly (readonly [path: string, names: readonly string[]])[]}
 */
const definitionsIn = (root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?!.*\.test\.).*\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, [...readFileSync(path, 'utf8').matchAll(definition)].map(([, name]) => name)])
    .filter(([, names]) => names.length > 0);

/**
 * The vocabularies of r, of d and of algorithms with memory as the folders have them: the text of each `vocabulary.ts` by path, with one line
 * for every file that defines something, and that of a list of the names of the algorithms, which is read without their definitions.
 * @param {string} reference path of the folder with `functions`, `smooth` and `algorithms`
 * @returns {Map<string, string>}
 */
export function vocabularies(reference) {
  const exported = folders.map((folder) => {
    const root = join(reference, folder);
    const lines = definitionsIn(root).map(([path, names]) => {
      const from = `./${relative(root, path).replaceAll(sep, '/').replace(/\.ts$/, '.js')}`;
      return `export { ${names.join(', ')} } from '${from}';\n`;
    });
    return [join(root, 'vocabulary.ts'), written + lines.join('')];
  });
  const root = join(reference, algorithms);
  const names = definitionsIn(root).map(([path]) => `  '${basename(path, '.ts')}',\n`);
  const doc = '/** The names that algorithms with memory carry in the library, the protocol and the reports. */\n';
  const list = `${doc}export const statefulAlgorithmNames = [\n${names.join('')}] as const;\n`;
  return new Map([...exported, [join(root, 'vocabulary-names.ts'), written + list]]);
}

/**
 * How each claim about an algorithm with memory is imported: in words that a bundler can read.
 * @param {string} folder path of `properties/algorithms`, with the claims in `stateful`
 * @returns {readonly [path: string, text: string]}
 */
export function statefulModules(folder) {
  const names = readdirSync(join(folder, 'stateful'))
    .filter((name) => /^(?!.*\.test\.).*\.ts$/.test(name))
    .map((name) => basename(name, '.ts'))
    .sort();
  const doc = '/** The modules in `stateful/`, by the names of their files. */\n';
  const lines = names.map((name) => `  '${name}': () => import('./stateful/${name}.js'),\n`);
  return [
    join(folder, 'stateful-modules.ts'),
    `${written}${doc}export const statefulModules = {\n${lines.join('')}};\n`,
  ];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const texts = [...vocabularies(here), statefulModules(join(here, '../../properties/algorithms'))];
  for (const [path, text] of texts) writeFileSync(path, text);
}
