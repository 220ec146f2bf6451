import { readFileSync } from 'node:fs';
import test from 'ava';

const root = new URL('../../../', import.meta.url);

test('the charts of the pages are those of a run', async (t) => {
  const { drawnCharts } = (await import(new URL('src/tools/draw-charts.mjs', root).href)) as {
    drawnCharts: () => ReadonlyMap<string, string>;
  };
  const charts = drawnCharts();
  t.true(charts.size > 0);
  for (const [file, text] of charts) {
    t.is(readFileSync(new URL(file, root), 'utf8'), text, `npm run generate writes ${file} anew`);
  }
});
