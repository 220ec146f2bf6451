import { readdirSync, readFileSync } from 'node:fs';

/** Environment variable by which processes that left the group of their adapter are still known as its descendants. */
export const markName = 'SIGNPROX_ADAPTER';

/** Groups that are alive: ended when this process exits, however it exits, so that none is orphaned. */
const alive = new Map<number, string>();

function endAll(): void {
  for (const [leader, mark] of alive) endGroup(leader, mark);
}

/** Registers the process group of `leader`, whose environment carries `mark`, to be ended with this process at the latest. */
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
 * Kills what is left of the group, and every process that carries its mark although it moved to a group of its own. Returns the
 * number of processes that were still there.
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
    // It has ended by itself, or with its group.
  }
}

/** Processes whose environment carries the mark; none where there is no /proc. */
function marked(mark: string): number[] {
  const entry = `${markName}=${mark}`;
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.filter((pid) => environmentOf(pid).includes(entry)).map(Number);
}

/** The environment of a process; empty when it has ended or belongs to somebody else. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}
