import { type Implementation, UnsupportedError } from '../../claims/implementation/implementation.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { Answers } from './check-answers.js';
import { type Format, type OptimiserQuestion, problemAt } from './optimiser-question.js';
import { isOfFunction, type OptimiserVector, type Vector, type VectorFile } from './vector-file.js';

/** The answers of an implementation of the guard, asked step by step. */
export async function answersOf(
  implementation: Implementation,
  { subject, vectors }: VectorFile,
  format: Format,
): Promise<Answers> {
  const answers: Record<string, number[][] | null> = {};
  for (const vector of vectors) {
    if (!vector.answers.some((answer) => answer[format] !== undefined)) continue;
    answers[vector.id] = await iteratesOf(implementation, subject, vector).catch((error: unknown) => {
      if (error instanceof UnsupportedError) return null;
      throw error;
    });
  }
  return answers;
}

/** The iterates of a run, each step with a problem of its own; of a function its prox. */
async function iteratesOf(implementation: Implementation, subject: string, vector: Vector): Promise<number[][]> {
  if (isOfFunction(vector)) {
    const { function: own, step, x } = vector;
    const reply = await implementation.ask({ method: 'prox', function: own as never, step, x: Float64Array.from(x) });
    return [[...reply.x]];
  }
  const question = vector as OptimiserVector as OptimiserQuestion;
  const { start, hyperparameters, shape, x: first, steps } = question;
  const hasMemory = Object.hasOwn(statefulAlgorithms, subject);
  const iterates: Float64Array[] = [];
  let state: unknown = null;
  for (const [t, step] of steps.entries()) {
    const x = start === 'reset' ? Float64Array.from(first) : (iterates.at(-1) ?? Float64Array.from(first)).slice();
    const problem = problemAt(question, t);
    const reply = await implementation.ask({
      method: 'step',
      algorithm: subject as 'adam',
      problem: problem as never,
      step,
      indices: problem.functions.map((_, k) => k),
      x,
      ...((hasMemory ? { hyperparameters, state } : {}) as { hyperparameters: typeof hyperparameters; state: unknown }),
      ...(shape && { shape }),
    });
    iterates.push(reply.x);
    state = reply.state ?? null;
  }
  return iterates.map((x) => [...x]);
}
