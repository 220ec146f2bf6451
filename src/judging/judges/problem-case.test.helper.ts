import type { ProblemCase } from '../arbitraries/problem-case.js';

export const problemInput: ProblemCase = {
  problem: {
    smooth: { type: 'geman-mcclure', weight: 1, scale: 0.5 },
    functions: [
      { type: 'l1', weight: 0.5 },
      { type: 'translated', shift: [0.25, -1], inner: { type: 'huber', weight: 2, threshold: 0.5 } },
    ],
    probabilities: [0.25, 0.75],
  },
  step: 0.7,
  x: Float64Array.of(0.625, -1.5),
  indices: [0, 1, 1],
};
