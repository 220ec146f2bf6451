// Runs one lane of the built tests with AVA, `core` unless `--lane NAME` or `--all` says otherwise; `--lane one,other` runs these together. Folders
// and files, such as src/exact, take only the tests below them. What is left of the arguments is AVA's. The lane `coverage` reads what earlier runs have counted, where NODE_V8_COVERAGE names the folder that V8 wrote to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { argv, env, execPath } from 'node:process';
import { entriesOf, withEntries } from './entries.mjs';
import { countedLanes, laneNames, laneOf } from './lanes.mjs';

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
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

/** A pattern for titles is also one for those behind the path of the file. */
function withPaths(args) {
  return args.flatMap((arg, k) => {
    const given = /^(?:--match|-m)=(.*)$/s.exec(arg)?.[1];
    if (given !== undefined) return [arg, `--match=* › ${given}`];
    return ['--match', '-m'].includes(args[k - 1]) ? [arg, `--match=* › ${arg}`] : [arg];
  });
}

const { runs, rest: given } = read(argv.slice(2));
const isPath = (arg) => /^(?:dist\/)?(?:src|properties|theorems)(?:\/|$)/.test(arg);
const paths = given.filter(isPath).map((arg) => arg.replace(/^dist\//, '').replace(/(?:\/|\.[jt]s)$/, ''));
const rest = given.filter((arg) => !isPath(arg));
const isWanted = (name) => paths.length === 0 || paths.some((path) => name === path || name.startsWith(`${path}/`));
const files = existsSync('dist') ? readdirSync('dist', { recursive: true }) : [];
const names = files.filter((file) => /^[^.].*\.test\.js$/.test(file)).map((file) => file.replace(/\.js$/, ''));

const c8 = 'node_modules/c8/bin/c8.js';
let interrupted = false;

/** The command of c8 that reads what was counted already. */
function counted() {
  const folder = env['NODE_V8_COVERAGE'];
  if (folder === undefined || !existsSync(folder) || readdirSync(folder).length === 0) return;
  return ['report', '--check-coverage', '--temp-directory', folder];
}

/** Exit code of a program that ends when this one is told to end. */
async function codeOf(...args) {
  // A run that a test starts has a log of its own.
  const child = spawn(execPath, args, { stdio: 'inherit', env: { ...env, TESTS_LOG: undefined } });
  const interrupt = () => {
    interrupted = true;
    child.kill('SIGINT');
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
  const [code] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);
  return code ?? 1;
}

/** Test files that had not ended, by what the entries have written down. */
function notRun(entries, log) {
  const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  const told = lines.map((line) => JSON.parse(line));
  const left = entries.flatMap(({ names }, k) => {
    const begun = told.filter(({ entry }) => entry === k).map(({ name }) => name);
    const ended = begun.length > 1 && begun.at(-1) === undefined ? begun : begun.slice(0, -1);
    return names.filter((name) => !ended.includes(name));
  });
  return [...new Set(left)];
}

/** Exit code of the lanes that run together. */
async function run(lanes) {
  if (interrupted) return 130;
  const already = lanes[0] === 'coverage' ? counted() : undefined;
  if (already !== undefined) return codeOf(c8, ...already);
  const wanted = lanes[0] === 'coverage' ? countedLanes : lanes;
  const own = names.filter((name) => wanted.includes(laneOf(name)) && isWanted(name));
  if (own.length === 0) {
    // Without a file AVA would run all of them.
    console.error(
      `lane ${lanes} has no test${paths.length > 0 ? ` in ${paths.join(', ')}` : ': npm run build makes them'}`,
    );
    return 1;
  }
  if (runs.length > 1) console.error(`lane ${lanes}: ${own.length} files`);
  const folder = mkdtempSync(join(tmpdir(), 'signprox-tests-'));
  const log = env['TESTS_LOG'] ?? join(folder, 'log');
  writeFileSync(log, '');
  try {
    const entries = entriesOf(own);
    const code = await withEntries(entries, log, (paths) => {
      const ava = ['node_modules/ava/entrypoints/cli.mjs', ...withPaths(rest), ...paths];
      return lanes[0] === 'coverage' ? codeOf(c8, execPath, ...ava) : codeOf(...ava);
    });
    if (!interrupted) return code;
    for (const name of notRun(entries, log)) console.error(`not run, or not to its end: ${name}`);
    return 130;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let code = 0;
for (const lanes of runs) code = Math.max(code, await run(lanes));
process.exit(code);
