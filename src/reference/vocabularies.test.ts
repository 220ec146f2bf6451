import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { statefulAlgorithmNames } from './algorithms/stateful/names.js';
import * as algorithms from './algorithms/stateful/vocabulary.js';
import * as functions from './functions/vocabulary.js';
import * as smooth from './smooth/vocabulary.js';

/** The source folder: two levels above the compiled test and out of dist. */
const reference = new URL('../../../src/reference/', import.meta.url);

const { vocabularies, statefulModules } = (await import(new URL('write-vocabularies.mjs', reference).href)) as {
  vocabularies(reference: string): ReadonlyMap<string, string>;
  statefulModules(folder: string): readonly [path: string, text: string];
};

test('the vocabularies are what the folders hold: npm run generate', (t) => {
  const algorithms = fileURLToPath(new URL('../../properties/algorithms', reference));
  for (const [path, text] of [...vocabularies(fileURLToPath(reference)), statefulModules(algorithms)]) {
    // In any order and with other quotes: the formatter has its own.
    const [written, found] = [readFileSync(path, 'utf8'), text].map((each) =>
      each.replaceAll(/'([a-z]+)':/g, '$1:').split('\n'),
    );
    const missing = found.filter((line) => !written.includes(line));
    const gone = written.filter((line) => !found.includes(line));
    t.deepEqual({ missing, gone }, { missing: [], gone: [] }, `${path}: npm run generate`);
  }
});

test('every function, smooth term and algorithm stands in the file that is called like its type or name', (t) => {
  const typesOf = (entries: Readonly<Record<string, { readonly definition: { readonly type: string } }>>) =>
    new Map(Object.entries(entries).map(([name, { definition }]) => [name, definition.type]));
  const names = new Map(Object.entries(algorithms).map(([exported, { name }]) => [exported, name as string]));
  const texts = [...vocabularies(fileURLToPath(reference)).values()];
  for (const [k, types] of [typesOf(functions), typesOf(smooth), names].entries()) {
    const lines = [...texts[k]!.matchAll(/^export \{ (\w+) \} from '(.*)\.js';$/gm)];
    t.is(lines.length, types.size);
    for (const [, name, path] of lines) t.is(types.get(name!), basename(path!));
  }
  t.deepEqual([...names.values()].toSorted(), [...statefulAlgorithmNames]);
});

test('a file that defines something is found in any folder, and helpers and tests are not', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'signprox-vocabularies-'));
  t.teardown(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  mkdirSync(join(root, 'functions/losses/robust'), { recursive: true });
  mkdirSync(join(root, 'smooth'));
  mkdirSync(join(root, 'algorithms/stateful'), { recursive: true });
  write(
    'functions/losses/robust/tukey.ts',
    "const TYPE = 'tukey';\nexport const tukey = defineFunction({ type: TYPE });\n",
  );
  write('functions/losses/helper.ts', 'export const helper = (x: number): number => x;\n');
  write('functions/losses/tukey.test.ts', 'export const other = defineFunction({});\n');
  write('smooth/sine.ts', 'export const sine = defineSmooth({});\n');
  write('algorithms/stateful/adam.ts', 'export const adam = defineAlgorithm<{}>()({});\n');
  const [exported, names] = [[...vocabularies(root).values()].slice(0, -1), [...vocabularies(root).values()].at(-1)];
  t.deepEqual(
    exported.map((text) => text.match(/^export .*$/gm)),
    [
      ["export { tukey } from './losses/robust/tukey.js';"],
      ["export { sine } from './sine.js';"],
      ["export { adam } from './adam.js';"],
    ],
  );
  t.regex(names!, /= \[\n {2}'adam',\n\] as const;/);
});
