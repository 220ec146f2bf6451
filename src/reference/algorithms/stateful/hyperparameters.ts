import { count, flag, optional, positiveNumber, weight } from '../../functions/parameters/index.js';
import { between, fraction as unitInterval } from '../../functions/parameters/number.js';
import type { Parameter } from '../../functions/parameters/parameter.js';

/** The parameter, with the values at which claims try it: 0 or the least allowed, a usual one, and an extreme; and with those of the field, if it must be given. */
export const tried = <P extends Parameter>(
  parameter: P,
  levels: readonly (number | boolean)[],
  usual: readonly number[] = [],
) => ({ ...parameter, levels, usual });

/** A number of iterations. */
export const iterationCount = tried(count, [1, 2, 5]);

/** How much of what is remembered is kept: β in [0, 1). */
export const decayRate = tried(
  between('a number >= 0 and < 1', (value) => value >= 0 && value < 1),
  [0, 0.5, 0.9],
  [0.9, 0.95, 0.965, 0.98, 0.99, 0.999, 0.8, 0.5],
);

/** β of a momentum, with one that remembers far more than a run has iterations. */
export const momentum = tried(decayRate, [0, 0.5, 0.9, 0.99], decayRate.usual);

/** μ of an algorithm that may have no momentum: a class without an argument for it has none, most often. */
export const momentumOrNone = tried(momentum, momentum.levels, [0.9, 0, ...momentum.usual.slice(1)]);

/** β₂ of a mean of squares, with one that remembers far more than a run has iterations. */
export const squareDecayRate = tried(decayRate, [0, 0.5, 0.999], [0.999, 0.99, 0.95, 0.98, 0.9]);

/** ε in the denominator of an adaptive step: next to nothing, little, and so much that it decides. */
export const epsilon = tried(
  positiveNumber,
  [2 ** -27, 2 ** -7, 0.5],
  [1e-8, 1e-7, 1e-10, 1e-6, 1e-12, 1e-15, 1e-16, 1e-20, 1e-30, 1e-5, 1e-4, 1e-3],
);

/** A part of the newest gradient: τ in [0, 1]. */
export const fraction = tried(unitInterval, [0, 0.5, 1]);

/** By what a step shrinks: η in (0, 1). */
export const shrinkage = tried(
  between('a number > 0 and < 1', (value) => value > 0 && value < 1),
  [0.5, 0.25],
  [0.5],
);

/** By what a step grows: η > 1. */
export const growth = tried(
  between('a number > 1', (value) => value > 1),
  [1.2, 2],
  [1.2],
);

/** A ratio from which on something is cut: d ≥ 1. */
export const clipping = tried(
  between('a number >= 1', (value) => value >= 1),
  [1, 2, 64],
  [1],
);

/** λ of a weight decay: none, little, and so much that it turns signs. */
export const weightDecay = tried(optional(weight, 0), [0, 0.125, 4]);

/** A form that is off unless it is asked for. */
export const form = tried(optional(flag, false), [false, true]);

/** μ of a Moreau envelope: little, as much as a step, and so much that kinks are far apart. */
export const smoothing = tried(positiveNumber, [2 ** -5, 0.5, 4]);
