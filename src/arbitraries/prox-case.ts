import fc from 'fast-check';
import { parseOnce } from '../functions/index.js';
import type { FunctionSpecification } from '../functions/proximable-function.js';
import { smallDimension, stepSize } from './dyadic.js';
import { functionSpecification } from './function-specification.js';
import { pointRecipe, resolvePoint } from './points.js';

/** A function, a step and a point: what one prox needs. */
export interface ProxCase {
  readonly specification: FunctionSpecification;
  readonly step: number;
  readonly y: Float64Array;
}

/** Cases for functions of one type (around functions of `known` types, if it is a wrapper), with the point placed at and around the kinks, inside and outside of domains. */
export function proxCase(type: string, known?: readonly string[]): fc.Arbitrary<ProxCase> {
  return smallDimension().chain((dimension) =>
    fc
      .record({
        specification: functionSpecification(type, dimension, known),
        step: stepSize(),
        recipe: pointRecipe(dimension),
      })
      .map(({ specification, step, recipe }) => ({
        specification,
        step,
        y: resolvePoint(recipe, parseOnce(specification), step),
      })),
  );
}
