// Runs one lane of the built tests with AVA, `core` unless `--lane NAME` or `--all` says otherwise; `--lane one,other` runs these together. What is
// left of the arguments is AVA's. The lane `coverage` reads what earlier runs have counted, where NODE_V8_COVERAGE names the folder that V8 wrote to.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { argv, env, execPath, exit } from 'node:process';
import { countedLanes, laneNames, laneOf } from './lanes.mjs';

function fail(sentence) {
  console.error(sentence);
  exit(2);
}

/** The lanes that the arguments name, those that run together in one list, and the arguments that are AVA's. */
function read(args) {
  if (args.includes('--all')) {
    return { runs: laneNames.map((name) => [name]), rest: args.filter((arg) => arg !== '--all') };
  }
  const at = args.indexOf('--lane');
  if (at < 0) return { runs: [['core']], rest: args };
  const names = args[at + 1]?.split(',') ?? ['nothing'];
  const wrong = names.find((name) => !laneNames.includes(name) || (name === 'coverage' && names.length > 1));
  if (wrong !== undefined) fail(`--lane must be one of ${laneNames.join(', ')}, got ${wrong || 'nothing'}`);
  return { runs: [names], rest: args.toSpliced(at, 2) };
}

const { runs, rest } = read(argv.slice(2));
const files = readdirSync('dist', { recursive: true }).filter((file) => file.endsWith('.test.js'));

const c8 = 'node_modules/c8/bin/c8.js';

/** The command of c8 that reads what was counted already. */
function counted() {
  const folder = env['NODE_V8_COVERAGE'];
  if (folder === undefined || !existsSync(folder) || readdirSync(folder).length === 0) return;
  return ['report', '--check-coverage', '--temp-directory', folder];
}

/** Exit code of the lanes that run together. */
function run(lanes) {
  const wanted = lanes[0] === 'coverage' ? countedLanes : lanes;
  const own = files.filter((file) => wanted.includes(laneOf(file.replace(/\.js$/, '')))).map((file) => `dist/${file}`);
  if (own.length === 0) {
    // Without a file AVA would run all of them.
    console.error(`lane ${lanes} has no test: npm run build makes them`);
    return 1;
  }
  const ava = ['node_modules/ava/entrypoints/cli.mjs', ...rest, ...own];
  const program = lanes[0] === 'coverage' ? [c8, ...(counted() ?? [execPath, ...ava])] : ava;
  if (runs.length > 1) console.error(`lane ${lanes}: ${own.length} files`);
  return spawnSync(execPath, program, { stdio: 'inherit' }).status ?? 1;
}

const statuses = runs.map(run);
exit(Math.max(...statuses));
