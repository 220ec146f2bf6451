import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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
export function compileC(name, extra = [], args = []) {
  const output = join(builds, [name, ...extra].join(''));
  const { status, stderr } = spawnSync('cc', [...cFlags, ...extra, '-o', output, join(here, 'c', `${name}.c`), '-lm'], {
    encoding: 'utf8',
  });
  if (status !== 0) return { missing: `C (${stderr?.split('\n', 1)[0] || 'no cc'})` };
  return {
    command: [output, ...args],
    label: `C ${[...cFlags, ...extra].join(' ')}, ${firstLine('cc', ['--version'])}`,
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

/** Prints what benchmarks say themselves: those of a peer that prints CPU seconds of one unit, alone and two at once, by `twoAtOnce`. */
export async function tell(title, suites, peer) {
  console.log(`\n${title}`);
  for (const { command, label } of suites) {
    console.log(`  ${label}: ${execFileSync(command[0], command.slice(1), { encoding: 'utf8' }).trim()}`);
  }
  if (peer.missing !== undefined) console.log(`  missing: ${peer.missing}`);
  else console.log(`  ${peer.label}: ${(await twoAtOnce(peer)).toFixed(2)} by CPU time`);
}

/** How many times the work of one process two at once do, by CPU time: what is below 2 they cost each other, in memory above all. */
async function twoAtOnce({ command }, turns = 7) {
  const run = async () => {
    const { stdout } = await promisify(execFile)(command[0], command.slice(1));
    return Number(stdout.trim());
  };
  const [one, two] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    one.push(await run());
    two.push(...(await Promise.all([run(), run()])));
  }
  return (2 * median(one)) / median(two);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

export function describeMachine() {
  return `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`;
}
