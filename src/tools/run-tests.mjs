// Runs one lane of the built tests with AVA, `core` unless `--lane NAME` or `--all` says otherwise. What is left of the arguments is AVA's.
// The lane `coverage` reads what a run of the core has counted, where NODE_V8_COVERAGE names the folder that V8 wrote it to.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { argv, env, execPath, exit } from 'node:process';
import { laneNames, laneOf } from './lanes.mjs';

function fail(sentence) {
  console.error(sentence);
  exit(2);
}

/** The lanes that the arguments name, and the arguments that are AVA's. */
function read(args) {
  if (args.includes('--all')) return { lanes: laneNames, rest: args.filter((arg) => arg !== '--all') };
  const at = args.indexOf('--lane');
  if (at < 0) return { lanes: ['core'], rest: args };
  const name = args[at + 1];
  if (!laneNames.includes(name)) fail(`--lane must be one of ${laneNames.join(', ')}, got ${name ?? 'nothing'}`);
  return { lanes: [name], rest: args.toSpliced(at, 2) };
}

const { lanes, rest } = read(argv.slice(2));
const files = readdirSync('dist', { recursive: true }).filter((file) => file.endsWith('.test.js'));

const c8 = 'node_modules/c8/bin/c8.js';

/** The command of c8 that reads what was counted already. */
function counted() {
  const folder = env['NODE_V8_COVERAGE'];
  if (folder === undefined || !existsSync(folder) || readdirSync(folder).length === 0) return;
  return ['report', '--check-coverage', '--temp-directory', folder];
}

/** Exit code of one lane. */
function run(lane) {
  const wanted = lane === 'coverage' ? 'core' : lane;
  const own = files.filter((file) => laneOf(file.replace(/\.js$/, '')) === wanted).map((file) => `dist/${file}`);
  if (own.length === 0) {
    // Without a file AVA would run all of them.
    console.error(`lane ${lane} has no test: npm run build makes them`);
    return 1;
  }
  const ava = ['node_modules/ava/entrypoints/cli.mjs', ...rest, ...own];
  const program = lane === 'coverage' ? [c8, ...(counted() ?? [execPath, ...ava])] : ava;
  if (lanes.length > 1) console.error(`lane ${lane}: ${own.length} files`);
  return spawnSync(execPath, program, { stdio: 'inherit' }).status ?? 1;
}

const statuses = lanes.map(run);
exit(Math.max(...statuses));
