import { positiveNumber } from '../../functions/parameters/index.js';
import { growth, shrinkage } from './hyperparameters.js';
import { statefulAlgorithm } from './stateful-algorithm.js';

/**
 * Rprop, resilient backpropagation (Riedmiller and Braun, 1993), as PyTorch has it. Each coordinate has a step Δ of its own, γ at first. With
 * g = ∇f̂(x^{t−1}) and what was remembered of the gradient before it, h, which is 0 at first,
 *
 *     Δ is multiplied by η₊ where gh > 0, and by η₋ where gh < 0, then brought into [smallestStep, largestStep];
 *     x^t = x^{t−1} − Δ sgn g with sgn 0 = 0; where gh < 0, 0 takes the place of g in it, and is remembered.
 */
export const rprop = statefulAlgorithm<{ readonly steps: Float64Array; readonly gradient: Float64Array }>()({
  parameters: { etaMinus: shrinkage, etaPlus: growth, smallestStep: positiveNumber, largestStep: positiveNumber },
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
});
