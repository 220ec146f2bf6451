import type { MiniBatch } from '../../problem/mini-batch.js';
import type { ProblemAtStep } from '../../problem/problem.js';
import type { StepOptions } from '../algorithm.js';
import type { IterationFactory } from '../iteration.js';
import type { Layout } from '../layout.js';
import type { StatefulAlgorithmName } from './names.js';
import { statefulAlgorithms } from './registry.js';
import { type Hyperparameters, iterationOf, type Memory, type StatefulPoint, stepOf } from './stateful-algorithm.js';

export type { Hyperparameters };

/**
 * An algorithm with memory for `runAlgorithm`: one call of the factory is one run, and starts with an empty memory.
 *
 * @param name which algorithm
 * @param hyperparameters by the field's names; an error names the first that is out of its range
 * @param layout what x is, if it is no vector
 * @returns an iteration that remembers
 * @throws RangeError when the run begins, for an invalid hyperparameter
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'zero' },
 *   functions: [{ type: 'linear', coefficients: [1] }],
 *   probabilities: [1],
 * });
 * const heavyBall = statefulIteration('momentum-sgd', { momentum: 0.5 });
 * const options = { step: 1, iterations: 2, miniBatch: 1, seed: '1' };
 * assert.equal(runAlgorithm(heavyBall, problem, Float64Array.of(3), options)[0], 0.5);
 */
export function statefulIteration(
  name: StatefulAlgorithmName,
  hyperparameters: Hyperparameters,
  layout: Layout = {},
): IterationFactory {
  return iterationOf(statefulAlgorithms[name], hyperparameters, layout);
}

/**
 * One step of an algorithm with memory.
 *
 * @param name which algorithm
 * @param hyperparameters by the field's names
 * @param problem f = d + r_γ at the step γ
 * @param x x^{t−1}, not written to
 * @param memory the memory that the previous step returned; undefined for the first
 * @param batch the components of the mini-batch, or `{ counts }`
 * @param options conventions of the iteration
 * @param layout what x is, if it is no vector
 * @returns x^t and what the next step goes on from
 * @throws RangeError unless x is finite and every hyperparameter in its range
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'zero' },
 *   functions: [{ type: 'linear', coefficients: [3, -1] }],
 *   probabilities: [1],
 * });
 * const { x, memory } = statefulStep('error-feedback-sign-sgd', {}, problem.at(0.5), Float64Array.of(0, 0), undefined, [0]);
 * assert.deepEqual([x, memory.error], [Float64Array.of(-1, 1), Float64Array.of(0.5, 0.5)]);
 */
export function statefulStep(
  name: StatefulAlgorithmName,
  hyperparameters: Hyperparameters,
  problem: ProblemAtStep,
  x: Float64Array,
  memory: Memory | undefined,
  batch: MiniBatch,
  options: StepOptions = {},
  layout: Layout = {},
): StatefulPoint {
  return stepOf(statefulAlgorithms[name], hyperparameters, problem, x, memory, batch, options, layout);
}
