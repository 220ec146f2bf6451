import { once } from 'node:events';
import { fstatSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { UsageError } from '../options/usage-error.js';

/** Milliseconds without a change after which a file counts as written: editors write more than once. */
const quiet = 150;

/** What becomes of the files in some folders. */
export interface FileChanges {
  /** The file that was changed last, once something has changed since the last call and nothing does any more. */
  settled(signal: AbortSignal): Promise<string>;
  /** Aborted by the first change since `settled` was last called. */
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/** Names of what interpreters, package managers and editors write beside the source: hidden files and copies among them. */
const beside = /^(?:\..*|node_modules|__pycache__|.*~|#.*#|4913)$/;

/**
 * Watches the files in the folders and below them. The own recursive watch of Node 20 follows every file of `node_modules` and cannot be
 * told not to.
 *
 * @param written absolute paths of what a run writes itself, beside the files that stdout and stderr are redirected to
 */
export async function watchFiles(folders: readonly string[], written: readonly string[]): Promise<FileChanges> {
  const printed = [1, 2].map((stream) => fstatSync(stream)).filter((stats) => stats.isFile());
  const ignored = (path: string, stats?: Stats): boolean =>
    !folders.includes(path) &&
    (beside.test(basename(path)) ||
      written.includes(path) ||
      printed.some(({ dev, ino }) => stats?.dev === dev && stats.ino === ino));
  const watcher = watch([...folders], { ignored, ignoreInitial: true, ignorePermissionErrors: true });
  let [count, path, trouble] = [0, '', undefined as Error | undefined];
  let controller = new AbortController();
  watcher.on('all', (_event, changed) => {
    [count, path] = [count + 1, changed];
    controller.abort();
  });
  watcher.on('error', (error) => {
    trouble = error as Error;
  });
  const possible = (): void => {
    if (trouble === undefined) return;
    throw new UsageError(`cannot watch ${folders.join(', ')}: ${trouble.message}; judge without --watch`);
  };
  await once(watcher, 'ready').catch(() => undefined);
  try {
    possible();
  } catch (error) {
    await watcher.close();
    throw error;
  }
  return {
    get signal() {
      return controller.signal;
    },
    async settled(signal) {
      possible();
      if (!controller.signal.aborted) await once(controller.signal, 'abort', { signal });
      for (let seen = -1; seen !== count; ) {
        seen = count;
        await sleep(quiet, undefined, { signal });
      }
      possible();
      controller = new AbortController();
      return path;
    },
    close: () => watcher.close(),
  };
}
