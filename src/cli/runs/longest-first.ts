import type { Depth } from '../../claims/claim.js';

/** The claims that take longest at standard depth, the longest first: a long claim that starts last would run alone at the end. */
export const longestClaims: readonly string[] = [
  'phase-retrieval-reconstruction',
  'theorem-2',
  'eq6-prox',
  'engines-agree',
  'theorem-1',
  'theorem-1-sharp',
  'kill-matrix',
  'monte-carlo-kernels-agree',
  'theorem-2-sharp',
  'theorem-2-coupled',
  'definition-1-gradient-mapping',
  'eq7-proximal-gradient-mapping',
  'eq10-mini-batch',
];

/**
 * The claims that keep one thread busy for five seconds or more at depth deep, with the claim or its longest piece. Work that threads can
 * share may come last, however long it is.
 */
export const longestAlone: readonly string[] = [
  'counterexample-biased-sampling',
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
  'prox-svrg',
  'lion',
  'convex-spgm-tight',
];

/** Moves the claims that take longest at the depth to the front. The order of the others stays. */
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
