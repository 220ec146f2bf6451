import type { Claim, Depth } from '../../claims/claim.js';
import type { Shard } from '../options/shard.js';

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

/**
 * The claims with most that one thread has to do alone at depth deep, five seconds or more of it: the whole claim, or its longest piece. What several
 * threads can share may come last, whatever it takes.
 */
export const longestAlone: readonly string[] = [
  'self-streams',
  'counterexample-biased-sampling',
  'prox-global-minimiser',
  'momentum-sgd',
  'error-feedback-sign-sgd',
  'error-feedback-sign-prox-iterates',
  'sign-prox-lower-bound',
  'eq9-proximal-average',
  'remark-one-bit',
  'fista',
  'assumption-1c',
  'exact-sign-loss',
  'definition-1-gradient-mapping',
  'engines-agree',
  'error-feedback-exact',
  'prox-svrg',
  'convex-spgm-exact',
  'lion',
  'convex-spgm-tight',
];

/** The same claims, those first that take longest at the depth; the order of the others stays. */
export function byDuration<Of>(
  claims: readonly Of[],
  idOf: (claim: Of) => string,
  depth: Depth = 'standard',
): readonly Of[] {
  const longest = depth === 'deep' ? longestAlone : longestClaims;
  const rank = (claim: Of): number => {
    const index = longest.indexOf(idOf(claim));
    return index < 0 ? longest.length : index;
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
