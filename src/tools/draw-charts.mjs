import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chartFile } from '../../dist/src/library/report.js';
import { parseRunRecord } from '../../dist/src/report/record/run-record.js';
import { findingChart } from '../../dist/theorems/report/finding-chart.js';
import { findingClaims, paperFindings } from '../../dist/theorems/report/paper-findings.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A chart in the dark: its colours keep their hue, and white becomes dark grey. */
export const dark = '<style>@media (prefers-color-scheme:dark){:root{filter:invert(.89) hue-rotate(180deg)}}</style>';

/** The pictures of docs/findings.md by their files, as the record of a run has them. */
export const drawnCharts = (record) =>
  new Map(
    paperFindings(record).flatMap((finding) => {
      const drawn = findingChart(finding, record);
      const name = /^F\d+/.exec(finding.title)[0].toLowerCase();
      if (drawn === undefined) return [];
      const chart = chartFile(drawn.claim, drawn.chart).replace('>', `>${dark}`);
      return [[`docs/findings/${name}.svg`, `${chart}\n`]];
    }),
  );

/** The record of one run of the claims of all findings, as the commands of the page run them. */
function runOfFindings() {
  const out = mkdtempSync(join(tmpdir(), 'signprox-charts-'));
  try {
    const options = ['verify', '--claims', findingClaims.join(','), '--depth', 'quick', '--seed', '1', '--out', out];
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...options], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return parseRunRecord(readFileSync(join(out, 'selection/run.json'), 'utf8'));
  } finally {
    rmSync(out, { recursive: true });
  }
}

// `npm run results` writes them.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of drawnCharts(runOfFindings())) {
    // A tree without its pages gets the place of the chart.
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
