import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';

/** What goes wrong with a replicate. It stands in this room because a queue takes modules of theorems and engines alone. */
export interface Faults {
  /** Where is written what was begun. */
  readonly folder: string;
  /** The first process at this replicate waits until there is a file `go`. */
  readonly hangs?: number;
  /** Computing this replicate always fails. */
  readonly fails?: number;
  /** Computing this replicate ends the process at once. */
  readonly kills?: number;
  /** Milliseconds that each takes. */
  readonly slow?: number;
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** A uniform number that depends on the index alone. */
export function replicate(parameters: unknown, index: number): number {
  const { folder, hangs, fails, kills, slow = 0 } = parameters as Faults;
  appendFileSync(join(folder, 'begun'), `${index}\n`);
  if (index === hangs && isFirst(join(folder, 'hanging'))) {
    while (!existsSync(join(folder, 'go'))) Atomics.wait(never, 0, 0, 20);
  }
  if (index === kills) process.kill(process.pid, 'SIGKILL');
  if (index === fails) throw new Error(`nobody can compute replicate ${index}`);
  Atomics.wait(never, 0, 0, slow);
  return keyedStream(streamKey('1', 'faulty', 1, index))();
}

function isFirst(file: string): boolean {
  try {
    writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
