import type { Theorem } from './theorem.js';

/** A theorem made wrong, which a check must find out. Its id stays, by which the replicates of its left side are found. */
export type TheoremChange = (theorem: Theorem) => Theorem;

/** A change of the sharpened bound in place of the bound. */
export const sharper =
  (change: TheoremChange): TheoremChange =>
  (theorem) => ({ ...theorem, sharp: change({ ...theorem, bound: theorem.sharp! }).bound });

/** The rate 1/T in place of 1/√T. */
export const faster: TheoremChange = (theorem) => ({
  ...theorem,
  bound: (iterations, ...rest) => theorem.bound(iterations, ...rest) / Math.sqrt(iterations),
});

/** No f(x⁰) − f*. */
export const withoutGap: TheoremChange = (theorem) => ({
  ...theorem,
  bound: (iterations, constants, schedule) =>
    theorem.bound(iterations, { ...constants, gap: { lower: 0, upper: 0 } }, schedule),
});

/** Every σ multiplied. */
export const timesNoise =
  (factor: number): TheoremChange =>
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
  (factor: number): TheoremChange =>
  (theorem) => ({ ...theorem, bound: (...given) => factor * theorem.bound(...given) });

/** A step that does not decay with T. The cap and the sharpened bound are left out: they are about the theorem's own step. */
export const withStep =
  (step: number): TheoremChange =>
  ({ cap: _, sharp: __, ...theorem }) => ({
    ...theorem,
    schedule: (...given) => ({ ...theorem.schedule(...given), step }),
  });

/** A mini-batch of B draws in place of the theorem's own. The cap stays: it holds for any B. */
export const withBatch =
  (miniBatch: number): TheoremChange =>
  (theorem) => ({ ...theorem, schedule: (...given) => ({ ...theorem.schedule(...given), miniBatch }) });
