import { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
import type { ExactEngineName, ExactRequest } from '../theory/left-side/exact-engine.js';
import { exactEngines } from '../theory/left-side/exact-engines.js';
import { plant, selfClaim } from './planted.js';

/** d = ½x², r_1 = u and r_2 = −u with probability ½ each, from x⁰. */
const instance = (start: number): ExactRequest['instance'] => ({
  name: 'one coordinate',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((coefficient) => ({ type: 'linear', coefficients: [coefficient] })),
    probabilities: [0.5, 0.5],
  },
  start: [start],
});

type Engine = (request: ExactRequest) => ReturnType<(typeof exactEngines)[ExactEngineName]>;
const schedule = { step: 0.5, miniBatch: 1 };
/** G(x) = x and x¹ = ½x⁰ ∓ ½: ½(x⁰² + E(x¹)²) = ½(1 + ½). */
const spgm: ExactRequest = { theorem: theorem1, instance: instance(1), iterations: 2, schedule };
/** Ĝ = ¼ ± 1, so x¹ = −¼ or ¾: ½(¼ + ½). */
const signProx: ExactRequest = { theorem: theorem2, instance: instance(0.25), iterations: 2, schedule };

const misses = (engine: Engine, request: ExactRequest, right: number): string | undefined => {
  const answer = engine(request);
  if ('inapplicable' in answer) return `does not apply: ${answer.inapplicable}`;
  const [low, high] = answer.interval;
  return low <= right && right <= high && high - low < 1e-9
    ? undefined
    : `the left side is in [${low}, ${high}], right is ${right}`;
};

/** An engine that is asked for something else. */
const wrongEngine = (
  name: ExactEngineName,
  error: string,
  request: ExactRequest,
  right: number,
  change: Partial<ExactRequest>,
) =>
  plant<Engine>({
    name: `${name}: ${error}`,
    piece: exactEngines[name],
    wrong: (given) => exactEngines[name]({ ...given, ...change }),
    finds: (engine) => misses(engine, request, right),
  });
const twoDraws = { schedule: { ...schedule, miniBatch: 2 } };
const batch = 'a mini-batch of two draws in place of one';

export const claim = selfClaim({
  id: 'self-engines',
  about: 'exact engines',
  plants: [
    wrongEngine('enumeration', batch, spgm, 0.75, twoDraws),
    wrongEngine('moments', batch, spgm, 0.75, twoDraws),
    wrongEngine('moments', 'an iteration too many', spgm, 0.75, { iterations: 3 }),
    wrongEngine('enumeration', `${batch}, by signs`, signProx, 0.375, twoDraws),
    wrongEngine('lattice', 'half of the step', signProx, 0.375, { schedule: { ...schedule, step: 0.25 } }),
  ],
});
