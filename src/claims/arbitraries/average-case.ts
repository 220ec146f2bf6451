import fc from 'fast-check';
import { parseOnce } from '../../reference/functions/index.js';
import { mayStandIn, type Restrictions } from '../implementation/restrictions.js';
import { smallDimension, stepSize } from './dyadic.js';
import { components } from './function-specification.js';
import { pointRecipe, resolvePoint } from './points.js';
import type { ProxCase } from './prox-case.js';

export const averageType = 'proximal-average';

/** Functions with values and proxes in rationals and finite everywhere, so that Σθ_k prox_{γr_k} is onto and steep enough to invert. */
const averaged: readonly string[] = [
  ...['zero', 'linear', 'squared-l2', 'quadratic', 'l1', 'elastic-net', 'huber', 'hinge', 'squared-hinge'],
];

/** Types among those known that proximal averages are generated of: none if the average itself is not known. */
export function averagedTypes(known: readonly string[], restrictions: Restrictions = {}): string[] {
  if (!known.includes(averageType)) return [];
  return averaged.filter((type) => known.includes(type) && mayStandIn(averageType, type, restrictions));
}

/** Proximal averages of functions of the types, at steps that are their own parameter and others. */
export function averageCase(types: readonly string[], restrictions?: Restrictions): fc.Arbitrary<ProxCase> {
  return smallDimension(3).chain((dimension) =>
    fc
      .record({
        parts: components(types, dimension, { maximum: 3, restrictions }),
        parameter: stepSize(),
        step: fc.option(stepSize(), { nil: undefined, freq: 3 }),
        recipe: pointRecipe(dimension),
      })
      .map(({ parts, parameter, step = parameter, recipe }) => {
        const specification = { type: averageType, ...parts, step: parameter };
        return { specification, step, y: resolvePoint(recipe, parseOnce(specification), step) };
      }),
  );
}
