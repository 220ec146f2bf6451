import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { env, execPath, kill } from 'node:process';
import { fileURLToPath } from 'node:url';

/** A run of tests is taken for one that would never end after so many milliseconds, or so many times what it usually takes. */
const testLimit = 180_000;
const patience = 10;
const longest = 3_600_000;
/** And a run of claims after so many. */
const claimLimit = 600_000;

/** What a copy goes without: the packages are linked, and nothing reads the rest. */
const leftOut = ['node_modules', 'src/tools/site/node_modules', '.git', 'reports'];

/**
 * Where the ranges of a script that some process ran begin and end, in turns. Of V8's ranges those of functions and blocks lie in that of
 * what is around them.
 * @public a test asks for it
 */
export function rangesRun(scripts) {
  const size = Math.max(
    ...scripts.flatMap(({ functions }) => functions.flatMap((f) => f.ranges.map((r) => r.endOffset))),
  );
  const ran = new Uint8Array(size);
  for (const { functions } of scripts) {
    const own = new Uint8Array(size);
    const ranges = functions.flatMap((f) => f.ranges);
    ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
    for (const { startOffset, endOffset, count } of ranges) own.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    for (let i = 0; i < size; i++) ran[i] |= own[i];
  }
  const edges = [];
  for (let i = 0; i <= size; i++) if ((ran[i] ?? 0) !== (ran[i - 1] ?? 0)) edges.push(i);
  return edges;
}

/** The scripts in a file of V8's coverage: none in that of a process that was killed while it wrote. */
function scriptsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).result;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** A copy of the built clone, in which one file at a time is replaced and tests or claims are run. */
export class Copy {
  /** @readonly */
  path;
  #limit;
  #running;
  /** A file and no pipe: what a process that outlives the tests holds open would never end. */
  #output;

  /**
   * @param {string} root the clone
   * @param {number} limit milliseconds after which tests are taken for hung
   */
  constructor(root, limit = testLimit) {
    this.#limit = limit;
    this.path = mkdtempSync(join(tmpdir(), 'signprox-mutants-'));
    this.#output = join(this.path, 'mutants.tap');
    cpSync(root, this.path, { recursive: true, filter: (from) => !leftOut.includes(relative(root, from)) });
    symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'));
  }

