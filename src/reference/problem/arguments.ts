import { ParameterError } from '../functions/definition/arguments.js';

const OWNER = 'problem';

/** γ itself when it is finite and positive. */
export function checkStep(step: number): number {
  if (step > 0 && step < Number.POSITIVE_INFINITY) return step;
  throw new ParameterError(OWNER, 'step', step, 'a finite number > 0');
}

/** n itself when it is a positive integer and the dimension that the problem fixes, if it fixes one. */
export function checkDimension(dimension: number, fixed: number | undefined): number {
  if (fixed !== undefined && dimension !== fixed) throw new ParameterError(OWNER, 'dimension', dimension, `${fixed}`);
  if (Number.isInteger(dimension) && dimension >= 1) return dimension;
  throw new ParameterError(OWNER, 'dimension', dimension, 'an integer >= 1');
}

/** Throws unless x has at least one entry, the dimension that the problem fixes, and finite entries only. */
export function checkPoint(x: Float64Array, fixed: number | undefined): void {
  if (x.length === 0) throw new ParameterError(OWNER, 'x', x, 'at least one entry');
  if (fixed !== undefined && x.length !== fixed) throw new ParameterError(OWNER, 'x length', x.length, `${fixed}`);
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) throw new ParameterError(OWNER, `x[${i}]`, x[i], 'a finite number');
  }
}

/** The vector that receives a result of the length of x: `out`, or a new one. */
export function receiver(x: Float64Array, out: Float64Array | undefined): Float64Array {
  if (out === undefined) return new Float64Array(x.length);
  if (out.length !== x.length) throw new ParameterError(OWNER, 'out length', out.length, `${x.length}`);
  return out;
}

/** Throws unless the component is one of 0 … K − 1. */
export function checkComponent(component: number, components: number, name = 'component'): void {
  if (Number.isInteger(component) && component >= 0 && component < components) return;
  throw new ParameterError(OWNER, name, component, `an integer from 0 to ${components - 1}`);
}

/** Throws unless there is at least one index and every index is one of 0 … K − 1. */
export function checkIndices(indices: ArrayLike<number>, components: number): void {
  if (indices.length === 0) throw new ParameterError(OWNER, 'indices', [], 'at least one index');
  for (let b = 0; b < indices.length; b++) {
    const index = indices[b]!;
    // The name of an entry is only put together when the entry is wrong: this runs once per draw.
    if (!(Number.isInteger(index) && index >= 0 && index < components)) {
      checkComponent(index, components, `indices[${b}]`);
    }
  }
}

/** B = Σ c_k when the counts are K non-negative integers, not all 0. */
export function checkCounts(counts: ArrayLike<number>, components: number): number {
  if (counts.length !== components) {
    throw new ParameterError(OWNER, 'counts length', counts.length, `${components}, one for each function`);
  }
  let draws = 0;
  for (let k = 0; k < components; k++) {
    const count = counts[k]!;
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new ParameterError(OWNER, `counts[${k}]`, count, 'an integer >= 0');
    }
    draws += count;
  }
  if (draws === 0) throw new ParameterError(OWNER, 'counts', Array.from(counts), 'at least one draw');
  return draws;
}
