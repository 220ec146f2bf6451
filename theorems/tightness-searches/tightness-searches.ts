import { tightnessSearchClaim } from '../../src/library/testing.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem1Sharp } from '../theorem-1/theorem-1-sharp.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem2Sharp } from '../theorem-2/theorem-2-sharp.js';

/**
 * How tight Theorem 1 is. By Theorem 1♯ left/bound is at most √T/(2√T − 1), which d = ½Lx², r = 0 approaches at every T > 1 and attains
 * at T = 1: 1, ⅔, 4/7, 8/15 for T = 1, 4, 16, 64.
 */
export const theorem1TightnessSearchClaim = tightnessSearchClaim({
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

/** How tight Theorem 1♯ is: d = ½Lx², r = 0 reaches 1 − (1 − 1/√T)^{2T}, which is above 0.996 from T = 4. */
export const theorem1SharpTightnessSearchClaim = tightnessSearchClaim({
  id: 'theorem-1-sharp-tightness-search',
  version: 2,
  theorem: theorem1Sharp,
  word: '1',
  known: {
    where: 'd = ½Lx², r = 0',
    ratio: (iterations) => 1 - (1 - 1 / Math.sqrt(iterations)) ** (2 * iterations),
  },
});

/**
 * How tight Theorem 2 is. On d = ½x², r = 0 from x⁰ = (T − ½)γ the left side is √T/4 and Δ = (T − ½)²/(8T). By Theorem 2♯ left/bound stays
 * below ½.
 */
export const theorem2TightnessSearchClaim = tightnessSearchClaim({
  id: 'theorem-2-tightness-search',
  version: 2,
  theorem: theorem2,
  word: '2',
  known: {
    where: 'd = ½x², r = 0, x⁰ = (T − ½)γ',
    ratio: (iterations) => iterations ** 2 / (2 * ((iterations - 0.5) ** 2 + 8 * iterations)),
  },
});

/** How tight Theorem 2♯ is: d = ½x², r = 0 from x⁰ = (T − ½)γ has left/bound = T²/((T − ½)² + 2T) → 1. */
export const theorem2SharpTightnessSearchClaim = tightnessSearchClaim({
  id: 'theorem-2-sharp-tightness-search',
  version: 2,
  theorem: theorem2Sharp,
  word: '2',
  known: {
    where: 'd = ½x², r = 0, x⁰ = (T − ½)γ',
    ratio: (iterations) => iterations ** 2 / ((iterations - 0.5) ** 2 + 2 * iterations),
  },
});
