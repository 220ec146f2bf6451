const workspaces = new Map<number, Float64Array>();

/** One scratch vector a length, overwritten by the next caller: for values that are used up before anything else is called. */
export function workspace(dimension: number): Float64Array {
  let found = workspaces.get(dimension);
  if (found === undefined) {
    found = new Float64Array(dimension);
    workspaces.set(dimension, found);
  }
  return found;
}
