import { ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { extendedNumber } from '../parameters/number.js';
import { box } from '../sets/box.js';
import { eachNumber } from './complex-numbers.js';

const TYPE = 'real-part-box';

/**
 * r = indicator of {x : l ≤ Re z_j ≤ h for every j} with the complex numbers z_j = x_{2j} + i·x_{2j+1}; the last number is real where x has an odd
 * length. Bounds may be infinite. prox_{γr}(y)_j has Re z_j clipped and Im z_j as it is, for every γ; r*(p) = Σ_j max(l Re p_j, h Re p_j) where
 * every Im p_j is 0, else ∞.
 *
 * @example
 * assert.deepEqual([...realPartBox({ lower: 0, upper: 1 }).prox(Float64Array.of(-1, 5, 2, -3), 1)], [0, 5, 1, -3]);
 */
export const realPartBox = defineFunction({
  type: TYPE,
  formula: '0 if lower <= u_2j <= upper for all j, else Infinity',
  parameters: { lower: extendedNumber, upper: extendedNumber },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  roundings: { prox: 0, slope: 2, why: 'as box' },
  proxRounding: 'none',
  drawn: { upper: 'at-least-lower' },
  examples: [
    { lower: -0.5, upper: 1.25 },
    { lower: 0, upper: 'Infinity' },
  ],
  vectors: [
    {
      parameters: { lower: -1, upper: 0.3 },
      points: [
        ['inside', [0.25, -7, -1, 7]],
        ['outside', [2, 3, -4, 5, 0.5]],
      ],
    },
    { parameters: { lower: 0, upper: Infinity }, points: [['infinite bound', [-3, -4, 5, -6, -1]]] },
  ],
  mutants: {
    'imaginary-clipped': {
      description: 'the imaginary parts are clipped too',
      prox: ({ lower, upper }, _, y) => y.map((v) => Math.max(lower, Math.min(upper, v))),
    },
    'imaginary-dropped': {
      description: 'what is returned is real',
      prox: ({ lower, upper }, _, y) => eachNumber(y, (real) => [Math.max(lower, Math.min(upper, real)), 0]),
    },
  },
  create({ lower, upper }, identity): ProximableFunction {
    if (!(lower <= upper && lower < Infinity && upper > -Infinity)) {
      throw new ParameterError(
        TYPE,
        'upper',
        upper,
        `> -Infinity and >= lower (${lower}), which is less than Infinity`,
      );
    }
    const interval = box({ lower, upper });
    const support = interval.conjugate!();
    const clip = (value: number): number => Math.min(Math.max(value, lower), upper);
    const violation = (u: Float64Array): number => interval.violation!(parts(u, 0));

    const self: ProximableFunction = checkedFunction({
      convex: true,
      ...identity,
      kinks: () => [lower, upper].filter(Number.isFinite),
      ...onDomain(violation),
      prox(y, _, out) {
        for (let i = 0; i < y.length; i++) out[i] = i % 2 === 0 ? clip(y[i]!) : y[i]!;
      },
      ...residualsOf((y, out) => {
        for (let i = 0; i < y.length; i++) out[i] = i % 2 === 0 ? y[i]! - clip(y[i]!) : 0;
      }),
      conjugate: () =>
        onDomain(
          (p) => Math.hypot(support.violation?.(parts(p, 0)) ?? 0, euclideanNorm(parts(p, 1))),
          (p) => (support.finiteValue ?? support.value)(parts(p, 0)),
        ),
      // Of this type too, on one real number: who offers it need not offer others.
      coordinate: (index) =>
        index % 2 === 0
          ? { ...self, subgradientRange: interval.subgradientRange! }
          : realPartBox({ lower: -Infinity, upper: Infinity }).coordinate!(0),
    });
    return self;
  },
});

/** The real parts, from the place 0 on, or the imaginary ones, from 1 on. */
const parts = (u: Float64Array, first: 0 | 1): Float64Array => u.filter((_, i) => i % 2 === first);
