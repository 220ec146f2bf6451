import { eventLoopTurns } from '../../claims/claim-in-pieces.js';
import { fromDouble, sum } from '../../exact/arithmetic/rational.js';
import { finish } from '../../exact/computation.js';
import { type RationalIteration, signProxIteration, spgmIteration } from '../../exact/engines/algorithms.js';
import { enumerationTurns, lawTurns } from '../../exact/engines/enumeration.js';
import { momentsTurns } from '../../exact/engines/moments.js';
import { atStep, normalisedProblem } from '../../exact/problem/rational-problem.js';
import type { EngineChoice } from './engine-names.js';
import {
  askedThreshold,
  type ExactAnswer,
  type ExactEngine,
  type ExactEngineName,
  type ExactForm,
  type ExactLeft,
  type ExactRequest,
  exactEngineNames,
  exactForm,
  rationalAnswer,
  whereApplicable,
} from './exact-engine.js';
import { latticeEngine } from './lattice-engine.js';
import { pathsEngine } from './paths-engine.js';

/** The iterations that have a rational form. */
export const rationalIterations: Readonly<Record<ExactForm['algorithm'], RationalIteration>> = {
  spgm: spgmIteration,
  'sign-prox': signProxIteration('residual'),
};

/** Every sequence of mini-batches in rational arithmetic: for small T, K and B, and an instance with rational functions. */
const enumerationEngine: ExactEngine = function* (request) {
  const { theorem, instance, iterations, schedule } = request;
  const threshold = askedThreshold(request);
  const form = exactForm(theorem, instance.problem);
  if ('inapplicable' in form) return form;
  return yield* whereApplicable(function* () {
    const asked = {
      problem: atStep(normalisedProblem(instance.problem, instance.start.length), fromDouble(schedule.step)),
      start: instance.start.map(fromDouble),
      iterations,
      miniBatch: schedule.miniBatch,
      iteration: rationalIterations[form.algorithm],
      norm: form.norm,
      signOfZero: instance.signOfZero ?? 'zero',
    };
    if (threshold === undefined) return rationalAnswer('enumeration', yield* enumerationTurns(asked));
    const law = yield* lawTurns(asked);
    const above = (end: number) => sum(law.flatMap(([left, mass]) => (left.lte(fromDouble(end)) ? [] : [mass])));
    const surely = above(threshold.upper);
    if (above(threshold.strict).equals(surely)) return rationalAnswer('enumeration', surely);
    // Some left side is within rounding of b.
    const { engine, interval } = rationalAnswer('enumeration', surely, above(threshold.lower));
    return { engine, interval };
  });
};

/** The recursion of second moments for SPGM on quadratics of the same curvature: for any T and B, exact as long as that is cheap. */
const momentsEngine: ExactEngine = function* (request) {
  const { theorem, instance, iterations, schedule } = request;
  if (askedThreshold(request) !== undefined)
    return { inapplicable: 'it has moments of the left side, and P(left side > b) needs its law' };
  const form = exactForm(theorem, instance.problem);
  if ('inapplicable' in form) return form;
  if (form.algorithm !== 'spgm' || form.norm !== 'l2-squared') {
    return { inapplicable: 'the moments engine is for SPGM and ‖G‖², and for SGD and ‖∇f̄‖² with linear r_k' };
  }
  return yield* whereApplicable(function* () {
    const problem = atStep(normalisedProblem(instance.problem, instance.start.length), fromDouble(schedule.step));
    const [lower, upper] = yield* momentsTurns(problem, instance.start.map(fromDouble), iterations, schedule.miniBatch);
    return rationalAnswer('moments', lower, upper);
  });
};

const engines: Readonly<Record<ExactEngineName, ExactEngine>> = {
  enumeration: enumerationEngine,
  moments: momentsEngine,
  lattice: latticeEngine,
  paths: pathsEngine,
};

/** The engines by name, without pauses; an engine that does not apply says why. */
export const exactEngines: Readonly<Record<ExactEngineName, (request: ExactRequest) => ExactAnswer>> = {
  enumeration: (request) => finish(enumerationEngine(request)),
  moments: (request) => finish(momentsEngine(request)),
  lattice: (request) => finish(latticeEngine(request)),
  paths: (request) => finish(pathsEngine(request)),
};

/** Largest T for which `auto` tries an enumeration: for long runs it takes minutes to find out that they are too large. */
const longestEnumeration = 16;

/** The chosen engine cannot compute this left side; the message says why, and what to do. */
export class EngineError extends RangeError {
  override readonly name = 'EngineError';
}

/**
 * The left side by the chosen engine, or by the first one that applies; undefined if it is left to Monte Carlo.
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
 * The result of one engine, with turns of the event loop in between, so that Ctrl-C is noticed.
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
