import type { SignConvention } from '../algorithms/algorithm.js';
import type { BoundInstance } from './bound-row.js';
import { enumerationEngine } from './enumeration-engine.js';
import { type ExactEngine, type ExactEngineName, type ExactLeft, exactEngineNames } from './exact-engine.js';
import { latticeEngine } from './lattice-engine.js';
import { momentsEngine } from './moments-engine.js';
import type { Schedule, Theorem } from './theorem.js';

/** The engines by name; each says why when it does not apply. */
export const exactEngines: Readonly<Record<ExactEngineName, ExactEngine>> = {
  enumeration: enumerationEngine,
  moments: momentsEngine,
  lattice: latticeEngine,
};

/**
 * The left side from the first engine that applies; undefined when none does, and Monte Carlo is left.
 *
 * @param signOfZero default: the instance's, else `zero`
 */
export function exactLeft(
  theorem: Theorem,
  instance: BoundInstance,
  iterations: number,
  schedule: Schedule,
  signOfZero: SignConvention = instance.signOfZero ?? 'zero',
): ExactLeft | undefined {
  for (const name of exactEngineNames) {
    const answer = exactEngines[name]({ theorem, instance, iterations, schedule, signOfZero });
    if (!('inapplicable' in answer)) return answer;
  }
  return undefined;
}
