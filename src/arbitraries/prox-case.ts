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
export function proxCase(
  type: string,
  known?: readonly string[],
  dimensions: fc.Arbitrary<number> = smallDimension(),
): fc.Arbitrary<ProxCase> {
  return dimensions.chain((dimension) =>
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

/**
 * Lengths that a type needs beside small ones: rows and columns of a matrix tell apart from 2 × 3 on, and the segments of a piecewise
 * constant answer meet each other only where there are several.
 */
const longer: Readonly<Record<string, fc.Arbitrary<number>>> = {
  'nuclear-norm': fc.constantFrom(6, 8),
  'total-variation-1d': fc.integer({ min: 8, max: 20 }),
  'total-variation-2d': fc.constantFrom(6, 8),
};

/** Cases of such lengths; undefined for types that small vectors show all of. */
export function longerProxCase(type: string): fc.Arbitrary<ProxCase> | undefined {
  const dimensions = longer[type];
  return dimensions && proxCase(type, undefined, dimensions);
}
