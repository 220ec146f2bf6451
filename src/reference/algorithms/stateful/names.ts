/** Names of the algorithms with memory that take gradients of the r_k, and of those that take their proxes. */
const ofGradients = ['momentum-sgd', 'signum', 'lion', 'rprop', 'error-feedback-sign-sgd', 'prox-svrg'] as const;
const ofProxes = ['error-feedback-sign-prox', 'sign-prox-momentum', 'fista'] as const;

/** The names that algorithms with memory carry in the library, the protocol and the reports. */
export const statefulAlgorithmNames = [...ofGradients, ...ofProxes] as const;
/**
 * Algorithms whose next iterate depends on more than the last one: SGD with momentum, Signum, Lion, Rprop, signSGD with error feedback and
 * Prox-SVRG on gradients; signProx with error feedback, signProx with momentum and FISTA on proxes.
 *
 * @useDeclaredType
 */
export type StatefulAlgorithmName = (typeof statefulAlgorithmNames)[number];

/** Whether the name is that of an algorithm with memory. */
export const isStateful = (name: string): name is StatefulAlgorithmName =>
  (statefulAlgorithmNames as readonly string[]).includes(name);

/** Whether the algorithm takes any r_k that has a prox, and not only differentiable ones. */
export const takesProxes = (name: StatefulAlgorithmName): boolean => (ofProxes as readonly string[]).includes(name);