  /** Ends what runs in the copy and removes it. */
  remove() {
    this.#kill();
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * Does something while a file of dist has another text.
   * @template T
   * @param {string} file its path from dist
   * @param {string} text
   * @param {() => Promise<T>} run
   * @returns {Promise<T>}
   */
  async with(file, text, run) {
    const path = join(this.path, 'dist', file);
    const original = readFileSync(path);
    writeFileSync(path, text);
    try {
      return await run();
    } finally {
      writeFileSync(path, original);
    }
  }

  /**
   * How test files end, `hung` for a run that had to be killed, and the first test that failed.
   * @param {readonly string[]} tests their paths from dist
   * @param {number} usual milliseconds that they take on the unchanged code
   * @returns {Promise<{ end: 'passed' | 'failed' | 'hung', failed?: string }>}
   */
  async test(tests, usual = 0) {
    const files = tests.map((name) => `dist/${name}`);
    const ava = ['node_modules/ava/entrypoints/cli.mjs', '--fail-fast', '--tap', '--concurrency', '1'];
    const limit = Math.min(Math.max(this.#limit, patience * usual), longest);
    const end = await this.#run(limit, [...ava, ...files]);
    return { end, failed: /^not ok \d+ - (.*)$/m.exec(readFileSync(this.#output, 'utf8'))?.[1] };
  }

  /** How claims end, all of them where none is named, judged on the reference with the code of the copy. */
  claims(ids) {
    const some = ids === undefined ? [] : ['--claims', ids.join()];
    const words = ['dist/src/cli/main.js', 'verify', '--depth', 'quick', '--out', 'reports/mutants', ...some];
    return this.#run(claimLimit, words);
  }

  /**
   * What a test file does on the unchanged code: how long it takes, whether it passes, and which ranges of which files it runs, in every
   * process that it starts: for each file the ends of the ranges, the first of which is where the first begins.
   * @param {string} test its path from dist
   */
  async reach(test) {
    const directory = join(this.path, 'coverage');
    mkdirSync(directory, { recursive: true });
    const start = Date.now();
    const ava = ['node_modules/ava/entrypoints/cli.mjs', '--tap', `dist/${test}`];
    const end = await this.#run(longest, ava, { NODE_V8_COVERAGE: directory });
    const milliseconds = Date.now() - start;
    const byFile = new Map();
    for (const name of readdirSync(directory).filter((file) => file.endsWith('.json'))) {
      const scripts = scriptsIn(join(directory, name));
      for (const script of scripts.filter(({ url, functions }) => url.startsWith('file:') && functions.length > 0)) {
        const file = relative(join(this.path, 'dist'), fileURLToPath(script.url.replace(/[?#].*$/, '')));
        if (file.startsWith('..') || file.endsWith('.test.js')) continue;
        byFile.set(file, [...(byFile.get(file) ?? []), script]);
      }
    }
    rmSync(directory, { recursive: true });
    const ran = Object.fromEntries([...byFile].map(([file, scripts]) => [file, rangesRun(scripts)]));
    return { test, milliseconds, passed: end === 'passed', ran };
  }

  #run(limit, args, more = {}) {
    return new Promise((resolve, reject) => {
      // In a group of its own, so that what the tests start ends with them.
      const output = openSync(this.#output, 'w');
      const child = spawn(execPath, args, {
        cwd: this.path,
        env: { ...env, ...more },
        stdio: ['ignore', output, 'ignore'],
        detached: true,
      });
      closeSync(output);
      this.#running = child;
      let hung = false;
      const timer = setTimeout(() => {
        hung = true;
        this.#kill();
      }, limit);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        this.#kill();
        this.#running = undefined;
        resolve(hung ? 'hung' : code === 0 ? 'passed' : 'failed');
      });
    });
  }

  #kill() {
    if (this.#running?.pid === undefined) return;
    try {
      kill(-this.#running.pid, 'SIGKILL');
    } catch {
      // The whole group has ended.
    }
  }
}

/** Which modules of dist import which, by the paths in their texts: what is loaded later or started as a process is in it too. */
export class Graph {
  #texts = new Map();
  #imports = new Map();
  #importers = new Map();
  #sizes = new Map();

  /** @param {string} dist */
  constructor(dist) {
    for (const file of readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.js')))
      this.#texts.set(file, readFileSync(join(dist, file), 'utf8'));
    for (const [file, text] of this.#texts) {
      const targets = [...text.matchAll(/['"](\.[^'"]*\.js)['"]/g)].map(([, to]) => join(dirname(file), to));
      this.#imports.set(file, [...new Set(targets.filter((target) => this.#texts.has(target)))]);
    }
    for (const [file, targets] of this.#imports)
      for (const target of targets) this.#importers.set(target, [...(this.#importers.get(target) ?? []), file]);
  }

  /** The text of a module, undefined for what is not there. */
  text(file) {
    return this.#texts.get(file);
  }

  /** Every module that is no test, helper of tests or script of the clone, and no planted error: with another error in it, it is still wrong. */
  get modules() {
    return [...this.#texts.keys()].filter((file) => !/\.test\.|^src\/tools\/|\/mutants\//.test(file));
  }

  /** Modules from which a module is reached, with the number of imports between them; itself is at 0. */
  distancesTo(file) {
    return this.#from(file, this.#importers);
  }

  /** The same as long as a module and everything that it imports is. */
  fingerprint(file) {
    const hash = createHash('sha256');
    for (const name of [...this.#from(file, this.#imports).keys()].sort()) hash.update(`${name} ${this.text(name)}`);
    return hash.digest('hex');
  }

  /** How many modules one loads: what its tests cost at least. */
  size(file) {
    if (!this.#sizes.has(file)) this.#sizes.set(file, this.#from(file, this.#imports).size);
    return this.#sizes.get(file);
  }

  #from(file, edges) {
    const distances = new Map([[file, 0]]);
    for (const [name, distance] of distances)
      for (const next of edges.get(name) ?? []) if (!distances.has(next)) distances.set(next, distance + 1);
    return distances;
  }
}
