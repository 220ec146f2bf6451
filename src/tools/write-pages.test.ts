import { readFileSync } from 'node:fs';
import test from 'ava';

const root = new URL('../../../', import.meta.url);

test('the pages of the theorems say what is on record', async (t) => {
  const { theoremPages } = (await import(new URL('src/tools/theorem-pages.mjs', root).href)) as {
    theoremPages: () => Promise<readonly (readonly [file: string, text: string])[]>;
  };
  const pages = await theoremPages();
  t.true(pages.length >= 3);
  for (const [file, text] of pages) {
    t.is(readFileSync(new URL(file, root), 'utf8'), text, `npm run generate writes ${file} anew`);
  }
});
