import { ParameterError } from '../../../reference/functions/definition/arguments.js';
import { number, positiveNumber, weight } from '../../../reference/functions/parameters/number.js';
import { entry, numberOrVector, type ScalarOrVector } from '../../../reference/functions/parameters/vector.js';

/** Constants that a user declares for a problem: the auditor tries to certify or to refute them. */
export interface DeclaredConstants {
  /** L > 0 of Assumption 1(b),(c). */
  readonly lipschitz?: number;
  /** μ, which a caller may give in place of the certified one. */
  readonly strongConvexity?: number;
  /** (L_1 … L_n) ≥ 0 of Assumption 2(b),(c). */
  readonly coordinateLipschitz?: Float64Array;
  /** σ ≥ 0 of Assumption 1(d). */
  readonly sigma?: number;
  /** (σ_1 … σ_n) ≥ 0 of Assumption 2(d). */
  readonly coordinateSigma?: Float64Array;
  /** f* of Assumptions 1(a) and 2(a), at the step of the audit. */
  readonly infimum?: number;
}

const readers = {
  lipschitz: positiveNumber,
  coordinateLipschitz: numberOrVector({ minimum: 0 }),
  sigma: weight,
  coordinateSigma: numberOrVector({ minimum: 0 }),
  infimum: number(),
};

/**
 * Reads declared constants, e.g. `{ "lipschitz": 2, "coordinateSigma": [1, 0.5] }`; one number counts for every coordinate.
 * @throws ParameterError naming the constant, its value and the allowed range.
 */
export function parseDeclared(json: unknown, dimension: number): DeclaredConstants {
  const owner = 'declared';
  const names = Object.keys(readers).join(', ');
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ParameterError(owner, 'constants', json, `an object with any of ${names}`);
  }
  const constants: Record<string, number | Float64Array> = {};
  for (const [name, value] of Object.entries(json)) {
    if (!Object.hasOwn(readers, name)) throw new ParameterError(owner, name, value, `no such constant, only ${names}`);
    const read = readers[name as keyof typeof readers].read(value, { owner, path: name });
    constants[name] = name.startsWith('coordinate') ? perCoordinate(name, read, dimension) : read;
  }
  return constants;
}

function perCoordinate(name: string, value: ScalarOrVector, dimension: number): Float64Array {
  if (typeof value !== 'number' && value.length !== dimension) {
    throw new ParameterError('declared', `length of ${name}`, value.length, `${dimension}, the dimension`);
  }
  return Float64Array.from({ length: dimension }, (_, i) => entry(value, i));
}
