import { readdirSync } from 'node:fs';
import test from 'ava';

const bench = new URL('../../../bench/', import.meta.url);

test('what the benchmarks import from the build is there', async (t) => {
  // The last one runs what is asked for as soon as it is loaded.
  const modules = readdirSync(bench).filter((name) => name.endsWith('.mjs') && name !== 'run.mjs');
  t.true(modules.includes('verify.mjs'));
  for (const name of modules) await t.notThrowsAsync(import(new URL(name, bench).href), name);
});
