import { parameterMagnitude } from '../../claims/judges/precision.js';
import { fromDouble, maximum, type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import { registry } from '../../reference/functions/index.js';
import type { Answer } from './exact-answer.js';
import type { ProxRequest, VectorRequest } from './vector-request.js';
import type { Tolerance } from './vector-schema.js';

const signAlgorithms: readonly string[] = ['sign-sgd', 'sign-prox', 'majority-vote'];

/** Multiples of the unit roundoff that the formulas may lose, each a few operations long. */
const operatorRoundings = 16;
const proxRoundings = 8;
const divisionUlps = 4;

/** How far an answer may be from the exact one: what any sensible order of a few correctly rounded operations can lose on these data. */
export function toleranceOf(request: VectorRequest, answers: readonly Answer[], flags: readonly string[]): Tolerance {
  const size = largest([request.x.map(fromDouble), ...answers.flatMap(({ points }) => points)].flat());
  if (flags.includes('sparse')) {
    return { mode: 'exact', k: 0, scale: 0, why: 'thresholding gives exactly 0: a small number is no sparse answer' };
  }
  if (request.method === 'prox') return toleranceOfProx(request, size);
  if ('algorithm' in request && signAlgorithms.includes(request.algorithm)) {
    if (request.method === 'run') {
      return { mode: 'condition', k: 1, scale: size + request.step, why: 'x ± γ, rounded once per iteration' };
    }
    return { mode: 'ulp', k: 1, scale: 0, why: 'x − γ, x or x + γ, rounded once: every sign is clear, or exactly 0' };
  }
  const { problem, step, x } = request;
  const parameters = parameterMagnitude(problem);
  const terms = Math.max(1, step) * parameters * (1 + largest(x.map(fromDouble)) + parameters);
  const isDivided = request.method === 'gradient-mapping' && step < 1;
  return {
    mode: 'condition',
    k: operatorRoundings,
    scale: Math.max(size, terms) / (isDivided ? step : 1),
    why: `a few rounded operations on x, the answer and terms like γ·a·(x − c), none larger than scale${isDivided ? '·γ, divided by γ' : ''}`,
  };
}

function toleranceOfProx({ function: specification, step, x }: ProxRequest, size: number): Tolerance {
  const { proxRounding } = registry.get(specification.type)!.definition;
  if (proxRounding === 'none') {
    return { mode: 'exact', k: 0, scale: 0, why: 'every element is an element of y or a bound: nothing is computed' };
  }
  if (proxRounding === 'division') {
    return { mode: 'ulp', k: divisionUlps, scale: 0, why: 'y/(1 + γw): a product, a sum and a division' };
  }
  return {
    mode: 'condition',
    k: proxRoundings + (proxRounding === 'sum' ? x.length : 0),
    scale: Math.max(size, Math.max(1, step) * parameterMagnitude(specification)),
    why: 'a few rounded operations on y, the answer, the parameters and γ times them, none larger than scale',
  };
}

function largest(values: readonly Rational[]): number {
  return toDouble(values.map((value) => value.abs()).reduce(maximum));
}
