import { boundRatio, kindOf } from '../../src/library/report.js';
import { type FindingSource, type Found, largestRow, measuredOf, partOf, sentence } from './finding-source.js';

const exact = 'Computed exactly, in rationals or with an enclosure.';

/** Which hypotheses the theorems need and which they do not. */
export const hypotheses: readonly FindingSource[] = [
  {
    number: 8,
    title:
      'If some r_k is not smooth, both theorems are false: left/bound grows like √T/3 (Theorem 1) and √T/8 (Theorem 2).',
    text: () =>
      'Assumptions 1(c) and 2(c) exclude ℓ1, total variation and indicators, the functions that motivate proximal methods. With L = 1 declared, left/bound is (√T − 1/√T)/3 in Theorem 1 for kinks that move with γ; one fixed problem fails as well. Theorem 2 fails without noise: where signProx steps back and forth across the kink of |u|, left/bound is T/(8√T + 2).',
    basis: exact,
    claims: ['counterexample-smoothness-spgm', 'counterexample-smoothness-sign-prox'],
    picture: 'counterexample-smoothness-spgm',
  },
  {
    number: 9,
    title: 'Theorem 2 needs mini-batches that grow like T: under enough noise it fails for B = 1, 4, √T and T/64.',
    text: (found) =>
      sentence`A sign follows the median of the noise and not its mean. A large mini-batch brings the two together. In the last three lines the rare event of linear r_k is missing from three mini-batches of five. Less noise is not enough for the last two: at T = 4096, where B = 64 in both, left/bound is ${measuredOf(found('counterexample-mini-batch'), 'left/bound, B = 64, T = 4096, σ = 3')} for σ near 3 and ${measuredOf(found('counterexample-mini-batch'), 'left/bound, B = 64, T = 4096, σ = 3.5')} for σ near 3.5. By Theorem 2♯ a sixteenth of the paper's mini-batch, B = T/16, is enough.`,
    basis: `${exact} That B = T/16 is enough is proved by hand.`,
    claims: ['counterexample-mini-batch'],
    picture: 'counterexample-mini-batch',
  },
  {
    number: 10,
    title:
      'With momentum, single draws give signProx the rate T^(−¼) under all noise whose variance is uniformly bounded.',
    text: () =>
      'Let the signs be those of a running mean of single draws, m^t = (1 − α)m^(t−1) + αĜ(x^t), in place of those of Ĝ with B = T. Under Assumption 2, with α = 2√2·√(‖L‖₁Δ)/(‖σ‖₁√T) and γ = √(Δα/(4‖L‖₁T)), (1/T) Σ E‖G‖₁ is at most 4.76(‖L‖₁Δ)^¼ ‖σ‖₁^½ T^(−¼) to leading order. For as many draws, mini-batches of the best size have 2.83 in place of 4.76. In the instances the median of the noise is not its mean: without momentum, α = 1, the bound fails. For r = 0 it is known that momentum frees signSGD from growing mini-batches (Sun et al. 2023, Jiang et al. 2025). New here are the prox form and the constants.',
    basis:
      'Machine-checked: Coq has checked the bound from Assumption 2, for all γ, α, B and T. The γ and α that give the rate are chosen by hand. The algebra of the proof is a certificate; short runs are followed over all sequences of draws in doubles, and long ones decided statistically.',
    claims: [
      'certificate-momentum',
      'sign-prox-momentum',
      'sign-prox-momentum-general-step',
      'sign-prox-momentum-single-draws',
      'sign-prox-momentum-controls',
    ],
  },
  {
    number: 11,
    title: 'Every iteration needs a fresh mini-batch: T kept draws cost up to √ln T, with the largest noise A for σ.',
    text: (found) =>
      sentence`Where |P_k(x)_i − P(x)_i| ≤ γA_i for all k and x, a mini-batch of B draws that is kept for all iterations costs at most (2 + γL_i)A_i√(2 ln(4T)/B) in each coordinate, in place of the noise term. Nothing is proved with σ_i in place of A_i. The largest left/bound is ${found('theorem-2-kept-batch').worst?.ratio} in ${found('theorem-2-kept-batch').cases} random cases. No constant in place of the logarithm will do, even where A = σ: signProx walks along bumps of the noise and is trapped at the first bump whose sampled slope is negative. So Theorem 2♯ fails, and by an estimate Theorem 2 at T of the order of 2^68. In Theorem 1 one kept draw is enough for a left side that does not tend to 0.`,
    basis:
      'The upper bound and the closed form of the left side are proved by hand; the counterexamples are computed in rationals, that of Theorem 2♯ from a lower end of a binomial tail. 2^68 is an estimate with a normal tail.',
    claims: ['counterexample-fresh-batches', 'theorem-2-kept-batch'],
  },
  {
    number: 12,
    title: 'Under sparse symmetric noise signProx needs no mini-batch, and its bound is free of the size of the noise.',
    text: () =>
      'Where Ĝ_i − G_i is symmetric and differs from 0 with probability at most ϱ, (1/T) Σ E‖G‖₁ ≤ [Δ/(γT) + γ‖L‖₁]/(1 − ϱ) for single draws and every γ. Without symmetry the same holds with 1 − 2ϱ, for ϱ < ½. Where normal noise of deviation τ hits one of eight iterations, signProx stays below a bound without τ, while SPGM grows in proportion to τ. This proves the remark of the paper about sparse noise for the noise of Figure 1, but not for its objective. That signs need success probabilities and no variance is known (Safaryan and Richtárik 2021); new here are the prox form and that both constants are attained.',
    basis:
      'Proved by hand; one step is checked in rationals on random problems, left sides of signProx are enclosed, and those of SPGM are lower ends in doubles.',
    claims: [
      'sign-prox-margin',
      'sign-prox-margin-lattice',
      'sparse-noise-margin',
      'sparse-noise',
      'sparse-noise-tight',
      'sparse-noise-size',
    ],
    picture: 'sparse-noise-size',
  },
  {
    number: 13,
    title:
      'Under symmetric unimodal noise single draws suffice for signProx; a vote of M gains like a mean of 2M/π draws.',
    text: () =>
      "For additive noise of variance v_i that is symmetric and unimodal, single draws and every γ, (1/T) Σ E Σ_i |G_i| min(|G_i|/√(3v_i), 2/3) ≤ Δ/(γT) + γ‖L‖₁. Uniform noise attains it in the limit. At γ = √(Δ/(‖L‖₁T)) this bounds ‖G‖₁ by X + √(√3‖σ‖₁X), where X = 2√(‖L‖₁Δ/T) is the bound without noise: the rate T^(−¼). A vote of M workers divides the second X by φ_M′(0) ≥ √(2M/π), and with the margin φ_M of a vote its bound is attained as well. Symmetry alone is not enough: under noise ±8 from x⁰ just below 8 the left side does not fall. No finite sum has unimodal noise: this is about noise that is added to Ĝ, as in Figure 1. Gauss's inequality for votes of signs is from Bernstein et al. (2018); that signSGD converges with small mini-batches, under conditions on the noise, is known from Bernstein et al. (2019), and a rate under unimodal symmetric noise from Chen and Wang (2026), both by their abstracts. New here are the prox form, the constants and that they are attained.",
    basis:
      'Proved by hand; one step, the margins φ_M and the way from them to ‖G‖₁ are checked in rationals, and left sides are enclosed.',
    claims: [
      'unimodal-noise-margin',
      'unimodal-noise-tight',
      'unimodal-noise-norm',
      'unimodal-noise-rate',
      'majority-vote-margin',
      'unimodal-vote-tight',
      'counterexample-unimodality',
    ],
  },
  {
    number: 14,
    title: 'With error feedback signProx needs no growing mini-batch, and for large T it has the constants of SPGM.',
    text: (found) =>
      sentence`Each message is n signs and one scalar, C(m) = (‖m‖₁/n) sgn m with m = e + γĜ. What it leaves out, e⁺ = m − C(m), is added to the next message. Under Assumption 1, with coordinates that may interact, for every B and every γ with γL(½ + 2ω) < 1, (1/T) Σ E‖G‖² ≤ [Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²/B]/(1 − γL(½ + 2ω)), where ρ² = 1 − 1/n and ω = ρ/(1 − ρ) < 2n. A form with the leading constants of Theorem 1♯ is attained in the limit; for n = 1 it is Theorem 1♯. Signs without feedback fail where the noise is larger than the slope and across it. Feedback is not free: the last three lines exceed the bound of SPGM at the same step, the first of them at the step γ = 1/(1 + 4ω) of the theorem, the others at the paper's, to which the theorem does not apply for this T, with sgn(0) = ±1 and sgn(0) = 0. There the excess is ${excess(found, 'positive')}nγL and ${excess(found, 'zero')}nγL; to first order in γ it is ½(n − 1)γL and (n − 1)γL. For r = 0 this is EF-signSGD (Karimireddy et al. 2019), and a proximal form of another feedback, EF21, is known. New here are this prox form and its constants.`,
    basis:
      'Machine-checked: Coq has checked the bound from Assumption 1, for all γ, B, T and n. The algebra of the proof is a certificate. Left sides are exact or found in doubles with measured rounding. Without feedback every message is a multiple of (1, −1), so that x₁ + x₂ stays: that ‖G‖² = ½ is proved by this line. The excess to first order is a calculation for this instance, and not a bound for others.',
    claims: [
      'certificate-error-feedback',
      'scaled-sign-message',
      'error-feedback-sign-prox',
      'error-feedback',
      'error-feedback-tight',
      'error-feedback-controls',
    ],
  },
  {
    number: 15,
    title: 'Each of these is needed too: the weights θ, a step that decays, L, a variance bound at all x, a finite f*.',
    text: () =>
      'The table has, in this order and with n = 1: components drawn uniformly whatever θ is; a step that does not decay with T, with (√T − 1/√T)/3 times the bound of Theorem 1; an L that is too small; the variance at the minimiser in place of all x, in both theorems; no finite f*, with √T/10 times the bound of Theorem 1, where every other Δ fails as well.',
    basis: `${exact} The variance at the minimiser in Theorem 1 is measured: that it exceeds the bound is a statistical decision.`,
    claims: [
      'counterexample-biased-sampling',
      'counterexample-step',
      'counterexample-lipschitz',
      'counterexample-variance-spgm',
      'counterexample-variance-sign-prox',
      'counterexample-bounded-below',
    ],
  },
  {
    number: 16,
    title: 'Theorem 1 needs convex r_k for T ≤ 3 and for no other T; Theorem 2 never needs it.',
    text: (found) =>
      sentence`Without convexity, but with L-Lipschitz ∇r_k, the left side of Theorem 1 is any multiple of its bound at T = 1, and more than the bound at T = 2 and 3. For T ≥ 4 Theorem 1 holds, since [LΔ + (1 − 1/T)σ²]/(√T − 1) is a bound and is below the paper's. A search among ${found('assumption-c-convexity').cases} random problems with concave r_k reaches ${found('assumption-c-convexity').worst?.ratio} of a bound (${searched(found)}).`,
    basis:
      'The counterexamples are exact. What holds is proved by hand; the search only looks for an error in the proof.',
    claims: ['counterexample-convexity', 'assumption-c-convexity'],
  },
  {
    number: 17,
    title:
      'Convex d improves no constant, that of the noise at B = T perhaps excepted: convex instances attain the others.',
    text: () =>
      'The paper asks how convexity of d can strengthen its results. It does not in these bounds: convex instances attain them. About the noise term of Theorem 2♯ at B = T this says nothing, and f(x) − f* is another matter (F18).',
    basis: exact,
    claims: ['convex-same-constants'],
  },
  {
    number: 18,
    title: 'With convex d SPGM needs no smooth r_k: f − f* tends to 0, with ℓ1 and hinge terms; the bound is attained.',
    text: (found) =>
      sentence`For convex d, closed, proper, convex r_k, every γ and every z, (1/T) Σ E[f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γσ²/(2B), where L is that of ∇d alone. ${found('convex-spgm-tight').rows?.length} rows are equalities. With kinks Theorem 1 fails, as ‖G‖ need not tend to 0. In the objective d + Σθ_k r_k of the paper γσ₀²/(4 − 2/B) takes the place of the noise, where σ₀² is the supremum over all points u of the variance of the subgradients of the r_k at u. Without convexity of d the gap may stay.`,
    basis:
      'Machine-checked: Coq has checked the bound for finite r_k and all γ, B and T. The algebra of the proof, for any r_k, is a certificate; whole runs of the bound for d + Σθ_k r_k are checked in rationals, without a tolerance, on random convex problems, and long runs by statistical decisions.',
    claims: [
      'certificate-convex-spgm',
      'convex-spgm',
      'convex-spgm-tight',
      'convex-fixed-objective-step',
      'convex-fixed-objective',
      'convex-fixed-objective-tight',
      'counterexample-convex-d',
    ],
  },
  {
    number: 19,
    title:
      'For signProx a convex d is not enough: f − f* may stay while ‖G‖₁ tends to 0, unless the noise is unimodal.',
    text: () =>
      'Where d is as flat as the noise of a mini-batch of T draws, rare events let x climb from its minimiser without end: in the first line the mean gap tends to 0.0713 σ/L, though f(x⁰) = f*. If all iterates stay within D of a minimiser in every coordinate, D times the bound of Theorem 2♯ bounds the gap. Under additive noise that is symmetric and unimodal single draws suffice: the average over t of the gap in each coordinate divided by max{√(3v_i), (3/2)|G_i|}, summed over i, is at most R²/(2γT) + nγ/2, R = ‖x⁰ − x*‖. In one dimension, if |G| ≤ 2σ/√3 at all iterates, one bit then costs a factor of at most √3 in the guarantee of SPGM.',
    basis: 'Proved by hand; left sides are enclosed, and one step is checked in rationals on random convex problems.',
    claims: ['counterexample-convex-sign-prox', 'convex-one-bit-step', 'convex-one-bit'],
  },
  {
    number: 20,
    title:
      'These are not needed: a minimum that is attained, a certain value of sgn(0), coordinates that do not interact.',
    text: () =>
      "In the first two lines f* is approached as x → −∞ and never attained. Theorem 2 holds whether sgn(0) is 0, +1, −1 or a fair coin; the third line has the largest left/bound. For coupled coordinates, −Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r_k ⪯ Λ with Λ = diag(L_i) suffice for the bound (2/(√T − ½))[‖L‖₁Δ + ½(1 − 1/T)‖σ‖₁ + ¼], which never exceeds the paper's; the d of the last line couples four along a path.",
    basis:
      'Proved by hand. The numbers are enclosed by exact laws for sgn(0), and else intervals of replicates; that it is below the bound is a statistical decision.',
    claims: ['assumption-1a-attained', 'theorem-2-sign-conventions', 'theorem-2-coupled'],
  },
];

