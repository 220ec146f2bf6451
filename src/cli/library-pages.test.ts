import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { pythonWith, testWith } from '../guard/programs.test.helper.js';
import { follow, lineRunner } from './pages.test.helper.js';

const libraries = ['torch', 'numpy', 'pywt', 'skimage'];
const python = pythonWith(...libraries);

// The pages say python3, and mean the one that has the libraries.
if (python !== 'python3') {
  const folder = mkdtempSync(join(tmpdir(), 'signprox-python-'));
  symlinkSync(python, join(folder, 'python3'));
  process.env['PATH'] = `${folder}:${process.env['PATH']}`;
  test.after.always(() => rmSync(folder, { recursive: true }));
}

const run = lineRunner();
const testLibraries = testWith(python, '-c', `import ${libraries.join(', ')}`);

testLibraries('docs/guard-without-an-adapter.md does what it says', async (t) => {
  const all = await follow(t, run, 'docs/guard-without-an-adapter.md');
  t.is(all.match(/^✓ prox of \S+ is right /gm)?.length, 7);
  t.regex(all, /^✓ nothing wrong in 3 implementations\n\n +sign-sgd +✓ .*\n +shrink +✓ .*\n +web +✓ /m);
  t.regex(all, /^✓ prox-nonnegative is right +f64\n\n +answered +1 of \d+ vectors/m);
});

testLibraries('docs/findings-in-libraries.md does what it says', async (t) => {
  const all = await follow(t, run, 'docs/findings-in-libraries.md');
  t.regex(all, /^✗ prox of l1 answers what is not finite \(only at weight 0\)/m);
  t.regex(all, /^✗ prox of total-variation-2d is wrong/m);
  t.regex(all, /^✗ step of adadelta is wrong$/m);
  t.regex(all, /^! .* is right, but not all that is declared was asked/m);
});
