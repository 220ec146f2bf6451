import type { ReplicateJob } from '../claims/claim.js';

/** Names a job by its parameters object, and every copy that is sent of it by the same name. */
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
 * Puts the first copy of a job's parameters that came under a name in the place of every later one, so that what a module derives from it in a
 * WeakMap is derived once.
 *
 * @param most names that are remembered, those that came last
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
