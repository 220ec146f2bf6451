import { roundTo } from '../../claims/implementation/dtype.js';
import type {
  Conventions,
  Memory,
  StatefulAlgorithm,
  StatefulInput,
} from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { askedProblem, type Format, formats, type OptimiserQuestion } from './optimiser-question.js';

/** What a run has where it is not usual: choices of papers and libraries, and sgn with its value at 0. */
export interface Chosen {
  readonly conventions?: Conventions;
  readonly sign?: (value: number) => number;
}

/**
 * The iterates of an update, right or wrong, that is given the gradients of a question: x and what is remembered are rounded to the format after each
 * step.
 */
export function runUpdate(
  update: StatefulAlgorithm['update'],
  question: OptimiserQuestion,
  format: Format,
  { conventions = {}, sign = Math.sign }: Chosen = {},
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
      conventions,
      sign,
      stochasticGradient: () => Float64Array.from(gradient),
      gradient: () => Float64Array.from(gradient),
    };
    const next = update(input as unknown as StatefulInput<never, Memory> as never);
    memory = Object.fromEntries(Object.entries(next.memory).map(([name, held]) => [name, rounded(held)]));
    iterates.push(next.x.map((value) => roundTo(dtype, value)));
  }
  return iterates;
}
