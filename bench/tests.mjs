import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorSeconds } from '../src/tools/processor.mjs';

const seconds = (value) => `${value.toFixed(1).padStart(7)} s`;

/** Clock and processor time of a command. */
function timeOf(command, args, env = {}) {
  const [start, before] = [performance.now(), processorSeconds()];
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  const spent = processorSeconds() - before;
  console.log(
    `${seconds((performance.now() - start) / 1000)} clock, ${seconds(spent)} processor: ${[command, ...args].join(' ')}, exit ${status}`,
  );
  return spent;
}

/** What each file took, as the entries of a run have written it down, the dearest first. */
function dearest(log, count) {
  const spent = new Map();
  let before;
  for (const { name = 'loading', seconds: now } of log) {
    if (before !== undefined && now > before.seconds)
      spent.set(before.name, (spent.get(before.name) ?? 0) + now - before.seconds);
    before = { name, seconds: now };
  }
  return [...spent].sort(([, a], [, b]) => b - a).slice(0, count);
}

/** `npm test`, as it is run: build, lint and the lane core. Then the lane alone on one core, file by file. */
export function wholeTests() {
  timeOf('npm', ['test']);
  const folder = mkdtempSync(join(tmpdir(), 'signprox-bench-'));
  try {
    const file = join(folder, 'log');
    timeOf(process.execPath, ['src/tools/run-tests.mjs', '--concurrency', '1'], { TESTS_LOG: file });
    const log = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const [name, spent] of dearest(log, 20)) console.log(`${seconds(spent)} processor  ${name}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
