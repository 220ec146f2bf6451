import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { decode, encode } from 'fast-png';
import { chromium } from 'playwright-core';
import { htmlReport } from '../../dist/src/report/html/html-report.js';
import { parseRunRecord } from '../../dist/src/report/record/run-record.js';

/*
 * Draws docs/report.png, the first screen of the report of a run that stands in `reports` or in the directory that is given: after `npm run verify`,
 * `npm run picture`. What the screen says of its numbers is kept in the picture, where a test reads it. Times are left out: they change from run to run.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const directory = process.argv[2] ?? join(root, 'reports');
const { timing: _, ...record } = parseRunRecord(readFileSync(join(directory, 'run.json'), 'utf8'));

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1200 }, colorScheme: 'light' });
  await page.setContent(htmlReport(record));
  const Description = await page.locator('#verdict').getByText(' checked · ').textContent();
  const { width, height, data, depth, channels } = decode(await page.screenshot());
  const picture = encode({ width, height, data, depth, channels, text: { Description } });
  writeFileSync(join(root, 'docs/report.png'), picture);
} finally {
  await browser.close();
}
