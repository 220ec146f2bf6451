import {
  certifiedSmoothTypes,
  proofFamilies,
  type SmoothProblemCase,
  signFamilies,
  smoothProblemCase,
} from '../../arbitraries/smooth-problem-case.js';
import type { Claim } from '../../claim.js';
import { claimMaker } from '../../claim-mutant.js';
import { propertyClaim, propertyPart } from '../../properties/property-claim.js';
import { floating } from './arithmetic.js';
import { floatingIteration } from './floating-iteration.js';
import { judgeLines } from './judge-lines.js';
import { meetsZero, type PathwiseLines, runsAt } from './line-claim.js';

/** Proofs whose lines are checked in floating point, one part per proof. */
export interface LinesInDoubles extends Pick<Claim, 'id' | 'version' | 'source' | 'statement' | 'hypotheses'> {
  readonly proofs: readonly PathwiseLines[];
}

/**
 * A claim that the lines of proofs hold in doubles, within a running error bound: on all certified families, of which the rationals of
 * `pathwiseClaim` reach only the piecewise quadratic ones. A tolerance proves nothing exactly, so this is a claim of its own.
 */
export const linesInDoubles = claimMaker(
  ({ proofs, ...rest }: LinesInDoubles): Claim =>
    propertyClaim({
      ...rest,
      method: 'every line on generated instances of the certified families, in doubles within a running error bound',
      requires: { referenceOnly: true },
      success: 'holds',
      parts: (_implementation, { depth }) =>
        proofs.map(({ id, algorithm, constants, lines }) => {
          const signs = algorithm === 'sign-prox';
          const families = {
            smoothTypes: certifiedSmoothTypes,
            families: (signs ? signFamilies : proofFamilies).certified,
          };
          // Assumption 1 allows coupled problems, Assumption 2 does not.
          const coupled = { ...families, smoothTypes: ['least-squares'], dimension: 2 };
          return propertyPart<SmoothProblemCase>({
            ...runsAt[depth],
            name: id,
            arbitrary: signs ? smoothProblemCase(families) : [smoothProblemCase(families), smoothProblemCase(coupled)],
            judge({ problem, x, indices, step, signOfZero }) {
              const measured = floatingIteration(problem, step, x, indices, algorithm, signOfZero);
              return judgeLines(lines(measured, constants), floating, meetsZero(measured));
            },
            classify: ({ problem }) => [`d = ${problem.smooth.type}`],
            mustReach: [...certifiedSmoothTypes, ...(signs ? [] : ['least-squares'])].map((type) => `d = ${type}`),
          });
        }),
    }),
);
