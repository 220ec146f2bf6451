import type { Theorem } from '../claims/theorems/theorem.js';

/** The numbers of the paper's theorems. */
export const theoremNumbers = ['1', '2'] as const;
export type TheoremNumber = (typeof theoremNumbers)[number];

/** A theorem of the paper with the module that computes its replicates. */
export interface TheoremModule {
  readonly theorem: Theorem;
  readonly module: string;
}

/** Loads a theorem of the paper by its number. */
export async function loadTheorem(number: TheoremNumber): Promise<TheoremModule> {
  const { href } = new URL(`../../theorems/theorem-${number}/theorem-${number}.js`, import.meta.url);
  const exported = (await import(href)) as Readonly<Record<`theorem${TheoremNumber}`, Theorem>>;
  return { theorem: exported[`theorem${number}`], module: href };
}
