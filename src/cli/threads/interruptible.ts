import { asTyped } from '../options/as-typed.js';

/** Exit statuses of a process ended by a signal, as shells report them. */
const statuses = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Stopping = keyof typeof statuses;
const signals = Object.keys(statuses) as Stopping[];

/** Thrown by an aborted action. The message says in one line what was kept. */
export class Interrupted extends Error {}

/**
 * Runs `action` until it ends or Ctrl-C (or SIGTERM, or a closed terminal) aborts it. A second Ctrl-C calls `process.exit` at once, so
 * that exit handlers still run: they end the processes under test.
 */
export async function interruptible(action: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let status: number | undefined;
  const stop = (name: Stopping): void => {
    if (status !== undefined) process.exit(status);
    status = statuses[name];
    controller.abort();
  };
  for (const name of signals) process.on(name, stop);
  try {
    return await action(controller.signal);
  } catch (error) {
    if (status === undefined) throw error;
    const what = error instanceof Interrupted ? error.message : 'no report was written';
    process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}signprox: interrupted; ${asTyped(what)}\n`);
    return status;
  } finally {
    // After a signal the process is about to end: the handlers stay, for a second Ctrl-C.
    if (status === undefined) for (const name of signals) process.removeListener(name, stop);
  }
}
