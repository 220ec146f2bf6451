// The reports that the site carries: pages of their own, with everything that they show.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What stands in place of the report of the paper where no run has written one. */
const missing = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The report of a run</title>
<body style="max-width: 40em; margin: 3em auto; padding: 0 1em; font: 1rem/1.6 system-ui, sans-serif">
<h1>The report of a run</h1>
<p>This copy of the site was built where no run had written a report. In a clone, this makes one and puts it here:</p>
<pre>npm run verify &amp;&amp; npm run site</pre>
<p><a href="./index.html">Back to the pages</a></p>
</body>
</html>
`;

/** Puts a report into the site, with a way back. */
function copyReport(from, to) {
  const page = readFileSync(from, 'utf8');
  if (!page.includes('<header>')) throw new Error(`${from} has no <header> for the way back to the pages`);
  writeFileSync(to, page.replace('<header>', '<p><a href="./index.html">Back to the pages</a></p>\n$&'));
}

/** The report of `npm run verify`, where it has written one. */
function writeReportOfPaper(outDir) {
  const record = join(root, 'reports/run.json');
  // The guard writes to the same folder.
  const there = existsSync(record) && JSON.parse(readFileSync(record, 'utf8')).command.startsWith('signprox verify');
  const to = join(outDir, 'report.html');
  if (there) copyReport(join(root, 'reports/index.html'), to);
  else writeFileSync(to, missing);
}

/** The report of the guard about the wrong module of “Fix your first bug”. */
function writeReportOfGuard(outDir) {
  const page = readFileSync(join(root, 'docs/fix-your-first-bug.md'), 'utf8');
  const [, code] = /^```js\n(\/\/ simplex\.mjs\n[\s\S]*?)^```$/m.exec(page) ?? [];
  if (code === undefined) throw new Error('docs/fix-your-first-bug.md has no simplex.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'signprox-guard-'));
  try {
    writeFileSync(join(folder, 'simplex.mjs'), code);
    const options = ['--module', './simplex.mjs', '--depth', 'quick', '--out', 'reports'];
    const guard = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), 'guard', ...options], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (guard.status !== 1) throw new Error(`the guard ends with ${guard.status}, not 1: ${guard.stderr}`);
    copyReport(join(folder, 'reports/index.html'), join(outDir, 'guard-report.html'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeReports(outDir) {
  writeReportOfPaper(outDir);
  writeReportOfGuard(outDir);
}

/** The picture of a wrong verdict, as those who show a link want it: in pixels, and as wide as twice its height. */
export function drawShared(outDir) {
  const verdict = readFileSync(join(root, 'docs/verdict.svg'), 'utf8');
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(verdict);
  const left = (2 * height - width) / 2;
  const wide = verdict.replace(
    /width="\d+" height="\d+" viewBox="[^"]*"/,
    `viewBox="${-left} 0 ${2 * height} ${height}"`,
  );
  const picture = new Resvg(wide, { background: '#fffffe', fitTo: { mode: 'width', value: 1200 } }).render();
  writeFileSync(join(outDir, 'verdict.png'), picture.asPng());
}
