import { finish } from '../../exact/engines/turns.js';
import { eventLoopTurns } from '../event-loop-turn.js';
import type { EngineChoice } from './engine-names.js';
import { enumerationEngine } from './enumeration-engine.js';
import {
  type ExactAnswer,
  type ExactEngine,
  type ExactEngineName,
  type ExactLeft,
  type ExactRequest,
  exactEngineNames,
} from './exact-engine.js';
import { latticeEngine } from './lattice-engine.js';
import { momentsEngine } from './moments-engine.js';
import { pathsEngine } from './paths-engine.js';

const engines: Readonly<Record<ExactEngineName, ExactEngine>> = {
  enumeration: enumerationEngine,
  moments: momentsEngine,
  lattice: latticeEngine,
  paths: pathsEngine,
};

/** The engines by name, without a pause; each says why when it does not apply. */
export const exactEngines: Readonly<Record<ExactEngineName, (request: ExactRequest) => ExactAnswer>> = {
  enumeration: (request) => finish(enumerationEngine(request)),
  moments: (request) => finish(momentsEngine(request)),
  lattice: (request) => finish(latticeEngine(request)),
  paths: (request) => finish(pathsEngine(request)),
};

/** Largest T for which an enumeration is tried unasked: of long runs it takes minutes to find that they are too large. */
const longestEnumeration = 16;

/** The chosen engine cannot compute this left side; the message says why, and what to do. */
export class EngineError extends RangeError {
  override readonly name = 'EngineError';
}

/**
 * The left side by the chosen engine, or by the first one that applies; undefined where it is left to Monte Carlo.
 *
 * @throws EngineError when an exact engine was asked for by name and does not apply
 * @throws the reason of `signal` when that aborts
 */
export async function exactLeft(
  choice: EngineChoice,
  request: ExactRequest,
  signal?: AbortSignal,
): Promise<ExactLeft | undefined> {
  if (choice === 'monte-carlo') return undefined;
  if (choice === 'auto') {
    for (const name of exactEngineNames) {
      if (name === 'enumeration' && request.iterations > longestEnumeration) continue;
      const answer = await answerInTurns(name, request, signal);
      if (!('inapplicable' in answer)) return answer;
    }
    return undefined;
  }
  const answer = await answerInTurns(choice, request, signal);
  if (!('inapplicable' in answer)) return answer;
  const place = `${request.theorem.source.equation} at T = ${request.iterations}`;
  throw new EngineError(
    `engine ${choice} does not apply to ${place}: ${answer.inapplicable}; give --engine auto, which takes one that applies`,
  );
}

/**
 * The answer of one engine with turns of the event loop in between, so that Ctrl-C is noticed.
 * @throws the reason of `signal` when that aborts
 */
async function answerInTurns(
  name: ExactEngineName,
  request: ExactRequest,
  signal: AbortSignal | undefined,
): Promise<ExactAnswer> {
  const turn = eventLoopTurns();
  const turns = engines[name](request);
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
    await turn();
    signal?.throwIfAborted();
  }
}
