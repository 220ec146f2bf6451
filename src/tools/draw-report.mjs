import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { decode, encode } from 'fast-png';
import { chromium } from 'playwright-core';
import { arrangementOf } from '../../dist/src/report/formats/format-names.js';
import { htmlReport } from '../../dist/src/report/html/html-report.js';
import { smallPage } from '../../dist/src/report/html/markup.js';
import { parseRunRecord } from '../../dist/src/report/record/run-record.js';

/*
 * Draws docs/report.png, the first screen of the report of a run that stands in `reports` or in the directory that is given: after `npm run verify`,
 * `npm run picture`. What the screen says of its numbers is kept in the picture, where a test reads it. Times are left out: they change from run to run.
 * With `--pages` it draws instead the whole pages of the directories that are given, in three widths, light and dark, into reports/pictures.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const isOfPages = process.argv[2] === '--pages';
const directories = process.argv.slice(isOfPages ? 3 : 2);
const recordIn = (directory) => parseRunRecord(readFileSync(join(directory, 'run.json'), 'utf8'));

async function drawPages(browser) {
  const pictures = join(root, 'reports/pictures');
  mkdirSync(pictures, { recursive: true });
  for (const directory of directories) {
    const record = recordIn(directory);
    const by = arrangementOf(record);
    const text = smallPage(htmlReport(record, by));
    for (const width of [360, 768, 1280]) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        await page.setContent(text);
        const name = `${by}-${record.implementation.name}-${width}-${colorScheme}.png`.replaceAll(/[^\w.-]+/g, '-');
        await page.screenshot({ path: join(pictures, name), fullPage: true });
        await page.close();
      }
    }
  }
}

async function drawFirstScreen(browser) {
  const { timing: _, ...record } = recordIn(directories[0] ?? join(root, 'reports'));
  const page = await browser.newPage({ viewport: { width: 1280, height: 1200 }, colorScheme: 'light' });
  await page.setContent(htmlReport(record));
  const Description = await page.locator('#verdict').getByText(' checked · ').textContent();
  const { width, height, data, depth, channels } = decode(await page.screenshot());
  const picture = encode({ width, height, data, depth, channels, text: { Description } });
  writeFileSync(join(root, 'docs/report.png'), picture);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await (isOfPages ? drawPages : drawFirstScreen)(browser);
} finally {
  await browser.close();
}
