import type { Implementation } from '../claims/implementation/implementation.js';

type Asked = Pick<Implementation, 'ask'>;

/** ½‖·‖₁, which the tests ask about unless they name another function. */
export const l1 = { type: 'l1', weight: 0.5 };

const vector = (x: number | Float64Array): Float64Array => (typeof x === 'number' ? Float64Array.of(x) : x);

/** The prox at the step 1, of a vector or of one number. */
export const prox = async (adapter: Asked, x: number | Float64Array, of: typeof l1 | { type: string } = l1) =>
  (await adapter.ask({ method: 'prox', function: of, step: 1, x: vector(x) })).x;

/** The value at a vector or at one number. */
export const value = async (adapter: Asked, x: number | Float64Array) =>
  (await adapter.ask({ method: 'value', function: l1, x: vector(x) })).value;
