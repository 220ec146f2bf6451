import type { BoundInstance } from '../../theorems/theorem.js';

const smooths = [
  { type: 'quadratic', curvature: 1, center: 0 },
  { type: 'log-cosh', weight: 2, scale: 0.25 },
  { type: 'huber', weight: 4, threshold: 0.25 },
  { type: 'geman-mcclure', weight: 1, scale: 0.5 },
  { type: 'cosine', weight: 1 },
] as const;

/** r_1 and r_2 by what they have in common: the same everywhere, the same far out on one side, the same nowhere, and with kinks. */
const pairs = [
  [{ type: 'zero' }, { type: 'zero' }],
  [
    { type: 'huber', weight: 4, threshold: 0.25 },
    { type: 'tilted', slope: [1], inner: { type: 'zero' } },
  ],
  [
    { type: 'tilted', slope: [1], inner: { type: 'huber', weight: 8, threshold: 0.25 } },
    { type: 'tilted', slope: [-1], inner: { type: 'huber', weight: 8, threshold: 0.25 } },
  ],
  [
    { type: 'quadratic', curvature: 0.5, center: 2 },
    { type: 'quadratic', curvature: 2, center: -2 },
  ],
  [
    { type: 'l1', weight: 1 },
    { type: 'tilted', slope: [0.5], inner: { type: 'zero' } },
  ],
] as const;

const starts = [0, 0.25, 1, 4, 16] as const;

/**
 * Problems in one dimension whose curvature and noise at the start say little about those elsewhere: on plateaus, far out, at kinks. A theorem without one of its
 * hypotheses is tried on them.
 */
export const hardProblems: readonly BoundInstance[] = smooths.flatMap((smooth) =>
  pairs.flatMap((functions, pair) =>
    starts.map((start) => ({
      name: `d = ${smooth.type}, ${pair === 0 ? 'r = 0' : `pair ${pair} of r_k`}, x⁰ = ${start}`,
      problem: { smooth, functions: functions.map((entry) => ({ ...entry })), probabilities: [0.5, 0.5] },
      start: [start],
    })),
  ),
);
