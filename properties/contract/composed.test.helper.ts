import type { AnswersInPlace, RunRequest, StepRequest } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';

export type Prox = (specification: FunctionSpecification, step: number, y: Float64Array) => Promise<Float64Array>;

/** Operators and algorithms that are built of proxes as their definitions say. */
export function composed(prox: Prox): AnswersInPlace {
  const component = async (problem: ProblemSpecification, k: number, step: number, x: Float64Array) => {
    const slope = (await reference.ask({ method: 'gradient', function: problem.smooth, x })).x;
    const at = x.map((value, i) => value - step * slope[i]!);
    return prox(problem.functions[k]!, step, at);
  };
  const weighted = async (problem: ProblemSpecification, weights: readonly number[], step: number, x: Float64Array) => {
    const sum = new Float64Array(x.length);
    for (const [k, weight] of weights.entries()) {
      if (weight === 0) continue;
      (await component(problem, k, step, x)).forEach((value, i) => {
        sum[i]! += weight * value;
      });
    }
    return sum;
  };
  const miniBatch = (problem: ProblemSpecification, indices: readonly number[], step: number, x: Float64Array) => {
    const shares = problem.functions.map((_, k) => indices.filter((index) => index === k).length / indices.length);
    return weighted(problem, shares, step, x);
  };
  async function advance({ algorithm, problem, step, x, indices }: StepRequest) {
    const image = await miniBatch(problem, indices, step, x);
    return algorithm === 'spgm' ? image : x.map((value, i) => value - step * Math.sign(value - image[i]!));
  }
  return {
    step: async (question) => ({ x: await advance(question as StepRequest) }),
    async run(question) {
      const { algorithm, problem, step, x, indices } = question as RunRequest;
      const trajectory: Float64Array[] = [];
      for (const batch of indices) {
        trajectory.push(await advance({ algorithm, problem, step, x: trajectory.at(-1) ?? x, indices: batch }));
      }
      return { x: trajectory.at(-1) ?? x.slice(), trajectory };
    },
  };
}
