import { extrapolate } from '../fista.js';
import { defineAlgorithm, forgetting } from './stateful-algorithm.js';

/** FISTA as published, without a restart: see `runFista`. It takes P(y) with all components, whatever the mini-batch is. */
export const fista = defineAlgorithm<{ readonly ahead: Float64Array; readonly inertia: number }>()({
  name: 'fista',
  takes: 'proxes',
  parameters: {},
  update({ x, problem, memory }) {
    const next = problem.mean(memory?.ahead ?? x).slice();
    const ahead = new Float64Array(x.length);
    const inertia = extrapolate(next, x, memory?.inertia ?? 1, ahead);
    return { x: next, memory: { ahead, inertia } };
  },
  errors: {
    'no step goes ahead': forgetting,
    's⁺ = 1 + √(1 + 4s²), without the half': (update) => (input) => {
      const { x, memory } = update(input);
      return { x, memory: { ...memory, inertia: 2 * memory.inertia } };
    },
    'the momentum is the way from the point ahead': (update) => (input) => {
      const from = input.memory?.ahead ?? input.x;
      const { x, memory } = update(input);
      const push = ((input.memory?.inertia ?? 1) - 1) / memory.inertia;
      return { x, memory: { ...memory, ahead: x.map((value, i) => value + push * (value - from[i]!)) } };
    },
  },
});
