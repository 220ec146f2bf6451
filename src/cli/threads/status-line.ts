/** Says what a long computation is at. */
export interface StatusLine {
  say(text: string): void;
  /** Nothing is said any more; what stood on a terminal is gone. */
  stop(): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

const eraseLine = '\r\u001b[K';
/** Milliseconds between two lines: one that is written over on a terminal, lines of their own elsewhere. */
const periods = { terminal: 1000, elsewhere: 10_000 };

/** What was said last, with the seconds since the start, again and again, so that a computation of minutes does not look stuck. */
export function statusLine(stream: Stream): StatusLine {
  const terminal = stream.isTTY === true;
  const start = performance.now();
  let current = '';
  let written = false;
  const write = (): void => {
    if (current === '') return;
    const text = `${current}, ${Math.round((performance.now() - start) / 1000)} s`;
    stream.write(terminal ? `${eraseLine}${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`);
    written = true;
  };
  const timer = setInterval(write, terminal ? periods.terminal : periods.elsewhere);
  return {
    say(text) {
      current = text;
    },
    stop() {
      clearInterval(timer);
      if (terminal && written) stream.write(eraseLine);
    },
  };
}
