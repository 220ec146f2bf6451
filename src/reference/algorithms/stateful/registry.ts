import { statefulErrorFeedback } from './error-feedback-sign-prox.js';
import { errorFeedbackSignSgd } from './error-feedback-sign-sgd.js';
import { statefulFista } from './fista.js';
import { lion } from './lion.js';
import { momentumSgd } from './momentum-sgd.js';
import type { StatefulAlgorithmName } from './names.js';
import { proxSvrg } from './prox-svrg.js';
import { rprop } from './rprop.js';
import { statefulMomentum } from './sign-prox-momentum.js';
import { signum } from './signum.js';
import type { StatefulAlgorithm } from './stateful-algorithm.js';

/** Each with its hyperparameters and its update. */
export const statefulAlgorithms: Readonly<Record<StatefulAlgorithmName, StatefulAlgorithm>> = {
  'momentum-sgd': momentumSgd,
  signum,
  lion,
  rprop,
  'error-feedback-sign-sgd': errorFeedbackSignSgd,
  'prox-svrg': proxSvrg,
  'error-feedback-sign-prox': statefulErrorFeedback,
  'sign-prox-momentum': statefulMomentum,
  fista: statefulFista,
};
