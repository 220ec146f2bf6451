import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { arrangementOf } from '../../dist/src/report/formats/format-names.js';
import { htmlReport } from '../../dist/src/report/html/html-report.js';
import { smallPage } from '../../dist/src/report/html/markup.js';
import { parseRunRecord } from '../../dist/src/report/record/run-record.js';

/*
 * Draws the whole pages of the reports in the directories that are given, or in `reports`: in three widths, light and dark, into reports/pictures.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const given = process.argv.slice(2);
const directories = given.length === 0 ? [join(root, 'reports')] : given;

async function drawPages(browser) {
  const pictures = join(root, 'reports/pictures');
  mkdirSync(pictures, { recursive: true });
  for (const directory of directories) {
    const record = parseRunRecord(readFileSync(join(directory, 'run.json'), 'utf8'));
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

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await drawPages(browser);
} finally {
  await browser.close();
}
