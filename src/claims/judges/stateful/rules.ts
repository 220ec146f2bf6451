import type { StatefulAlgorithmName } from '../../../reference/algorithms/stateful/names.js';
import { errorFeedbackSignProx, errorFeedbackSignSgd } from './error-feedback-rules.js';
import { lion, momentumSgd, signProxMomentum, signum } from './momentum-rules.js';
import type { Rule } from './observation.js';
import { fista, proxSvrg } from './proximal-rules.js';
import { rprop } from './rprop-rule.js';

/**
 * The update rules, written from their papers and from the documentation of PyTorch, in rationals. They follow a run by its iterates, because an
 * implementation's memory cannot be read.
 */
export const rules: Readonly<Record<StatefulAlgorithmName, Rule>> = {
  'momentum-sgd': momentumSgd,
  signum,
  lion,
  rprop,
  'error-feedback-sign-sgd': errorFeedbackSignSgd,
  'prox-svrg': proxSvrg,
  'error-feedback-sign-prox': errorFeedbackSignProx,
  'sign-prox-momentum': signProxMomentum,
  fista,
};
