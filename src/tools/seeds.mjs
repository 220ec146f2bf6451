// npm run seeds [-- --depth <depth>] [--count <n>]: runs every claim with the next of the seeds below, and says how many ended in an alarm.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Consecutive, and fixed before any of them was run: whoever picks seeds, or begins to count where the data say, has no rate. */
const fixed = {
  quick: { first: 10_001, count: 200 },
  standard: { first: 20_001, count: 20 },
};

/** The seeds of a depth, in the order in which they are run. @param {keyof typeof fixed} depth */
export const seedsOf = (depth) => Array.from({ length: fixed[depth].count }, (_, i) => fixed[depth].first + i);

/**
 * One run, as it is kept: a line of JSON.
 * @typedef {{ readonly commit: string, readonly node: string, readonly depth: string, readonly seed: number, readonly claims: number,
 *   readonly seconds: number, readonly alarms: readonly { readonly claim: string, readonly outcome: string, readonly reason: string }[] }} Line
 */

/** The runs at one depth, of every commit. A line that was cut off is none. @returns {Line[]} */
export function linesOf(text, depth) {
  return text.split('\n').flatMap((line) => {
    try {
      const run = JSON.parse(line);
      return run.depth === depth ? [run] : [];
    } catch {
      return [];
    }
  });
}

/**
 * The upper end of the one-sided Clopper–Pearson interval at confidence 1 − error: the smallest rate at which so few events, or fewer, have a
 * probability below the error, rounded up.
 */
export async function upperRate(events, trials, error = 0.05) {
  const { showsRateAbove } = await import('../../dist/src/statistics/clopper-pearson.js');
  let [low, high] = [0, 1];
  while (high - low > 1e-6) {
    const rate = low + (high - low) / 2;
    // P[Bin(n, p) ≤ k] = P[Bin(n, 1 − p) ≥ n − k].
    if (showsRateAbove(1 - rate, trials - events, trials, error)) high = rate;
    else low = rate;
  }
  return high;
}

/** What the runs of a commit show, for a terminal and for docs/verdicts.md. @param {readonly Line[]} all */
export async function summaryOf(all, depth, commit) {
  const seeds = seedsOf(depth);
  const lines = all.filter((line) => line.commit === commit);
  const alarming = lines.filter(({ alarms }) => alarms.length > 0);
  const alarmLines = alarming.map(({ seed, alarms }) => {
    const which = alarms.map(({ claim, outcome, reason }) => `${claim} (${outcome}: ${reason})`).join('; ');
    return `  seed ${seed}: ${which}`;
  });
  const done = `${depth}: ${lines.length} of the ${seeds.length} seeds from ${seeds[0]} at commit ${commit}`;
  if (lines.length === 0) return `${done}: nothing has been run`;
  const bound = Math.ceil(1000 * (await upperRate(alarming.length, lines.length))) / 10;
  const rate = `with 95 % confidence at most ${bound} % of all seeds end in one`;
  // Code that was changed for an alarm is fitted to the seeds that had been run by then.
  const before = all.filter((line) => line.commit !== commit && line.alarms.length > 0);
  const fitted = before.map(
    (line) =>
      `  at commit ${line.commit} seed ${line.seed} ended in an alarm: if the code was changed for it, seeds run by then give no rate`,
  );
  return [`${done}: ${alarming.length} ended in an alarm; ${rate}`, ...alarmLines, ...fitted].join('\n');
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const resultsFile = join(root, 'reports/seeds.jsonl');
const kept = () => (existsSync(resultsFile) ? readFileSync(resultsFile, 'utf8') : '');

function run(program, ...words) {
  return spawnSync(program, words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function fail(sentence) {
  console.error(sentence);
  exit(1);
}

/** Runs every claim with a seed. @returns {Line} */
function runSeed(commit, depth, seed) {
  const out = mkdtempSync(join(tmpdir(), 'signprox-seeds-'));
  const words = ['verify', '--depth', depth, '--seed', String(seed), '--out', out, '--format', 'json'];
  const { status, stdout, stderr } = run(process.execPath, 'dist/src/cli/main.js', ...words);
  rmSync(out, { recursive: true });
  // An alarm is 1, and a check that failed itself 7. Anything else is no run: the machine was in the way, or somebody.
  if (![0, 1, 7].includes(status ?? -1))
    fail(`seed ${seed} was not run (${status ?? 'killed'}): ${stderr.trim().split('\n').at(-1)}`);
  const { claims, timing } = JSON.parse(stdout);
  const alarms = claims
    .filter(({ outcome }) => !['pass', 'expected', 'n/a'].includes(outcome))
    .map(({ id, outcome, evidence }) => ({ claim: id, outcome, reason: evidence.reason }));
  if (alarms.length === 0 && status !== 0) alarms.push({ claim: 'the run', outcome: 'fail', reason: `exit ${status}` });
  return { commit, node: process.version, depth, seed, claims: claims.length, seconds: timing.seconds, alarms };
}

function optionsGiven() {
  try {
    return parseArgs({
      options: { depth: { type: 'string', default: 'quick' }, count: { type: 'string', default: 'Infinity' } },
    });
  } catch (error) {
    fail(`${error.message.split('. ')[0]}; npm run seeds [-- --depth <quick or standard>] [--count <n>]`);
  }
}

async function main() {
  const { values } = optionsGiven();
  const { depth } = values;
  const count = Number(values.count);
  if (!Object.hasOwn(fixed, depth)) fail(`--depth is ${Object.keys(fixed).join(' or ')}, got ${depth}`);
  if (!(count >= 0)) fail(`--count is how many of the seeds that are left are run, got ${values.count}`);
  // What is run has to be what the commit says.
  if (run('git', 'status', '--porcelain', '--untracked-files=no').stdout !== '')
    fail('commit first: a line names the commit that was run');
  const commit = run('git', 'rev-parse', '--short=12', 'HEAD').stdout.trim();
  const ofCommit = () => linesOf(kept(), depth).filter((line) => line.commit === commit);
  const done = new Set(ofCommit().map(({ seed }) => seed));
  const next = seedsOf(depth)
    .filter((seed) => !done.has(seed))
    .slice(0, count);
  if (next.length > 0 && run('npm', 'run', '--silent', 'build').status !== 0)
    fail('the build fails: npm run build says why');
  mkdirSync(join(root, 'reports'), { recursive: true });
  // The next line begins a new one, where a run was cut off in its middle.
  if (kept() !== '' && !kept().endsWith('\n')) appendFileSync(resultsFile, '\n');
  for (const seed of next) {
    const line = runSeed(commit, depth, seed);
    appendFileSync(resultsFile, `${JSON.stringify(line)}\n`);
    console.log(
      `seed ${seed}: ${line.alarms.length === 0 ? 'no alarm' : line.alarms.map(({ claim }) => claim).join(', ')}`,
    );
  }
  console.log(await summaryOf(linesOf(kept(), depth), depth, commit));
  process.exitCode = ofCommit().some(({ alarms }) => alarms.length > 0) ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
