import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { sizeChartFile } from '../../dist/src/report/charts/size-chart.js';
import { parseRunRecord } from '../../dist/src/report/record/run-record.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The charts of the pages in `docs`, by their file, each with the claim of whose run it is drawn. */
const charts = new Map([['docs/sparse-noise.svg', { claim: 'sparse-noise-size', draw: sizeChartFile }]]);

/** Every chart as it should be, from one quick run of the claims. */
export function drawnCharts() {
  const out = mkdtempSync(join(tmpdir(), 'signprox-charts-'));
  try {
    const claims = [...charts.values()].map(({ claim }) => claim).join(',');
    const options = ['verify', '--claims', claims, '--depth', 'quick', '--seed', '1', '--out', out];
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...options], {
      env: { ...process.env, NODE_V8_COVERAGE: '' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const record = parseRunRecord(readFileSync(join(out, 'selection/run.json'), 'utf8'));
    const ran = new Map(record.claims.map((claim) => [claim.id, claim]));
    return new Map(Array.from(charts, ([file, { claim, draw }]) => [file, `${draw(ran.get(claim))}\n`]));
  } finally {
    rmSync(out, { recursive: true });
  }
}

// `npm run generate` writes them.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of drawnCharts()) {
    // A tree without its pages gets the place of the chart.
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
