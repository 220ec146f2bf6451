import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';

/**
 * A folder of its own for files of Coq, because the tactics for real numbers keep their caches (.nra.cache, .lia.cache) where Coq runs. It is
 * removed after the test.
 */
export function coqFolder(t: Pick<ExecutionContext, 'teardown'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'signprox-coq-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Has a text checked as a file of a folder. */
export function coqc(folder: string, name: string, text: string) {
  writeFileSync(join(folder, `${name}.v`), text);
  return spawnSync('coqc', ['-q', `${name}.v`], { cwd: folder, encoding: 'utf8' });
}

/** The names of the axioms that `Print Assumptions` lists, in order. */
export const axiomsIn = (stdout: string): string[] =>
  [...stdout.slice(stdout.indexOf('Axioms:')).matchAll(/^([\w.]+) :/gm)].map(([, name]) => name!).sort();
