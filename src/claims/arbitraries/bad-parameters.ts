import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { Parameter, Parameters } from '../../reference/functions/parameters/parameter.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';

/** A specification of a function or a smooth term. */
export type Specification = FunctionSpecification | SmoothSpecification;

/** One way to spoil a valid specification for vectors of length n. */
export interface SpecificationDefect {
  /** The error in words, e.g. `weight = -1`. */
  readonly wrong: string;
  /** True when a NaN is wrong: `nonfinite` says so as well as `bad-request`. */
  readonly nan: boolean;
  /** True when a smooth term may have it, which need not be convex. */
  readonly convexity?: boolean;
  spoil(valid: Specification, dimension: number): Specification;
}

/** Negative numbers that mean the same as positive ones, or nothing wrong: s² log cosh(u/s) is even in s. */
const harmlessNegative = ['scale'];

function spoilt(
  wrong: string,
  name: string,
  value: (valid: unknown, n: number) => unknown,
  nan = false,
): SpecificationDefect {
  return { wrong, nan, spoil: (valid, n) => ({ ...valid, [name]: value(valid[name], n) }) };
}

/** A vector for n coordinates from a parameter that may be one number for all of them. */
const spread = (value: unknown, n: number): number[] =>
  typeof value === 'number' ? new Array<number>(n).fill(value) : Array.from(value as ArrayLike<number>);

function ofVector(name: string): SpecificationDefect[] {
  return [
    spoilt(`one entry too many in ${name}`, name, (value, n) => [...spread(value, n), 1]),
    spoilt(`NaN in ${name}`, name, (value, n) => spread(value, n).with(-1, Number.NaN), true),
  ];
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: readonly number[];
}

function defectsOf(
  name: string,
  { kind, minimum, exclusiveMinimum, optional, decreasing }: Parameter,
): SpecificationDefect[] {
  // What may be left out is this library's own.
  if (optional) return [];
  switch (kind) {
    case 'number': {
      const least = minimum ?? exclusiveMinimum;
      const below = least === undefined || harmlessNegative.includes(name) ? undefined : least - 1;
      return [
        spoilt(`${name} = NaN`, name, () => Number.NaN, true),
        ...(below === undefined ? [] : [{ ...spoilt(`${name} = ${below}`, name, () => below), convexity: true }]),
      ];
    }
    case 'vector':
      return [
        ...ofVector(name),
        ...(minimum === 0 ? [spoilt(`-1 in ${name}`, name, (value, n) => spread(value, n).with(-1, -1))] : []),
        ...(decreasing
          ? [spoilt(`rising ${name}`, name, (_, n) => Array.from({ length: n }, (_entry, k) => k + 1))]
          : []),
      ];
    case 'number-or-vector':
      return [...ofVector(name), spoilt(`${name} = NaN`, name, () => Number.NaN, true)];
    case 'matrix':
      return [
        spoilt(`one column too many in ${name}`, name, (value) => {
          const { rows, columns } = value as Matrix;
          return { rows, columns: columns + 1, data: new Array<number>(rows * (columns + 1)).fill(1) };
        }),
        spoilt(`one entry too few in ${name}`, name, (value) => {
          const matrix = value as Matrix;
          return { ...matrix, data: matrix.data.slice(1) };
        }),
        spoilt(
          `NaN in ${name}`,
          name,
          (value) => ({ ...(value as Matrix), data: (value as Matrix).data.with(-1, Number.NaN) }),
          true,
        ),
      ];
    case 'shape':
      return [spoilt(`${name} of one entry too many`, name, (_, n) => [n + 1, 1])];
    case 'groups':
      return [spoilt(`an index out of range in ${name}`, name, (value, n) => [...(value as number[][]), [n]])];
    case 'blocks':
      return [
        spoilt(`${name} longer than x`, name, (value) => {
          const blocks = value as readonly { readonly length: number }[];
          return blocks.with(-1, { ...blocks.at(-1)!, length: blocks.at(-1)!.length + 1 });
        }),
      ];
    case 'choice':
      return [spoilt(`${name} = "none"`, name, () => 'none')];
    default:
      return [];
  }
}

/** A matrix whose rows are multiples of unit vectors. */
const ofUnitVectors = (rows: number, n: number, entry: (j: number) => { at: number; size: number }): Matrix => ({
  ...{ rows, columns: n },
  data: Array.from({ length: rows * n }, (_, k) => {
    const { at, size } = entry(Math.floor(k / n));
    return k % n === at ? size : 0;
  }),
});

/** Matrices W of which WWᵀ is no positive multiple of I. */
const notSemiOrthogonal = (name: string): readonly SpecificationDefect[] => [
  spoilt('a matrix W with WᵀW = 2I, not W Wᵀ', name, (_, n) =>
    ofUnitVectors(2 * n, n, (j) => ({ at: j % n, size: 1 })),
  ),
  spoilt('a matrix of rows of different lengths', name, (_, n) =>
    ofUnitVectors(n, n, (j) => ({ at: j, size: 1 + j / 2 })),
  ),
  spoilt('a matrix of zeros', name, (value) => ({
    ...(value as Matrix),
    data: (value as Matrix).data.map(() => 0),
  })),
];

/**
 * The ways to spoil a specification that nobody can take for valid: NaN, negative weights and sizes, wrong lengths, lower > upper,
 * and 0 where it is none of the numbers allowed. Whether 0 or an infinity is allowed is left open.
 */
export function specificationDefects(parameters: Parameters): SpecificationDefect[] {
  const own = Object.entries(parameters).flatMap(([name, parameter]) => defectsOf(name, parameter));
  if ('lower' in parameters && 'upper' in parameters) {
    own.push({ wrong: 'lower = 1 > upper = 0', nan: false, spoil: (valid) => ({ ...valid, lower: 1, upper: 0 }) });
  }
  for (const [name, { semiOrthogonal, nonzero }] of Object.entries(parameters)) {
    if (semiOrthogonal) own.push(...notSemiOrthogonal(name));
    if (nonzero) own.push(spoilt(`${name} = 0`, name, () => 0));
  }
  return own;
}
