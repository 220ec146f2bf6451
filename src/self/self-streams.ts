import type { Depth } from '../claims/claim.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { slotAlpha } from '../statistics/budget.js';
import { violationProcess } from '../statistics/e-process.js';
import { plant, selfClaim } from './planted.js';

/** The first double of each replicate's stream, by the number of the replicate. */
type FirstDoubles = (replicate: number) => number;
const own: FirstDoubles = (replicate) => keyedStream(streamKey('self', 'self-streams', 1, replicate))();

/** A stream costs some microseconds: a million of them are left to depth deep. */
const replicates: Readonly<Record<Depth, number>> = { quick: 2 ** 14, standard: 2 ** 15, deep: 1_000_000 };

/** Among 10⁶ numbers of 53 bits a pair of equal ones has the probability 6·10⁻⁵. */
function duplicates(first: FirstDoubles, depth: Depth): string | undefined {
  const count = replicates[depth];
  const sorted = Float64Array.from({ length: count }, (_, replicate) => first(replicate)).sort();
  const equal = sorted.reduce((sum, u, i) => sum + (i > 0 && u === sorted[i - 1] ? 1 : 0), 0);
  return equal === 0 ? undefined : `${equal} of ${count} streams begin with the 53 bits of another`;
}

/**
 * What shows that the first doubles u_i, u_{i+1} of consecutive replicates are correlated. Given the earlier ones 1 ± 4(u_i − ½)(u_{i+1} − ½) has the
 * mean 1 and is ≥ 0, so V at b = 1 is an e-process for either sign.
 */
function correlated(first: FirstDoubles): string | undefined {
  const [more, less] = [violationProcess(1), violationProcess(1)];
  const threshold = -Math.log(slotAlpha / 2);
  let before = first(0) - 0.5;
  for (let replicate = 1; replicate < 2 ** 14; replicate++) {
    const u = first(replicate) - 0.5;
    more.observe(1 + 4 * before * u);
    less.observe(1 - 4 * before * u);
    if (more.reaches(threshold)) return `replicates ${replicate} and before begin alike`;
    if (less.reaches(threshold)) return `replicates ${replicate} and before begin oppositely`;
    before = u;
  }
  return undefined;
}

export const claim = selfClaim({
  id: 'self-streams',
  about: 'random streams',
  plants: [
    plant<FirstDoubles>({
      name: 'a stream that is seeded by six digits of its key',
      piece: own,
      wrong: (replicate) => keyedStream(streamKey('self', 'self-streams', 1, replicate).slice(0, 6))(),
      finds: duplicates,
    }),
    plant<FirstDoubles>({
      name: 'a stream that is half of the one before',
      piece: own,
      wrong: (replicate) => (own(replicate) + own(replicate + 1)) / 2,
      finds: correlated,
    }),
    plant<FirstDoubles>({
      name: 'every other stream is the reflection of the one before',
      piece: own,
      wrong: (replicate) => (replicate % 2 === 0 ? own(replicate) : 1 - own(replicate - 1)),
      finds: correlated,
    }),
  ],
});
