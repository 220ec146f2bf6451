import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith, testWith } from '../guard/programs.test.helper.js';

const python = fileURLToPath(new URL('../../../python/', import.meta.url));

/** The tests of the Python package, by what each file needs besides the standard library. */
const needs: Readonly<Record<string, readonly string[]>> = { 'test_torch.py': ['pytest', 'torch'] };

for (const file of readdirSync(join(python, 'tests')).filter((name) => name.startsWith('test_'))) {
  const modules = needs[file] ?? ['pytest'];
  const program = pythonWith(...modules);
  testWith(
    program,
    '-c',
    `import ${modules.join(', ')}`,
  )(`the Python package: ${file}`, (t) => {
    const words = ['-m', 'pytest', '-q', '-rs', '--color=no', join('tests', file)];
    const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', cwd: python });
    t.is(status, 0, `${stdout}${stderr}`);
    // A test that is skipped asks nothing.
    t.regex(stdout, /^\d+ passed in /m);
  });
}
