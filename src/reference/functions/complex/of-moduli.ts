import { checkedFunction, isIndicator, onDomain } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction } from '../definition/proximable-function.js';
import { scratchVector } from '../numerics/vectors.js';
import { countOfNumbers, moduliOf } from './complex-numbers.js';

/**
 * r(x) = φ(|z_0|, |z_1|, …) of the complex vector z in x, for a convex φ that no sign of its entries changes. The prox keeps every direction
 * z_j/|z_j| and takes the moduli to those of φ; so do ρ and, for r*(p) = φ*(|p_0|, |p_1|, …), the conjugate; z_j = 0 stays 0.
 */
export function ofModuli(
  identity: Pick<ProximableFunction, 'type' | 'parameters'>,
  ofSizes: ProximableFunction,
): ProximableFunction {
  const [sizes, images] = [scratchVector(), scratchVector()];
  const moduli = (x: Float64Array): Float64Array => moduliOf(x, sizes(countOfNumbers(x.length)));

  /** z_j of another modulus each. */
  const rescaled =
    (operator: 'prox' | 'residual' | 'dividedResidual') =>
    (y: Float64Array, step: number, out: Float64Array): void => {
      const from = moduli(y);
      const to = ofSizes[operator](from, step, images(from.length));
      for (let i = 0; i < y.length; i++) {
        const [size, image] = [from[i >> 1]!, to[i >> 1]!];
        out[i] = image === size ? y[i]! : image === 0 ? y[i]! - y[i]! : image * (y[i]! / size);
      }
    };

  const { violation, finiteValue } = ofSizes;
  return checkedFunction({
    convex: true,
    ...identity,
    ...(ofSizes.kinks && { kinks: ofSizes.kinks }),
    ...(violation && finiteValue
      ? onDomain((x) => violation(moduli(x)), isIndicator(ofSizes) ? undefined : (x) => finiteValue(moduli(x)))
      : { value: (x) => ofSizes.value(moduli(x)) }),
    prox: rescaled('prox'),
    residual: rescaled('residual'),
    dividedResidual: rescaled('dividedResidual'),
    conjugate: () => {
      const dual = ofSizes.conjugate!();
      const at = (member: ConjugateFunction['value']) => (p: Float64Array) => member(moduli(p));
      return {
        value: at(dual.value),
        ...(dual.violation && { violation: at(dual.violation) }),
        ...(dual.finiteValue && { finiteValue: at(dual.finiteValue) }),
      };
    },
  });
}
