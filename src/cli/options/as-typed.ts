import { realpathSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shellQuote } from './usage-error.js';

/** The file that a path leads to; undefined if there is none. */
function fileAt(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A folder and those above it. */
const upwards = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...upwards(dirname(folder))];

/** The directories in which npm links programs: it adds them to the PATH of what it runs, and a user's shell has none of them. */
const isOfNpm = (directory: string): boolean => /[\\/]node_modules[\\/]\.bin[\\/]?$/.test(directory);

/**
 * What a user types to start this program from `cwd`: `signprox` if it is on the PATH of a shell, `npx signprox` if it is installed there or in a
 * folder above, or else `node` and its file. `started` is the file that Node was called with: if it is another program, the name is `signprox`.
 */
export function programName(
  started = process.argv[1],
  cwd = process.cwd(),
  path = process.env['PATH'] ?? '',
  main = fileURLToPath(new URL('../main.js', import.meta.url)),
): string {
  const own = fileAt(main);
  const isOwn = (file: string): boolean => own !== undefined && fileAt(file) === own;
  // The Python package starts this program, and says how it was itself.
  const { SIGNPROX_TYPED: typed } = process.env;
  if (typed !== undefined && started !== undefined && isOwn(started)) return typed;
  if (started === undefined || !isOwn(started)) return 'signprox';
  const directories = path.split(delimiter).filter((directory) => !isOfNpm(directory));
  if (directories.some((directory) => isOwn(join(directory, 'signprox')))) return 'signprox';
  if (upwards(cwd).some((folder) => isOwn(join(folder, 'node_modules/.bin/signprox')))) return 'npx signprox';
  const near = relative(cwd, own!);
  return `node ${shellQuote(near.startsWith('..') ? own! : near)}`;
}

/** A command line of this program in a text. */
const commandLine =
  /(?<=^|[\s(])signprox (?=(?:verify|guard|init|list|vectors|replay|report|worker|audit|bounds|prove|worst|explain|functions|figure|mcp)\b)/gm;

/** A text for a terminal in which every command of this program can be typed as it stands. Files of reports say `signprox`, wherever they are written. */
export const asTyped = (text: string): string => text.replaceAll(commandLine, () => `${programName()} `);
