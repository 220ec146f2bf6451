import { stepCategory } from '../arbitraries/dyadic.js';
import { generatableTypes, generatedFunctionTypes, wrapperTypes } from '../arbitraries/function-specification.js';
import {
  classifyProblemCase,
  type ProblemCase,
  type ProblemCaseOptions,
  problemCase,
} from '../arbitraries/problem-case.js';
import { generatedSmoothTypes } from '../arbitraries/smooth-specification.js';
import { type FunctionDefinition, parseFunction, registry } from '../functions/index.js';
import type { FunctionSpecification } from '../functions/proximable-function.js';
import type { Implementation } from './implementation.js';
import type { Judgement, PropertyPart } from './property-check.js';
import { propertyPart } from './property-claim.js';

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

export interface ProblemPartsOptions extends Partial<ProblemCaseOptions> {
  /** Keep only components that pass, e.g. those with a gradient. */
  readonly accept?: (specification: FunctionSpecification) => boolean;
}

/** One part per smooth term d that the implementation knows, over problems with mixed components r_k that it knows. */
export function problemParts(
  implementation: Implementation,
  judge: (input: ProblemCase) => Promise<Judgement>,
  options: ProblemPartsOptions = {},
): PropertyPart[] {
  const { functions, smooth } = implementation.description;
  const functionTypes = generatableTypes(
    (options.functionTypes ?? directFunctionTypes).filter((type) => functions.includes(type)),
  );
  if (functionTypes.length === 0) return [];
  const several = (options.maximumComponents ?? 4) > 1;
  return (options.smoothTypes ?? generatedSmoothTypes)
    .filter((type) => smooth.includes(type))
    .map((type) =>
      propertyPart<ProblemCase>({
        name: `d = ${type}`,
        arbitrary: problemCase({ ...options, smoothTypes: [type], functionTypes }),
        classify: (input) => [...classifyProblemCase(input), ...stepCategory(input.step)],
        mustReach: [
          ...['step 0.1', 'step 0.7', 'step 1', 'step 3', 'one element', 'several coordinates'],
          ...(several ? ['several components', 'non-uniform θ', 'repeated component'] : []),
        ],
        judge,
      }),
    );
}
