// Argument: rows of a sweep that is read, as when it is resumed, merged or reported, and written again.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandGrid } from '../../dist/src/cli/sweeps/cells.js';
import { readGrid } from '../../dist/src/cli/sweeps/grid.js';
import { readRows, rowsPath, writeRows } from '../../dist/src/cli/sweeps/rows-file.js';
import { lineOfCell } from '../../dist/src/cli/sweeps/sweep-cell.js';
import { localExecutor } from '../../dist/src/executors/replicate-pool.js';

const count = Number(process.argv[2]);
const problem = new URL('../../fixtures/problems/cosine-linear', import.meta.url).pathname;
const grid = await readGrid(
  JSON.stringify({
    problems: [{ problem: `${problem}.json`, start: `${problem}.start.json` }],
    ...{ theorems: ['2'], iterations: [16] },
  }),
);
const conditions = { engine: 'monte-carlo', signOfZero: 'zero', seed: '1', depth: 'standard' };
const { header, cells } = await expandGrid(grid, conditions, 'signprox bounds --grid grid.json');
const row = JSON.parse(await lineOfCell(cells[0], localExecutor({ workers: 0 })));
const folder = mkdtempSync(join(tmpdir(), 'signprox-rows-'));
try {
  const lines = Array.from({ length: count }, (_, cell) => JSON.stringify({ ...row, cell }));
  writeFileSync(rowsPath(folder), [JSON.stringify({ sweep: { ...header, cells: count } }), ...lines, ''].join('\n'));
  lines.length = 0;
  const before = process.cpuUsage();
  const record = await readRows(rowsPath(folder));
  await writeRows(folder, record.header, record.lines);
  const { user, system } = process.cpuUsage(before);
  const [seconds, file] = [(user + system) / 1e6, statSync(rowsPath(folder)).size / 2 ** 20];
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, file }));
} finally {
  rmSync(folder, { recursive: true });
}
