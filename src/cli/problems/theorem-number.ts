/** The numbers of the paper's theorems. */
export const theoremNumbers = ['1', '2'] as const;
export type TheoremNumber = (typeof theoremNumbers)[number];
