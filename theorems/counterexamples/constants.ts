import { parseProblem } from '../../src/library/algorithms.js';
import { fromDouble, one, type Rational, rational, square, sum, toDouble, two, zero } from '../../src/library/exact.js';
import { boundEvidence, claimOf, rowClaim, withoutNoise } from '../../src/library/testing.js';
import type { BoundInstance } from '../../src/library/theorems.js';
import { type Comparison, counterexampleClaim } from '../shared/counterexample-claim.js';
import { slopes, tilted, translated } from '../shared/instances.js';
import { chainLeft, drawsOf, meanMapping, type SignChain } from '../shared/sign-chain.js';
import { theorem1 } from '../theorem-1/theorem-1.js';

/**
 * d = ½x², r_k = ±u, x⁰ = 0: x⁺ = (1 − γ)x ∓ γ and G = x, so that the second moment follows m⁺ = (1 − γ)²m + γ². With the constant step γ = 1/L = 1, x⁺ = ∓1
 * and |G| = 1 from the second iterate on: the left side is (T − 1)/T.
 */
export function constantStep1(root: bigint, step: Rational = one): Comparison {
  let [moment, sum] = [zero, zero];
  for (let t = 0n; t < root * root; t++) {
    sum = sum.add(moment);
    moment = square(one.sub(step)).mul(moment).add(square(step));
  }
  return {
    instance: 'Theorem 1 with γ = 1/L',
    iterations: Number(root * root),
    step: toDouble(step),
    left: sum.div(rational(root * root)),
    bound: rational(3n, root),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

/** d = ½x², no noise, x⁰ = γ/2: x alternates between ±γ/2 for ever, Δ = γ²/8. With γ = 1/(2L) = ½, |G| = ¼. */
export function constantStep2(root: bigint, step: Rational = one.div(two)): Comparison {
  const gap = square(step).div(rational(8n));
  return {
    instance: 'Theorem 2 with γ = 1/(2‖L‖₁)',
    iterations: Number(root * root),
    step: toDouble(step),
    miniBatch: Number(root * root),
    left: step.div(two),
    bound: rational(4n, root).mul(one.add(gap)),
    constants: { sigma: 0, gapUpper: toDouble(gap), L: 1 },
  };
}

const stepRoots = [2n, 4n, 8n, 16n, 17n, 32n, 64n];

/**
 * Both theorems need a step that decays like 1/√T. A merely doubled step is no counterexample: Theorem 2♯ covers it for every T, Theorem 1♯ for T ≥ 4, and
 * at T = 1 Theorem 1 holds with it; at T = 2 and 3 that is not decided. Proofs in PROOFS.md.
 */
export const counterexampleStepClaim = counterexampleClaim({
  id: 'counterexample-step',
  version: 1,
  source: { section: '2.2', equation: 'the steps of Theorems 1 and 2' },
  statement: 'Theorems 1 and 2 with steps 1/L and 1/(2‖L‖₁) that do not decay with T',
  method: 'closed forms in rationals',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2'],
  counterexamples: [
    'd = ½x², r_k = ±u, x⁰ = 0, γ = 1: left side (T − 1)/T against 3/√T',
    'd = ½x², σ = 0, x⁰ = γ/2, γ = ½: |G| = ¼ for ever against (33/8)/√T',
  ],
  compare: () => [...stepRoots.map((root) => constantStep1(root)), ...stepRoots.map((root) => constantStep2(root))],
});

/**
 * d = ½x², r_k = ½u² ± u, so L = 1, but L′ = 1/`factor` is declared, 1/8 by default: γ = 8/√T. Then G(x) = 2x/(1 + γ), P_k(x) = (1 − γ)x/(1 + γ) ∓ γ/(1 + γ), hence σ = 1/(1 + γ), and
 * from x⁰ = x* = 0 the second moment follows m⁺ = ((1 − γ)/(1 + γ))²m + γ²/(1 + γ)².
 */
export function understated1(root: bigint, factor = 8n): Comparison {
  const step = rational(factor, root);
  const shrink = one.add(step);
  const contraction = square(one.sub(step).div(shrink));
  const noise = square(step.div(shrink));
  let moment = zero;
  let sum = zero;
  const T = root * root;
  for (let t = 0n; t < T; t++) {
    sum = sum.add(moment);
    moment = contraction.mul(moment).add(noise);
  }
  return {
    instance: `Theorem 1, L/${factor} declared`,
    iterations: Number(T),
    step: toDouble(step),
    engine: 'moments',
    left: square(two.div(shrink)).mul(sum).div(rational(T)),
    bound: rational(3n, root).div(square(shrink)),
    constants: { sigma: 1 / toDouble(shrink), gapUpper: 0, L: 1 / Number(factor) },
  };
}

/** d = ½x², no noise, L = 1 but L′ = 1/`factor` declared, 1/32 by default: γ = 16/√T, and from x⁰ = γ/2 the iterate alternates: |G| = γ/2 = 8/√T against (4/√T)[L′γ²/8 + 1]. */
export function understated2(root: bigint, factor = 32n): Comparison {
  const T = root * root;
  const step = rational(factor, 2n * root);
  const gap = square(step).div(rational(8n));
  return {
    instance: `Theorem 2, L/${factor} declared`,
    iterations: Number(T),
    step: toDouble(step),
    miniBatch: Number(T),
    left: step.div(two),
    bound: rational(4n, root).mul(gap.div(rational(factor)).add(one)),
    constants: { sigma: 0, gapUpper: toDouble(gap), L: 1 / Number(factor) },
  };
}

/** Both theorems need a true L: understated by a constant factor, the bounds fail for every T ≥ 4. */
export const counterexampleLipschitzClaim = counterexampleClaim({
  id: 'counterexample-lipschitz',
  version: 1,
  source: { section: '2.2', equation: 'Assumptions 1(b), 2(b)' },
  statement: 'Theorems 1 and 2 with an L that is too small',
  method: 'second moments in rationals, and a closed form',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2', 'assumption-1b', 'assumption-2b'],
  counterexamples: [
    'd = ½x², r_k = ½u² ± u, x⁰ = 0, L = 1/8 declared: left/bound → 8/3',
    'd = ½x², σ = 0, x⁰ = γ/2, L = 1/32 declared: left/bound = 2/(1 + 1/T)',
  ],
  compare({ depth }) {
    const roots = depth === 'quick' ? [1n, 2n, 4n] : [1n, 2n, 4n, 8n, 16n, 32n];
    return [...roots.map((root) => understated1(root)), ...roots.map((root) => understated2(root))];
  },
});

const key = { id: 'counterexample-variance-spgm', version: 2 } as const;

/** The slope that both r_k share; it makes the two wells nearly equally deep. */
const tilt = 11 / 128;

/**
 * d = 1 − cos x, r₁′ rises from 0 to 1 around x = 5, r₂ = 0, both tilted by −11/128, θ = ½. f has its minimum near 0, where P₁ = P₂, and a second well, hardly less deep,
 * near 2π, where r₁′ = 1 and the noise is ±½. x⁰ is the bottom of the second well.
 */
const twoWells: BoundInstance = {
  name: 'd = 1 − cos x, noise in the second well only',
  problem: {
    smooth: { type: 'cosine', weight: 1 },
    functions: [
      {
        type: 'tilted',
        slope: [0.5 - tilt],
        inner: { type: 'translated', shift: [5], inner: { type: 'huber', weight: 1, threshold: 0.5 } },
      },
      { type: 'linear', coefficients: [-tilt] },
    ],
    probabilities: [0.5, 0.5],
  },
  start: [2 * Math.PI - Math.asin(0.5 - tilt)],
};

const minimiser = Float64Array.of(Math.asin(tilt));
const iterationsByDepth = { quick: [256], standard: [256, 1024], deep: [256, 1024, 4096] } as const;

/**
 * Assumption 1(d) must hold for all x. That the variance is small at the minimiser, here 0, is not enough: from the second well the left side is noise of
 * order γ, while 2LΔ/√T is smaller by the depth that the wells differ in.
 */
export const counterexampleVarianceSpgmClaim = claimOf({ instance: twoWells }, ({ instance }) =>
  rowClaim(
    {
      ...key,
      source: { section: '2.2', equation: 'Assumption 1(d)' },
      statement: 'Theorem 1 with the variance at the minimiser, E‖P_k(x*) − P(x*)‖² ≤ γ²σ², in place of a uniform one',
      method: 'two e-processes against 2LΔ/√T, the bound with σ = 0; the operators at x* are compared directly',
      requires: { referenceOnly: true },
      expected: ['needed'],
      counterexampleTo: ['theorem-1', 'assumption-1d'],
      counterexamples: [
        'd = 1 − cos x, r₁ one-sided Huber about 5, r₂ = 0, tilted: no variance at x* near 0, variance ¼ in the well near 2π',
      ],
    },
    {
      plan: ({ depth }) =>
        iterationsByDepth[depth].map((iterations) => ({ theorem: withoutNoise(theorem1), instance, iterations })),
      conclude(rows) {
        const spreads = rows.map(({ step }) => {
          const at = parseProblem(instance.problem).at(step);
          const [first, second] = [0, 1].map((k) => at.proximalGradient(k, minimiser)[0]!);
          return Math.abs(first! - second!) / step;
        });
        // x* itself and its value, to rounding: G vanishes, and no point of the second well is lower.
        const mappings = rows.map(({ step }) =>
          Math.abs(parseProblem(instance.problem).at(step).gradientMapping(minimiser)[0]!),
        );
        const lowest = rows.every(({ step, constants }) => {
          const value = parseProblem(instance.problem).at(step).objective(minimiser);
          return value <= Number(constants['infimumUpper']) + 2 ** -30;
        });
        const isMinimiser = lowest && Math.max(...mappings) <= 2 ** -40;
        const refuted =
          isMinimiser && Math.max(...spreads) <= 2 ** -40 && rows.every(({ verdict }) => verdict === 'violated');
        return {
          ...boundEvidence(
            rows,
            refuted ? 'needed' : 'inconclusive',
            refuted
              ? `P₁(x*) = P₂(x*), and the left side exceeds 2LΔ/√T by ${(rows.at(-1)!.left / rows.at(-1)!.bound).toFixed(1)} times`
              : `x* ${isMinimiser ? 'is' : 'is not'} the minimiser, |P₁(x*) − P₂(x*)|/γ = ${Math.max(...spreads)}`,
          ),
          measured: { '|P₁(x*) − P₂(x*)|/γ': Math.max(...spreads), '|G(x*)|': Math.max(...mappings) },
        };
      },
    },
  ),
);

/** A mini-batch of T draws meets r₁, of probability p = 19/(64T), with probability a quarter. */
const rate = 19 / 64;
/** The slope e that r₁ rises to, over T. */
const rise = 43 / 8;
/** Where the signs of mini-batches without an event change: pe, the distance of mean and median of the noise. */
const lock = rate * rise;

/** √Var_θ of the h_k at x, without the factor γ. */
function deviationAt({ probabilities, mappings }: Pick<SignChain, 'probabilities' | 'mappings'>, x: Rational): number {
  const mean = meanMapping({ probabilities, mappings }, x);
  const squares = mappings(x).map((mapping, k) => probabilities[k]!.mul(square(mapping.sub(mean))));
  return Math.sqrt(toDouble(sum(squares)));
}

/**
 * d = s²(1 − cos(x/s)) with |d″| ≤ 1, r₁ one-sided Huber, r₁″ ≤ 1, whose slope rises from 0 to e half-way between the wells of d at 0 and 2πs, r₂ = 0, all
 * tilted by −τ, τ = ½·lock: f has two minimisers that lie symmetrically, with G = d′ − τ near 0 and d′ − τ + lock near 2πs, and the same value (the
 * middle of the rise is moved by (1 − p)e/(4√T), which makes up for r̄ − r_γ). At the first P₁ = P₂. At the second mini-batches without
 * an event see Ĝ = G − lock, so that x climbs from G = 0 to G = lock: s = e/4 leaves room for all T steps. T is a power of 4.
 */
function secondWell(root: bigint): Comparison {
  const iterations = Number(root * root);
  const p = rate / iterations;
  const height = rise * iterations;
  const scale = height / 4;
  const step = 1 / (2 * Number(root));
  const tau = lock / 2;
  const middle = Math.PI * scale - ((1 - p) * height * step) / 2;
  const well = fromDouble(2 * Math.PI * scale);
  const toMinimiser = scale * Math.asin(tau / scale);
  // Relative to 2πs, where doubles are finer.
  const sine = (x: Rational): Rational => fromDouble(scale * Math.sin(toDouble(x) / scale));
  const draws = {
    functions: [
      tilted([height / 2 - tau], translated([middle], { type: 'huber', weight: 1, threshold: height / 2 })),
      ...slopes(-tau),
    ],
    probabilities: [p, 1 - p],
  };
  const second = {
    ...drawsOf(draws, fromDouble(step), (x) => sine(x.sub(well))),
    start: well.sub(fromDouble(toMinimiser)),
  };
  const [lower, upper] = chainLeft({
    ...second,
    tolerance: 2 ** -40 * height,
    ...{ step: fromDouble(step), miniBatch: iterations, iterations },
  });
  return {
    instance: 'two wells, rare events in the second',
    ...{ iterations, step, miniBatch: iterations, engine: 'lattice' },
    left: fromDouble(lower),
    upper: fromDouble(upper),
    // x⁰ is the minimiser up to the rounding of its double.
    bound: rational(4n, root).mul(one.add(fromDouble(2 ** -40))),
    constants: {
      ...{ L: 1, gapUpper: 0 },
      sigmaAtFirstMinimiser: deviationAt(drawsOf(draws, fromDouble(step), sine), fromDouble(toMinimiser)),
      sigmaAtSecondMinimiser: deviationAt(second, second.start),
    },
  };
}

const varianceRoots = { quick: [8n, 16n], standard: [8n, 16n, 32n], deep: [8n, 16n, 32n, 64n] };

/** Assumption 2(d) must hold for all x: with the variance at a minimiser, here 0, Theorem 2 fails. */
export const counterexampleVarianceSignProxClaim = counterexampleClaim({
  id: 'counterexample-variance-sign-prox',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 2(d)' },
  statement: 'Theorem 2 with the variance at a minimiser, E(P_k(x*) − P(x*))_i² ≤ γ²σ_i², in place of a uniform one',
  method:
    'an enclosure of the left side from the exact law of the mini-batch on x⁰ + γZ, started at the other minimiser',
  refutes: 'needed',
  counterexampleTo: ['theorem-2', 'assumption-2d'],
  counterexamples: [
    'd = s²(1 − cos(x/s)), r₁ one-sided Huber of probability 19/(64T) between two wells of equal depth, r₂ = 0',
  ],
  compare: ({ depth }) => varianceRoots[depth].map(secondWell),
});
