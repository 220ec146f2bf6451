import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { median } from './harness.mjs';

const site = fileURLToPath(new URL('../reports/site', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** What a reader waits for: each with the address and the verdict, in words. */
const waits = [
  ['the first verdict, a wrong prox', '', /^✗ prox of l1: wrong/, 3],
  ['the counterexample of a false theorem', '#example=bound-false', /^✗ my-bound is false: .* × the bound at T = /, 4],
];

/** K8: from the address to the verdict, in the site that `npm run site` has written; fresh pages, so that the program is loaded each time. */
export async function playground(rounds = 5) {
  console.log('\nK8  the playground, from its address to the verdict');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    for (const [what, hash, verdict, most] of waits) {
      const times = [];
      for (let round = 0; round < rounds; round++) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        await page.route('**/*', (route) => {
          const { pathname } = new URL(route.request().url());
          const contentType = types[extname(pathname)];
          return route.fulfill({ body: readFileSync(`${site}${pathname}`), ...(contentType && { contentType }) });
        });
        const start = performance.now();
        await page.goto(`http://site.test/playground.html${hash}`);
        await page.locator('.headline', { hasText: verdict }).waitFor({ timeout: 120_000 });
        times.push((performance.now() - start) / 1000);
        await page.close();
      }
      console.log(`  ${what}: ${median(times).toFixed(1)} s, asked: ${most} s`);
    }
  } finally {
    await browser.close();
  }
}
