// What an entry of a run of the tests does, in a worker of AVA: imports test files one after the other, and declares their tests in that order.
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { processorSeconds } from './processor.mjs';

const require = createRequire(import.meta.url);
// What `import test from 'ava'` gives in a worker. AVA takes it from there when it is imported first.
const { flags, refs } = require(join(require.resolve('ava'), '../../lib/worker/state.cjs'));

/**
 * AVA's `test` with all its modifiers, which tells what is declared and declares nothing.
 * @param {(path: readonly string[], args: unknown[]) => void} tell
 */
function recorderOf(chain, tell, path = []) {
  const record = (...args) => tell(path, args);
  for (const [name, value] of Object.entries(chain))
    record[name] = ['macro', 'meta'].includes(name) ? value : recorderOf(value, tell, [...path, name]);
  return record;
}

const isHook = (path) => path.some((name) => /^(?:before|after)/.test(name));
/** What is done at the end may wait for the end of all. */
const isLast = (path) => path.join('.') === 'after.always';

/**
 * Declares the tests of files, each with the path of its file before the title. Files that share a process are run one after the other, each
 * test alone: what one leaves behind is the same in every run.
 * @param {import('./entries.mjs').Entry & { readonly entry: number, readonly log: string }} entry
 */
export async function runFiles({ names, alone, part, of, entry, log }) {
  const chain = refs.runnerChain;
  flags.loadedMain = true;
  let declared = [];
  refs.runnerChain = recorderOf(chain, (path, args) => {
    if (isHook(path) && !alone && !isLast(path))
      throw new Error('a hook is for every test of a process: call a function, or name the file .process.test.ts');
    declared.push({ path, args });
  });
  const tell = (name) => appendFileSync(log, `${JSON.stringify({ entry, name, seconds: processorSeconds() })}\n`);
  tell();
  // A file that cannot be loaded, or has no test, is a test that fails, and the others are run.
  const wrong = (title, error) => [{ path: [], args: [title, () => Promise.reject(error)] }];
  const tests = [];
  for (const name of names) {
    declared = [];
    try {
      await import(pathToFileURL(resolve('dist', `${name}.js`)));
      if (declared.length === 0) declared = wrong('has a test', new Error('the file declares no test'));
    } catch (error) {
      declared = wrong('is loaded', error);
    }
    const prefix = name.replace(/\.test$/, '').replaceAll('/', ' › ');
    const own = declared.filter(({ path }, k) => isHook(path) || k % of === part);
    tests.push(...own.map((test) => ({ ...test, name, prefix })));
  }
  refs.runnerChain = chain;
  let current;
  // All at once: AVA begins with the next tick.
  for (const { path, args, name, prefix } of tests) {
    const inTurn = alone || isHook(path) || path[0] === 'serial' ? path : ['serial', ...path];
    const declare = inTurn.reduce((step, key) => step[key], chain);
    if (isHook(path)) {
      declare(...args);
      continue;
    }
    const [title, run, ...rest] = args;
    declare(`${prefix} › ${title}`, (t) => {
      if (name !== current) tell(name);
      current = name;
      return run(t, ...rest);
    });
  }
  const { registerCompletionHandler } = await import('ava');
  registerCompletionHandler(() => tell());
}
