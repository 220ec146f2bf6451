import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './harness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const problem = join(root, 'fixtures/problems/cosine-linear.json');

/** What a user types; guard fails on a module that is not there, after it has loaded what it would ask for. */
const commands = [
  ['--version'],
  ['--help'],
  ['explain', 'theorem-1'],
  ['bounds', '--problem', problem, '--theorem', '2', '--iterations', '1', '--start', '[1.25]'],
  ['guard', '--module', 'missing.mjs'],
];

/** K7: from the start of a command to its first work, by the clock, against Node that does nothing. */
export function startUp(rounds = 15) {
  console.log('\nK7  start-up');
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-startup-'));
  const seconds = (args) => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd, stdio: 'ignore' });
    return (performance.now() - start) / 1000;
  };
  try {
    const bare = [];
    const times = commands.map(() => []);
    for (let round = 0; round < rounds; round++) {
      bare.push(seconds(['-e', '0']));
      for (const [k, command] of commands.entries()) {
        times[k].push(seconds([join(root, 'dist/src/cli/main.js'), ...command]));
      }
    }
    console.log(`  node -e 0: ${(1e3 * median(bare)).toFixed(0)} ms`);
    commands.forEach(([name], k) => {
      const ratio = median(times[k].map((time, round) => time / bare[round]));
      console.log(
        `  signprox ${name}: ${(1e3 * median(times[k])).toFixed(0)} ms, ${ratio.toPrecision(2)} times bare Node`,
      );
    });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
