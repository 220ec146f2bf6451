import { once } from 'node:events';
import { fstatSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { UsageError } from '../options/usage-error.js';

/** Milliseconds without a change after which a file counts as written: editors write more than once. */
const quiet = 150;

/** Changes of the files in some folders. */
export interface FileChanges {
  /** Waits until something has changed since the last call and files are quiet again. Returns the file that changed last. */
  settled(signal: AbortSignal): Promise<string>;
  /** Aborted by the first change since `settled` was last called. */
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/** Names that interpreters, package managers and editors write beside the source, such as hidden files and backups. */
const beside = /^(?:\..*|node_modules|__pycache__|.*~|#.*#|4913)$/;

/**
 * Watches the files in the folders and below them. Node 20's own recursive watch cannot skip `node_modules`.
 *
 * @param written absolute paths that the run itself writes; files that stdout and stderr go to are ignored too
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
