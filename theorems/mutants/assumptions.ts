import { type ClaimMutant, type ClaimOf, inconclusive, violated } from '../../src/claims/claim-mutant.js';
import { claim as assumption1a } from '../assumptions/assumption-1a.js';
import { claim as assumption1b } from '../assumptions/assumption-1b.js';
import { claim as assumption1c } from '../assumptions/assumption-1c.js';
import { claim as assumption1d } from '../assumptions/assumption-1d.js';
import { claim as assumption2a } from '../assumptions/assumption-2a.js';
import { claim as assumption2b } from '../assumptions/assumption-2b.js';
import { claim as separability } from '../assumptions/assumption-2bc-separability.js';
import { claim as assumption2c } from '../assumptions/assumption-2c.js';
import { claim as assumption2d } from '../assumptions/assumption-2d.js';
import { claim as convexity } from '../assumptions/assumption-c-convexity.js';
import type { AssumptionClaim } from '../assumptions/assumption-claim.js';

/** One problem that meets the assumption, and one that breaks it, in each other's place; and constants that are not too small. */
function exchanged(claim: ClaimOf<AssumptionClaim>): ClaimMutant[] {
  return violated(claim, {
    'a problem that breaks it among those that meet it': ({ broken: [first] }) => ({
      instances: [{ ...first!, start: new Array<number>(first!.dimension).fill(0.5) }],
      broken: [],
    }),
    'a problem that meets it among those that break it': ({ instances: [first] }) => ({
      instances: [],
      broken: [{ ...first!, dimension: first!.start.length }],
    }),
    'constants that are not too small': ({ instances }) => ({
      instances: instances.slice(-1),
      broken: [],
      tooSmall: () => ({
        lipschitz: 100,
        coordinateLipschitz: Float64Array.of(100),
        sigma: 100,
        coordinateSigma: Float64Array.of(100),
        infimum: -100,
      }),
    }),
  });
}

const assumptions = [
  assumption1a,
  assumption1b,
  assumption1c,
  assumption1d,
  assumption2a,
  assumption2b,
  assumption2c,
  assumption2d,
];

/** Problems on the wrong side of an assumption, and what does not depend on the assumption. */
export const assumptionMutants: readonly ClaimMutant[] = [
  ...assumptions.flatMap(exchanged),
  ...inconclusive(separability, {
    'a d that is separable': ({ problems }) => ({
      problems: [
        {
          ...problems[1]!,
          problem: {
            ...problems[1]!.problem,
            smooth: {
              type: 'least-squares',
              matrix: { rows: 2, columns: 2, data: [1, 0, 0, 1] },
              target: [1, 2],
            },
          },
        },
      ],
    }),
  }),
  ...violated(convexity, {
    'no 3σ² in Theorem 1': () => ({ noise: 0 }),
    '1/√T in place of 4/√T in Theorem 2': () => ({ factor: 1 }),
  }),
];
