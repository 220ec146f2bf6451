import { boundRatio } from '../../record/bound-ratio.js';
import { type FindingSource, type Found, measuredOf, sentence, worst } from './finding-source.js';

/** How many signs below half a unit in the last place were asked for in f64, and which share of them the literal form loses. */
function lost({ measured = {} }: ReturnType<Found>) {
  const [name, tally] = Object.entries(measured).find(([key]) => key.startsWith('f64, γ|Ĝ| below ½ ulp')) ?? [];
  return {
    signs: /(\d+) signs/.exec(name ?? '')?.[1],
    share: /^literal: .*?\((.*?)\)/.exec(String(tally ?? ''))?.[1],
  };
}

/** How far apart the two sides of (13) are where Ĝ = 0. */
function ratioOf13(found: ReturnType<Found>): number | undefined {
  const row = found.rows?.find(({ instance }) => instance.startsWith('(13)'));
  return row && boundRatio(row);
}

/** Where signs go wrong: in floating point, in a vote, at 0. */
export const signs: readonly FindingSource[] = [
  {
    title: (found) =>
      sentence`Computed as printed, sgn(x − P̂(x)) loses ${lost(found('exact-sign-loss')).share} of the signs that are near rounding; a residual form loses none.`,
    text: (found) =>
      sentence`Where γ|Ĝ_i| is below half a unit in the last place of x_i, the subtraction rounds it away. Of ${lost(found('exact-sign-loss')).signs} such signs in f64, ${lost(found('exact-sign-loss')).share} come out as 0 or reversed. The residual form computes Ĝ = ∇d(x) + (1/B) Σ ρ_k(y)/γ, where ρ_k(y) = y − prox(y) has its own formula without a subtraction that cancels. It gets every sign right. For linear r_k it makes signProx equal to signSGD bit for bit.`,
    basis: 'Measured on random cases, each judged exactly.',
    claims: ['exact-sign-loss'],
  },
  {
    title: () =>
      'A majority vote can hurt: Theorem 2♯ fails with 1001 workers. A gain is proved only for some kinds of noise.',
    text: (found) =>
      sentence`The vote follows the median of the noise. On a periodic d with long climbs and short falls, linear r_k and x⁰ a minimiser, 1001 workers exceed the bound of Theorem 2♯: the left side is ${worst(found('counterexample-majority-vote'), 'M = 1001, B = 1')} for single draws, and ${worst(found('counterexample-majority-vote'), 'M = 1001, B = T')} for the paper's B = T. Theorem 2, whose noise term is four times as large, still holds there. On d = ½x², r = 0 from x⁰ = γ/2 with σ = 2/5, T = 400, γ = 1/40 and B = 1, the left side divided by the deviation √v of one worker's noise grows from ${measuredOf(found('majority-vote-noise'), 'left/√v, skewed, B = 1, T = 400, M = 1')} for one worker to ${measuredOf(found('majority-vote-noise'), 'left/√v, skewed, B = 1, T = 400, M = 101')} for 101 under skewed noise. It stays at ${measuredOf(found('majority-vote-noise'), 'left/√v, bimodal, B = 1, T = 400, M = 101')} under symmetric two-point noise, and falls from ${measuredOf(found('majority-vote-noise'), 'left/√v, uniform, B = 1, T = 400, M = 1')} to ${measuredOf(found('majority-vote-noise'), 'left/√v, uniform, B = 1, T = 400, M = 101')} under uniform noise. A vote is proved to gain like 1/√M in two cases. Under symmetric unimodal noise, as in Bernstein et al. (2018), the coefficient of the noise term is 0.589/√M in place of 1. For symmetric draws and even B it is at most 1.04/√M; for M = 101 a step under the mean of two draws reaches ${measuredOf(found('majority-vote-even-batch'), 'largest 2zq√M found, M = 101')}/√M. If αM of the workers invert their votes, it is √3/((1 − 2α)√M) under unimodal noise, provided that all workers have noise of one law. If 33 of 99 workers are noiseless and invert, it fails: on d = ½x², r = 0 under uniform noise of variance 1, from x⁰ next to √3/2, the left side is ${worst(found('counterexample-noiseless-inverters'))}.`,
    basis:
      'The counterexamples are enclosures of exact laws, the figures at T = 400 exact laws in doubles; the coefficients are proved by hand.',
    claims: [
      'counterexample-majority-vote',
      'majority-vote-noise',
      'majority-vote-even-batch',
      'majority-vote-inverters',
      'counterexample-noiseless-inverters',
    ],
  },
  {
    title: () => 'Two displayed equalities of §5.2 are inequalities when sgn(0) = 0.',
    text: (found) =>
      sentence`Σ L_i(x⁺ − x)_i² = γ²‖L‖₁ and equation (13) fail where some Ĝ_i = 0; the two sides of (13) differ by a factor of ${ratioOf13(found('counterexample-sign-of-zero'))} on d = ½x² at x = ½ for γ = ¼ and a mini-batch of 4 whose mean noise is −½. With ≤ in place of = both hold for every value of sgn(0), and the theorem stays as it is. The chain after (13) divides by |G_i|, which is harmless: where G_i = 0 its term is 0. Ties are not rare. For d = ½x², r_k = ½(u ∓ (1 + γ))², x⁰ = x* = 0, T = B = 4 and γ = ¼ their probability is ${measuredOf(found('counterexample-sign-of-zero'), 'P[tie at x⁰], T = 4')}; √T times the left side is ${measuredOf(found('counterexample-sign-of-zero'), '√T·left, T = 4, sgn(0) zero')} with sgn(0) = 0 and ${measuredOf(found('counterexample-sign-of-zero'), '√T·left, T = 4, sgn(0) positive')} with sgn(0) = 1. One bit cannot carry a 0, so an implementation has to choose.`,
    basis: 'Computed exactly; the lines with ≤ are checked in rationals on random problems.',
    claims: ['theorem-2-step-5', 'theorem-2-step-7', 'counterexample-sign-of-zero'],
  },
];
