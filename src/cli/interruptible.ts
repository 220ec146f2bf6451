/** Exit status of a process ended by SIGINT, as shells report it. */
const interrupted = 130;

/** Runs `action` until it ends or Ctrl-C aborts it; a second Ctrl-C ends the process at once. */
export async function interruptible(action: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const stop = (): void => {
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
    process.stderr.write('\nsignprox: interrupted; no report was written\n');
    return interrupted;
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
