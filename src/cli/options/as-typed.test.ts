import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import test from 'ava';
import { asTyped, programName } from './as-typed.js';

test('the name of the program is one that works where it is printed', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'signprox-typed-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const name of ['installed/node_modules/.bin', 'installed/deeper', 'bin', 'beside', 'other']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const main = join(folder, 'main.js');
  writeFileSync(main, '');
  const [bin, global] = [join(folder, 'installed/node_modules/.bin'), join(folder, 'bin')];
  for (const directory of [bin, global]) symlinkSync(main, join(directory, 'signprox'));
  writeFileSync(join(folder, 'other/signprox'), '');
  const name = (cwd: string, path: readonly string[], started = main): string =>
    programName(started, join(folder, cwd), path.join(delimiter), main);
  t.is(name('installed', []), 'npx signprox');
  t.is(name('installed/deeper', [bin]), 'npx signprox', 'npx adds that folder to the PATH, a shell has none of it');
  t.is(name('beside', [global]), 'signprox');
  t.is(name('installed', [global]), 'signprox');
  t.is(name('beside', [join(folder, 'other')]), `node ${main}`, 'another program has that name');
  t.is(name('.', []), 'node main.js');
  t.is(name('installed', [], join(folder, 'other/signprox')), 'signprox', 'called by another program');
  process.env['SIGNPROX_TYPED'] = 'python -m signprox';
  t.teardown(() => delete process.env['SIGNPROX_TYPED']);
  t.is(name('installed', [global]), 'python -m signprox');
});

test('commands are replaced in texts, and nothing else is', (t) => {
  const text = 'signprox: see signprox guard --list, or signprox replay x.json; signprox checks (signprox verify)';
  // A test is another program.
  t.is(asTyped(text), text);
});
