import cliProgress from 'cli-progress';
import type { ClaimObserver } from '../claims/run-claims.js';
import { printableLine } from '../report/wording/sanitize.js';

/** Where progress goes: a bar on a terminal, one line a claim elsewhere. */
export interface Progress extends ClaimObserver {
  detail(message: string): void;
  stop(): void;
}

/** Progress on `stream` (stderr, so that stdout stays the report). */
export function createProgress(stream: NodeJS.WriteStream, total: number): Progress {
  return stream.isTTY === true ? barProgress(stream, total) : lineProgress(stream);
}

function barProgress(stream: NodeJS.WriteStream, total: number): Progress {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {value}/{total}  {claim}',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    fps: 8,
  });
  bar.start(total, 0, { claim: '' });
  let current = '';
  const shorten = (text: string): string => printableLine(text).slice(0, Math.max(10, (stream.columns ?? 80) - 34));
  return {
    started(claim, index) {
      current = claim.id;
      bar.update(index, { claim: shorten(current) });
    },
    detail: (message) => bar.update({ claim: shorten(`${current}: ${message}`) }),
    finished: (_, index) => bar.update(index + 1),
    stop: () => bar.stop(),
  };
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  return {
    detail() {},
    finished({ claim, evidence }, index, total) {
      stream.write(`[${index + 1}/${total}] ${claim.id}: ${evidence.verdict} (${evidence.seconds.toFixed(1)} s)\n`);
    },
    stop() {},
  };
}
