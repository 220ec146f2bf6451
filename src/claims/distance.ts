const view = new DataView(new ArrayBuffer(8));

/** The distance from |value| to the next larger double. */
export function ulp(value: number): number {
  const size = Math.abs(value);
  view.setFloat64(0, size);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0) - size;
}

/** How far a returned number is from the right one, for people: `off by 0.25, relative 0.5, 2.3e+15 ulp`. */
export function showDistance(returned: number, right: number): string {
  const error = Math.abs(returned - right);
  if (!Number.isFinite(error)) return `${returned} where ${right} is right`;
  if (error === 0) return 'exact';
  const off = `off by ${short(error)}`;
  // Relative to 0 everything is infinitely far.
  return right === 0 ? off : `${off}, relative ${short(error / Math.abs(right))}, ${short(error / ulp(right))} ulp`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
