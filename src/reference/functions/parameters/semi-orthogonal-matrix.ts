import { ParameterError } from '../definition/arguments.js';
import type { Parameter, ParameterPlace } from './parameter.js';

/** The JSON form of a matrix: its entries row by row. */
export interface MatrixSpecification {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** The form of a matrix parameter, in words. */
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

/** Any matrix of finite numbers. Its entries are copied. */
export const matrix: Parameter<MatrixSpecification & { readonly data: Float64Array }, MatrixSpecification> = {
  kind: 'matrix',
  allowed: matrixAllowed,
  read(value, place) {
    const given = readMatrix(value, place);
    return { ...given, data: given.data.slice() };
  },
  write: ({ rows, columns, data }) => ({ rows, columns, data: Array.from(data) }),
};

/** W ∈ R^{m×n} with WWᵀ = νI: its rows are orthogonal and of one length, so that m ≤ n. */
export interface SemiOrthogonalMatrix extends MatrixSpecification {
  readonly data: Float64Array;
  /** ν > 0, the squared length of every row. */
  readonly frameBound: number;
}

/**
 * Largest |(WWᵀ)_jk − νδ_jk|/ν that still counts as rounding: that of the entries and of the sum over n of their products, a few times over.
 */
export const largestDefect = (columns: number): number => (16 + 4 * columns) * 2 ** -53;

const ALLOWED = `${matrixAllowed}, of which the rows are orthogonal and of one length > 0`;

/** ⟨w_j, w_k⟩. */
function rowProduct({ columns, data }: SemiOrthogonalMatrix, j: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) sum += data[j * columns + i]! * data[k * columns + i]!;
  return sum;
}

/** The mean of the squared lengths of the rows. */
function meanSquare({ rows, data }: MatrixSpecification): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! * data[i]!;
  return sum / rows;
}

/**
 * A matrix W with WWᵀ = νI to rounding. WᵀW = νI is another condition, that of the analysis operator of a tight frame, and says nothing of
 * WWᵀ where W has more rows than columns: such a W is refused.
 */
export const semiOrthogonalMatrix: Parameter<SemiOrthogonalMatrix, MatrixSpecification> = {
  kind: 'matrix',
  semiOrthogonal: true,
  allowed: ALLOWED,
  read(value, place) {
    const given = readMatrix(value, place);
    const matrix = { ...given, data: given.data.slice(), frameBound: meanSquare(given) };
    const { rows, columns, frameBound } = matrix;
    const reject = (path: string, found: unknown, allowed: string): never => {
      throw new ParameterError(place.owner, `${place.path}${path}`, found, allowed);
    };
    if (rows > columns) reject('.rows', rows, `at most ${columns}, the columns: W Wᵀ = νI and not WᵀW = νI`);
    if (!(frameBound > 0 && frameBound < Infinity)) reject(' of squared row length', frameBound, 'a finite number > 0');
    const rounding = largestDefect(columns) * frameBound;
    for (let j = 0; j < rows; j++) {
      for (let k = 0; k <= j; k++) {
        const product = rowProduct(matrix, j, k);
        const expected = j === k ? frameBound : 0;
        if (Math.abs(product - expected) <= rounding) continue;
        reject(`: product of rows ${k} and ${j}`, product, `${expected} to rounding, so that W Wᵀ = νI`);
      }
    }
    return matrix;
  },
  write: ({ rows, columns, data }) => ({ rows, columns, data: Array.from(data) }),
};
