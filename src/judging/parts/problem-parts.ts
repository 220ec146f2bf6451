import type { Implementation } from '../../claims/implementation/implementation.js';
import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import { type FunctionDefinition, parseFunction, registry } from '../../reference/functions/index.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { smoothRegistry } from '../../reference/smooth/index.js';
import { stepCategory } from '../arbitraries/dyadic.js';
import { generatableTypes, generatedFunctionTypes, wrapperTypes } from '../arbitraries/function-specification.js';
import {
  beyondSingle,
  classifyProblemCase,
  type ProblemCase,
  type ProblemCaseOptions,
  problemCase,
} from '../arbitraries/problem-case.js';
import { generatedSmoothTypes } from '../arbitraries/smooth-specification.js';
import { propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';

const definitionOf = (type: string): FunctionDefinition => registry.get(type)!.definition;

/**
 * Types that a problem may have, with a prox that is exact to rounding: an iterative one would hide every error below its own
 * accuracy. A wrapper is as exact and as convex as what it wraps.
 */
export const directFunctionTypes = generatedFunctionTypes.filter((type) => {
  const { traits, examples } = definitionOf(type);
  return traits.convex !== 'no' && parseFunction({ type, ...examples[0] }).accuracy === undefined;
});

/** Those that are sums of one-dimensional functions, and wrappers of such. */
export const separableFunctionTypes = directFunctionTypes.filter(
  (type) => definitionOf(type).traits.separable !== 'no',
);

/** Differentiable types of the vocabulary, for claims that need ∇r_k. */
export const differentiableTypes = generatedFunctionTypes.filter(
  (type) => !wrapperTypes.includes(type) && definitionOf(type).traits.smooth === 'yes',
);

/** Algorithms that need ∇r_k. */
export const algorithmsOfGradients: readonly AlgorithmName[] = ['gradient-descent', 'sgd', 'sign-sgd'];

export type ProblemPartsOptions = Partial<ProblemCaseOptions>;

/** Cases of the part on larger problems for every d, each of which costs as much as several small ones. */
const largerRuns = 3;

const hasMatrix = (type: string): boolean => 'matrix' in smoothRegistry.get(type)!.definition.parameters;

/** The shape of the matrix of a smooth term that has one. */
function shapeOf({ type, matrix }: SmoothSpecification): string[] {
  if (matrix === undefined) return [];
  const { rows, columns } = matrix as { readonly rows: number; readonly columns: number };
  return [`${rows < columns ? 'wide' : 'tall or square'} matrix of ${type}`];
}

/** Types of the vocabulary that a problem for the implementation may have. */
function typesFor({ description }: Implementation, options: ProblemPartsOptions) {
  const functionTypes = options.functionTypes ?? directFunctionTypes;
  return {
    functionTypes: generatableTypes(
      functionTypes.filter((type) => description.functions.includes(type)),
      description.restrictions,
    ),
    smoothTypes: (options.smoothTypes ?? generatedSmoothTypes).filter((type) => description.smooth.includes(type)),
  };
}

/** One part per smooth term d that the implementation knows, over problems with mixed components r_k that it knows. */
export function problemParts(
  implementation: Implementation,
  judge: PropertyPart<ProblemCase>['judge'],
  options: ProblemPartsOptions = {},
): PropertyPart[] {
  const { functionTypes, smoothTypes } = typesFor(implementation, options);
  if (functionTypes.length === 0) return [];
  const { restrictions } = implementation.description;
  const several = (options.maximumComponents ?? 4) > 1;
  return smoothTypes.map((type) => {
    const plain = problemCase({ ...options, restrictions, smoothTypes: [type], functionTypes });
    return propertyPart<ProblemCase>({
      name: `d = ${type}`,
      arbitrary: [plain, plain.map(beyondSingle)],
      classify: (input) => [...classifyProblemCase(input), ...stepCategory(input.step)],
      mustReach: [
        ...['step 0.1', 'step 0.7', 'step 1', 'step 3', 'one element', 'several coordinates'],
        ...(several ? ['several components', 'non-uniform θ', 'repeated component'] : []),
      ],
      judge,
    });
  });
}

/** The length of vectors beyond blocks and vector instructions, with a rest, and the cases of them, each of which costs as much as a hundred others. */
const [blockLength, blockRuns] = [257, 3] as const;

/** Functions that cost in proportion to the length, with few numbers. */
const longTypes = ['l1', 'huber', 'squared-l2', 'nonnegative', 'zero', 'linear'];
const longSmoothTypes = ['zero', 'huber', 'geman-mcclure'];

/** Where an algorithm is about each coordinate by itself: a part on long vectors. */
function longParts(
  implementation: Implementation,
  judge: PropertyPart<ProblemCase>['judge'],
  options: ProblemPartsOptions,
): PropertyPart[] {
  const { functionTypes, smoothTypes } = typesFor(implementation, options);
  const types = {
    functionTypes: functionTypes.filter((type) => longTypes.includes(type)),
    smoothTypes: smoothTypes.filter((type) => longSmoothTypes.includes(type)),
  };
  if (types.functionTypes.length === 0 || types.smoothTypes.length === 0) return [];
  const { restrictions } = implementation.description;
  const sizes = { dimension: blockLength, maximumComponents: 2, maximumBatch: 2 };
  return [
    propertyPart<ProblemCase>({
      name: 'long vectors',
      arbitrary: problemCase({ ...options, restrictions, ...types, ...sizes }),
      runs: blockRuns,
      asFound: true,
      judge,
    }),
  ];
}

/**
 * Those parts, one on larger problems: n, K and B from 5 on, any d, matrices that are wide, square and tall; and one on long vectors, where an error
 * in a block or in the rest beyond blocks shows.
 */
export function problemPartsOfAnySize(
  implementation: Implementation,
  judge: PropertyPart<ProblemCase>['judge'],
  options: ProblemPartsOptions = {},
): PropertyPart[] {
  const small = problemParts(implementation, judge, options);
  if (small.length === 0) return [];
  const { functionTypes, smoothTypes } = typesFor(implementation, options);
  const { restrictions } = implementation.description;
  return [
    ...small,
    propertyPart<ProblemCase>({
      name: 'larger problems',
      arbitrary: smoothTypes.map((type) =>
        problemCase({ ...options, restrictions, smoothTypes: [type], functionTypes, larger: true }),
      ),
      runs: largerRuns * smoothTypes.length,
      classify: (input) => [
        ...classifyProblemCase(input),
        ...stepCategory(input.step),
        ...shapeOf(input.problem.smooth),
      ],
      mustReach: [
        ...['several components', 'non-uniform θ', 'repeated component', 'small step'],
        ...smoothTypes.filter(hasMatrix).map((type) => `wide matrix of ${type}`),
      ],
      judge,
    }),
    ...longParts(implementation, judge, options),
  ];
}
