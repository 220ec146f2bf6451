import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { fromDouble, rational } from '../../src/exact/arithmetic/rational.js';
import { latticeLeft } from '../../src/exact/engines/lattice.js';
import { binomialTable, cumulativeAt } from '../../src/reference/sampling/binomial-table.js';

/** A mini-batch of T draws meets r₁, of probability p = 19/(64T), with probability a quarter. */
const rate = 19 / 64;
/** Where the signs of mini-batches without an event change: the distance of mean and median of the noise. */
const lock = 8 / 5;

/**
 * d = s²(1 − cos(x/s)) with |d″| ≤ 1, r₁ one-sided Huber, r₁″ ≤ 1, whose slope rises from 0 to e = lock/p half-way between the wells of d at 0 and 2πs, r₂ = 0, all
 * tilted by −τ, τ = ½·lock: f has two minimisers that lie symmetrically, with G = d′ − τ near 0 and d′ − τ + lock near 2πs, and the same value (the
 * middle of the rise is moved by (1 − p)e/(4√T), which makes up for r̄ − r_γ). At the first P₁ = P₂. At the second mini-batches without
 * an event see Ĝ = G − lock, so that x climbs from G = 0 to G = lock: s = e/4 leaves room for all T steps.
 */
function secondWell(root: bigint): Comparison {
  const iterations = Number(root * root);
  const p = rate / iterations;
  const height = lock / p;
  const scale = height / 4;
  const step = 1 / (2 * Number(root));
  const tau = lock / 2;
  const start = -scale * Math.asin(tau / scale);
  const table = binomialTable(iterations, p);
  const upTo = (count: number): number => cumulativeAt(table, count);
  const mapping = (j: number): number => scale * Math.sin((start + j * step) / scale) - tau + lock;
  const [lower] = latticeLeft(
    {
      term: (j) => Math.abs(mapping(j)),
      termError: 2 ** -40 * (1 + height),
      law(j) {
        // Ĝ = G − lock + c·e/T is negative for c below this number of events; near an integer nothing is claimed about its sign.
        const enough = ((lock - mapping(j)) * iterations) / height;
        const uncertain = Math.abs(enough - Math.round(enough)) < 2 ** -20 ? 1 : 2 ** -40;
        const negative = upTo(Math.ceil(enough) - 1);
        return { positive: 1 - negative, negative, tie: 0, uncertain };
      },
    },
    iterations,
    'zero',
  );
  return {
    instance: 'two wells, rare events in the second',
    iterations,
    step,
    miniBatch: iterations,
    engine: 'lattice',
    left: fromDouble(lower),
    bound: rational(4n, root),
    constants: { L: 1, gapUpper: 0, sigmaAtFirstMinimiser: 0, sigmaAtSecondMinimiser: height * Math.sqrt(p * (1 - p)) },
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
  counterexampleTo: ['theorem-2', 'assumption-2d'],
  counterexamples: [
    'd = s²(1 − cos(x/s)), r₁ one-sided Huber of probability 19/(64T) between two wells of equal depth, r₂ = 0',
  ],
  compare: ({ depth }) => roots[depth].map(secondWell),
});
