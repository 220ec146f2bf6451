import { checkVector, ParameterError, receiver } from '../definition/arguments.js';
import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction, SmoothnessConstants } from '../definition/proximable-function.js';
import { scratchVector } from '../numerics/vectors.js';
import { functionList, requireConvex } from '../parameters/function.js';
import { positiveNumber } from '../parameters/number.js';
import { commonDimension, probabilities } from '../parameters/vector.js';
import { averageMap } from './average-map.js';
import { gradientSolver, separableSolver, type VectorMap } from './monotone-equation.js';

const TYPE = 'proximal-average';

/** The proximal average, with the map that parametrises it: u = P⁰(x). */
export interface ProximalAverage extends ProximableFunction {
  /** r(P⁰(x)), exact up to rounding and without solving for a preimage. */
  valueAtPreimage(x: Float64Array): number;
  /** An x with P⁰(x) = u, for u in the range of P⁰; it is unique when r is differentiable. */
  preimage(u: Float64Array, out?: Float64Array): Float64Array;
}

/**
 * The proximal average r of convex r_k with weights θ_k and parameter γ (Bauschke, Goebel, Lucet, Wang 2008): the convex
 * function whose prox at step γ is P⁰ = Σθ_k prox_{γr_k}. It depends on γ. With u_k = prox_{γr_k}(x) and u = P⁰(x) = Σθ_k u_k,
 *
 *     r(u) = Σθ_k r_k(u_k) + (1/2γ) Σθ_k‖u_k − u‖²,   (x − u)/γ ∈ ∂r(u),
 *
 * +∞ off the closure of the range of P⁰. `value` and `gradient` solve P⁰(x) = u for x: by bisection when every r_k is
 * separable, else by an accelerated gradient method that reaches a relative 10⁻⁶ or, where no r_k is finite everywhere,
 * takes u for a point outside. At steps σ ≠ γ the prox is P⁰(x) for the x with P⁰(x) + (σ/γ)(x − P⁰(x)) = y.
 *
 * @example
 * const average = proximalAverage({ functions: [l1({ weight: 1 }), zero({})], probabilities: [0.5, 0.5], step: 1 });
 * assert.deepEqual([...average.prox(Float64Array.of(3), 1)], [2.5]);
 */