/** Error feedback against the bound of SPGM at the step of its theorem. */
const ofSpgm = 'the bound of Theorem 1♯, d = ½‖x‖², n = 16';

/** By how much of nγL the left side of error feedback exceeds the bound of SPGM at the paper's step. */
function excess(found: Found, signOfZero: string): number | undefined {
  const row = largestRow(found('error-feedback-controls'), `${ofSpgm}, γ = 1/(L√T), sgn(0) ${signOfZero}`);
  return row && kindOf(row) !== 'interval' ? (boundRatio(row) - 1) / (16 * row.step) : undefined;
}

/** The instance with the largest left/bound of the search among concave r_k: `d = 0.5x², …, x⁰ = 2.0625`. */
const searched = (found: Found): string | undefined =>
  / for (.*)$/.exec(found('assumption-c-convexity').worst?.explanation ?? '')?.[1];

/** The change of a partial derivative between two points that share that coordinate. */
const movesBy = (found: ReturnType<Found>, part: string) =>
  /= (\S+) though/.exec(partOf(found, part)?.reason ?? '')?.[1];

/** The number of seeds that agree, of all: `47 of 47`. */
function agreeing(reason: string): string | undefined {
  const [, fails, seeds] = /fails on (\d+) of (\d+) seeds/.exec(reason) ?? [];
  return seeds && `${Number(seeds) - Number(fails)} of ${seeds}`;
}

