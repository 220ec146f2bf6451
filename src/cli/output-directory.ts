import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from './usage-error.js';

/** Throws a UsageError when reports could not be written to `directory`, before a run is spent on it. Makes nothing. */
export async function requireWritable(directory: string): Promise<void> {
  if (directory === '') throw cannotWrite('""', 'the name is empty');
  let existing = resolve(directory);
  for (;;) {
    try {
      if (!(await stat(existing)).isDirectory()) throw new Error(`${existing} is not a directory`);
      await access(existing, constants.W_OK);
      return;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') throw cannotWrite(directory, message);
      existing = dirname(existing);
    }
  }
}

/** Why reports cannot be written, in one line. */
export function cannotWrite(directory: string, reason: string): UsageError {
  return new UsageError(`cannot write to ${directory}: ${reason}; choose another --out`);
}
