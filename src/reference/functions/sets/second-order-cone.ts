import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm, scratchVector } from '../numerics/vectors.js';

const TYPE = 'second-order-cone';

/**
 * r = indicator of the cone K = {u : ‖(u_2 … u_n)‖ ≤ u_1}. With h = y_1 and s = ‖(y_2 … y_n)‖, for every γ: prox_{γr}(y) = y for
 * s ≤ h, 0 for s ≤ −h, else ½(h + s)(1, y_2/s, …, y_n/s); ρ(y) = ½(h − s)(1, −y_2/s, …, −y_n/s) in the last case;
 * r* = indicator of the polar cone −K.
 *
 * @example
 * assert.deepEqual([...secondOrderCone({}).prox(Float64Array.of(0, 2), 1)], [1, 1]);
 */
export const secondOrderCone = defineFunction({
  type: TYPE,
  formula: '0 if |(u_2, ..., u_n)|_2 <= u_1, else Infinity',
  parameters: {},
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes', indicator: 'yes' },
  // (0, v) goes halfway to the boundary.
  overflow: {
    before: [0],
    parameters: () => ({}),
    prox: ([, ...v], norm) => [norm / 2, ...v.map((entry) => entry / 2)],
  },
  examples: [{}],
  // Points whose tails have rational norms: in the cone, in its polar cone, and between the two.
  vectors: [
    {
      parameters: {},
      points: [
        ['between', [1, 3, 4]],
        ['between', [-1, -4, 3]],
        ['between', [-2.875, 2, -2, 1]],
        ['between', [0, 0.5, 1, -1]],
        ['inside', [6, -3, 4]],
        ['inside', [-6, 3, 4]],
        ['boundary', [3, 1, -2, 2]],
        ['boundary', [-5, 3, -4]],
      ],
    },
  ],
  mutants: {
    'without-polar-case': {
      description: 'points of the polar cone go through the formula for points between the cones',
      prox(_, __, y) {
        const [head, ...rest] = y;
        const tail = Math.hypot(...rest);
        if (tail <= head) return y;
        return [(head + tail) / 2, ...rest.map((v) => (((head + tail) / 2) * v) / (tail || 1))];
      },
    },
    'without-half': {
      description: 'the factor ½ of the middle case is missing',
      prox(_, __, y) {
        const [head, ...rest] = y;
        const tail = Math.hypot(...rest);
        if (tail <= head) return y;
        if (tail <= -head) return y.map(() => 0);
        return [head + tail, ...rest.map((v) => ((head + tail) * v) / tail)];
      },
    },
    'lifts-the-head': {
      description: 'raises the first entry to the norm of the others: in the cone, but not the nearest point',
      prox: (_, __, [head, ...rest]) => [Math.max(head, Math.hypot(...rest)), ...rest],
    },
    'wide-polar': {
      description: 'points a little outside of the polar cone go to 0 too',
      change: (honest) => ({
        prox(y, step) {
          const [head, ...rest] = y;
          return head <= -0.95 * Math.hypot(...rest) ? new Float64Array(y.length) : honest.prox(y, step);
        },
      }),
    },
  },
  create(_, identity): ProximableFunction {
    const tailOf = scratchVector();

    /** ‖(u_2 … u_n)‖; 0 for n = 1. */
    function tailNorm(u: Float64Array): number {
      const tail = tailOf(u.length - 1);
      for (let i = 1; i < u.length; i++) tail[i - 1] = u[i]!;
      return euclideanNorm(tail);
    }

    /** Distance to K (sign 1) or to −K (sign −1). */
    const distance =
      (sign: 1 | -1) =>
      (u: Float64Array): number => {
        checkVector(TYPE, u);
        const head = sign * u[0]!;
        const tail = tailNorm(u);
        if (tail <= head) return 0;
        return tail <= -head ? euclideanNorm(u) : (tail - head) * Math.SQRT1_2;
      };
    const violation = distance(1);
    const polarViolation = distance(-1);

    /** Writes the residual divided by `divisor`. */
    function residual(y: Float64Array, divisor: number, out: Float64Array): void {
      const head = y[0]!;
      const tail = tailNorm(y);
      const deficit = (head - tail) / 2 / divisor;
      for (let i = 0; i < y.length; i++) {
        if (tail <= head) out[i] = 0;
        else if (tail <= -head) out[i] = y[i]! / divisor;
        else out[i] = i === 0 ? deficit : -deficit * (y[i]! / tail);
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      ...onDomain(violation),
      prox(y, _, out) {
        const head = y[0]!;
        const tail = tailNorm(y);
        const height = (head + tail) / 2;
        for (let i = 0; i < y.length; i++) {
          if (tail <= head) out[i] = y[i]!;
          else if (tail <= -head) out[i] = 0;
          else out[i] = i === 0 ? height : height * (y[i]! / tail);
        }
      },
      residual: (y, _, out) => residual(y, 1, out),
      dividedResidual: (y, step, out) => residual(y, step, out),
      conjugate: () => onDomain(polarViolation),
    });
  },
});
