import { toBits } from '../../claims/exact-encoding.js';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import { vectorId } from './build-vectors.js';
import { trajectoryInputs } from './operator-inputs.js';

/**
 * The iterates that an implementation returns for the published trajectories, bit for bit, by id of the trajectory. What it does not offer,
 * draws at random or fails at is left out.
 */
export async function recordTrajectories(implementation: Implementation): Promise<Record<string, string[][]>> {
  const { methods, algorithms, conventions } = implementation.description;
  const recorded: Record<string, string[][]> = {};
  if (!methods.includes('run')) return recorded;
  for (const { name, vectors } of trajectoryInputs) {
    for (const { request } of vectors) {
      if (request.method !== 'run' || !algorithms.includes(request.algorithm)) continue;
      if (request.algorithm === 'sign-prox' && conventions.signOfZero === 'random') continue;
      try {
        const reply = await implementation.run({ ...request, x: Float64Array.from(request.x) });
        const iterates = reply.trajectory ?? [reply.x];
        recorded[vectorId(name, request)] = iterates.map((iterate) => Array.from(iterate, toBits));
      } catch (error) {
        if (!(error instanceof UnsupportedError || error instanceof ImplementationError)) throw error;
      }
    }
  }
  return recorded;
}
