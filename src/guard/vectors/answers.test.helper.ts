import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { Answers } from './check-answers.js';
import { askedOf } from './function-question.js';
import { inFile, type Special, specials } from './interval.js';
import { type OptimiserQuestion, problemAt } from './optimiser-question.js';
import { type AnswerFormat, isOfFunction, type OptimiserVector, type Vector, type VectorFile } from './vector-file.js';

/** Whether an implementation declares what becomes of NaN, infinities and bad parameters. */
const hasPolicy = ({ description: { nonfinite, conventions } }: Implementation): boolean =>
  nonfinite !== undefined && conventions.rejectsBadParameters === true;

/** The answers of an implementation of the guard, asked step by step; a policy is asked of who declares one. */
export async function answersOf(
  implementation: Implementation,
  { subject, vectors }: VectorFile,
  format: AnswerFormat,
): Promise<Answers> {
  const answers: Record<string, (number | Special)[][] | 'refuses' | null> = {};
  if (askedOf(subject)?.kind === 'policy' && !hasPolicy(implementation)) return answers;
  for (const vector of vectors) {
    if (!vector.answers.some((answer) => answer[format] !== undefined)) continue;
    const answer = await iteratesOf(implementation, subject, vector).catch((error: unknown) => {
      if (error instanceof UnsupportedError) return null;
      if (error instanceof ImplementationError && error.code === 'domain') return [[Number.POSITIVE_INFINITY]];
      const mayRefuse = vector.answers.some((each) => each[format as 'f64'] === 'refuses');
      if (mayRefuse && error instanceof ImplementationError && error.kind === 'error') return 'refuses' as const;
      throw error;
    });
    answers[vector.id] = Array.isArray(answer) ? answer.map((row) => row.map(inFile)) : answer;
  }
  return answers;
}

/** The iterates of a run, each step with a problem of its own; of a function its prox. */
async function iteratesOf(implementation: Implementation, subject: string, vector: Vector): Promise<number[][]> {
  if (isOfFunction(vector)) {
    const { kind } = askedOf(subject)!;
    const { function: own, step, x } = vector;
    const point = Float64Array.from(x, (entry) => (typeof entry === 'number' ? entry : specials[entry]));
    const asked = { function: own as never, x: point };
    if (kind === 'value') return [[(await implementation.ask({ method: 'value', ...asked })).value]];
    if (kind === 'gradient') return [[...(await implementation.ask({ method: 'gradient', ...asked })).x]];
    return [[...(await implementation.ask({ method: 'prox', ...asked, step: step! })).x]];
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
