import { readdirSync, readFileSync } from 'node:fs';
import { cpuUsage, pid } from 'node:process';

/** [parent, hundredths of a second of its own and of the processes that it has waited for]. Undefined for a process that has ended. */
function processOf(id) {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
    return [Number(fields[1]), fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)];
  } catch {
    return undefined;
  }
}

/** Seconds of processor time of this process and of all that it has started; without Linux, its own. */
export function processorSeconds() {
  const own = processOf(pid);
  if (own === undefined) {
    const { user, system } = cpuUsage();
    return (user + system) / 1e6;
  }
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const others = new Map(ids.flatMap((id) => [[Number(id), processOf(id)]]).filter(([, one]) => one !== undefined));
  const isOwn = (id) => id === pid || (others.has(id) && isOwn(others.get(id)[0]));
  let ticks = own[1];
  for (const [id, [, spent]] of others) if (id !== pid && isOwn(id)) ticks += spent;
  return ticks / 100;
}