export const proximalAverage = defineFunction({
  type: TYPE,
  formula:
    'sum_k p_k r_k(u_k) + 1/(2 step) sum_k p_k |u_k - u|^2 with u_k = prox_{step r_k}(x), u = sum_k p_k u_k, p = probabilities',
  parameters: { functions: functionList, probabilities, step: positiveNumber },
  traits: { convex: 'yes', separable: 'inherited', smooth: 'inherited', conjugate: 'no' },
  examples: [
    {
      functions: [
        { type: 'quadratic', curvature: 1, center: 1 },
        { type: 'quadratic', curvature: 3, center: -1 },
      ],
      probabilities: [0.5, 0.5],
      step: 1,
    },
    {
      functions: [
        { type: 'l1', weight: 0.75 },
        { type: 'quadratic', curvature: [2, 0.5], center: 0.5 },
      ],
      probabilities: [0.25, 0.75],
      step: 0.7,
    },
    {
      functions: [
        { type: 'l1', weight: 2 },
        { type: 'linear', coefficients: [-1] },
        { type: 'l1', weight: 9 },
      ],
      probabilities: [0.5, 0.5, 0],
      step: 0.1,
    },
    {
      functions: [
        { type: 'box', lower: -1, upper: 0.3 },
        { type: 'box', lower: 0.1, upper: ['Infinity', 2] },
      ],
      probabilities: [0.7, 0.3],
      step: 0.7,
    },
    {
      functions: [
        { type: 'l2-ball', radius: 1.5 },
        { type: 'quadratic', curvature: 2, center: 0.5 },
      ],
      probabilities: [0.5, 0.5],
      step: 1,
    },
    {
      functions: [
        { type: 'simplex', total: 1 },
        { type: 'l2-ball', radius: 2 },
      ],
      probabilities: [0.25, 0.75],
      step: 3,
    },
    { functions: [{ type: 'log-cosh', weight: 2, scale: 0.5 }], probabilities: [1], step: 0.5 },
  ],
  create({ functions, probabilities, step }, identity): ProximalAverage {
    if (probabilities.length !== functions.length) {
      throw new ParameterError(
        TYPE,
        'length of probabilities',
        probabilities.length,
        `${functions.length}, one per function`,
      );
    }
    functions.forEach((fn, k) => {
      requireConvex(TYPE, `functions[${k}]`, fn);
    });
    const dimension = commonDimension(TYPE, Object.fromEntries(functions.map((fn, k) => [`functions[${k}]`, fn])));
    // Components of probability 0 do not take part.
    const active = functions.filter((_, k) => probabilities[k]! > 0);
    const theta = Array.from(probabilities.filter((probability) => probability > 0));
    const smooth = averageSmoothness(active, theta, step);
    const accuracy = Math.max(0, ...active.map((fn) => fn.accuracy ?? 0));
    const { separable, constrained, mean, solve, ...map } = averageMap(active, theta, step, accuracy);
    const preimageOf = scratchVector();
    const targetOf = scratchVector();
    const slopeOf = scratchVector();
    const solveSeparable = separableSolver();
    const solveCoupled = gradientSolver();

    /**
     * The argument x at which the prox of r with step σ at y is P⁰(x): the solution of P⁰(x) + (σ/γ)(x − P⁰(x)) = y, and y
     * itself for σ = γ. Written into the vector x, which it also uses.
     */
    function argumentFor(y: Float64Array, sigma: number, x: Float64Array): Float64Array {
      x.set(y);
      if (sigma === step) return x;
      const target = targetOf(y.length);
      target.set(y);
      const slope = slopeOf(y.length);
      const image: VectorMap = (point, out) => {
        mean('dividedResidual', point, slope);
        mean('prox', point, out);
        for (let i = 0; i < point.length; i++) out[i]! += sigma * slope[i]!;
      };
      if (separable) solveSeparable(image, target, step, x);
      else solveCoupled(image, Math.max(1, sigma / step), target, x);
      return x;
    }

    const checked =
      (measure: (u: Float64Array) => number) =>
      (u: Float64Array): number => {
        checkVector(TYPE, u, dimension);
        return measure(u);
      };
    const alike = active.every((fn) => fn.subgradientRange !== undefined);
    const subgradientRange: readonly [number, number] = [0, 1].map((end) =>
      active.reduce((sum, fn, k) => sum + theta[k]! * (fn.subgradientRange?.[end] ?? 0), 0),
    ) as [number, number];

    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(smooth !== undefined && { smooth }),
      ...(accuracy > 0 && { accuracy }),
      ...(alike && { subgradientRange }),
      ...((dimension ?? 1) === 1 &&
        active.every((fn) => fn.kinks !== undefined) && {
          kinks: (sigma: number) =>
            active
              .flatMap((fn) => fn.kinks!(step))
              .flatMap((kink) => {
                const image = new Float64Array(1);
                mean('prox', Float64Array.of(kink), image);
                return [image[0]!, (1 - sigma / step) * image[0]! + (sigma / step) * kink];
              }),
        }),
      value: map.value,
      ...(smooth !== undefined && {
        gradient(u: Float64Array, out: Float64Array) {
          const x = preimageOf(u.length);
          solve(u, x);
          mean('dividedResidual', x, out);
        },
      }),
      prox: (y, sigma, out) => mean('prox', argumentFor(y, sigma, preimageOf(y.length)), out),
      residual(y, sigma, out) {
        const x = argumentFor(y, sigma, preimageOf(y.length));
        mean('residual', x, out);
        if (sigma !== step) for (let i = 0; i < y.length; i++) out[i]! *= sigma / step;
      },
      dividedResidual: (y, sigma, out) => mean('dividedResidual', argumentFor(y, sigma, preimageOf(y.length)), out),
      ...(constrained && { violation: map.violation, finiteValue: checked(map.finiteValue) }),
      ...(separable && {
        coordinate: (index: number) =>
          proximalAverage({ functions: active.map((fn) => fn.coordinate!(index)), probabilities: theta, step }),
      }),
      valueAtPreimage: checked(map.valueAtPreimage),
      preimage(u, out) {
        const result = receiver(TYPE, u, out, dimension);
        solve(u, result);
        return result;
      },
    });
  },
});

/**
 * Lipschitz constants of the gradient of the proximal average with parameter γ of L_k-smooth functions with weights θ_k:
 * 1 + γL = 1/Σ(θ_k/(1 + γL_k)), solved for L without cancellation. Undefined unless every function is smooth.
 */
function averageSmoothness(
  functions: readonly ProximableFunction[],
  probabilities: readonly number[],
  step: number,
): SmoothnessConstants | undefined {
  const constants: SmoothnessConstants[] = [];
  for (const fn of functions) {
    if (fn.smooth === undefined || fn.gradient === undefined) return undefined;
    constants.push(fn.smooth);
  }
  const average = (lipschitzOf: (constant: SmoothnessConstants) => number): number => {
    let numerator = 0;
    let denominator = 0;
    constants.forEach((constant, k) => {
      const lipschitz = lipschitzOf(constant);
      numerator += (probabilities[k]! * lipschitz) / (1 + step * lipschitz);
      denominator += probabilities[k]! / (1 + step * lipschitz);
    });
    // An average of positive terms, a few roundings each, that is at most the largest of them.
    const largest = Math.max(...constants.map(lipschitzOf));
    return Math.min(largest, (numerator / denominator) * (1 + (constants.length + 4) * 2 ** -52));
  };
  return {
    lipschitz: average((constant) => constant.lipschitz),
    ...(constants.every((constant) => constant.coordinateLipschitz !== undefined) && {
      coordinateLipschitz: (index: number) => average((constant) => constant.coordinateLipschitz!(index)),
    }),
  };
}
