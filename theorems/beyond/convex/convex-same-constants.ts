import { type TightSeries, tightnessClaim } from '../../../src/claims/bounds/tight-series-claim.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import { parseProblem } from '../../../src/reference/problem/create-problem.js';
import { series as first } from '../../theorem-1/theorem-1-sharp-tight.js';
import { series as second } from '../../theorem-2/theorem-2-sharp-tight.js';

/** Of Theorem 1♯ its two terms together, the noise and Δ alone; of Theorem 2♯ Δ, ‖L‖₁ and for B = 1 the noise. */
const sharp: readonly TightSeries[] = [...first.slice(0, 3), ...second.slice(0, 3)];

/**
 * The open remark of the paper, how convexity of d can strengthen its results: not in the constants of the sharpened bounds, because the families that attain them are convex. For the
 * noise at B = T this says nothing: the family that comes to √(2/e) is not convex (`theorem-2-noise-coefficient`), and the convex one that is known comes to √ln 2.
 */
export const claim = claimOf({ series: sharp }, ({ series }) => {
  const tight = tightnessClaim({
    id: 'convex-same-constants',
    version: 1,
    source: { section: '2.2', equation: 'convexity of d' },
    statement:
      'no constant of Theorem 1♯ can be improved for convex d, nor those of Δ and ‖L‖₁ in Theorem 2♯, nor for B = 1 that of σ: sup left/bound → 1 within convex d and r_k',
    method:
      'the families on which the sharpened bounds are attained, whose d is convex by its type and parameters; exact left sides',
    series,
  });
  return {
    ...tight,
    async check(implementation, budget) {
      const others = series.filter((family) =>
        family.iterations[budget.depth].some((T) => !parseProblem(family.instance(T).problem).smooth.convex),
      );
      if (others.length === 0) return tight.check(implementation, budget);
      const reason = `d is not convex: ${others.map(({ name }) => name).join(', ')}`;
      return { verdict: 'violated', reason, cases: others.length };
    },
  };
});
