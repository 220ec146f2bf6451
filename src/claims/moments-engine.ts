import { NotRationalError, whereRational } from '../exact/errors.js';
import { momentsLeft } from '../exact/moments.js';
import { fromDouble } from '../exact/rational.js';
import { atStep, rationalProblem } from '../exact/rational-problem.js';
import { type ExactEngine, exactAnswer } from './exact-engine.js';

/** The recursion of second moments for SPGM on quadratics with one common curvature: any T and B, exact. */
export const momentsEngine: ExactEngine = ({ theorem, instance, iterations, schedule }) => {
  if (theorem.algorithm !== 'spgm' || theorem.norm !== 'l2-squared') {
    return { inapplicable: `the moments engine is for SPGM and ‖G‖², not for ${theorem.algorithm}` };
  }
  const left = whereRational(() => {
    const problem = atStep(rationalProblem(instance.problem, instance.start.length), fromDouble(schedule.step));
    return momentsLeft(problem, instance.start.map(fromDouble), iterations, schedule.miniBatch);
  });
  return left instanceof NotRationalError ? { inapplicable: left.message } : exactAnswer('moments', left);
};
