import { ParameterError } from '../definition/parameter-error.js';
import type { ParameterPlace } from './parameter.js';

/** The JSON form of a matrix: its entries row by row. */
export interface MatrixSpecification {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** What a matrix is given as, in words. */
export const matrixAllowed = 'an object { rows, columns, data } with rows * columns finite numbers, row by row';

/** Validates a matrix. A `Float64Array` given as data is returned itself, and not a copy. */
export function readMatrix(
  value: unknown,
  { owner, path }: ParameterPlace,
): MatrixSpecification & { readonly data: Float64Array } {
  if (typeof value !== 'object' || value === null) throw new ParameterError(owner, path, value, matrixAllowed);
  const { rows, columns, data } = value as Readonly<Record<string, unknown>>;
  const size = (name: string, count: unknown): number => {
    if (typeof count === 'number' && Number.isInteger(count) && count >= 1) return count;
    throw new ParameterError(owner, `${path}.${name}`, count, 'an integer >= 1');
  };
  const [height, width] = [size('rows', rows), size('columns', columns)];
  const length = height * width;
  if (!(Array.isArray(data) || data instanceof Float64Array)) {
    throw new ParameterError(owner, `${path}.data`, data, `an array of ${length} finite numbers, row by row`);
  }
  if (data.length !== length) {
    throw new ParameterError(owner, `${path}.data length`, data.length, `${length}, rows * columns`);
  }
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(data[i])) throw new ParameterError(owner, `${path}.data[${i}]`, data[i], 'a finite number');
  }
  return { rows: height, columns: width, data: data instanceof Float64Array ? data : Float64Array.from(data) };
}
