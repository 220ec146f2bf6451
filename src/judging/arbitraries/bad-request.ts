import fc from 'fast-check';
import type { Restrictions } from '../../claims/implementation/restrictions.js';
import type { Layout } from '../../reference/algorithms/layout.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import type { Parameter, Parameters } from '../../reference/functions/parameters/parameter.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { smoothRegistry } from '../../reference/smooth/index.js';
import { functionSpecification } from './function-specification.js';
import type { ProblemCase } from './problem-case.js';
import { smoothSpecification } from './smooth-specification.js';
import { isAllowed, type StatefulCaseOptions, statefulCases } from './stateful-case.js';

/** A specification of a function or a smooth term. */
type Specification = FunctionSpecification | SmoothSpecification;

/** One way to spoil a valid specification for vectors of length n. */
interface SpecificationDefect {
  /** The error in words, e.g. `weight = -1`. */
  readonly wrong: string;
  /** True if the error is a NaN, which `nonfinite` may report as well as `bad-request`. */
  readonly nan: boolean;
  /** True if a smooth term, which need not be convex, may have it. */
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

/** A vector for n coordinates, from a parameter that may be one number for all. */
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
  // Optional parameters are particular to this library.
  if (optional) return [];
  switch (kind) {
    case 'number': {
      const least = minimum ?? exclusiveMinimum;
      const below = least === undefined || harmlessNegative.includes(name) ? [] : [least - 1];
      return [
        spoilt(`${name} = NaN`, name, () => Number.NaN, true),
        ...[...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]), ...below].map((value) => ({
          ...spoilt(`${name} = ${value}`, name, () => value),
          convexity: true,
        })),
      ];
    }
    case 'count':
      return [0, 1.5].map((value) => spoilt(`${name} = ${value}`, name, () => value));
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
  rows,
  columns: n,
  data: Array.from({ length: rows * n }, (_, k) => {
    const { at, size } = entry(Math.floor(k / n));
    return k % n === at ? size : 0;
  }),
});

