import { roundTo } from '../../claims/implementation/dtype.js';
import type {
  Memory,
  StatefulAlgorithm,
  StatefulInput,
} from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { askedProblem, type Format, formats, type OptimiserQuestion } from './optimiser-question.js';

/**
 * The iterates of an update, right or wrong, that is given the gradients of a question: x and what is remembered are rounded to the format after each
 * step.
 */
export function runUpdate(
  update: StatefulAlgorithm['update'],
  question: OptimiserQuestion,
  format: Format,
): readonly Float64Array[] {
  const { start, hyperparameters, shape, x: first, steps, gradients, functions } = question;
  const { dtype, memory: memoryType } = formats[format];
  const rounded = (held: number | Float64Array): number | Float64Array =>
    typeof held === 'number' ? held : held.map((value) => roundTo(memoryType, value));
  const iterates: Float64Array[] = [];
  let memory: Memory | undefined;
  for (const [t, gradient] of gradients.entries()) {
    const from = start === 'reset' ? undefined : iterates.at(-1);
    const x = from ?? Float64Array.from(first);
    const own = askedProblem(question, t, x);
    const input = {
      x,
      shape: shape ?? [first.length],
      step: steps[t]!,
      ...(functions !== undefined && { problem: parseProblem(own).at(steps[t]!) }),
      batch: own.functions.map((_, k) => k),
      memory,
      hyperparameters,
      options: {},
      sign: Math.sign,
      stochasticGradient: () => Float64Array.from(gradient),
      gradient: () => Float64Array.from(gradient),
    };
    const next = update(input as unknown as StatefulInput<never, Memory> as never);
    memory = Object.fromEntries(Object.entries(next.memory).map(([name, held]) => [name, rounded(held)]));
    iterates.push(next.x.map((value) => roundTo(dtype, value)));
  }
  return iterates;
}