/** The objective that is minimised, the consequences of Assumption 2, and the problems that the assumptions exclude. */
export const assumptions: readonly FindingSource[] = [
  {
    number: 21,
    title: 'Zeros of G are critical points of d + r_γ, the proximal average, and not of d + Σθ_k r_k.',
    text: () =>
      "So Definition 1 is right for r = r_γ, the function of equation (9), which moves with γ, and not for the r of equations (1) and (3). The distance shrinks with γ: at the paper's γ and B both methods reach critical points of d + Σθ_k r_k at the rate 1/√T, with constants that do not move with T.",
    basis:
      'The counterexample is exact. The corrected theorems are proved by hand, their constants checked in rationals on random problems, their left sides by statistical decisions.',
    claims: [
      'counterexample-plain-average',
      'corollary-fixed-objective',
      'theorem-1-fixed-objective',
      'theorem-2-fixed-objective',
    ],
  },
  {
    number: 22,
    title: 'Assumption 2(b),(c) as printed holds only for problems whose coordinates do not interact.',
    text: (found) =>
      sentence`|∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all x, y makes ∇d(x)_i a function of x_i alone, so d and every r_k are sums of functions of one coordinate each. Phase retrieval is not such a sum (∇d(x)₂ differs by ${movesBy(found('assumption-2bc-separability'), 'phase retrieval')} at two points with the same x₂), and neither is least squares (${movesBy(found('assumption-2bc-separability'), 'least squares')}). The method does not need it (F20).`,
    basis: 'Proved in one sentence; the pairs of points are computed exactly.',
    claims: ['assumption-2bc-separability'],
  },
  {
    number: 23,
    title:
      'The uniform variance bound leaves out parabolas of different curvature, and d = 0 with linear r_k has no f*.',
    text: () =>
      'Assumptions 1(d) and 2(d) ask for one σ at all x. For parabolas r_k of curvatures 1 and 3 the variance grows with x. So quadratic r_k, linear ones among them, are covered only if all have one curvature, or if x − γ∇d(x) is the same at all x, as on d = ½Lx² at γL = 1 (T = 1 in Theorem 1). Huber functions and log cosh of different curvature are covered. With d = 0 and linear r_k signProx is signSGD to the last bit. There f falls without end unless the slopes cancel, which Assumptions 1(a) and 2(a) exclude.',
    basis:
      'Proved by hand in one line each; the auditor shows points along a ray on which σ, or −f, grows without end.',
    claims: ['assumption-1a', 'assumption-2d', 'eq12-sign-sgd-equivalence'],
  },
  {
    number: 24,
    title: 'Figure 1 can be reproduced, but neither theorem covers it.',
    text: (found) =>
      sentence`Its d and r meet neither assumption: ${found('phase-retrieval-assumptions').reason.replace('not met: ', '')}. On a smaller phantom, under dense and sparse noise of the same total variance, SPGM converges equally well on ${agreeing(found('figure-1').reason)} seeds, and signProx is ahead of it under sparse noise on ${agreeing(found('remark-sparse-noise').reason)}. signProx itself ends lower under sparse noise than under dense noise on ${agreeing(found('figure-1-sign-prox').reason)}. "Kept constant" can also mean the standard deviation of the entries that are hit; then SPGM does not converge equally well.`,
    basis: 'Measured: statistical decisions over independent seeds with a bounded error; no theorem is behind them.',
    claims: ['phase-retrieval-assumptions', 'remark-sparse-noise', 'figure-1', 'figure-1-sign-prox'],
  },
];