/** Matrices W for which WWᵀ is not a positive multiple of I. */
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
function specificationDefects(parameters: Parameters): SpecificationDefect[] {
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

/** The input of a method: a function or a problem, a step, a point and a mini-batch. */
export interface AnyRequest extends Partial<ProblemCase>, Layout {
  readonly hyperparameters?: Hyperparameters;
  readonly specification?: Specification;
}

/** A valid request, and the same with one error. */
export interface BadRequest {
  readonly valid: AnyRequest;
  /** The fields that differ. */
  readonly bad: AnyRequest;
  /** The error in words. */
  readonly wrong: string;
  /** The accepted error codes. */
  readonly codes: readonly string[];
}

interface Defect {
  readonly wrong: string;
  readonly codes: readonly string[];
  spoil(valid: AnyRequest): AnyRequest;
}

const dimension = 4;
const refused = ['bad-request', 'domain'];
/** For a NaN, `nonfinite` is accepted too. */
const refusedNaN = [...refused, 'nonfinite'];

const zero = { type: 'zero' };

const withProbabilities = ({ problem }: AnyRequest, probabilities: readonly number[]): AnyRequest => ({
  problem: { ...problem!, probabilities },
});

const ofProbabilities: readonly Defect[] = [
  {
    wrong: 'probabilities that add up to 3/4',
    codes: refused,
    spoil: (valid) =>
      withProbabilities(
        valid,
        valid.problem!.probabilities.map((theta) => 0.75 * theta),
      ),
  },
  {
    wrong: 'a negative probability',
    codes: refused,
    spoil(valid) {
      const { functions, probabilities } = valid.problem!;
      const problem = { ...valid.problem!, functions: [...functions, functions[0]!, functions[0]!] };
      return withProbabilities({ problem }, [...probabilities, 0.5, -0.5]);
    },
  },
  {
    wrong: 'a probability that is NaN',
    codes: refusedNaN,
    spoil: (valid) => withProbabilities(valid, valid.problem!.probabilities.with(0, Number.NaN)),
  },
];

const ofSteps: readonly Defect[] = [
  { wrong: 'step = -1', codes: refused, spoil: () => ({ step: -1 }) },
  { wrong: 'step = NaN', codes: refusedNaN, spoil: () => ({ step: Number.NaN }) },
];

const ofProblems: readonly Defect[] = [
  ...ofProbabilities,
  {
    wrong: 'one probability too many',
    codes: refused,
    spoil: (valid) => withProbabilities(valid, [...valid.problem!.probabilities, 0]),
  },
  ...ofSteps,
  {
    wrong: 'the index K of K components',
    codes: refused,
    spoil: (valid) => ({ indices: [valid.problem!.functions.length] }),
  },
  { wrong: 'the index -1', codes: refused, spoil: () => ({ indices: [-1] }) },
];

const unknownType: Defect = {
  wrong: 'a type that is in no vocabulary',
  codes: ['unsupported'],
  spoil: () => ({ specification: { type: 'no-such-function' } }),
};

const ofSpecification = ({ wrong, nan, spoil }: SpecificationDefect): Defect => ({
  wrong,
  codes: nan ? refusedNaN : refused,
  spoil: (valid) => ({ specification: spoil(valid.specification!, dimension) }),
});

type Strata = readonly fc.Arbitrary<BadRequest>[];

const strata = (valid: fc.Arbitrary<AnyRequest>, defects: readonly Defect[]): Strata =>
  defects.map(({ wrong, codes, spoil }) =>
    valid.map((request) => ({ valid: request, bad: spoil(request), wrong, codes })),
  );

const about = (specification: fc.Arbitrary<Specification>): fc.Arbitrary<AnyRequest> =>
  specification.map((valid) => ({ specification: valid, step: 0.5, x: Float64Array.of(0.5, 1, 0.25, 2) }));

/** Requests about a function of the type, each with one invalid parameter; none for a type without parameters. */
export function badFunctions(type: string, known: readonly string[], restrictions?: Restrictions): Strata {
  const defects = specificationDefects(registry.get(type)!.definition.parameters);
  return strata(about(functionSpecification(type, dimension, known, restrictions)), defects.map(ofSpecification));
}

/** The same about a smooth term, which may be non-convex: errors of functions that concern convexity are left out. */
export function badSmoothTerms(type: string, restrictions?: Restrictions): Strata {
  const defects = specificationDefects(smoothRegistry.get(type)!.definition.parameters);
  const certain = defects.filter(({ convexity }) => !convexity);
  return strata(about(smoothSpecification(type, dimension, restrictions)), certain.map(ofSpecification));
}

/** Requests for a prox with an invalid step, and for the prox of an unknown function. */
export function badProxes(types: readonly string[], restrictions?: Restrictions): Strata {
  const known = fc.constantFrom(...types).chain((type) => functionSpecification(type, dimension, types, restrictions));
  return strata(about(known), [...ofSteps, unknownType]);
}

/** Requests about a problem with invalid probabilities, an invalid step or an invalid index. */
export const badProblems = (problem: fc.Arbitrary<ProblemCase>): Strata => strata(problem, ofProblems);

/** Hyperparameters with one invalid value, or one unknown name. */
function hyperparameterDefects(algorithm: StatefulAlgorithmName): Defect[] {
  const { parameters, refused: together = {} } = statefulAlgorithms[algorithm];
  const spoilt = (wrong: string, change: Readonly<Record<string, unknown>>): Defect => ({
    wrong,
    codes: Object.values(change).some(Number.isNaN) ? refusedNaN : refused,
    spoil: ({ hyperparameters }) => ({ hyperparameters: { ...hyperparameters, ...(change as Hyperparameters) } }),
  });
  const ofEach = Object.entries(parameters).flatMap(([name, { kind, optional }]) => {
    // An implementation that always omits an optional value may not know it.
    if (optional) return [];
    if (kind === 'count') return [spoilt(`${name} = 0`, { [name]: 0 })];
    if (kind !== 'number') return [];
    const outside = [-1, 1].find(
      (value) => !isAllowed(() => parameters[name]!.read(value, { owner: algorithm, path: name })),
    );
    return [outside!, Number.NaN].map((value) => spoilt(`${name} = ${value}`, { [name]: value }));
  });
  return [...ofEach, ...Object.entries(together).map(([wrong, change]) => spoilt(wrong, change))];
}

/** A matrix with more entries than x has. */
const otherShape: Defect = {
  wrong: 'a row more than x has',
  codes: refused,
  spoil: ({ x }) => ({ shape: [x!.length + 1, 1], batch: undefined }),
};

/** Requests for a step of an algorithm with memory with a bad hyperparameter, or a shape that is not that of x. */
export function badHyperparameters(algorithm: StatefulAlgorithmName, options: StatefulCaseOptions): Strata {
  const [first] = statefulCases(algorithm, options);
  const valid = first!.map(({ batches, ...request }) => ({ ...request, indices: batches[0]! }));
  const isShaped = statefulAlgorithms[algorithm].points !== undefined && options.shapes?.includes('matrix') === true;
  return strata(valid, [...hyperparameterDefects(algorithm), ...(isShaped ? [otherShape] : [])]);
}

/** Requests for samples with bad probabilities. */
export const badSamples: Strata = strata(
  fc.constant({ problem: { smooth: zero, functions: [zero], probabilities: [1] } }),
  ofProbabilities,
);
