import type { Theorem } from '../../theorems/theorem.js';
import type { TheoremControl } from '../../theorems/theorem-file.js';

/** A theorem with its step, its bound or every σ that its bound sees multiplied. Cap and sharpened bound are about the theorem's own step: they go with a changed one. */
export function changedBy({ step = 1, bound = 1, sigma = 1 }: Omit<TheoremControl, 'name'>, theorem: Theorem): Theorem {
  const { cap, sharp: _, ...rest } = theorem;
  return {
    ...rest,
    ...(step === 1 && cap && { cap }),
    schedule(iterations, constants) {
      const own = theorem.schedule(iterations, constants);
      return { ...own, step: step * own.step };
    },
    bound: (iterations, constants, schedule) =>
      bound *
      theorem.bound(
        iterations,
        {
          ...constants,
          ...(constants.sigma !== undefined && { sigma: sigma * constants.sigma }),
          ...(constants.coordinateSigma && {
            coordinateSigma: constants.coordinateSigma.map((entry) => sigma * entry),
          }),
        },
        schedule,
      ),
  };
}
