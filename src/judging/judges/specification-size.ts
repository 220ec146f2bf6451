import { typesIn } from '../../claims/implementation/call.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { type MatrixSpecification, registry } from '../../reference/functions/index.js';
import { maximumNorm, parameterMagnitude } from './precision.js';

/** The largest number in a function's parameters and fixed special points. */
export function ownMagnitude(specification: FunctionSpecification): number {
  const places = typesIn(specification).map((type) => registry.get(type)?.definition.traits.fixedPlace ?? 0);
  return Math.max(parameterMagnitude(specification), ...places);
}

/**
 * The factor by which a W with WWᵀ = νI enlarges the inner function's numbers: a subgradient q enters as Wᵀq, a special point κ as Wᵀκ/ν, whose
 * entries grow at most by the sum of the absolute entries of a column of W.
 */
function semiOrthogonalMagnitude(matrix: MatrixSpecification): number {
  const squares = Array.from(matrix.data).reduce((sum, entry) => sum + entry ** 2, 0);
  return largestColumn(matrix) * Math.max(1, matrix.rows / squares);
}

/** The largest sum of the absolute entries of a column: that by which Aᵀ enlarges numbers. */
function largestColumn({ rows, columns, data }: MatrixSpecification): number {
  let largest = 0;
  for (let i = 0; i < columns; i++) {
    let column = 0;
    for (let j = 0; j < rows; j++) column += Math.abs(data[j * columns + i]!);
    largest = Math.max(largest, column);
  }
  return largest;
}

/** The product over the levels of a specification of the sizes of their own numbers; divisors count by their inverses too. */
export function nestedMagnitude({ type: _, ...parameters }: FunctionSpecification): number {
  let own = 1;
  let inner = 1;
  for (const [name, value] of Object.entries(parameters)) {
    if (name === 'inner') inner *= nestedMagnitude(value as FunctionSpecification);
    else if (name === 'blocks') {
      const blocks = value as readonly { readonly function: FunctionSpecification }[];
      inner *= Math.max(...blocks.map((block) => nestedMagnitude(block.function)));
    } else if (name === 'matrix') {
      const matrix = value as MatrixSpecification;
      const { weight = 1, target } = parameters;
      // Slopes of functions of Au − b are weights times Aᵀ.
      own = Math.max(
        own,
        target === undefined ? semiOrthogonalMagnitude(matrix) : (weight as number) * largestColumn(matrix),
      );
    } else {
      const sizes = [value].flat(2).filter((entry) => typeof entry === 'number' && Number.isFinite(entry)) as number[];
      own = Math.max(own, maximumNorm(sizes));
      if (name === 'factor' || name === 'smoothing') own = Math.max(own, 1 / maximumNorm(sizes));
      // The plane ⟨a, u⟩ = b lies |b|/‖a‖ from 0.
      if (name === 'normal') own = Math.max(own, Math.abs(parameters['offset'] as number) / maximumNorm(sizes));
    }
  }
  return own * inner;
}
