import { errorFeedbackStep } from '../error-feedback.js';
import { statefulAlgorithm } from './stateful-algorithm.js';

/** signProx with error feedback: see `errorFeedbackSignProx`. */
export const statefulErrorFeedback = statefulAlgorithm<{ readonly error: Float64Array }>()({
  parameters: {},
  update({ x, problem, batch, memory, options }) {
    const error = memory?.error ?? new Float64Array(x.length);
    const next = errorFeedbackStep(problem, { x, error }, batch, options);
    return { x: next.x, memory: { error: next.error } };
  },
});
