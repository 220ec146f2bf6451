import { timesNoise, withSchedules, withStep } from '../../src/library/testing.js';
import { type BoundInstance, boundClaim, controlClaim, type Theorem } from '../../src/library/theorems.js';
import {
  gemanMcClureQuadratics,
  matchedQuadratics,
  quadraticHubers,
  severalHubers,
  slopes,
  theorem1Instances,
} from '../shared/instances.js';
import { optimalSchedule } from '../shared/optimal-step.js';
import { type ExactInstance, rationalClaim } from '../shared/rational-claim.js';
import { written } from '../shared/written.js';

/** Theorem 1♯ for any γ and B; from γ = 2/L on it says nothing. */
const sharpBound1 = '(Δ/(γT) + (1 − 1/T)γLσ²/B)/(1 − γL/2) if γL < 2 else ∞';

/**
 * Theorem 1. Run SPGM for T iterations under Assumption 1 with γ = 1/(L√T) and B = 1. Then
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖²] ≤ (1/√T) [2L(f(x⁰) − f*) + 3σ²].
 *
 * The sharpened bound of the same left side is (LΔ + (1 − 1/T)σ²/B)/(√T − ½): the descent lemma in place of convexity twice, and the
 * noise of the last step not counted, because the left side never sees it.
 *
 * At any other γ < 2/L the proof of §5.1 gives [Δ/(γT) + (3/2)γLσ²/B]/(1 − γL/2), which the schedule `optimal` minimises. It is above Theorem 1♯ at that γ.
 */
export const theorem1: Theorem = withSchedules(
  written({
    id: 'theorem-1',
    module: import.meta.url,
    source: { section: '2.2', equation: 'Theorem 1' },
    statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²] for SPGM with γ = 1/(L√T), B = 1',
    hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
    algorithm: 'spgm',

    schedule: { step: '1/(L√T)' },
    term: 'squared-gradient-mapping',
    bound: '(2LΔ + 3σ²)/√T',
    sharp: sharpBound1,

    /**
     * Almost surely ‖Ĝ − G‖ ≤ S. With e = Ĝ − G the one-step inequality f(x⁺) ≤ f(x) − γ⟨G,Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖e‖²) is
     * f(x⁺) ≤ f(x) − γμ‖G‖² − γ(1 − γL)⟨G,e⟩ + γ²L‖e‖² with μ = 1 − γL/2, and |⟨G,e⟩| ≤ (α/2)‖G‖² + ‖e‖²/(2α). For γL ≤ 1 and α = 1,
     * and for γL < 2 and α = μ/|1 − γL|, summed with the last step taken noiseless:
     * (1/T)Σ‖G‖² ≤ 2Δ/(γT) + (1 − 1/T)(1 + γL)S²,   (1/T)Σ‖G‖² ≤ (2/μ)[Δ/(γT) + (1 − 1/T)((1 − γL)²/(2μ) + γL)S²].
     */
    cap(problem, _start, iterations, { lipschitz, deviation, gap }) {
      const { step } = problem;
      if (deviation === undefined || lipschitz === undefined) return undefined;
      const product = step * lipschitz;
      if (product >= 2) return undefined;
      const drift = (2 * gap.upper) / (step * iterations);
      const noise = (1 - 1 / iterations) * deviation ** 2;
      const slack = 1 - product / 2;
      const general = (drift + noise * ((1 - product) ** 2 / slack + 2 * product)) / slack;
      const short = product <= 1 + 2 ** -40 ? drift + noise * (1 + product) : Number.POSITIVE_INFINITY;
      return Math.min(general, short) * (1 + 2 ** -30);
    },
  }),
  optimalSchedule(
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [(f(x⁰) − f*)/(γT) + (3/2)γLσ²]/(1 − γL/2) for SPGM with the γ that minimises it, B = 1',
    (iterations, { lipschitz }) =>
      ({ sigma, gap, growth }, miniBatch) => ({
        start: gap / iterations,
        constant: growth / iterations,
        slope: (1.5 * lipschitz! * sigma ** 2) / miniBatch,
        pole: lipschitz! / 2,
      }),
    (iterations, { lipschitz, sigma, gap }, { step, miniBatch }) => {
      const noise = (1.5 * step * lipschitz! * sigma! ** 2) / miniBatch;
      return (gap.upper / (step * iterations) + noise) / (1 - (step * lipschitz!) / 2);
    },
  ),
);

export const theorem1Claim = boundClaim({
  id: 'theorem-1',
  version: 2,
  theorem: theorem1,
  machineChecked: { file: 'theorem_1', theorem: 'theorem_1' },
  instances: theorem1Instances,
  method:
    'two e-processes per instance and T on the mean of independent runs, against the bound with certified L, σ and f*; T = 1 and σ = 0 directly',
});

