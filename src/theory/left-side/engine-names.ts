/** The engines that compute a left side without sampling, in the order in which `engineFor` tries them. */
export const exactEngineNames = ['enumeration', 'moments', 'lattice', 'paths'] as const;
/**
 * An engine that computes E of the left side without sampling: all outcomes in rationals, moments of affine iterations, a lattice of iterates, or all
 * outcomes in doubles.
 *
 * @useDeclaredType
 */
export type ExactEngineName = (typeof exactEngineNames)[number];

export const engineChoices = ['auto', ...exactEngineNames, 'monte-carlo'] as const;
/** How to compute a left side: `auto` uses the first exact engine that applies, else Monte Carlo. */
export type EngineChoice = (typeof engineChoices)[number];
