import { statefulAlgorithmNames } from './vocabulary-names.js';

export { statefulAlgorithmNames };
/**
 * Algorithms whose next iterate depends on more than the last one, through gradients of the r_k or through their proxes.
 *
 * @useDeclaredType
 */
export type StatefulAlgorithmName = (typeof statefulAlgorithmNames)[number];

/** Whether the name is that of an algorithm with memory. */
export const isStateful = (name: string): name is StatefulAlgorithmName =>
  (statefulAlgorithmNames as readonly string[]).includes(name);
