import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { installed, root } from '../pages.test.helper.js';

/** A file of docs/scale. */
export const scalePath = (name: string): string => join(root, 'docs/scale', name);
export const scaleText = (name: string): string => readFileSync(scalePath(name), 'utf8');

/** A directory in which this program is installed, with a grid of rows that are decided at once. */
export function withGrid(t: ExecutionContext): string {
  const cwd = installed(t);
  for (const name of ['cosine-linear.json', 'cosine-linear.start.json']) {
    copyFileSync(join(root, 'fixtures/problems', name), join(cwd, name));
  }
  const grid = {
    problems: [{ problem: 'cosine-linear.json', start: 'cosine-linear.start.json' }],
    theorems: ['1', '2', 'theorem-2-sharp'],
    iterations: [1, 4, 16],
  };
  writeFileSync(join(cwd, 'grid.json'), JSON.stringify(grid));
  return cwd;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs words as a scheduler does, with its variables set and nothing else of it. */
export function runWith(
  cwd: string,
  [program, ...words]: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Ran {
  return spawnSync(program!, words, { cwd, env: environmentIn(cwd, variables), encoding: 'utf8' });
}

/** What runs as a user runs it is no part of the coverage of the suite. */
export function environmentIn(cwd: string, variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const path = [join(cwd, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  return { ...process.env, NODE_V8_COVERAGE: '', PATH: path, ...variables };
}

/** The rows of a sweep, as they are on file. */
export const rowsIn = (cwd: string, directory: string): string =>
  readFileSync(join(cwd, directory, 'rows.ndjson'), 'utf8');
