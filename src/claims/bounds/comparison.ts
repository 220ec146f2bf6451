import type { RowFinding } from '../evidence.js';
import type { ExactLeft } from '../left-side/exact-engine.js';
import type { Prepared } from '../theorems/prepare-bound.js';

/** Relative room for rounding where a left side or a bound is a float: never for statistics. */
const roundingSlack = 2 ** -36;

/** How a row holds the enclosure of a left side against the bound: the verdict with its reason, and what else such a row says. */
export type Comparison = (
  left: ExactLeft,
  prepared: Prepared,
) => Pick<RowFinding, 'verdict' | 'reason'> & Partial<RowFinding>;

/** A deterministic left side against both ends of the bound: between them the enclosure of f* is too wide to tell. */
export function compareDirectly(left: number, { lowerBound, upperBound }: Prepared, why: string) {
  const reason = `the left side is deterministic (${why}): compared directly`;
  if (left <= lowerBound * (1 + roundingSlack)) return { verdict: 'holds', reason } as const;
  if (left > upperBound * (1 + roundingSlack)) return { verdict: 'violated', reason } as const;
  return {
    verdict: 'inconclusive',
    reason: `${reason} with ${lowerBound} and ${upperBound}, the ends that the enclosure of f* allows`,
  } as const;
}

/**
 * The left side of a row that could have been sampled: at most the bound with the lower end of f(x⁰) − f* it holds, above the bound with the
 * upper end it is violated, and between the two nothing is decided. Only the float that the bound is gets room for rounding, and then
 * nothing is proved.
 */
export const inPlaceOfSampling: Comparison = ({ interval, exact }, { lowerBound, upperBound, cap }) => {
  const [lower, upper] = interval;
  const left = exact === undefined ? 'the enclosed left side' : 'the rational left side';
  const found = (verdict: RowFinding['verdict'], reason: string) => ({
    ...{ verdict, reason: `${left} ${reason}`, replicates: 0 },
    ...(cap !== undefined && { cap }),
  });
  // Proved only with room for the rounding of the bound itself.
  if (upper <= lowerBound * (1 - roundingSlack)) {
    return found(exact === undefined ? 'holds' : 'proved-exactly', 'is at most the bound');
  }
  if (upper <= lowerBound * (1 + roundingSlack)) return found('holds', 'equals the bound to within rounding');
  if (lower > upperBound * (1 + roundingSlack)) return found('violated', 'exceeds the bound');
  return found('inconclusive', 'is as near the bound as their enclosures are wide');
};

/** The left side against the bound and the sharpened one, without any room. The latter is known for the upper end of f(x⁰) − f* only: nothing is proved. */
export const withoutRoom: Comparison = (
  { interval: [lower, upper] },
  { lowerBound, upperBound, sharpBound = Number.POSITIVE_INFINITY },
) => ({
  verdict:
    upper <= Math.min(lowerBound, sharpBound)
      ? 'holds'
      : lower > Math.min(upperBound, sharpBound)
        ? 'violated'
        : 'inconclusive',
  reason: `the left side is enclosed to within ${(upper - lower).toExponential(1)}, the bound is certified`,
});
