import type { Theorem } from '../../../src/claims/theorems/theorem.js';
import { errorFeedbackStep } from '../../../src/reference/algorithms/stateful/error-feedback-sign-prox.js';
import { errorFeedback } from './error-feedback.js';

// The cap is one on runs with feedback.
const { cap: _, sharp: __, ...shared } = errorFeedback;

/** The theorem of error feedback for e := 0, which is false: what a message leaves out is lost. */
export const withoutErrorFeedback: Theorem = {
  ...shared,
  id: 'without-error-feedback',
  statement: 'the bound of error feedback without the feedback, e := 0',
  algorithm: {
    name: 'signProx with scaled signs',
    unordered: true,
    iterate: ({ problem, x, batch }) =>
      errorFeedbackStep(problem, { x, error: new Float64Array(x.length) }, batch, { signOfZero: 'positive' }),
  },
};
