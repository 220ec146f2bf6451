const LONGEST_VALUE = 60;

/** A value as it appears in an error message: one short line, `missing` for an absent one. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'function') return 'a function';
  const text = ArrayBuffer.isView(value)
    ? `[${Array.from(value as Float64Array).join(',')}]`
    : (JSON.stringify(value, (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item)) ??
      String(value));
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

/**
 * A parameter or an argument outside its allowed range. The message is one line:
 * `l1: weight is -1; allowed: a finite number >= 0`.
 */
export class ParameterError extends RangeError {
  /** Its name in a stack trace. */
  override readonly name = 'ParameterError';

  constructor(
    /** What rejects the parameter: the type of a function or of a smooth term, `problem`, … */
    readonly owner: string,
    /** Name of the parameter; nested ones carry their path, e.g. `functions[1].weight`. */
    readonly parameter: string,
    /** What was given. */
    readonly value: unknown,
    /** The allowed range in words. */
    readonly allowed: string,
  ) {
    super(`${owner}: ${parameter} is ${describeValue(value)}; allowed: ${allowed}`);
  }
}

/** Throws unless u is a vector with at least one entry and, where the parameters of the function fix a dimension, exactly that many. */
export function checkVector(owner: string, u: Float64Array, dimension?: number): void {
  // Without types a number is as easily given: prox(step, y) in place of prox(y, step).
  if (typeof u?.length !== 'number') throw new ParameterError(owner, 'vector', u, 'a Float64Array, before the step');
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
  // A vector of one entry is greater than 0 where its entry is.
  if (typeof step !== 'number') {
    throw new ParameterError(owner, 'step', step, 'a finite number > 0, after the vector: (y, step)');
  }
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
