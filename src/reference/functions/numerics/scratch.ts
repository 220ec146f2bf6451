/** A private vector that is allocated once for each new length: calls after the first allocate nothing. */
export function scratchVector(): (length: number) => Float64Array {
  let vector = new Float64Array(0);
  return (length) => {
    if (vector.length !== length) vector = new Float64Array(length);
    return vector;
  };
}
