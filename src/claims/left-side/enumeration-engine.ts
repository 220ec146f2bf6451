import { fromDouble } from '../../exact/arithmetic/rational.js';
import { type RationalIteration, signProxIteration, spgmIteration } from '../../exact/engines/algorithms.js';
import { enumerationTurns } from '../../exact/engines/enumeration.js';
import { atStep, normalisedProblem } from '../../exact/problem/rational-problem.js';
import { type ExactEngine, rationalAnswer, whereApplicable } from './exact-engine.js';
import { type ExactForm, exactForm } from './exact-form.js';

/** The iterations that have a rational form. */
export const rationalIterations: Readonly<Record<ExactForm['algorithm'], RationalIteration>> = {
  spgm: spgmIteration,
  'sign-prox': signProxIteration('residual'),
};

/** Every sequence of mini-batches in rational arithmetic: small T, K and B, and an instance made of rational functions. */
export const enumerationEngine: ExactEngine = function* ({ theorem, instance, iterations, schedule }) {
  const form = exactForm(theorem, instance.problem);
  if ('inapplicable' in form) return form;
  return yield* whereApplicable(function* () {
    const left = yield* enumerationTurns({
      problem: atStep(normalisedProblem(instance.problem, instance.start.length), fromDouble(schedule.step)),
      start: instance.start.map(fromDouble),
      iterations,
      miniBatch: schedule.miniBatch,
      iteration: rationalIterations[form.algorithm],
      norm: form.norm,
      signOfZero: instance.signOfZero ?? 'zero',
    });
    return rationalAnswer('enumeration', left);
  });
};
