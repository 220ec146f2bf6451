/** Exit statuses of a process ended by a signal, as shells report them. */
const statuses = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs `action` until it ends or Ctrl-C (or SIGTERM) aborts it; a second Ctrl-C ends the process at once. */
export async function interruptible(action: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let status: number = statuses.SIGINT;
  const stop = (name: 'SIGINT' | 'SIGTERM'): void => {
    status = statuses[name];
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await action(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}signprox: interrupted; no report was written\n`);
    return status;
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
