import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A checkout with the project's settings, one source file that is right, and what the README has its reader make. */
function checkout(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'signprox-lint-'));
  t.teardown(() => rmSync(path, { recursive: true }));
  for (const file of ['biome.json', 'package.json', 'tsconfig.json', '.gitignore']) {
    copyFileSync(join(root, file), join(path, file));
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  mkdirSync(join(path, 'src/cli'), { recursive: true });
  writeFileSync(join(path, 'src/cli/main.ts'), 'console.log(1);\n');
  cpSync(join(root, 'python/src/signprox/adapter'), join(path, 'mine'), { recursive: true });
  for (const file of ['mine.js', 'mine/unused.ts', 'mine/outputs.json', 'problem.json']) {
    writeFileSync(join(path, file), 'var  untidy = { ');
  }
  return path;
}

/** How a tool of `npm run lint` ends. */
const lint = (cwd: string, tool: string, ...args: readonly string[]): number | null =>
  spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd }).status;
const biome = (cwd: string) => lint(cwd, '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.');
const knip = (cwd: string) => lint(cwd, 'knip/bin/knip.js', '--include', 'files', '--no-config-hints');

test('lint reads the files of the project and none that a user makes beside them', (t) => {
  const cwd = checkout(t);
  t.deepEqual([biome(cwd), knip(cwd)], [0, 0]);
  writeFileSync(join(cwd, 'src/unused.ts'), 'var  untidy = 1;');
  t.deepEqual([biome(cwd), knip(cwd)], [1, 1]);
});
