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
