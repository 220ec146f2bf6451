import { positiveNumber } from '../../functions/parameters/index.js';
import { growth, shrinkage, tried } from './hyperparameters.js';
import { defineAlgorithm, withHyperparameters } from './stateful-algorithm.js';

/**
 * Rprop, resilient backpropagation (Riedmiller and Braun, 1993), as PyTorch has it. Each coordinate has a step Δ of its own, γ at first. With
 * g = ∇f̂(x^{t−1}) and what was remembered of the gradient before it, h, which is 0 at first,
 *
 *     Δ is multiplied by η₊ where gh > 0, and by η₋ where gh < 0, then brought into [smallestStep, largestStep];
 *     x^t = x^{t−1} − Δ sgn g with sgn 0 = 0; where gh < 0, 0 takes the place of g in it, and is remembered.
 */
export const rprop = defineAlgorithm<{ readonly steps: Float64Array; readonly gradient: Float64Array }>()({
  name: 'rprop',
  takes: 'gradients',
  parameters: {
    etaMinus: shrinkage,
    etaPlus: growth,
    smallestStep: tried(positiveNumber, [2 ** -10, 0.25], [1e-6]),
    largestStep: tried(positiveNumber, [0.75, 50], [50]),
  },
  keepsFirstStep: true,
  refused: { 'smallestStep > largestStep': { smallestStep: 2 ** 20 } },
  check({ smallestStep, largestStep }, fail) {
    if (smallestStep > largestStep) throw fail('smallestStep', `at most largestStep = ${largestStep}`);
  },
  update({ x, stochasticGradient, step, memory, hyperparameters: { etaMinus, etaPlus, smallestStep, largestStep } }) {
    const gradient = stochasticGradient(x);
    const next = new Float64Array(x.length);
    const steps = new Float64Array(x.length);
    const remembered = new Float64Array(x.length);
    const [stepsBefore, before] = [memory?.steps, memory?.gradient];
    for (let i = 0; i < x.length; i++) {
      // The sign of the product, which itself may underflow.
      const turned = Math.sign(gradient[i]!) * Math.sign(before?.[i] ?? 0);
      const factor = turned > 0 ? etaPlus : turned < 0 ? etaMinus : 1;
      steps[i] = Math.min(Math.max(factor * (stepsBefore?.[i] ?? step), smallestStep), largestStep);
      remembered[i] = turned < 0 ? 0 : gradient[i]!;
      next[i] = x[i]! - steps[i]! * Math.sign(remembered[i]!);
    }
    return { x: next, memory: { steps, gradient: remembered } };
  },
  errors: {
    'steps shrink while the sign stays and grow when it turns': withHyperparameters(({ etaMinus, etaPlus }) => ({
      etaMinus: etaPlus,
      etaPlus: etaMinus,
    })),
    'steps grow beyond the largest': withHyperparameters(() => ({ largestStep: Number.MAX_VALUE })),
    'a gradient whose sign has turned is remembered': (update) => (input) => {
      const { x, memory } = update(input);
      return { x, memory: { ...memory, gradient: input.stochasticGradient(input.x) } };
    },
    'a slope of 0 leaves the sign before it in the memory': (update) => (input) => {
      const { x, memory } = update(input);
      const [slope, before] = [input.stochasticGradient(input.x), input.memory?.gradient];
      const gradient = memory.gradient.map((value, i) => (slope[i] === 0 ? (before?.[i] ?? 0) : value));
      return { x, memory: { ...memory, gradient } };
    },
    'a coordinate whose slope has turned moves': (update) => (input) => {
      const { memory } = update(input);
      const slope = input.stochasticGradient(input.x);
      return { x: input.x.map((value, i) => value - memory.steps[i]! * Math.sign(slope[i]!)), memory };
    },
  },
});
