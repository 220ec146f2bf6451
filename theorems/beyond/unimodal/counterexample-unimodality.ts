import { type Comparison, counterexampleClaim } from '../../../src/claims/bounds/counterexample-claim.js';
import { fromDouble } from '../../../src/exact/arithmetic/rational.js';
import { type AdditiveRun, additiveLeft, constantsOf, marginBound } from '../../shared/additive-run.js';
import { near, parabola, single } from '../../shared/noisy-coordinates.js';
import { bimodal } from '../../shared/unit-noise.js';
import { unimodalTerm } from './unimodal-noise.js';
import { from, tuned } from './unimodal-noise-rate.js';
import { byRoot } from './unimodal-vote.js';

/** σ, and how many workers vote. */
const [deviation, workers] = [8, 1001];

const byMargins = single('d = ½x² from σ', { ...parabola, deviation, start: near(deviation) });
const atRate = single('d = ½x² from σ', from(parabola, (1 - 2 ** -10) * deviation, deviation));

function compared(name: string, run: AdditiveRun, bound: number): Comparison {
  const { gap } = constantsOf(run);
  return {
    ...{ instance: `${name}: ${run.problem.name}`, iterations: run.iterations, step: run.step, engine: 'lattice' },
    left: fromDouble(additiveLeft(run)[0]),
    bound: fromDouble(bound * (1 + 2 ** -40)),
    constants: { L: 1, gapUpper: gap, sigma: deviation, workers: run.workers ?? 1 },
  };
}

/** The four statements about unimodal noise, for T iterations under noise ±σ. */
export function underTwoPoints(iterations: number): Comparison[] {
  const noise = bimodal;
  const paper = { problem: byMargins, noise, iterations, step: 1 / (2 * Math.sqrt(iterations)) };
  const alone: AdditiveRun = { ...paper, term: unimodalTerm({ three: 3, far: 2 / 3 }) };
  const together: AdditiveRun = { ...paper, workers, term: (point) => byRoot.term(point, workers) };
  const rates = [1, workers].map((count) => {
    const run = { problem: atRate, noise, iterations, workers: count };
    const { step, bound } = tuned(run, { first: 1, three: 3 });
    return compared(`the rate, M = ${count}`, { ...run, step, term: ({ size }) => size }, bound);
  });
  return [
    compared('margins, M = 1', alone, marginBound(alone)),
    compared(`margins, M = ${workers}`, together, byRoot.factor * marginBound(together)),
    ...rates,
  ];
}

const iterations = { quick: [256, 1024], standard: [64, 256, 1024, 4096], deep: [64, 256, 1024, 4096, 16_384] };

/**
 * Symmetric noise is not enough for what holds under symmetric unimodal noise: where it is ±σ, every sign is a fair coin while |G| < σ, and so is a vote of any number of workers. x walks about at
 * |G| ≈ σ, while the bounds tend to 0.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-unimodality',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise' },
  statement: 'the bounds for symmetric unimodal noise hold for any symmetric noise, for one worker and for a vote',
  method: 'the law of the iterate on x⁰ + γZ under noise ±σ, from below',
  refutes: 'needed',
  counterexampleTo: ['unimodal-noise', 'unimodal-noise-rate', 'unimodal-vote'],
  counterexamples: ['d = ½x², noise ±σ, x⁰ next to σ: |G| stays of the size of σ, for one worker and for 1001'],
  compare: ({ depth }) => iterations[depth].flatMap(underTwoPoints),
});
