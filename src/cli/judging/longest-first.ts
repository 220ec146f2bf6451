import type { Claim } from '../../claims/claim.js';
import type { Shard } from '../words/shard.js';

/** The claims that take longest at standard depth, the longest first: those that are begun last would end alone. */
export const longestClaims: readonly string[] = [
  'phase-retrieval-reconstruction',
  'theorem-2',
  'eq6-prox',
  'engines-agree',
  'theorem-1',
  'theorem-1-sharp',
  'theorem-2-tightness-search',
  'kill-matrix',
  'monte-carlo-kernels-agree',
  'theorem-2-sharp-tightness-search',
  'theorem-2-sharp',
  'theorem-2-coupled',
  'definition-1-gradient-mapping',
  'eq7-proximal-gradient-mapping',
  'eq10-mini-batch',
];

/** The same claims, those first that take longest; the order of the others stays. */
export function byDuration<Of>(claims: readonly Of[], idOf: (claim: Of) => string): readonly Of[] {
  const rank = (claim: Of): number => {
    const index = longestClaims.indexOf(idOf(claim));
    return index < 0 ? longestClaims.length : index;
  };
  return claims.toSorted((a, b) => rank(a) - rank(b));
}

/** What a shard has of them, in their order: those that take longest are dealt out first, so that no shard has them all. */
export function shareOf<Of extends { readonly id: string }>(
  claims: readonly Of[],
  { index, of }: Shard,
): readonly Of[] {
  const mine = byDuration(claims, ({ id }) => id).filter((_, place) => place % of === index - 1);
  return claims.filter((claim) => mine.includes(claim));
}

/**
 * What a shard has of those that are asked of somebody's implementation: each that is about functions alone, because all others go by what these
 * find, and its share of the others.
 */
export function guardedShareOf<Of extends Pick<Claim, 'id' | 'judgesFunctions'>>(
  claims: readonly Of[],
  shard: Shard,
): readonly Of[] {
  const others = claims.filter(({ judgesFunctions }) => !judgesFunctions);
  const mine = shareOf(others, shard);
  return claims.filter((claim) => claim.judgesFunctions || mine.includes(claim));
}
