import type { ReplicateSource } from '../statistics/decision.js';

/** A source of replicates that says on a terminal how many of them there are while the next ones are computed; elsewhere it is silent. */
export function announcedReplicates(
  source: ReplicateSource,
  iterations: number,
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
): ReplicateSource {
  if (stream.isTTY !== true) return source;
  const eraseLine = '\r\u001b[K';
  return async (from, to) => {
    stream.write(`${eraseLine}T = ${iterations}: ${from} replicates, the next ${to - from} are under way`);
    try {
      return await source(from, to);
    } finally {
      stream.write(eraseLine);
    }
  };
}
