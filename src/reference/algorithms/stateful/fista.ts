import { extrapolate } from '../fista.js';
import { statefulAlgorithm } from './stateful-algorithm.js';

/** FISTA as published, without a restart: see `runFista`. It takes P(y) with all components, whatever the mini-batch is. */
export const statefulFista = statefulAlgorithm<{ readonly ahead: Float64Array; readonly inertia: number }>()({
  parameters: {},
  update({ x, problem, memory }) {
    const next = problem.mean(memory?.ahead ?? x).slice();
    const ahead = new Float64Array(x.length);
    const inertia = extrapolate(next, x, memory?.inertia ?? 1, ahead);
    return { x: next, memory: { ahead, inertia } };
  },
});
