import { tightnessSearchClaim } from '../../src/claims/bounds/tightness-search/search-claim.js';
import { theorem1Sharp } from './theorem-1-sharp.js';

/** How tight Theorem 1♯ is: d = ½Lx², r = 0 reaches 1 − (1 − 1/√T)^{2T}, which is above 0.996 from T = 4. */
export const claim = tightnessSearchClaim({
  id: 'theorem-1-sharp-tightness-search',
  version: 2,
  theorem: theorem1Sharp,
  word: '1',
  known: {
    where: 'd = ½Lx², r = 0',
    ratio: (iterations) => 1 - (1 - 1 / Math.sqrt(iterations)) ** (2 * iterations),
  },
});
