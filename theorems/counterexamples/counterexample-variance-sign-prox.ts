import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import {
  fromDouble,
  one,
  type Rational,
  rational,
  square,
  sum,
  toDouble,
} from '../../src/exact/arithmetic/rational.js';
import { slopes, tilted, translated } from '../shared/functions.js';
import { chainLeft, drawsOf, meanMapping, type SignChain } from '../shared/sign-chain.js';

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
  const [lower] = chainLeft({
    ...second,
    tolerance: 2 ** -40 * height,
    ...{ step: fromDouble(step), miniBatch: iterations, iterations },
  });
  return {
    instance: 'two wells, rare events in the second',
    ...{ iterations, step, miniBatch: iterations, engine: 'lattice' },
    left: fromDouble(lower),
    // x⁰ is the minimiser up to the rounding of its double.
    bound: rational(4n, root).mul(one.add(fromDouble(2 ** -40))),
    constants: {
      ...{ L: 1, gapUpper: 0 },
      sigmaAtFirstMinimiser: deviationAt(drawsOf(draws, fromDouble(step), sine), fromDouble(toMinimiser)),
      sigmaAtSecondMinimiser: deviationAt(second, second.start),
    },
  };
}

const roots = { quick: [8n, 16n], standard: [8n, 16n, 32n], deep: [8n, 16n, 32n, 64n] };

/** Assumption 2(d) must hold for all x: with the variance at a minimiser, here 0, Theorem 2 fails. */
export const claim = counterexampleClaim({
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
  compare: ({ depth }) => roots[depth].map(secondWell),
});
