/** What sgn(0) is, or draws it. */
export type SignAtZero = number | (() => number);

/** What sgn(0) is this time. */
export function atZero(signOfZero: SignAtZero): number {
  return typeof signOfZero === 'number' ? signOfZero : signOfZero();
}
