import { rationalFunctionTypes } from '../../exact/functions/coordinate-function.js';
import { rationalSmoothTypes } from '../../exact/functions/smooth.js';
import { type StatefulAlgorithmName, takesProxes } from '../../reference/algorithms/stateful/names.js';
import { generatableTypes } from '../arbitraries/function-specification.js';
import { generatedSmoothTypes } from '../arbitraries/smooth-specification.js';
import { regularizerTypes, type StatefulCaseOptions } from '../arbitraries/stateful-case.js';
import type { Implementation } from '../implementation/implementation.js';
import { differentiableTypes, directFunctionTypes } from './problem-parts.js';

/** Types of problems that an implementation offers for an algorithm, those with rational operators alone or all; undefined where it offers none. */
export function statefulTypes(
  { description }: Implementation,
  algorithm: StatefulAlgorithmName,
  rational: boolean,
): StatefulCaseOptions | undefined {
  const { functions, smooth, accuracy = {}, restrictions } = description;
  const isUsable = (type: string): boolean =>
    functions.includes(type) && (!rational || rationalFunctionTypes().includes(type));
  const takes = takesProxes(algorithm) ? directFunctionTypes : differentiableTypes;
  const options = {
    functionTypes: generatableTypes(takes.filter(isUsable), restrictions),
    smoothTypes: (rational ? rationalSmoothTypes() : generatedSmoothTypes).filter((type) => smooth.includes(type)),
    regularizers: regularizerTypes.filter((type) => isUsable(type) && accuracy[type] === undefined),
  };
  if (options.functionTypes.length === 0 || options.smoothTypes.length === 0) return undefined;
  if (algorithm === 'prox-svrg' && options.regularizers.length === 0) return undefined;
  return { ...options, restrictions };
}
