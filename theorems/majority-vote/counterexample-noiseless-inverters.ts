import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { fromDouble } from '../../src/exact/arithmetic/rational.js';
import { additiveLeft, marginBound } from '../shared/additive-run.js';
import { near, parabola, single } from '../shared/noisy-coordinates.js';
import { uniform } from '../shared/unit-noise.js';
import { stepOf } from './exact-vote.js';
import { type Inverted, voteWith, wrongOfNoiseless } from './inverters.js';
import { gaussMargin } from './vote-coefficients.js';

/** M workers, of whom a third invert their votes. */
const inverted: Inverted = { workers: 99, inverters: 33 };

/** √3/((1 − 2α)√M), the coefficient of √v for inverters whose noise has the law of all others. */
const coefficient = (Math.sqrt(3) * Math.sqrt(inverted.workers)) / (inverted.workers - 2 * inverted.inverters);

/** d = ½x² from where the vote is a fair coin, with √v = 1. */
const problem = single('d = ½x², 33 inverters among 99 workers', {
  ...{ ...parabola, deviation: 1 },
  start: near(Math.sqrt(3) / 2),
});

/** The left side of the vote against the bound, for T iterations. */
export function withInverters(wrongOf: typeof wrongOfNoiseless, iterations: number): Comparison {
  const step = stepOf(iterations);
  const decided = voteWith(wrongOf, inverted);
  const run = { problem, noise: uniform, iterations, step, decided };
  const bound = marginBound(run) + (1 - 1 / iterations) * coefficient;
  return {
    ...{ instance: problem.name, iterations, step, miniBatch: 1, engine: 'lattice' },
    left: fromDouble(additiveLeft({ ...run, term: ({ size }) => size })[0]),
    bound: fromDouble(bound * (1 + 2 ** -40)),
    constants: { L: 1, sigma: 1, ...inverted },
  };
}

/** The largest 2zq of a step, on a grid of z. */
function largestCost(): number {
  const grid = Array.from({ length: 4000 }, (_, k) => (k + 1) / 1000);
  return Math.max(...grid.map((z) => 2 * z * wrongOfNoiseless(inverted, (1 - gaussMargin(z)) / 2)));
}

const iterations = { quick: [256, 1024], standard: [64, 256, 1024, 4096], deep: [64, 256, 1024, 4096, 16_384] };

/**
 * The bound of `majority-vote-inverters` needs that the workers that invert their votes have the noise of all others: where they know the right sign, and a third of them is enough, the vote is wrong
 * as long as the margin of the others is below ½, and x goes uphill to there.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-noiseless-inverters',
  version: 1,
  source: { section: '2.2', equation: 'majority vote, inverted votes' },
  statement:
    'Theorem 2♯ by a vote of M workers under symmetric unimodal noise of variance v_i at most, of whom αM invert their votes, holds with the coefficient √3/((1 − 2α)√M), for any laws of the noise',
  method: 'an enclosure of the left side from the law of the vote on x⁰ + γZ under uniform noise',
  refutes: 'needed',
  counterexampleTo: ['majority-vote-inverters'],
  counterexamples: ['33 of 99 workers are noiseless and invert: |G| stays at √3/2 of √v, where 0.522 is claimed'],
  compare: ({ depth }) => iterations[depth].map((T) => withInverters(wrongOfNoiseless, T)),
  measured: () => ({ 'largest 2zq of a step': largestCost(), 'coefficient claimed': coefficient }),
});
