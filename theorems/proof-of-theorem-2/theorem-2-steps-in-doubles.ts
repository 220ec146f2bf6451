import { linesInDoubles } from '../../src/claims/proofs/lines/lines-in-doubles.js';
import { claim as sharp } from './theorem-2-sharp-step.js';
import { claim as step1 } from './theorem-2-step-1.js';
import { claim as step2 } from './theorem-2-step-2.js';
import { claim as step3 } from './theorem-2-step-3.js';
import { claim as step4 } from './theorem-2-step-4.js';
import { claim as step5 } from './theorem-2-step-5.js';
import { claim as step6 } from './theorem-2-step-6.js';
import { claim as step7 } from './theorem-2-step-7.js';

/** §5.2 and the step of 2♯ where no rational form reaches: d = 1 − cos x, r_k = log cosh and their proximal averages. */
export const claim = linesInDoubles({
  id: 'theorem-2-steps-in-doubles',
  version: 1,
  source: { section: '5.2', equation: 'every line up to (13), 2♯' },
  statement: 'the pathwise lines of the proofs of Theorem 2 and 2♯ hold in doubles, for cos and log cosh too',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  proofs: [step1, step2, step3, step4, step5, step6, step7, sharp].map(({ data }) => data),
});
