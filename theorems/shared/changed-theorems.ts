import type { Theorem } from '../../src/claims/theorems/theorem.js';

/** A theorem made wrong: what a check must find out. It has the left sides of the theorem that it is made from. */
export type Change = (theorem: Theorem) => Theorem;

/** The rate 1/T in place of 1/√T. */
export const faster: Change = (theorem) => ({
  ...theorem,
  bound: (iterations, ...rest) => theorem.bound(iterations, ...rest) / Math.sqrt(iterations),
});

/** No f(x⁰) − f*. */
export const withoutGap: Change = (theorem) => ({
  ...theorem,
  bound: (iterations, constants, schedule) =>
    theorem.bound(iterations, { ...constants, gap: { lower: 0, upper: 0 } }, schedule),
});

/** Every σ multiplied. */
export const timesNoise =
  (factor: number): Change =>
  (theorem) => ({
    ...theorem,
    bound: (iterations, { sigma, coordinateSigma, ...constants }, schedule) =>
      theorem.bound(
        iterations,
        {
          ...constants,
          ...(sigma !== undefined && { sigma: factor * sigma }),
          ...(coordinateSigma !== undefined && { coordinateSigma: coordinateSigma.map((entry) => factor * entry) }),
        },
        schedule,
      ),
  });

/** No σ. */
export const withoutNoise = timesNoise(0);

/** The bound multiplied. */
export const times =
  (factor: number): Change =>
  (theorem) => ({ ...theorem, bound: (...given) => factor * theorem.bound(...given) });

/** A step that does not decay, in the theorem's bound alone: its cap and its sharpened form are about its own step. */
export const withStep =
  (step: number): Change =>
  ({ cap: _, sharp: __, ...theorem }) => ({
    ...theorem,
    schedule: (...given) => ({ ...theorem.schedule(...given), step }),
  });
