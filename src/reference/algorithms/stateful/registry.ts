import { errorFeedbackSignSgd } from './error-feedback-sign-sgd.js';
import { lion } from './lion.js';
import { momentumSgd } from './momentum-sgd.js';
import { rprop } from './rprop.js';
import { signum } from './signum.js';
import type { StatefulAlgorithm } from './stateful-algorithm.js';

/** The names that algorithms with memory carry in the library, the protocol and the reports. */
export const statefulAlgorithmNames = ['momentum-sgd', 'signum', 'lion', 'rprop', 'error-feedback-sign-sgd'] as const;
/**
 * Algorithms whose next iterate depends on more than the last one: SGD with momentum, Signum, Lion, Rprop and signSGD with error feedback.
 *
 * @useDeclaredType
 */
export type StatefulAlgorithmName = (typeof statefulAlgorithmNames)[number];

/** Each with its hyperparameters and its update. */
export const statefulAlgorithms: Readonly<Record<StatefulAlgorithmName, StatefulAlgorithm>> = {
  'momentum-sgd': momentumSgd,
  signum,
  lion,
  rprop,
  'error-feedback-sign-sgd': errorFeedbackSignSgd,
};

/** Whether the name is that of an algorithm with memory. */
export const isStateful = (name: string): name is StatefulAlgorithmName =>
  (statefulAlgorithmNames as readonly string[]).includes(name);
