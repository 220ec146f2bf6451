import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function carries(pid: string, mark: string): boolean {
  try {
    return ['environ', 'cmdline'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1').includes(mark));
  } catch {
    return false;
  }
}

/** Processes whose environment or command line carries the mark; given a moment, since an end is not seen at once. */
export async function leftBehind(mark: string): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && carries(name, mark));
    if (found.length === 0 || attempt === 20) return found;
    await sleep(50);
  }
}

/** What the tests of a file start is no part of the coverage of the suite: writing it takes longer than most of these processes live. */
export function startWithoutCoverage(): void {
  // The environment is that of the worker of this file alone.
  delete process.env['NODE_V8_COVERAGE'];
}
