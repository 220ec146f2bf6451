/** The same case with every number rounded to single precision: what an f32 implementation receives is what the oracle must use. */
export function roundToSingle<T>(value: T): T {
  return round(value) as T;
}

function round(value: unknown): unknown {
  if (typeof value === 'number') return Math.fround(value);
  if (value instanceof Float64Array) return value.map(Math.fround);
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, round(entry)]));
}
