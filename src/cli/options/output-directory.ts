import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './usage-error.js';

/** Throws a UsageError if files cannot be written to the `directory` of `option`, before a run is wasted. Leaves nothing behind. */
export async function requireWritable(directory: string, option = '--out'): Promise<void> {
  if (directory === '') throw cannotWrite('""', 'the name is empty', option);
  const existing = await deepestExisting(directory, option);
  try {
    // Permissions do not suffice: root may write to /proc, where nothing can be created and Node's recursive mkdir hangs.
    await rmdir(await mkdtemp(join(existing, '.signprox-')));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw cannotWrite(directory, code === 'ENOENT' ? `nothing can be created in ${existing}` : message, option);
  }
}

/** The directory itself, or the nearest existing one above it. */
async function deepestExisting(directory: string, option: string): Promise<string> {
  let existing = resolve(directory);
  for (;;) {
    try {
      if ((await stat(existing)).isDirectory()) return existing;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') throw cannotWrite(directory, message, option);
      existing = dirname(existing);
      continue;
    }
    throw cannotWrite(directory, `${existing} is not a directory`, option);
  }
}

/** Why reports cannot be written, in one line. */
export function cannotWrite(directory: string, reason: string, option = '--out'): UsageError {
  return new UsageError(`cannot write to ${directory}: ${reason}; choose another ${option}`);
}
