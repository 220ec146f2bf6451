import test from 'ava';
import type { HypothesisId } from '../../src/claims/hypothesis.js';
import { auditAssumptions } from '../../src/claims/theorems/audit/audit.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import type { BrokenProblem } from './assumption-claim.js';
import {
  coupledComponents,
  coupledSmooth,
  nonSmoothComponents,
  quarticSmooth,
  unboundedBelow,
  unboundedNoise,
} from './broken-problems.js';

const broken: Partial<Record<HypothesisId, readonly BrokenProblem[]>> = {
  'assumption-1a': unboundedBelow,
  'assumption-1b': quarticSmooth,
  'assumption-1c': nonSmoothComponents,
  'assumption-1d': unboundedNoise,
  'assumption-2b': coupledSmooth,
  'assumption-2c': coupledComponents,
  'assumption-2d': unboundedNoise,
};

// A verdict rests on no luck: what is sought is where directions and places that are not drawn lead.
for (const [hypothesis, problems] of Object.entries(broken)) {
  test(`what breaks ${hypothesis} for every constant is found whichever one point is drawn`, (t) => {
    const theorem = hypothesis.startsWith('assumption-1') ? theorem1 : theorem2;
    for (const { name, problem, dimension, step } of problems) {
      for (let seed = 1; seed <= 40; seed++) {
        const { findings } = auditAssumptions(theorem, parseProblem(problem), dimension, {
          ...{ only: [hypothesis as HypothesisId], points: 1, seed: `${seed}` },
          ...(step !== undefined && { step }),
        });
        t.is(findings[0]!.verdict, 'violated', `${name}, seed ${seed}`);
      }
    }
  });
}
