import { signConventions } from '../src/algorithms/algorithm.js';
import type { Claim } from '../src/claims/claim.js';
import {
  agreementEvidence,
  type Comparison,
  exactAnswers,
  judgeAnswers,
  judgeMonteCarlo,
  prepareComparison,
} from '../src/claims/engine-agreement.js';
import type { Part } from '../src/claims/evidence.js';
import { gemanMcClureQuadratics, matchedQuadratics, quadraticHubers, theorem2Instances } from './instances.js';
import { theorem1 } from './theorem-1.js';
import { theorem2 } from './theorem-2.js';

const first = { theorem: theorem1, module: new URL('./theorem-1.js', import.meta.url).href };
const second = { theorem: theorem2, module: new URL('./theorem-2.js', import.meta.url).href };
const matched2 = theorem2Instances.at(-1)!;

/** Every engine is met, some instances by two of them, and ties under every value of sgn(0). */
const comparisons: readonly Comparison[] = [
  { ...first, instance: gemanMcClureQuadratics, iterations: 4 },
  { ...first, instance: quadraticHubers, iterations: 4 },
  { ...first, instance: matchedQuadratics, iterations: 4 },
  { ...first, instance: matchedQuadratics, iterations: 64 },
  ...theorem2Instances.map((instance) => ({ ...second, instance, iterations: 16 })),
  ...signConventions.map((signOfZero) => ({
    ...second,
    instance: { ...matched2, name: `${matched2.name}, sgn(0) ${signOfZero}`, start: [0], signOfZero },
    iterations: 4,
  })),
];

const id = 'engines-agree';
const version = 2;

/**
 * The estimator of the bound checks and the engines are tested against each other: enclosures of one left side by different engines meet, and
 * Monte Carlo of the same instance finds the left side within a tenth of the exact one. Half the exact left side, as a bound, is found to
 * be violated.
 */
export const claim: Claim = {
  id,
  version,
  source: { section: 'beyond the paper', equation: 'checks of Theorems 1 and 2' },
  statement: 'enumeration, moments, lattice and Monte Carlo compute the same left sides',
  method:
    'enclosures of the engines must meet; e-processes at 1.1 of the exact left side must find it to hold, at 0.9 and at the planted ½ to be violated',
  requires: { referenceOnly: true },
  async check(_implementation, budget) {
    const started = performance.now();
    const parts: Part[] = [];
    for (const comparison of comparisons) {
      budget.signal?.throwIfAborted();
      const prepared = prepareComparison(comparison);
      budget.progress?.(prepared.name);
      const answers = exactAnswers(prepared.request);
      parts.push(judgeAnswers(prepared.name, answers));
      parts.push(await judgeMonteCarlo(prepared, answers[0]!.interval, { claim: id, version, budget }));
    }
    return agreementEvidence(id, { parts, comparisons: comparisons.length, budget, started });
  },
};
