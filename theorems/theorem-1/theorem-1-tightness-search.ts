import { tightnessSearchClaim } from '../../src/claims/bounds/tightness-search/search-claim.js';
import { theorem1 } from './theorem-1.js';

/**
 * How tight Theorem 1 is. By Theorem 1♯ left/bound is at most √T/(2√T − 1), which d = ½Lx², r = 0 approaches at every T > 1 and attains
 * at T = 1: 1, ⅔, 4/7, 8/15 for T = 1, 4, 16, 64.
 */
export const claim = tightnessSearchClaim({
  id: 'theorem-1-tightness-search',
  version: 2,
  theorem: theorem1,
  word: '1',
  known: {
    where: 'd = ½Lx², r = 0',
    ratio(iterations) {
      const root = Math.sqrt(iterations);
      return ((1 - (1 - 1 / root) ** (2 * iterations)) * root) / (2 * root - 1);
    },
  },
});
