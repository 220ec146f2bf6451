import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';

/** Random choices of one fuzzed line; the same seed and index make the same line. */
export interface Choices {
  /** An integer from 0 to count − 1. */
  below(count: number): number;
  oneOf<T>(values: readonly T[]): T;
}

export function choicesOf(seed: string, index: number): Choices {
  const random = keyedStream(streamKey(seed, 'fuzz', 1, index));
  const below = (count: number): number => Math.floor(random() * count);
  return { below, oneOf: (values) => values[below(values.length)]! };
}
