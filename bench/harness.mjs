import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Directory of the benchmarks. */
export const here = fileURLToPath(new URL('.', import.meta.url));

/** Flags of every C peer; natural, as anyone would write it. */
export const cFlags = ['-O3', '-march=native', '-std=c17'];

const builds = mkdtempSync(join(tmpdir(), 'signprox-bench-'));
process.on('exit', () => rmSync(builds, { recursive: true, force: true }));

/** First line of a command's output, or undefined when the command is missing. */
function firstLine(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n', 1)[0] : undefined;
}

/** Compiles bench/c/<name>.c; undefined when there is no compiler, and then the peer is named as missing. */
export function compileC(name, args = []) {
  const output = join(builds, name);
  const { status, stderr } = spawnSync('cc', [...cFlags, '-o', output, join(here, 'c', `${name}.c`), '-lm'], {
    encoding: 'utf8',
  });
  if (status !== 0) return { missing: `C (${stderr?.split('\n', 1)[0] || 'no cc'})` };
  return {
    command: [output, ...args],
    label: `C ${cFlags.join(' ')}, ${firstLine('cc', ['--version'])}`,
  };
}

/** The suite itself. */
export function suite(name, args = [], style = '') {
  return {
    command: [process.execPath, join(here, 'js', `${name}.mjs`), ...args],
    label: `signprox${style && `, ${style}`}, Node ${process.version}`,
  };
}

/**
 * Runs the peers in turn, A B C A B C …, each printing the CPU seconds of one unit of the same work, and prints the ratio of the first to
 * every other: the median of the ratios round by round, because the machine's speed drifts.
 */
export function compare(title, peers) {
  console.log(`\n${title}`);
  const present = peers.filter((peer) => peer.missing === undefined);
  for (const peer of peers) if (peer.missing !== undefined) console.log(`  missing: ${peer.missing}`);
  const times = present.map(() => []);
  for (let round = 0; round < 7; round++) {
    present.forEach((peer, k) => {
      const output = execFileSync(peer.command[0], peer.command.slice(1), {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      times[k].push(Number(output.trim().split('\n').at(-1)));
    });
  }
  present.forEach((peer, k) => {
    const own = `${(1e3 * median(times[k])).toPrecision(4)} ms`;
    if (k === 0) console.log(`  ${peer.label}: ${own}`);
    else {
      const ratios = times[0].map((value, round) => value / times[k][round]);
      console.log(`  ${peer.label}: ${own}, signprox takes ${median(ratios).toPrecision(2)} times its CPU time`);
    }
  });
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

export function describeMachine() {
  return `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`;
}
