import { tightnessSearchClaim } from '../../src/claims/bounds/tightness-search/search-claim.js';
import { theorem2Sharp } from './theorem-2-sharp.js';

/** How tight Theorem 2♯ is: d = ½x², r = 0 from x⁰ = (T − ½)γ has left/bound = T²/((T − ½)² + 2T) → 1. */
export const claim = tightnessSearchClaim({
  id: 'theorem-2-sharp-tightness-search',
  version: 2,
  theorem: theorem2Sharp,
  word: '2',
  known: {
    where: 'd = ½x², r = 0, x⁰ = (T − ½)γ',
    ratio: (iterations) => iterations ** 2 / ((iterations - 0.5) ** 2 + 2 * iterations),
  },
});
