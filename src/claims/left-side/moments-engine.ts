import { fromDouble } from '../../exact/arithmetic/rational.js';
import { momentsTurns } from '../../exact/engines/moments.js';
import { atStep, normalisedProblem } from '../../exact/problem/rational-problem.js';
import { type ExactEngine, rationalAnswer, whereApplicable } from './exact-engine.js';
import { exactForm } from './exact-form.js';

/** The recursion of second moments for SPGM on quadratics with one common curvature: any T and B, exact as long as that is cheap. */
export const momentsEngine: ExactEngine = function* ({ theorem, instance, iterations, schedule }) {
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
