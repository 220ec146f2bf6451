import { parseProblem } from '../../../src/library/algorithms.js';
import {
  coordinateSmooth,
  fromDouble,
  latticeLeft,
  type Rational,
  rational,
  signLaws,
  toDouble,
  two,
} from '../../../src/library/exact.js';
import { claimOf } from '../../../src/library/testing.js';
import { type Comparison, counterexampleClaim } from '../../shared/counterexample-claim.js';
import { slopes } from '../../shared/instances.js';
import { sigmaOf } from '../../shared/sign-chain.js';
import { type TightSeries, tightnessClaim } from '../../shared/tight-series-claim.js';
import { series as first } from '../../theorem-1/theorem-1-sharp.js';
import { series as second } from '../../theorem-2/theorem-2-sharp.js';

/** Of Theorem 1♯ its two terms together, the noise and Δ alone; of Theorem 2♯ Δ, ‖L‖₁ and for B = 1 the noise. */
const sharp: readonly TightSeries[] = [...first.slice(0, 3), ...second.slice(0, 3)];

/**
 * The open remark of the paper, how convexity of d can strengthen its results: not in the constants of the sharpened bounds, because the families that attain them are convex. For the
 * noise at B = T this says nothing: the family that comes to √(2/e) is not convex (`theorem-2-noise-coefficient`), and the convex one that is known comes to √ln 2.
 */
export const convexSameConstantsClaim = claimOf({ series: sharp }, ({ series }) => {
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

/** Above π². */
const squareOfPi = rational(9_869_605n, 1_000_000n);

/**
 * d = 1 − cos x from its maximiser x⁰ = π, r = 0, L = 1, σ = 0, γ = 1/√T: ∇d(x⁰) = 0, so that x stays there, and f(P(x)) − f* = 2 for ever, while a
 * minimiser is π away.
 *
 * @param gap f(P(x)) − f*
 */
export function atMaximum(root: bigint, gap: Rational = two): Comparison {
  return {
    instance: 'd = 1 − cos x, x⁰ = π',
    iterations: Number(root * root),
    step: 1 / Number(root),
    left: gap,
    bound: squareOfPi.div(two.mul(rational(root))),
    constants: { sigma: 0, gapUpper: 2, L: 1, distance: Math.PI },
  };
}

const maximumRoots = {
  quick: [1n, 2n, 16n],
  standard: [1n, 2n, 4n, 8n, 16n, 32n],
  deep: [1n, 2n, 4n, 8n, 16n, 32n, 64n],
};

/** Function values need a convex d: where it is not convex, a method that only sees slopes stays at a maximum. */
export const counterexampleConvexDClaim = counterexampleClaim({
  id: 'counterexample-convex-d',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d' },
  statement: '(1/T) Σ E[f(P(x^{t−1})) − f*] ≤ R²/(2γT) + (1 − 1/T)γσ²/2 for SPGM with γ = 1/(L√T) and any L-smooth d',
  method: 'a closed form against an upper end of π²/(2√T)',
  refutes: 'needed',
  counterexampleTo: ['convex-spgm'],
  counterexamples: ['d = 1 − cos x, r = 0, x⁰ = π, σ = 0: f(x) − f* = 2 for ever against π²/(2√T), from T = 7 on'],
  compare: ({ depth }) => maximumRoots[depth].map((root) => atMaximum(root)),
});

/** z: a mini-batch of T draws misses every event with probability e^(−z²), which is above ½. */
const rate = 0.44;

const rounded = (value: number, digits: number): number => Math.round(value * 2 ** digits) / 2 ** digits;

/**
 * signProx, B = T, γ = 1/(2√T), on a Huber function d whose slope is just below the lock pR, r_k linear with rare events: −pR with probability 1 − p and (1 − p)R
 * with p = z²/(T + z²), σ = 1 nearly, and x⁰ = x* = 0, so that R = Δ = 0. Without an event Ĝ = d′(x) − pR < 0, wherever x is: it climbs for ever, with f − f* in proportion to γT · σ/√T.
 *
 * @param steepness the slope of d as a share of the lock
 */
export function climbing(root: number, steepness = 1 - 2 ** -10): Comparison {
  const iterations = root * root;
  const p = rounded(rate ** 2 / (iterations + rate ** 2), 24);
  const range = rounded(1 / Math.sqrt(p * (1 - p)), 8);
  const lock = p * range;
  const draws = { functions: slopes(-lock, range - lock), probabilities: [1 - p, p] };
  const step = fromDouble(1 / (2 * root));
  const d = coordinateSmooth({ type: 'huber', weight: 1, threshold: steepness * lock }, 0);
  const laws = signLaws(draws.probabilities.map(fromDouble), iterations, 1)!;
  const drawn = [fromDouble(-lock), fromDouble(range - lock)];
  const at = (j: number): Rational => step.mul(fromDouble(j));
  const farthest = toDouble(d.value(at(iterations)));
  const [left, upper] = latticeLeft(
    {
      // r = 0, since Σθ_k r_k is, and the r_k are linear: f = d and P(x) = x − γd′(x).
      term: (j) => toDouble(d.value(at(j).sub(step.mul(d.derivative(at(j)))))),
      termError: farthest * 2 ** -52,
      law: (j) => laws({ values: drawn.map((value) => value.add(d.derivative(at(j)))), tolerance: fromDouble(0) }),
    },
    iterations,
    'zero',
  );
  const sigma = sigmaOf(draws, toDouble(step));
  return {
    instance: 'd = Huber, rare events, x⁰ = x*',
    ...{ iterations, step: toDouble(step), miniBatch: iterations, engine: 'lattice' },
    left: fromDouble(left),
    upper: fromDouble(upper),
    bound: fromDouble(((sigma + 1) / root) * (1 + 2 ** -40)),
    constants: { sigma, gapUpper: 0, L: 1, distance: 0 },
  };
}

const climbRoots = { quick: [8, 16, 32], standard: [8, 16, 32, 48, 64], deep: [8, 16, 32, 48, 64, 96, 128] };

/**
 * For signProx a small ‖G‖₁ does not make a small gap f − f*, though d be convex: x may go away from the minimiser where d is as flat as the noise of a mini-batch, and
 * any bound in L, R, Δ and σ fails that tends to 0. As T → ∞ the gap tends to z(2e^(−z²) − 1)σ/(4L), 0.0713σ/L at z = 0.44, while ‖G‖₁ tends to 0. Where all
 * iterates stay within D of x* in every coordinate, D times the bound of Theorem 2♯ is one, by (6) and Hölder's inequality.
 */
export const counterexampleConvexSignProxClaim = counterexampleClaim({
  id: 'counterexample-convex-sign-prox',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d, signProx' },
  statement:
    '(1/T) Σ E[f(P(x^{t−1})) − f*] ≤ (1/√T)[LR² + LΔ + ‖σ‖₁ + 1] for signProx with γ = 1/(2‖L‖₁√T), B = T and convex d; or any other bound in L, R, Δ and σ that tends to 0',
  method: 'the law of the iterate on x⁰ + γZ, as an enclosure',
  refutes: 'needed',
  counterexampleTo: ['convex-spgm'],
  counterexamples: [
    'd = Huber of slope 0.44σ/√T, r_k linear with rare events, x⁰ = x*: f − f* → 0.0713 σ/L against (σ + 1)/√T',
  ],
  compare: ({ depth }) => climbRoots[depth].map((root) => climbing(root)),
});
