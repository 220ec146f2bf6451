import { signProxMomentumStep } from '../momentum.js';
import { decayRate } from './hyperparameters.js';
import { statefulAlgorithm } from './stateful-algorithm.js';

/** signProx with momentum β, whose newest Ĝ has the weight α = 1 − β: see `signProxMomentum`. */
export const statefulMomentum = statefulAlgorithm<{ readonly mean: Float64Array }>()({
  parameters: { momentum: decayRate },
  update({ x, problem, batch, memory, hyperparameters: { momentum }, options }) {
    const next = signProxMomentumStep(problem, x, memory?.mean, batch, { ...options, newestWeight: 1 - momentum });
    return { x: next.x, memory: { mean: next.mean } };
  },
});