/** The number of signs below half a unit in the last place in f64, and the fraction of them that the literal form loses. */
function lost({ measured = {} }: ReturnType<Found>) {
  const [name, tally] = Object.entries(measured).find(([key]) => key.startsWith('f64, γ|Ĝ| below ½ ulp')) ?? [];
  return {
    signs: /(\d+) signs/.exec(name ?? '')?.[1],
    share: /^literal: .*?\((.*?)\)/.exec(String(tally ?? ''))?.[1],
  };
}

/** Where signs go wrong: in floating point, in a vote, at 0. */
export const signs: readonly FindingSource[] = [
  {
    number: 25,
    title: 'Computed as printed, sgn(x − P̂(x)) loses signs that are near rounding; a residual form loses none.',
    text: (found) =>
      sentence`Where γ|Ĝ_i| is below half a unit in the last place of x_i, the subtraction rounds it away. Of ${lost(found('exact-sign-loss')).signs} such signs in f64, ${lost(found('exact-sign-loss')).share} come out as 0 or reversed. The residual form computes Ĝ = ∇d(x) + (1/B) Σ ρ_k(y)/γ, where ρ_k(y) = y − prox(y) has its own formula without a subtraction that cancels. It gets every sign right. For linear r_k it makes signProx equal to signSGD bit for bit.`,
    basis: 'Measured on random cases, each judged exactly.',
    claims: ['exact-sign-loss'],
  },
  {
    number: 26,
    title:
      'A majority vote can hurt: Theorem 2♯ fails with 1001 workers. A gain is proved only for some kinds of noise.',
    text: () =>
      "The paper says that the majority vote of signSGD directly applies. So it does for the algorithm, and for Theorem 2, whose noise term is four times that of Theorem 2♯. But the vote follows the median of the noise: on a periodic d with long climbs and short falls 1001 workers exceed the bound of Theorem 2♯, and a vote can raise the left side (M = 1 and 101 below, v the variance of one worker's noise). It is proved to gain like 1/√M in two cases. Under symmetric unimodal noise, as in Bernstein et al. (2018), the coefficient of the noise term is 0.589/√M in place of 1. For symmetric draws and even B it is at most 1.04/√M. If αM of the workers invert their votes, it is √3/((1 − 2α)√M) under unimodal noise, provided that all workers have noise of one law: it fails if 33 of 99 workers are noiseless and invert. That a vote is robust when up to half of the workers invert their estimates is known (Bernstein et al. 2019, abstract); new here are the prox form, the coefficient and what unequal noise does to it. All workers need one objective: with ½(x − c_m)² for worker m the vote goes to the median of the c_m and not to their mean. Safaryan and Richtárik corrected a theorem about workers with different objectives in June 2026 (arXiv 1905.12938v6, abstract and footnote).",
    basis:
      'The counterexamples are enclosures of exact laws, the figures at T = 400 exact laws in doubles; the coefficients are proved by hand.',
    claims: [
      'counterexample-majority-vote',
      'majority-vote-noise',
      'majority-vote-even-batch',
      'majority-vote-inverters',
      'counterexample-noiseless-inverters',
      'counterexample-different-objectives',
    ],
    picture: 'counterexample-majority-vote',
  },
  {
    number: 27,
    title: 'Two displayed equalities of §5.2 are inequalities when sgn(0) = 0.',
    text: (found) =>
      sentence`Σ L_i(x⁺ − x)_i² = γ²‖L‖₁ and equation (13) fail where some Ĝ_i = 0. With ≤ in place of = both hold for every value of sgn(0), and the theorem stays as it is. The chain after (13) divides by |G_i|, which is harmless: where G_i = 0 its term is 0. Ties are not rare: on the last two lines, with sgn(0) = 0 and sgn(0) = 1, their probability is ${measuredOf(found('counterexample-sign-of-zero'), 'P[tie at x⁰], T = 4')}. One bit cannot carry a 0, so an implementation has to choose.`,
    basis: 'Computed exactly; the lines with ≤ are checked in rationals on random problems.',
    claims: ['theorem-2-step-5', 'theorem-2-step-7', 'counterexample-sign-of-zero'],
  },
  {
    number: 28,
    title: 'For r_k with kinks, signProx on their Moreau envelopes has the rate T^(−1/3), which no γ and μ improve.',
    text: () =>
      'Let every r_k be separable, convex and M_i-Lipschitz in coordinate i, as ℓ1 and hinge terms are. With the Moreau envelopes r_k^μ(u) = min_v r_k(v) + ‖v − u‖²/(2μ) in place of the r_k, that is with y + (γ/(γ + μ))(prox_{(γ+μ)r_k}(y) − y) for their proxes, signProx has E[(1/T) Σ ‖G‖₁] ≤ [Δ̄ + ½(γ + μ)‖M‖²]/(γT) + ½γΣ(L_i + 1/μ) + (1 − 1/T)κ(γ/μ)‖M‖₁/√B for all γ, μ and B. Δ̄ is that of f̄ = d + Σθ_k r_k, and L_i those of d. Its G is ∇d(x) plus a mean of subgradients of the r_k at points that are within γ|G_i| + (2γ + μ)M_i of x. μ of order T^(−1/3), γ of order T^(−2/3) and B of order T^(2/3) have T^(−1/3) for ‖G‖₁ and for the distance, where smooth r_k have T^(−1/2); μ next to T^(−1/4) with the schedule of Theorem 2, as in the first line, has T^(−1/4). This is the best that constant γ and μ can do here: on the problems of the last line the larger of the two is at least ½T^(−1/3) for every T ≥ 8. As T → ∞ the constant is 2^(1/3), that of the bound.',
    basis:
      'Machine-checked: Coq has checked what G is, and the bound with γΣ max{L_i, 1/μ} for its second term and κ at γ max{L_i, 1/μ}. The rest is proved by hand; one step is checked in rationals on random problems, left sides are exact or enclosed.',
    claims: ['smoothed-mapping', 'smoothed-sign-prox', 'smoothed-sign-prox-tight', 'smoothed-sign-prox-lower-bound'],
  },
];
