import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { type StatefulCase, stepAt } from '../arbitraries/stateful-case.js';
import type { Implementation, State } from '../implementation/implementation.js';

/** A variant as a field of a request. */
export const named = (variant: string | undefined) => (variant === undefined ? {} : { variant });

/** The iterates of runs that are made by turns, a step of each: the memories of the runs are separate. */
export async function stepsByTurns(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  inputs: readonly StatefulCase[],
  variant?: string,
): Promise<Float64Array[][]> {
  const runs = inputs.map(({ x }) => ({ x, state: null as State | null, iterates: [] as Float64Array[] }));
  for (const [t, indices] of inputs[0]!.batches.entries()) {
    for (const [r, run] of runs.entries()) {
      const { problem, hyperparameters } = inputs[r]!;
      const step = stepAt(inputs[r]!, t);
      const request = { algorithm, hyperparameters, problem, step, indices, state: run.state, ...named(variant) };
      const next = await implementation.statefulStep!({ ...request, x: run.x.slice() });
      runs[r] = { ...next, iterates: [...run.iterates, next.x] };
      if (!next.x.every(Number.isFinite)) return runs.map(({ iterates }) => iterates.slice(0, t + 1));
    }
  }
  return runs.map(({ iterates }) => iterates);
}

/** The iterates that a run tells, or the ends of runs of 1, 2, … iterations where it tells only those; and the end. */
export async function iteratesOfRun(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  { problem, step, hyperparameters, x, batches }: StatefulCase,
  variant?: string,
) {
  const request = { algorithm, hyperparameters, problem, step, ...named(variant) };
  const runOf = (length: number) =>
    implementation.statefulRun!({ ...request, x: x.slice(), indices: batches.slice(0, length) });
  const reply = await runOf(batches.length);
  if (reply.trajectory !== undefined) return { end: reply.x, iterates: reply.trajectory };
  const ends: Float64Array[] = [];
  for (let length = 1; length < batches.length; length++) ends.push((await runOf(length)).x);
  return { end: reply.x, iterates: [...ends, reply.x] };
}
