import cliProgress from 'cli-progress';
import type { ClaimObserver } from '../../claims/run-claims.js';
import { printableLine } from '../../report/wording/sanitize.js';

/** Where progress goes: a bar on a terminal, elsewhere a line for the first and the last claim and now and then between. */
export interface Progress extends Required<ClaimObserver> {
  /** Says in a line of its own what keeps the run waiting. */
  notice(line: string): void;
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
  let finished = 0;
  const shorten = (text: string): string => printableLine(text).slice(0, Math.max(10, (stream.columns ?? 80) - 34));
  return {
    started: ({ id }) => bar.update({ claim: shorten(id) }),
    progress: ({ id }, message) => bar.update({ claim: shorten(`${id}: ${message}`) }),
    finished: () => bar.update(++finished),
    notice: (line) => stream.write(`\r\u001b[K${noticeText(line)}`),
    stop: () => bar.stop(),
  };
}

/** Milliseconds between two lines: one for every claim would bury what matters in a log. */
const period = 10_000;

function lineProgress(stream: NodeJS.WriteStream): Progress {
  let count = 0;
  let next = Number.NEGATIVE_INFINITY;
  return {
    started() {},
    progress() {},
    notice: (line) => stream.write(noticeText(line)),
    finished({ claim, evidence }, _index, total) {
      if (++count < total && performance.now() < next) return;
      next = performance.now() + period;
      stream.write(`[${count}/${total}] ${claim.id}: ${evidence.verdict} (${evidence.seconds.toFixed(1)} s)\n`);
    },
    stop() {},
  };
}

const noticeText = (line: string): string => `signprox: ${printableLine(line)}\n`;
