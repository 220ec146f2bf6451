import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import * as functions from './functions/vocabulary.js';
import * as smooth from './smooth/vocabulary.js';

/** The source folder: two levels above the compiled test and out of dist. */
const reference = new URL('../../../src/reference/', import.meta.url);

const { vocabularies } = (await import(new URL('write-vocabularies.mjs', reference).href)) as {
  vocabularies(reference: string): ReadonlyMap<string, string>;
};

test('the vocabularies are what the folders hold: npm run generate', (t) => {
  for (const [path, text] of vocabularies(fileURLToPath(reference))) {
    // In any order: the formatter has its own.
    const [written, found] = [readFileSync(path, 'utf8').split('\n'), text.split('\n')];
    const missing = found.filter((line) => !written.includes(line));
    const gone = written.filter((line) => !found.includes(line));
    t.deepEqual({ missing, gone }, { missing: [], gone: [] }, `${path}: npm run generate`);
  }
});

test('every function and every smooth term stands in the file that is called like its type', (t) => {
  const entries: Readonly<Record<string, { readonly definition: { readonly type: string } }>>[] = [functions, smooth];
  [...vocabularies(fileURLToPath(reference)).values()].forEach((text, k) => {
    const lines = [...text.matchAll(/^export \{ (\w+) \} from '(.*)\.js';$/gm)];
    t.is(lines.length, Object.keys(entries[k]!).length);
    for (const [, name, path] of lines) t.is(entries[k]![name!]!.definition.type, basename(path!));
  });
});

test('a file that defines something is found in any folder, and helpers and tests are not', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'signprox-vocabularies-'));
  t.teardown(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  mkdirSync(join(root, 'functions/losses/robust'), { recursive: true });
  mkdirSync(join(root, 'smooth'));
  write(
    'functions/losses/robust/tukey.ts',
    "const TYPE = 'tukey';\nexport const tukey = defineFunction({ type: TYPE });\n",
  );
  write('functions/losses/helper.ts', 'export const helper = (x: number): number => x;\n');
  write('functions/losses/tukey.test.ts', 'export const other = defineFunction({});\n');
  write('smooth/sine.ts', 'export const sine = defineSmooth({});\n');
  const exported = [...vocabularies(root).values()].map((text) => text.match(/^export .*$/gm));
  t.deepEqual(exported, [["export { tukey } from './losses/robust/tukey.js';"], ["export { sine } from './sine.js';"]]);
});
