import { linesInDoubles } from '../../src/claims/proofs/lines/lines-in-doubles.js';
import { claim as sharp } from './theorem-1-sharp-step.js';
import { claim as step2 } from './theorem-1-step-2.js';
import { claim as step3 } from './theorem-1-step-3.js';

/** §5.1 and the step of 1♯ where no rational form reaches: d = 1 − cos x, r_k = log cosh and their proximal averages. */
export const claim = linesInDoubles({
  id: 'theorem-1-steps-in-doubles',
  version: 1,
  source: { section: '5.1', equation: 'first and second inequality, 1♯' },
  statement: 'the pathwise lines of the proofs of Theorem 1 and 1♯ hold in doubles, for cos and log cosh too',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  proofs: [step2, step3, sharp].map(({ data }) => data),
});
