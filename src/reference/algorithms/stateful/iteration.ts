import { ParameterError } from '../../functions/definition/arguments.js';
import { parseFunction } from '../../functions/definition/parse.js';
import type { FunctionSpecification } from '../../functions/definition/proximable-function.js';
import { readParameters } from '../../functions/parameters/read-parameters.js';
import { type GradientOracle, gradientOracle } from '../../problem/gradients.js';
import type { MiniBatch } from '../../problem/mini-batch.js';
import type { ProblemAtStep } from '../../problem/problem.js';
import type { StepOptions } from '../algorithm.js';
import { type IterationFactory, requirePoint } from '../iteration.js';
import { signOf, signRule } from '../sign.js';
import type { StatefulAlgorithmName } from './names.js';
import { statefulAlgorithms } from './registry.js';
import type { Memory, StatefulPoint } from './stateful-algorithm.js';

/** Hyperparameters of an algorithm with memory by the field's names, e.g. `{ momentum: 0.9, nesterov: true }`; a regulariser is a function of the vocabulary. */
export type Hyperparameters = Readonly<Record<string, number | boolean | FunctionSpecification>>;

function readHyperparameters(name: StatefulAlgorithmName, given: Hyperparameters): Readonly<Record<string, unknown>> {
  const algorithm = statefulAlgorithms[name];
  const { values } = readParameters(algorithm.parameters, given, { owner: name, path: '', parse: parseFunction });
  algorithm.check?.(values, (parameter, allowed) => new ParameterError(name, parameter, values[parameter], allowed));
  return values;
}

/** Binds everything of an iteration but where it is. */
function bind(
  name: StatefulAlgorithmName,
  given: Hyperparameters,
  problem: ProblemAtStep,
  dimension: number,
  options: StepOptions,
): (x: Float64Array, memory: Memory | undefined, batch: MiniBatch) => StatefulPoint {
  const hyperparameters = readHyperparameters(name, given);
  const { convention, random } = signRule(options);
  let oracle: GradientOracle | undefined;
  // Only who takes gradients needs that all r_k have them.
  const written = (write: (oracle: GradientOracle, out: Float64Array) => void): Float64Array => {
    oracle ??= gradientOracle(problem.problem, dimension);
    const out = new Float64Array(dimension);
    write(oracle, out);
    return out;
  };
  return (x, memory, batch) =>
    statefulAlgorithms[name].update({
      ...{ x, problem, step: problem.step, batch, memory, hyperparameters, options },
      sign: (value) => signOf(value, convention, random),
      stochasticGradient: (u) => written((own, out) => own.stochastic(u, batch, out)),
      gradient: (u) => written((own, out) => own.full(u, out)),
    });
}

/**
 * An algorithm with memory for `runAlgorithm`: one call of the factory is one run, and starts with an empty memory.
 *
 * @param name which algorithm
 * @param hyperparameters by the field's names; an error names the first that is out of its range
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
export function statefulIteration(name: StatefulAlgorithmName, hyperparameters: Hyperparameters): IterationFactory {
  return (problem, dimension, options) => {
    const iterate = bind(name, hyperparameters, problem, dimension, options);
    let memory: Memory | undefined;
    return (x, batch, out) => {
      const next = iterate(x, memory, batch);
      memory = next.memory;
      out.set(next.x);
    };
  };
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
): StatefulPoint {
  requirePoint('x', x);
  for (const [field, held] of Object.entries(memory ?? {})) {
    const vector = typeof held === 'number' ? Float64Array.of(held) : held;
    requirePoint(field, vector);
    if (vector === held && vector.length !== x.length) {
      throw new RangeError(`${field} must have length ${x.length}, got ${vector.length}`);
    }
  }
  return bind(name, hyperparameters, problem, x.length, options)(x, memory, batch);
}
