/** The names that algorithms with memory carry in the library, the protocol and the reports. */
export const statefulAlgorithmNames = ['momentum-sgd', 'signum', 'lion', 'rprop', 'error-feedback-sign-sgd'] as const;
/**
 * Algorithms whose next iterate depends on more than the last one: SGD with momentum, Signum, Lion, Rprop and signSGD with error feedback.
 *
 * @useDeclaredType
 */
export type StatefulAlgorithmName = (typeof statefulAlgorithmNames)[number];

/** Whether the name is that of an algorithm with memory. */
export const isStateful = (name: string): name is StatefulAlgorithmName =>
  (statefulAlgorithmNames as readonly string[]).includes(name);
