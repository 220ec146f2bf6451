import { longestRange } from './messages.js';

/** Seconds of computing in one range: little against what a killed worker loses, much against what the queue costs. */
const goal = 1;

/** Ranges of one run that are in the queue at once, at first and at most: enough for that many workers, and little of Redis's memory. */
const window = { first: 16, most: 256 };

/** How the replicates of one job are cut: into small ranges first, then into ranges of about a second. What replicates are does not depend on it. */
export interface RangeSizes {
  /** Replicates of the next range. */
  next(): number;
  /** How many ranges may be in the queue at once. */
  window(): number;
  /** Told what a range of `count` replicates took. */
  learn(count: number, seconds: number): void;
}

/** @param replicates how many are asked for first, of which nothing is known */
export function rangeSizes(replicates: number): RangeSizes {
  let size = Math.max(1, Math.min(16, Math.ceil(replicates / 8)));
  let open = window.first;
  return {
    next: () => size,
    window: () => open,
    learn(count, seconds) {
      open = Math.min(window.most, open + 1);
      const fitting = seconds > 0 ? Math.floor((goal * count) / seconds) : longestRange;
      // Never much more at once: the first replicate of a thread takes longer, and others may as well.
      size = Math.max(1, Math.min(fitting, 8 * size, longestRange));
    },
  };
}
