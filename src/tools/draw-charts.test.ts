import { readFileSync } from 'node:fs';
import test from 'ava';
import { decode } from 'fast-png';
import { theorems } from '../../theorems/index.js';
import { readCatalogue } from '../cli/catalogue.js';

const root = new URL('../../../', import.meta.url);

test('the pages of the theorems say what is on record', async (t) => {
  const { theoremPages } = (await import(new URL('src/tools/theorem-pages.mjs', root).href)) as {
    theoremPages: () => Promise<readonly (readonly [file: string, text: string])[]>;
  };
  const pages = await theoremPages();
  t.true(pages.length >= 5);
  for (const [file, text] of pages) {
    t.is(readFileSync(new URL(file, root), 'utf8'), text, `npm run generate writes ${file} anew`);
  }
});

test('the picture of the report shows as many claims and counterexamples as there are', (t) => {
  const { text } = decode(readFileSync(new URL('docs/report.png', root)));
  const accepting = (verdict: 'misprint' | 'needed') =>
    theorems.filter(({ expected }) => expected?.includes(verdict)).length;
  const counts = `${accepting('misprint')} misprints · ${accepting('needed')} counterexamples beyond the hypotheses`;
  t.is(
    text['Description'],
    `${readCatalogue().length} checked · 0 failed · ${counts}`,
    'npm run picture draws it anew',
  );
});
