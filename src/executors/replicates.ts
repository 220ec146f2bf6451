import type { ReplicateJob } from '../claims/claim.js';
import { nextTurn } from '../claims/claim-in-pieces.js';

/** The chosen executor cannot compute replicates: one line that says why and what to do. */
export class ExecutorError extends Error {
  override readonly name = 'ExecutorError';
}

/** Milliseconds of computing after which the thread yields to other work. */
const turn = 50;

/**
 * Computes replicates from ≤ i < to of a job in this thread. Every call passes the same parameters object, so the module may cache derived
 * data in a WeakMap.
 *
 * @param stopped called before every replicate; a message stops the computation with that error
 * @param take called with every value; says whether more are needed
 * @param load finds the function of a job's module
 * @throws Error in one line that names the replicate and the module
 */
export async function computeReplicates(
  job: ReplicateJob,
  from: number,
  to: number,
  stopped: () => string | undefined,
  take?: (values: Float64Array) => boolean,
  load = importReplicate,
): Promise<Float64Array> {
  const replicate = await load(job.module);
  const values = new Float64Array(to - from);
  let started = performance.now();
  for (let index = from; index < to; index++) {
    const message = stopped();
    if (message !== undefined) throw new Error(message);
    const value = callReplicate(replicate, job, index);
    const place = index - from;
    values[place] = typeof value === 'number' ? value : await value;
    if (take?.(values.subarray(place, place + 1)) === false) return values.subarray(0, place + 1);
    if (performance.now() - started > turn) {
      await nextTurn();
      started = performance.now();
    }
  }
  return values;
}

/** What the module of a job exports as `replicate`: the number of one replicate, or a promise of it. */
export type Replicate = (parameters: unknown, index: number) => unknown;

async function importReplicate(module: string): Promise<Replicate> {
  let exports: { readonly replicate?: unknown };
  try {
    exports = await import(module);
  } catch (error) {
    throw new Error(`cannot import ${module}: ${firstLine(error)}`);
  }
  if (typeof exports.replicate !== 'function') {
    throw new Error(`module ${module} must export a function replicate(parameters, index)`);
  }
  return exports.replicate as Replicate;
}

/** The number, or a promise of one. Errors are one line that names the replicate. */
function callReplicate(
  replicate: Replicate,
  { module, parameters }: ReplicateJob,
  index: number,
): number | Promise<number> {
  const failed = (error: unknown): never => {
    throw new Error(`replicate ${index} of ${module} failed: ${firstLine(error)}`);
  };
  const number = (value: unknown): number => {
    if (typeof value === 'number') return value;
    throw new Error(`replicate ${index} of ${module} must return a number, got ${typeof value}`);
  };
  let value: unknown;
  try {
    value = replicate(parameters, index);
  } catch (error) {
    return failed(error);
  }
  return value instanceof Promise ? value.catch(failed).then(number) : number(value);
}

/** The first line of an error's message (or of anything else that was thrown). */
export function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0]!;
}

/** @throws RangeError unless 0 ≤ from ≤ to are integers */
export function requireRange(from: number, to: number): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
    throw new RangeError(`replicates must be a range 0 ≤ from ≤ to of integers, got ${from} to ${to}`);
  }
}

/** Names a job by its parameters object, so that every copy that is sent has the same name. */
export function jobNames(): (job: ReplicateJob) => string {
  const names = new WeakMap<object, string>();
  let count = 0;
  return ({ parameters }) => {
    const name = `${count++}`;
    if (typeof parameters !== 'object' || parameters === null) return name;
    const known = names.get(parameters);
    if (known === undefined) names.set(parameters, name);
    return known ?? name;
  };
}

/**
 * Replaces every later copy of a job's parameters by the first one that came under the same name, so that a module's derived data in a WeakMap is
 * computed once.
 *
 * @param most number of names to remember, the latest ones
 */
export function firstCopies(most: number): (name: string, job: ReplicateJob) => ReplicateJob {
  const known = new Map<string, unknown>();
  return (name, { module, parameters }) => {
    const first = known.has(name) ? known.get(name) : parameters;
    known.delete(name);
    known.set(name, first);
    if (known.size > most) known.delete(known.keys().next().value!);
    return { module, parameters: first };
  };
}
