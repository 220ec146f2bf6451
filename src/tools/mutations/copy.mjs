import { spawn } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execPath, kill } from 'node:process';
import { transformSync } from 'esbuild';

/** After so many milliseconds a run of tests is taken for one that would never end, and of all claims. */
const testLimit = 180_000;
const claimLimit = 900_000;
/** Where tests take long on the unchanged code, or the machine is busy, it is after this many times as long. */
const patience = 20;

/** What a copy goes without: the packages are linked, and nothing reads the rest. */
const leftOut = ['node_modules', 'src/tools/api/node_modules', '.git', 'reports/coverage', 'reports/mutants.jsonl'];

/** A copy of the built clone, in which one file at a time is replaced and the tests are run. */
export class Copy {
  /** One source file as JavaScript, types taken away and nothing checked. Throws when it is no TypeScript. */
  static compiled(text) {
    const options = {
      target: 'es2023',
      format: 'esm',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    };
    return transformSync(text, { loader: 'ts', logLevel: 'silent', ...options }).code;
  }

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
   * Does something while a source file has another text.
   * @template T
   * @param {string} file
   * @param {string} text
   * @param {() => Promise<T>} run
   * @returns {Promise<T>}
   */
  async with(file, text, run) {
    const path = join(this.path, 'dist', file.replace(/\.ts$/, '.js'));
    const original = readFileSync(path);
    writeFileSync(path, Copy.compiled(text));
    try {
      return await run();
    } finally {
      writeFileSync(path, original);
    }
  }

  /**
   * How test files end, `hung` for one that had to be killed, and the first test that failed.
   * @param {readonly string[]} names their paths without the ending
   * @param {number} usual milliseconds that they take on the unchanged code
   * @returns {Promise<{ end: 'passed' | 'failed' | 'hung', failed?: string }>}
   */
  async test(names, usual = 0) {
    const files = names.map((name) => `dist/${name}.js`);
    const limit = Math.max(this.#limit, patience * usual);
    const end = await this.#run(limit, 'node_modules/ava/entrypoints/cli.mjs', '--fail-fast', '--tap', ...files);
    return { end, failed: /^not ok \d+ - (.*)$/m.exec(readFileSync(this.#output, 'utf8'))?.[1] };
  }

  /** How the claims end, judged on the reference with the code of the copy. */
  claims() {
    return this.#run(claimLimit, 'dist/src/cli/main.js', 'verify', '--depth', 'quick', '--out', 'reports/mutants');
  }

  #run(limit, ...args) {
    return new Promise((resolve, reject) => {
      // In a group of its own, so that what the tests start ends with them.
      const output = openSync(this.#output, 'w');
      const child = spawn(execPath, args, { cwd: this.path, stdio: ['ignore', output, 'ignore'], detached: true });
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
