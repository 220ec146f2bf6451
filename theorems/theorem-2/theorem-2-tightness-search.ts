import { tightnessSearchClaim } from '../../src/claims/bounds/tightness-search/search-claim.js';
import { theorem2 } from './theorem-2.js';

/**
 * How tight Theorem 2 is. On d = ½x², r = 0 from x⁰ = (T − ½)γ the left side is √T/4 and Δ = (T − ½)²/(8T). By Theorem 2♯ left/bound stays
 * below ½.
 */
export const claim = tightnessSearchClaim({
  id: 'theorem-2-tightness-search',
  version: 2,
  theorem: theorem2,
  word: '2',
  known: {
    where: 'd = ½x², r = 0, x⁰ = (T − ½)γ',
    ratio: (iterations) => iterations ** 2 / (2 * ((iterations - 0.5) ** 2 + 8 * iterations)),
  },
});
