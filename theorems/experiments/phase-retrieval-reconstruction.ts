import { claimOf } from '../../src/claims/claim-mutant.js';
import { phantomCase, phantomSize } from '../../src/claims/properties/phantom-parts.js';
import { plural } from '../../src/claims/text.js';

/** Relative error that counts as reconstructed, after a fixed number of iterations that leaves it no more to gain. */
const target = 0.03;
const iterations = 250;

/** The seed of the one set of data that is reconstructed, whatever the seed of the run: the error on data drawn anew has a law of its own, which nothing bounds. */
const dataSeed = '1';

/**
 * The experiment of section 3 without noise: x_t = P(x_{t−1}) with γ = 0.5, λ = 10⁻³ from x⁰ = phantom + 0.1·N(0, 1) recovers the phantom
 * from m intensities. It stands on no theorem of the paper: ∇d is not globally Lipschitz and TV is not differentiable.
 */
export const claim = claimOf({ caseOf: phantomCase }, ({ caseOf }) => ({
  id: 'phase-retrieval-reconstruction',
  version: 2,
  source: { section: '3', equation: 'Figure 1 (noiseless)' },
  statement:
    'the full proximal-gradient method recovers the 50×50 phantom from 3000 intensities with total variation, on one fixed data set',
  method: `x_t = P(x_{t−1}) with γ = 0.5 for ${iterations} iterations; the relative error to the phantom must end below ${target} and f must never rise`,
  requires: { referenceOnly: true },
  async check(_implementation, budget) {
    const { problem, start, step, relativeError } = caseOf(budget.depth, dataSeed);
    const { side, measurements } = phantomSize[budget.depth];
    const atStep = problem.at(step);
    const initial = relativeError(start);
    let x: Float64Array = start.slice();
    let next: Float64Array = new Float64Array(x.length);
    let objective = Number.POSITIVE_INFINITY;
    let rises = 0;
    const reach = (value: number): void => {
      // The iterative prox leaves f uncertain by its accuracy.
      if (value > objective * (1 + 1e-5)) rises++;
      objective = value;
    };
    for (let t = 1; t <= iterations; t++) {
      budget.signal?.throwIfAborted();
      // f(x_{t−1}) falls out of the gradient there.
      reach(atStep.meanAndObjective(x, next));
      [x, next] = [next, x];
      if (t % 10 === 0) {
        budget.progress?.(`iteration ${t}, relative error ${relativeError(x).toFixed(3)}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    reach(atStep.objective(x));
    const error = relativeError(x);
    const holds = error < target && rises === 0;
    return {
      verdict: holds ? 'holds' : 'violated',
      reason: `relative error ${initial.toFixed(3)} → ${error.toFixed(4)} in ${iterations} iterations, f rose ${plural(rises, 'time')}`,
      cases: iterations,
      measured: {
        'image side': side,
        measurements,
        'relative error': error,
        'relative error at the start': initial,
        objective,
      },
    };
  },
}));
