import { finish } from '../../exact/engines/steps.js';
import { eventLoopTurns } from '../event-loop-turn.js';
import { enumerationEngine } from './enumeration-engine.js';
import type { ExactAnswer, ExactEngine, ExactEngineName, ExactRequest } from './exact-engine.js';
import { latticeEngine } from './lattice-engine.js';
import { momentsEngine } from './moments-engine.js';

const engines: Readonly<Record<ExactEngineName, ExactEngine>> = {
  enumeration: enumerationEngine,
  moments: momentsEngine,
  lattice: latticeEngine,
};

/** The engines by name, without a pause; each says why when it does not apply. */
export const exactEngines: Readonly<Record<ExactEngineName, (request: ExactRequest) => ExactAnswer>> = {
  enumeration: (request) => finish(enumerationEngine(request)),
  moments: (request) => finish(momentsEngine(request)),
  lattice: (request) => finish(latticeEngine(request)),
};

/**
 * The answer of one engine with turns of the event loop in between, so that Ctrl-C is noticed.
 * @throws the reason of `signal` when that aborts
 */
export async function answerInTurns(
  name: ExactEngineName,
  request: ExactRequest,
  signal?: AbortSignal,
): Promise<ExactAnswer> {
  const turn = eventLoopTurns();
  const steps = engines[name](request);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await turn();
    signal?.throwIfAborted();
  }
}
