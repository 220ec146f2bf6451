import type { Depth } from '../../claim.js';

/** Cases of one part in place of the depth's: sixteen claims share a few seconds of a standard run. */
export const runsAt: Readonly<Record<Depth, { readonly runs?: number }>> = {
  quick: {},
  standard: { runs: 150 },
  deep: {},
};
