import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../reference/functions/index.js';
import { judgeProximalPoint } from './proximal-optimality.js';
import { nestedMagnitude } from './specification-size.js';

/** How the suite's own prox_{γr}(y) is judged in double precision when its entries are moved by as much as is given. */
export function ratioAt(
  specification: FunctionSpecification,
  step: number,
  y: Float64Array,
  moved: readonly number[],
): number {
  const target = parseFunction(specification);
  const u = target.prox(y, step).map((entry, i) => entry + moved[i]!);
  return judgeProximalPoint({ target, step, y, u, precision: 2 ** -53, magnitude: nestedMagnitude(specification) })
    .ratio;
}