/** d = ½Lx², r = 0: at T = 1 the bound is attained with equality. */
const noiseless: ExactInstance = {
  instance: {
    name: 'quadratic, r = 0',
    problem: {
      smooth: { type: 'quadratic', curvature: 3, center: 0.5 },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    start: [2],
  },
  iterations: { quick: [1, 4, 9], standard: [1, 4, 9, 16], deep: [1, 4, 9, 16, 25, 36] },
};

/** d = x² and r_k of the same curvature from x⁰ = x*: Δ = 0, and the whole bound is noise. */
const fromMinimiser: ExactInstance = {
  instance: { ...matchedQuadratics, name: `${matchedQuadratics.name}, from the minimiser`, start: [0] },
  iterations: { quick: [1, 4], standard: [1, 4, 9], deep: [1, 4, 9] },
};

const allPaths = { quick: [1, 4], standard: [1, 4, 9], deep: [1, 4, 9] };

/**
 * Theorem 1 on instances with rational constants, by enumeration of all K^(T−1) sample paths: the left side, σ², f(x⁰) − f* and the
 * bound are rationals and are compared as such. With f* known from above only (Geman–McClure) the bound is a lower end of the theorem's.
 */
export const theorem1ExactClaim = rationalClaim({
  id: 'theorem-1-exact',
  version: 1,
  theorem: theorem1,
  statement: `${theorem1.statement}; and with 1♯'s bound (LΔ + (1 − 1/T)σ²)/(√T − ½)`,
  method: 'all sample paths in rational arithmetic, T ∈ {1, 4, 9}: the theorem is a comparison of two rationals',
  instances: [
    noiseless,
    { instance: quadraticHubers, iterations: allPaths },
    { instance: matchedQuadratics, iterations: allPaths },
    fromMinimiser,
    { instance: severalHubers, iterations: { quick: [1, 4], standard: [1, 4], deep: [1, 4] } },
    { instance: gemanMcClureQuadratics, iterations: { quick: [1, 4], standard: [1, 4], deep: [1, 4] } },
  ],
});

/** Skewed noise −1 (¾) and +3 (¼) added to the gradient of a parabola; the start carries almost no weight against it. */
const skewedNoise: BoundInstance = {
  name: 'quadratic, linear r_k, skewed noise',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 3),
    probabilities: [0.75, 0.25],
  },
  start: [0.25],
};

/** Two coordinates of different curvature, one of them without curvature in d. */
const twoCurvatures: BoundInstance = {
  name: 'two curvatures, three quadratic r_k, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: [1, 0], center: [0.5, 0] },
    functions: [
      { type: 'quadratic', curvature: [0.5, 2], center: [1, -1] },
      { type: 'quadratic', curvature: [0.5, 2], center: [-1, 0] },
      { type: 'tilted', slope: [0.25, -0.5], inner: { type: 'quadratic', curvature: [0.5, 2], center: 0 } },
    ],
    probabilities: [0.25, 0.25, 0.5],
  },
  start: [2, 1],
};

/**
 * Theorem 1 where G is affine and its noise additive: E‖G‖² follows a recursion of second moments that is computed in rationals for any T. On
 * the first instance the left side reaches 98 % of the sharpened bound (LΔ + (1 − 1/T)σ²)/(√T − ½) at T = 1024.
 */
export const theorem1MomentsClaim = boundClaim({
  id: 'theorem-1-moments',
  version: 1,
  theorem: theorem1,
  engine: 'moments',
  referenceOnly: true,
  statement: `${theorem1.statement}; and the sharpened bound of theorem 1♯`,
  method: 'the recursion of second moments in rationals on quadratics with one common curvature, T up to 1024',
  instances: [matchedQuadratics, skewedNoise, twoCurvatures],
  iterations: {
    quick: [1, 4, 16, 64, 256, 1024],
    standard: [1, 4, 16, 64, 256, 1024],
    deep: [1, 4, 9, 16, 64, 100, 256, 1024, 4096],
  },
});

/** Linear r_k, d = ½x²: additive noise ±1 of known variance. */
const additiveNoise: BoundInstance = {
  name: 'quadratic, r_k = ±u',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1, -1),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/**
 * Planted errors for theorem 1: a step that does not decay with T (a merely doubled step cannot violate the theorem for T ≥ 9), and σ
 * understated by a factor of 3 from x⁰ = x*, where the whole left side is noise.
 */
export const theorem1ControlsClaim = controlClaim({
  id: 'theorem-1-controls',
  version: 2,
  theorem: theorem1,
  method: 'the same check on a step of 2.5/L and on σ/3; every row must be violated',
  planted: [
    {
      name: 'step 2.5/L in place of 1/(L√T)',
      theorem: withStep(2.5)(theorem1),
      instance: additiveNoise,
      iterations: [4, 16, 64],
    },
    {
      name: 'σ understated by a factor of 3',
      theorem: timesNoise(1 / 3)(theorem1),
      instance: { ...matchedQuadratics, start: [0] },
      iterations: [64, 256],
    },
  ],
});
