import { ParameterError } from './parameter-error.js';

/** Throws unless u has at least one entry and, where the parameters of the function fix a dimension, exactly that many. */
export function checkVector(owner: string, u: Float64Array, dimension?: number): void {
  if (u.length === 0) throw new ParameterError(owner, 'vector', u, 'at least one entry');
  if (dimension !== undefined && u.length !== dimension) {
    throw new ParameterError(owner, 'vector length', u.length, `${dimension}`);
  }
}

/** The vector that receives a result of the length of u: `out`, or a new one. Checks u as `checkVector` does. */
export function receiver(owner: string, u: Float64Array, out?: Float64Array, dimension?: number): Float64Array {
  checkVector(owner, u, dimension);
  if (out === undefined) return new Float64Array(u.length);
  if (out.length !== u.length) throw new ParameterError(owner, 'out length', out.length, `${u.length}`);
  return out;
}

/** The step γ, which must be finite and positive. */
export function requireStep(owner: string, step: number): number {
  if (!(step > 0 && step < Infinity)) throw new ParameterError(owner, 'step', step, 'a finite number > 0');
  return step;
}

/** As `receiver`, for an operator with step γ. */
export function proxReceiver(
  owner: string,
  y: Float64Array,
  step: number,
  out?: Float64Array,
  dimension?: number,
): Float64Array {
  requireStep(owner, step);
  return receiver(owner, y, out, dimension);
}
