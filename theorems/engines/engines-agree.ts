import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Part } from '../../src/claims/evidence.js';
import type { ExactEngineName } from '../../src/claims/left-side/exact-engine.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { signConventions } from '../../src/reference/algorithms/algorithm.js';
import {
  cosineLogCosh,
  gemanMcClureQuadratics,
  matchedQuadratics,
  quadraticHubers,
  severalHubers,
  theorem2Instances,
  threeSlopes,
  twoCoordinates,
} from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import {
  agreementEvidence,
  type Comparison,
  exactAnswers,
  hull,
  judgeAnswers,
  judgeMonteCarlo,
  prepareComparison,
} from './engine-agreement.js';

const matched2 = theorem2Instances.at(-1)!;

const both: readonly ExactEngineName[] = ['enumeration', 'lattice'];
const named = (name: string): BoundInstance => theorem2Instances.find((instance) => instance.name === name)!;
/** The instance from 0, where its mini-batch means have ties, under every value of sgn(0). */
const tied = (instance: BoundInstance): BoundInstance[] =>
  signConventions.map((signOfZero) => ({
    ...instance,
    ...{ name: `${instance.name}, sgn(0) ${signOfZero}`, start: instance.start.map(() => 0), signOfZero },
  }));

/**
 * Every engine is met, most left sides by two of them; one and several coordinates, two and three components of unlike probability, T up to
 * 64, mini-batches drawn one by one and as counts, B = 1 and more along SPGM, and ties under every value of sgn(0). The
 * numbers of the instances with ties are multiples of few powers of two, so that their sums are exactly 0 in floats too.
 */
const everyEngine: readonly Comparison[] = [
  { theorem: theorem1, instance: gemanMcClureQuadratics, iterations: 4, engines: ['enumeration', 'paths'] },
  { theorem: theorem1, instance: quadraticHubers, iterations: 4, engines: ['enumeration'] },
  { theorem: theorem1, instance: quadraticHubers, iterations: 4, miniBatch: 2, engines: ['enumeration'] },
  { theorem: theorem1, instance: severalHubers, iterations: 4, miniBatch: 5, engines: ['enumeration', 'paths'] },
  { theorem: theorem1, instance: matchedQuadratics, iterations: 4, engines: ['enumeration', 'moments'] },
  {
    theorem: theorem1,
    instance: matchedQuadratics,
    iterations: 4,
    miniBatch: 2,
    engines: ['enumeration', 'moments', 'paths'],
  },
  { theorem: theorem1, instance: matchedQuadratics, iterations: 64, engines: ['moments'] },
  { theorem: theorem1, instance: matchedQuadratics, iterations: 64, miniBatch: 3, engines: ['moments'] },
  { theorem: theorem1, instance: cosineLogCosh, iterations: 4, engines: ['paths'] },
  { theorem: theorem2, instance: twoCoordinates, iterations: 4, engines: [...both, 'paths'] },
  ...theorem2Instances.map(
    (instance): Comparison => ({
      theorem: theorem2,
      instance,
      iterations: 16,
      engines: instance.problem.smooth.type === 'cosine' ? ['lattice'] : both,
    }),
  ),
  { theorem: theorem2, instance: named('quadratic, translated Huber r_k'), iterations: 64, engines: both },
  ...tied(matched2).map((instance): Comparison => ({ theorem: theorem2, instance, iterations: 4, engines: both })),
  ...tied(threeSlopes).map((instance): Comparison => ({ theorem: theorem2, instance, iterations: 4, engines: both })),
  ...tied(threeSlopes).map(
    (instance): Comparison => ({ theorem: theorem2, instance, iterations: 16, engines: ['lattice'] }),
  ),
];

const id = 'engines-agree';
const version = 4;

/**
 * The estimator of the bound checks and the engines are tested against each other: enclosures of one left side by different engines meet, and
 * Monte Carlo of the same instance lies within its own error of every one, which is at most a tenth (quick), a twentieth (standard) or a hundredth
 * (deep) of the left side. Half the exact left side, as a bound, is found to be violated.
 */
export const claim = claimOf({ comparisons: everyEngine, exactAnswers }, ({ comparisons, exactAnswers }) => ({
  id,
  version,
  source: { section: 'beyond the paper', equation: 'checks of Theorems 1 and 2' },
  statement:
    'enumeration in rationals, moments, lattice, all paths in doubles and Monte Carlo compute the same left sides',
  method:
    'enclosures of the engines must meet; e-processes must not reject the exact left side, and must reject what is a tenth (quick), a twentieth or a hundredth (deep) above and below it, and half of it',
  requires: { referenceOnly: true },
  async check(_implementation, budget) {
    const parts: Part[] = [];
    for (const comparison of comparisons) {
      budget.signal?.throwIfAborted();
      const prepared = prepareComparison(comparison);
      budget.progress?.(prepared.name);
      const answers = exactAnswers(prepared.request, prepared.engines);
      parts.push(judgeAnswers(prepared, answers));
      parts.push(await judgeMonteCarlo(prepared, hull(answers), { claim: id, version, budget }));
    }
    return agreementEvidence(parts, comparisons.length, budget);
  },
}));
