import type { RowFinding } from '../../claims/evidence.js';
import type { ExactLeft } from '../left-side/exact-engine.js';
import type { Prepared } from '../theorem/prepare-bound.js';
import { roundingSlack, sidesOf } from '../theorem/tail.js';

/** How a row compares the enclosure of a left side with the bound: the verdict with its reason, and other fields of the row. */
export type Comparison = (
  left: ExactLeft,
  prepared: Prepared,
) => Pick<RowFinding, 'verdict' | 'reason'> & Partial<RowFinding>;

/** The position of the enclosure of a left side. */
type Place = 'met' | 'met to within rounding' | 'failed' | 'above the sharper bound' | 'undecided';

/** Compares the ends of a left side with those of an upper or a lower bound, and with the sharper bound, which uses the upper end of f(x⁰) − f*. */
function place(
  [lower, upper]: readonly [number, number],
  { lowerBound, upperBound, sharpBound = Number.POSITIVE_INFINITY, relation }: Prepared,
): Place {
  const [near, far] = [1 - roundingSlack, 1 + roundingSlack];
  if (relation === 'at-most') {
    if (lower <= upperBound * far && lower > sharpBound + Math.abs(sharpBound) * roundingSlack) {
      return 'above the sharper bound';
    }
    if (upper <= lowerBound * near) return 'met';
    if (upper <= lowerBound * far) return 'met to within rounding';
    return lower > upperBound * far ? 'failed' : 'undecided';
  }
  if (lower >= upperBound * far) return 'met';
  if (lower >= upperBound * near) return 'met to within rounding';
  return upper < lowerBound * near ? 'failed' : 'undecided';
}

/** Compares a deterministic left side with both ends of the bound: between them, the enclosure of f* or x* is too wide for a decision. */
export function compareDirectly(left: readonly [number, number], prepared: Prepared, why: string) {
  const { threshold } = prepared;
  const against = threshold === undefined ? '' : `, ${sidesOf(prepared).left} with ${sidesOf(prepared).bound}`;
  const reason = `the left side is deterministic (${why}): compared directly${against}`;
  const found = place(left, prepared);
  if (found === 'failed') return { verdict: 'violated', reason } as const;
  if (found === 'above the sharper bound') {
    return { verdict: 'violated', reason: `${reason}; it exceeds the sharper bound` } as const;
  }
  if (found !== 'undecided') return { verdict: 'holds', reason } as const;
  return {
    verdict: 'inconclusive',
    reason: `${reason} with ${threshold?.lower ?? prepared.lowerBound} and ${threshold?.upper ?? prepared.upperBound}, the ends that the enclosure of f* or x* allows`,
  } as const;
}

/**
 * Compares a left side that could have been sampled: if it is at most the bound with the lower end of f(x⁰) − f*, the bound holds; if it is above the
 * bound with the upper end, the bound is violated; in between nothing is decided. Only the bound, a float, gets room for rounding, and within that
 * room nothing counts as proved.
 */
export const inPlaceOfSampling: Comparison = ({ interval, exact }, prepared) => {
  const { cap, relation, threshold } = prepared;
  const { left: side, bound } = sidesOf(prepared);
  const known = exact === undefined ? 'the enclosed left side' : 'the rational left side';
  const left = threshold === undefined ? known : side;
  const found = (verdict: RowFinding['verdict'], reason: string) => ({
    ...{ verdict, reason: `${left} ${reason}`, replicates: 0 },
    ...(cap !== undefined && { cap }),
  });
  switch (place(interval, prepared)) {
    case 'met':
      // Proved only because the margin exceeds the rounding of the bound itself.
      return found(exact === undefined ? 'holds' : 'proved-exactly', `is ${relation.replace('-', ' ')} ${bound}`);
    case 'met to within rounding':
      return found('holds', `equals ${bound} to within rounding`);
    case 'failed':
      return found('violated', relation === 'at-most' ? `exceeds ${bound}` : 'is below the bound');
    case 'above the sharper bound':
      return found('violated', 'exceeds the sharper bound');
    case 'undecided':
      return found('inconclusive', `is as near ${bound} as their enclosures are wide`);
  }
};

/** Compares the left side with the bound and the sharpened one, without room for rounding. The latter uses the upper end of f(x⁰) − f*, so nothing is proved. */
export const withoutRoom: Comparison = ({ interval: [lower, upper] }, prepared) => {
  const { lowerBound, upperBound, sharpBound = Number.POSITIVE_INFINITY, relation } = prepared;
  const [least, largest] =
    relation === 'at-most'
      ? [Math.min(lowerBound, sharpBound), Math.min(upperBound, sharpBound)]
      : [lowerBound, upperBound];
  const [met, failed] = relation === 'at-most' ? [upper <= least, lower > largest] : [lower >= largest, upper < least];
  return {
    verdict: met ? 'holds' : failed ? 'violated' : 'inconclusive',
    reason: `${sidesOf(prepared).left} is enclosed to within ${(upper - lower).toExponential(1)}, the bound is certified`,
  };
};
