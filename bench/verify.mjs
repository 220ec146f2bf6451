import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './harness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/src/cli/main.js');

/** Tells the kernel to forget the pages of every file under the directories; false where there is no python3 to ask it. */
function forgetPages(directories) {
  const script = `
import os, sys
for top in sys.argv[1:]:
    for folder, _, names in os.walk(top):
        for name in names:
            try:
                file = os.open(os.path.join(folder, name), os.O_RDONLY)
            except OSError:
                continue
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)
`;
  return spawnSync('python3', ['-c', script, ...directories]).status === 0;
}

/** One run of node: wall clock and CPU seconds, and the peak of the resident memory in MB, threads included. */
function measured(directory, round, ...args) {
  const usage = join(directory, `usage-${round}.json`);
  const hook = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())))`;
  const preload = `data:text/javascript,import { createRequire } from 'node:module'; const require = createRequire('/'); ${encodeURIComponent(hook)}`;
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--import', preload, ...args], { stdio: 'ignore', cwd: directory });
  const wall = (performance.now() - start) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8'));
  return { status, wall, cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 };
}

/** One run of `verify`. */
const run = (directory, round, ...options) =>
  measured(directory, round, main, 'verify', '--out', join(directory, `reports-${round}`), ...options);

/** K6: the whole of `verify`, once with its files out of the page cache and then warm. Node 20 keeps no compiled code between runs. */
export function wholeVerify(rounds = 1) {
  console.log('\nK6  verify, every claim at standard depth');
  const directory = mkdtempSync(join(tmpdir(), 'signprox-verify-'));
  try {
    const dropped = forgetPages([join(root, 'dist'), join(root, 'node_modules'), process.execPath]);
    if (!dropped)
      console.log('  missing: python3, to drop the files from the page cache; the first run is as warm as they are');
    const cold = run(directory, 0);
    const warm = Array.from({ length: rounds }, (_, round) => run(directory, round + 1));
    const of = (field) => median(warm.map((entry) => entry[field]));
    const show = (name, { wall, cpu, peak, status }) =>
      console.log(
        `  ${name}: ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s, peak ${Math.round(peak)} MB, exit code ${status}`,
      );
    show('cold', cold);
    show('warm', { wall: of('wall'), cpu: of('cpu'), peak: of('peak'), status: warm.at(-1).status });
    console.log(`  cold takes ${(cold.wall / of('wall')).toFixed(2)} times the time of warm`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
