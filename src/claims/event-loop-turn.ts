import { setImmediate } from 'node:timers/promises';

/** Milliseconds of computing after which signals, timers and progress get a turn. */
const period = 50;

/**
 * Gives the event loop a turn when the last one is long enough ago. Promises that are already settled never let it run, so a loop over
 * an implementation that answers at once would not notice Ctrl-C before its end.
 */
export function eventLoopTurns(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < period) return;
    await setImmediate();
    last = performance.now();
  };
}
