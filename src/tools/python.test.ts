import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { passesPytest, pythonPackage, pythonWith, testWith } from '../guard/programs.test.helper.js';

/** The tests of the Python package, by what each file needs besides the standard library. */
const needs: Readonly<Record<string, readonly string[]>> = { 'test_torch.py': ['pytest', 'torch'] };

for (const file of readdirSync(join(pythonPackage, 'tests')).filter((name) => name.startsWith('test_'))) {
  const modules = needs[file] ?? ['pytest'];
  const program = pythonWith(...modules);
  testWith(
    program,
    '-c',
    `import ${modules.join(', ')}`,
  )(`the Python package: ${file}`, (t) => {
    passesPytest(t, program, file);
  });
}
