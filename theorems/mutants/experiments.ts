import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import type { PhantomCase } from '../../src/claims/properties/phantom-parts.js';
import { createProblem } from '../../src/reference/problem/create-problem.js';
import { parseSmooth } from '../../src/reference/smooth/index.js';
import { claim as assumptions } from '../assumptions/phase-retrieval-assumptions.js';
import { claim as figure1 } from '../experiments/figure-1.js';
import { facts } from '../experiments/figure-seeds.js';
import { claim as reconstruction } from '../experiments/phase-retrieval-reconstruction.js';
import { claim as sparseNoise } from '../experiments/remark-sparse-noise.js';
import { claim as majorityVote } from '../majority-vote/majority-vote-noise.js';

/** The linear measurements Hx in place of (Hx)². */
function linearised({ problem, ...rest }: PhantomCase): PhantomCase {
  const { matrix, intensities } = problem.smooth.parameters;
  const smooth = parseSmooth({ type: 'least-squares', matrix, target: intensities });
  return { ...rest, problem: createProblem({ smooth, functions: problem.functions, probabilities: [1] }) };
}

/** Experiments of which the text would not be true. */
export const experimentMutants: readonly ClaimMutant[] = [
  ...violated(majorityVote, { 'a quarter of each coefficient': () => ({ factor: 0.25 }) }),
  ...violated(assumptions, {
    'linear measurements': ({ caseOf }) => ({ caseOf: (...of) => linearised(caseOf(...of)) }),
  }),
  ...violated(reconstruction, {
    'a flat start': ({ caseOf }) => ({
      caseOf: (...of) => ({ ...caseOf(...of), start: caseOf(...of).start.map(() => 0) }),
    }),
    'γ = 8': ({ caseOf }) => ({ caseOf: (...of) => ({ ...caseOf(...of), step: 8 }) }),
  }),
  ...violated(figure1, {
    'the two readings in each other’s place': () => ({
      statements: [
        { name: 'alike at equal deviation', failed: (observed) => (observed & facts.spgmAlikeEntry) === 0 },
        { name: 'apart at equal variance', failed: (observed) => (observed & facts.spgmAlikeTotal) !== 0 },
      ],
    }),
  }),
  ...violated(sparseNoise, {
    'SPGM ahead': () => ({
      statements: [{ name: 'SPGM ahead', failed: (observed) => (observed & facts.signProxAhead) !== 0 }],
    }),
  }),
];
