import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

// Processes that this one starts, each in a group of its own: how they end with everything that they have started.

/** Live groups by leader, each with its mark. They are ended when this process exits, in whatever way, so that none is orphaned. */
const alive = new Map<number, string>();

function endAll(): void {
  for (const [leader, mark] of alive) endGroup(leader, mark);
}

/** Registers the process group of `leader`, whose environment has the entry `mark`, so that it ends with this process at the latest. */
export function registerGroup(leader: number, mark: string): void {
  if (alive.size === 0) process.once('exit', endAll);
  alive.set(leader, mark);
}

/** Sends a signal to every process of the group; false when none is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Kills what is left of the group, and every process with its mark that moved to another group. Returns the number of processes that were
 * still there.
 */
export function endGroup(leader: number, mark: string): number {
  const members = marked(mark).filter((pid) => pid !== leader);
  const others = signalGroup(leader, 'SIGKILL') && members.length === 0 ? 1 : members.length;
  for (const pid of members) kill(pid);
  alive.delete(leader);
  if (alive.size === 0) process.removeListener('exit', endAll);
  return others;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has exited by itself, or with its group.
  }
}

/** Processes whose environment has the mark; none on systems without /proc. */
function marked(mark: string): number[] {
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.filter((pid) => environmentOf(pid).includes(mark)).map(Number);
}

/** The environment of a process; empty if it has exited or belongs to another user. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

/** Largest delay in milliseconds between an exit and the end of a pipe, which Node reports separately. */
export const settling = 250;

/** Asks the whole group to end by SIGTERM, and makes it by SIGKILL after `patience` milliseconds. */
export async function stopGroup(leader: number, exited: Promise<void>, patience = 500): Promise<void> {
  signalGroup(leader, 'SIGTERM');
  const escalate = setTimeout(() => signalGroup(leader, 'SIGKILL'), patience);
  await within(exited, 4 * patience);
  clearTimeout(escalate);
}

/** Waits for `event`, but no longer than the given milliseconds. */
export async function within(event: Promise<void>, milliseconds: number): Promise<void> {
  const controller = new AbortController();
  await Promise.race([event, sleep(milliseconds, undefined, { signal: controller.signal }).catch(() => {})]);
  controller.abort();
  // This process may have been busy: an event that came in time is seen before the time limit counts.
  await turn();
}

/** Keeps the last bytes of a stream in a buffer of fixed size. */
export class Tail {
  private kept = Buffer.alloc(0);

  constructor(private readonly limit: number) {}

  push(chunk: Buffer): void {
    const joined = Buffer.concat([this.kept, chunk.subarray(Math.max(0, chunk.length - this.limit))]);
    this.kept = Buffer.from(joined.subarray(Math.max(0, joined.length - this.limit)));
  }

  /** As text; a character that was cut in two is shown as U+FFFD. */
  toString(): string {
    return this.kept.toString('utf8');
  }
}
