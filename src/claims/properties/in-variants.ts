import type { Implementation } from '../implementation/implementation.js';
import type { PropertyPart } from './property-part.js';

/** The parts about the implementation in each of its variants, in which its steps and runs are made, or as it is where it has none. */
export function inVariants(
  implementation: Implementation,
  partsOf: (inVariant: Implementation) => readonly PropertyPart[],
): PropertyPart[] {
  const { variants } = implementation.description;
  if (variants === undefined) return [...partsOf(implementation)];
  return variants.flatMap((variant) => {
    const { step, run } = implementation;
    const inVariant: Implementation = {
      ...implementation,
      step: (request) => step({ ...request, variant }),
      run: (request) => run({ ...request, variant }),
    };
    return partsOf(inVariant).map((part) => ({ ...part, name: `${part.name}, variant ${variant}` }));
  });
}
