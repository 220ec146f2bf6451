import { boundRatio } from '../../record/bound-ratio.js';
import { type FindingSource, type Found, largestRow, measuredOf, partOf, sentence, worst } from './finding-source.js';

const exact = 'Computed exactly, in rationals or with an enclosure.';

/** Which hypotheses the theorems need and which they do not. */
export const hypotheses: readonly FindingSource[] = [
  {
    title: (found) =>
      sentence`Without smooth r_k both theorems fail: the left side is ${worst(found('counterexample-smoothness-spgm'))}, and does not tend to 0.`,
    text: (found) =>
      sentence`Assumptions 1(c) and 2(c) leave out ℓ1, total variation and indicators, the functions that motivate proximal methods. Theorem 1 fails for one fixed problem, d = 0, r₁ = 2|u|, r₂ = −u (${worst(found('counterexample-smoothness-spgm'), 'r₁ = 2|u|, r₂ = −u, fixed')}), and for kinks that move with γ (${worst(found('counterexample-smoothness-spgm'), 'r_k = 2|u ∓ γ| ∓ u, moving with γ')}). Theorem 2 fails without any noise for r = |u|, where signProx steps to and fro across the kink (${worst(found('counterexample-smoothness-sign-prox'), 'r = |·|, x⁰ = γ/2')}).`,
    basis: exact,
    claims: ['counterexample-smoothness-spgm', 'counterexample-smoothness-sign-prox'],
  },
  {
    title: () => 'Theorem 2 needs mini-batches that grow like T: it fails for B = 1, B = 4, B = √T and B = T/64.',
    text: (found) =>
      sentence`A sign follows the median of the noise and not its mean, and only a large mini-batch brings the two together. The left side comes to ${worst(found('counterexample-mini-batch'), 'd = ½x², noise −1 (4/5) or +4 (1/5), B = 1')} for B = 1, to ${worst(found('counterexample-mini-batch'), 'rare events, B = 4')} for B = 4, to ${worst(found('counterexample-mini-batch'), 'rare events, B = √T')} for B = √T and to ${worst(found('counterexample-mini-batch'), 'rare events, B = T/64')} for B = T/64. By Theorem 2♯ a sixteenth of the paper's mini-batch, B = T/16, is enough.`,
    basis: `${exact} That B = T/16 is enough is proved by hand.`,
    claims: ['counterexample-mini-batch'],
  },
  {
    title: () =>
      'With momentum signProx needs no mini-batch that grows: single draws have the rate T^−¼, whatever the noise is.',
    text: (found) =>
      sentence`Let the signs be those of a running mean of single draws, m^t = (1 − α)m^(t−1) + αĜ(x^t), in place of those of Ĝ with B = T. With α and γ chosen by ‖L‖₁Δ, ‖σ‖₁ and T, (1/T) Σ E‖G‖₁ is at most 4.76(‖L‖₁Δ)^¼ ‖σ‖₁^½ T^−¼ to leading order; for as many draws, mini-batches of the best size have 2.83 in place of 4.76. Under noise −1 (4/5) or +4 (1/5), whose median is not its mean, the left side at T = ${single(found)?.iterations} is ${single(found)?.left} against a bound of ${single(found)?.bound}. Without momentum it is ${largestRow(found('sign-prox-momentum-controls'), 'α = 1 at the step and against the bound for momentum')?.left} at the same step for T = 4096, above the bound. On short runs, over all sequences of draws, left/bound comes to ${ratioOf(found('sign-prox-momentum'))}.`,
    basis:
      'Proved by hand, its algebra checked as identities; one step and the noise are checked in rationals, without a tolerance, on runs on random problems, short runs over all sequences of draws in doubles, and long ones by statistical decisions.',
    claims: [
      'certificate-momentum',
      'momentum-step',
      'momentum-noise',
      'sign-prox-momentum',
      'sign-prox-momentum-general-step',
      'sign-prox-momentum-single-draws',
      'sign-prox-momentum-controls',
    ],
  },
  {
    title: () => 'Fresh mini-batches are needed: T draws that are kept cost Theorem 2 a factor √ln T, and no more.',
    text: (found) =>
      sentence`Where |P_k(x) − P(x)| ≤ γA, a mini-batch of B draws that is kept costs (2 + γL)A√(2 ln(4T)/B) at most, in each coordinate, in place of the noise term (left/bound comes to ${found('theorem-2-kept-batch').worst?.ratio} in ${found('theorem-2-kept-batch').cases} cases). No constant in place of the logarithm will do: signProx that walks along bumps of the noise is caught by one that its mini-batch makes negative, and its left side grows beyond every multiple of the bound. With T draws kept and 79 bumps the left side exceeds the bound of Theorem 2♯ (${worst(found('counterexample-fresh-batches'), 'Theorem 2♯: 79 bumps, T draws kept')}); the bound of Theorem 2 itself is passed at T of the order of 2^68. Theorem 1 fails at once: with one draw kept the left side does not tend to 0 (${worst(found('counterexample-fresh-batches'), 'd = ½x², r_k = ±u, k drawn once')}).`,
    basis:
      'The upper bound and the closed form of the left side are proved by hand; the counterexamples are computed in rationals, that of Theorem 2♯ from a lower end of a binomial tail. 2^68 is an estimate with a normal tail.',
    claims: ['counterexample-fresh-batches', 'theorem-2-kept-batch'],
  },
  {
    title: () =>
      'Under sparse symmetric noise signProx needs no mini-batch, and its bound does not see how large the noise is.',
    text: (found) =>
      sentence`Where Ĝ_i − G_i is symmetric and differs from 0 with probability ϱ at most, (1/T) Σ E‖G‖₁ ≤ [Δ/(γT) + γ‖L‖₁]/(1 − ϱ) for single draws and every γ, and instances come to ${ratioOf(found('sparse-noise-tight'), 'symmetric, ϱ = 1/8')} of it; without symmetry the same is true with 1 − 2ϱ. With noise in one of eight iterations, of a size τ = 4096 times that of x⁰, signProx stays at ${measuredOf(found('sparse-noise-size'), 'signProx, normal, τ = 4096')}, below its bound ${measuredOf(found('sparse-noise-size'), 'bound of signProx')}, while SPGM comes to ${measuredOf(found('sparse-noise-size'), 'SPGM, normal, τ = 4096')} at least, and to more in proportion to τ. This proves the remark of the paper about sparse noise for the noise of Figure 1, but not for its objective.`,
    basis:
      'Proved by hand; one step is checked in rationals on random problems, left sides of signProx are enclosed, and those of SPGM are lower ends in doubles.',
    claims: [
      'sign-prox-margin',
      'sign-prox-margin-lattice',
      'sparse-noise-step',
      'sparse-noise',
      'sparse-noise-tight',
      'sparse-noise-size',
    ],
  },
  {
    title: () =>
      'Under symmetric unimodal noise single draws are enough for signProx, and a vote of M gains like a mean of (2/π)M draws.',
    text: (found) =>
      sentence`For additive noise of variance v_i that is symmetric and unimodal, single draws and every γ, (1/T) Σ E Σ_i |G_i| min(|G_i|/√(3v_i), 2/3) ≤ Δ/(γT) + γ‖L‖₁, which a slope under uniform noise attains in the limit (${worst(found('unimodal-noise-tight'))}). At γ = √(Δ/(‖L‖₁T)) this gives ‖G‖₁ the rate T^(−1/4): X + √(√3‖σ‖₁X), where X = 2√(‖L‖₁Δ/T) is the bound without noise. A vote of M workers divides the second X by φ_M′(0) ≥ √(2M/π), and by the margin φ_M of a vote its bound is attained as well (${worst(found('unimodal-vote-tight'), 'd = Huber of slope √(3v/M), uniform noise, M = 101, φ_M')}). Symmetry alone is not enough: under noise ±σ the left side stays, and comes to ${worst(found('counterexample-unimodality'), 'the rate, M = 1: d = ½x² from σ')} for one worker and to ${worst(found('counterexample-unimodality'), 'the rate, M = 1001: d = ½x² from σ')} for 1001. No finite sum has unimodal noise: this is about noise that is added to Ĝ, as in Figure 1.`,
    basis:
      'Proved by hand; one step, the margins φ_M and the way from them to ‖G‖₁ are checked in rationals, and left sides are enclosed.',
    claims: [
      'unimodal-noise-step',
      'unimodal-noise',
      'unimodal-noise-tight',
      'unimodal-noise-norm',
      'unimodal-noise-rate',
      'majority-vote-margin',
      'unimodal-vote-step',
      'unimodal-vote',
      'unimodal-vote-tight',
      'counterexample-unimodality',
    ],
  },
  {
    title: () =>
      'With its errors fed back signProx needs no mini-batch that grows, and has the constants of SPGM for large T.',
    text: (found) =>
      sentence`Sent are n signs and one number, C(m) = (‖m‖₁/n) sgn m with m = e + γĜ, and what they leave out, e⁺ = m − C(m), is added to the next message. Under Assumption 1, with coordinates that may interact and for every B, (1/T) Σ E‖G‖² ≤ [Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²/B]/(1 − γL(½ + 2ω)), where ρ² = 1 − 1/n and ω = ρ/(1 − ρ) is less than 2n. In a form whose leading constants are those of Theorem 1♯ the bound is attained in the limit (left side: ${worst(found('error-feedback-tight'), 'on the diagonal, n = 2, where it is SPGM')}), and for n = 1 it is Theorem 1♯. Where the noise is larger than the slope and across it, signs without feedback never find the way (left side: ${worst(found('error-feedback-controls'), 'e := 0, noise across the slope')}). Feedback is not free: the bound that SPGM has at the same step is passed for n = 16 (left side: ${worst(found('error-feedback-controls'), 'the bound of Theorem 1♯, d = ½‖x‖², n = 16')}).`,
    basis:
      'Proved by hand, the algebra of the proof checked as identities; its lines and whole short runs are checked in rationals on random problems. Left sides are exact or found in doubles with measured rounding; those without feedback are statistical decisions.',
    claims: [
      'certificate-error-feedback',
      'scaled-sign-message',
      'error-feedback-sign-prox',
      'error-feedback-step',
      'error-feedback-exact',
      'error-feedback',
      'error-feedback-tight',
      'error-feedback-controls',
    ],
  },
  {
    title: () =>
      'Each of these is needed too: the weights θ, a step that decays, L, a variance bound at all x, a finite f*.',
    text: (found) =>
      sentence`How far a theorem fails when one thing is changed. Components drawn uniformly whatever θ is: ${worst(found('counterexample-biased-sampling'))}. A step that does not decay with T: ${worst(found('counterexample-step'))}. An L that is too small: ${worst(found('counterexample-lipschitz'))}. The variance at the minimiser in place of all x: ${worst(found('counterexample-variance-spgm'))} in Theorem 1, ${worst(found('counterexample-variance-sign-prox'))} in Theorem 2. No finite f*: ${worst(found('counterexample-bounded-below'))}, whatever number is declared for Δ.`,
    basis: `${exact} The variance at the minimiser in Theorem 1 is measured: its rows are statistical decisions.`,
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
    title: () => 'Theorem 1 needs convex r_k for T ≤ 3 and for no other T; Theorem 2 never needs it.',
    text: (found) =>
      sentence`Without convexity, but with L-Lipschitz ∇r_k, the left side of Theorem 1 is any multiple of its bound at T = 1 (${ratioAt(found('counterexample-convexity'), 1)} for one r), ${ratioAt(found('counterexample-convexity'), 2)} times the bound at T = 2 and ${ratioAt(found('counterexample-convexity'), 3)} times at T = 3. For T ≥ 4 Theorem 1 holds, since [LΔ + (1 − 1/T)σ²]/(√T − 1) is a bound and is below the paper's. A search among concave r_k comes to ${partOf(found('assumption-c-convexity'), 'Theorem 1, T ≥ 4, concave r_k')?.worstRatio} times the bound of Theorem 1 and to ${partOf(found('assumption-c-convexity'), 'Theorem 2, concave r_k')?.worstRatio} times that of Theorem 2.`,
    basis:
      'The counterexamples are exact. What holds is proved by hand; the search only looks for an error in the proof.',
    claims: ['counterexample-convexity', 'assumption-c-convexity'],
  },
  {
    title: () => 'A convex d improves no constant: the instances that attain the sharpened bounds are convex.',
    text: (found) =>
      sentence`The paper asks how convexity of d can strengthen its results. It does not in these bounds: parabolas come to ${ratioOf(found('convex-same-constants'), 'd = x², r_k of the same curvature, σ = 1')} of the bound of Theorem 1♯, and to ${ratioOf(found('convex-same-constants'), 'Δ: d = ½x², r = 0, x⁰ = (T − ½)γ')} of that of Theorem 2♯ where Δ counts, with d and r convex. About the noise term of Theorem 2♯ for B = T this says nothing, and f(x) − f* is another matter.`,
    basis: exact,
    claims: ['convex-same-constants'],
  },
  {
    title: () =>
      'With a convex d SPGM needs no smooth r_k: f − f* tends to 0, with ℓ1 and hinge terms, and the bound is attained.',
    text: (found) =>
      sentence`For convex d, any convex r_k, every γ and every z, (1/T) Σ E[f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γσ²/(2B), where L is that of ∇d alone. All sequences of mini-batches of ${found('convex-spgm-exact').cases} generated problems stay below it, and ${found('convex-spgm-tight').rows?.length} rows of two families are equalities; without ‖G‖² an instance comes to ${measuredOf(found('convex-spgm-tight'), 'function values alone, T = 4096')} at T = 4096. In the objective d + Σθ_k r_k of the paper γσ₀²/(4 − 2/B) takes the place of the noise, with the variance σ₀² of subgradients at one point; for B = 1 an instance comes to ${measuredOf(found('convex-fixed-objective-tight'), 'left/bound, σ₀ = 8, T = 4096')} of it. Theorem 1 fails there, as ‖G‖ need not tend to 0. Without convexity the gap may stay (${worst(found('counterexample-convex-d'))}).`,
    basis:
      'Proved by hand; one step and whole runs of up to four iterations are checked in rationals, without a tolerance, on random convex problems, and long runs by statistical decisions.',
    claims: [
      'convex-step',
      'convex-spgm',
      'convex-spgm-exact',
      'convex-spgm-tight',
      'convex-fixed-objective-step',
      'convex-fixed-objective',
      'convex-fixed-objective-tight',
      'counterexample-convex-d',
    ],
  },
  {
    title: () =>
      'For signProx a convex d is not enough: f − f* may stay while ‖G‖₁ tends to 0, unless the noise is unimodal.',
    text: (found) =>
      sentence`Where d is as flat as the noise of a mini-batch of T draws, rare events let x climb from its minimiser for ever: the mean gap comes to ${largestRow(found('counterexample-convex-sign-prox'))?.left} σ/L (T = ${largestRow(found('counterexample-convex-sign-prox'))?.iterations}) and tends to 0.0713 σ/L, though f(x⁰) = f*. If all iterates stay within D of a minimiser in every coordinate, D times the bound of Theorem 2♯ bounds the gap. Under additive noise that is symmetric and unimodal single draws are enough: the gap over max{√(3v), (3/2)|G|}, summed over the coordinates, is R²/(2γT) + nγ/2 at most on average (left/bound comes to ${measuredOf(found('convex-one-bit'), 'largest left/bound')}). In one dimension one bit then costs a factor √3 at most in the guarantee of SPGM.`,
    basis:
      'Proved by hand; left sides are enclosed, and one step is checked in rationals on random convex problems. The limit 0.0713 is proved by hand.',
    claims: ['counterexample-convex-sign-prox', 'convex-one-bit-step', 'convex-one-bit'],
  },
  {
    title: () =>
      'These are not needed: a minimum that is attained, a certain value of sgn(0), coordinates that do not interact.',
    text: (found) =>
      sentence`Where f* is approached as x → −∞ and never attained, the left sides of the sharpened theorems stay at ${worst(found('assumption-1a-attained'))} at most. Theorem 2 holds whether sgn(0) is 0, +1, −1 or a fair coin (${worst(found('theorem-2-sign-conventions'))} at most). For coupled coordinates, −Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r_k ⪯ Λ with Λ = diag(L_i) are enough for the bound (2/(√T − ½))[‖L‖₁Δ + ½(1 − 1/T)‖σ‖₁ + ¼], which is never above the paper's (an instance comes to ${worst(found('theorem-2-coupled'))}).`,
    basis: 'Proved by hand; the numbers come from statistical decisions and from exact laws.',
    claims: ['assumption-1a-attained', 'theorem-2-sign-conventions', 'theorem-2-coupled'],
  },
];

/** The long run with momentum under skewed noise. */
const single = (found: Found) => largestRow(found('sign-prox-momentum-single-draws'));

/** The largest left/bound of an instance, or of all. */
function ratioOf(found: ReturnType<Found>, instance?: string): number | undefined {
  const row = largestRow(found, instance);
  return row && boundRatio(row);
}

/** The largest left/bound at one T. */
function ratioAt({ rows = [] }: ReturnType<Found>, iterations: number): number | undefined {
  const ratios = rows.filter((row) => row.iterations === iterations).map(boundRatio);
  return ratios.length === 0 ? undefined : Math.max(...ratios);
}
