import { innerFunction } from '../../functions/parameters/index.js';
import { iterationCount } from './hyperparameters.js';
import { defineAlgorithm, withHyperparameters } from './stateful-algorithm.js';

/**
 * Prox-SVRG (Xiao and Zhang, 2014) for f = d + Σθ_k r_k with differentiable r_k and a regulariser R, which is h here:
 *
 *     v = ∇f̂(x^{t−1}) − ∇f̂(w) + ∇f(w),   x^t = prox_{γh}(x^{t−1} − γv).
 *
 * The anchor w is x⁰ at first, and the last iterate again every `epoch` iterations, as in SVRG of Johnson and Zhang. Both ∇f̂ are of one mini-batch,
 * so that v has the mean ∇f(x) and less noise the closer x is to w. For an epoch of 1 it is the proximal gradient method.
 */
export const proxSvrg = defineAlgorithm<{
  readonly anchor: Float64Array;
  readonly gradient: Float64Array;
  readonly age: number;
}>()({
  name: 'prox-svrg',
  takes: 'gradients',
  parameters: { epoch: iterationCount, regularizer: innerFunction },
  update({ x, step, stochasticGradient, gradient, memory, hyperparameters: { epoch, regularizer } }) {
    const isFresh = memory === undefined || memory.age >= epoch;
    const at = isFresh ? { anchor: x.slice(), gradient: gradient(x), age: 0 } : memory;
    const [here, there] = [stochasticGradient(x), stochasticGradient(at.anchor)];
    const forward = x.map((value, i) => value - step * (here[i]! - there[i]! + at.gradient[i]!));
    return { x: regularizer.prox(forward, step), memory: { ...at, age: at.age + 1 } };
  },
  errors: {
    'the anchor stays where the run began': withHyperparameters(() => ({ epoch: Number.POSITIVE_INFINITY })),
    'the anchor moves and its gradient stays': (update) => (input) => {
      const { x, memory } = update(input);
      return { x, memory: { ...memory, gradient: input.memory?.gradient ?? memory.gradient } };
    },
    'no prox is taken': withHyperparameters(({ regularizer }) => ({
      regularizer: { ...regularizer, prox: (y) => y },
    })),
  },
});
