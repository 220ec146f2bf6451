import { boundEvidence } from '../../../src/claims/bounds/bound-evidence.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import { additiveRow, marginBound, type NoisyProblem } from '../../shared/additive-run.js';
import { huber, single } from '../../shared/noisy-coordinates.js';
import { uniform } from '../../shared/unit-noise.js';
import { unimodalTerm } from './unimodal-noise.js';

/** √(3v), the half-width of uniform noise, and the slope at which |G|/√(3v) is the 2/3 of far G. */
const halfWidth = 3;
const slope = (2 / 3) * halfWidth;

/** d = Huber, from where x comes to the minimiser in T steps at its mean speed of ⅔γ. */
const problem: NoisyProblem = single('d = Huber, |G| = (2/3)√(3v) on the way', {
  ...huber(slope),
  deviation: halfWidth / Math.sqrt(3),
  start: (iterations, step) => (Math.round((2 / 3) * iterations) + 1 / 2) * step,
});

const iterations = {
  quick: [256, 1024],
  standard: [64, 256, 1024, 4096, 16_384],
  deep: [64, 256, 1024, 4096, 16_384],
};

/** left/bound that must be reached. */
const reached: Readonly<Record<number, number>> = { 1024: 0.95, 4096: 0.97, 16384: 0.984 };

/**
 * The theorem of `unimodal-noise` cannot be improved: where uniform noise decides the sign, its margin is |G|/√(3v), which at |G| = (2/3)√(3v) is also the 2/3
 * of far G, and Δ/(γT) is nearly everything.
 */
export const claim = claimOf({ scale: 1, three: 3, far: 2 / 3 }, ({ scale, ...constants }) => ({
  id: 'unimodal-noise-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise' },
  statement: 'the bound Δ/(γT) + γ‖L‖₁ of unimodal noise is asymptotically attained, where |G_i|/√(3v_i) = 2/3',
  method: 'the law of the iterate on x⁰ + γZ under uniform noise, as an enclosure; increasing in T',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const rows = iterations[depth].map((T) => {
      const run = { problem, noise: uniform, iterations: T, step: 1 / (2 * Math.sqrt(T)) };
      return additiveRow({ ...run, term: unimodalTerm(constants) }, scale * marginBound(run));
    });
    const ratios = rows.map(({ left, bound }) => left / bound);
    const attained = rows.every(
      ({ verdict, iterations: T }, i) =>
        verdict === 'holds' && ratios[i]! > (ratios[i - 1] ?? 0) && ratios[i]! >= (reached[T] ?? 0),
    );
    const shown = rows.map(({ iterations: T }, i) => `${ratios[i]!.toFixed(4)} at T = ${T}`).join(', ');
    return boundEvidence(rows, attained ? 'holds' : 'violated', `left/bound is ${shown}`);
  },
}));
