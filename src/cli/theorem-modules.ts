import { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
import type { Theorem } from '../claims/theorems/theorem.js';

/** A theorem of the paper with the module that computes its replicates. */
export interface TheoremModule {
  readonly theorem: Theorem;
  readonly module: string;
}

/** The paper's theorems by number. */
export const theoremModules: Readonly<Record<'1' | '2', TheoremModule>> = {
  1: { theorem: theorem1, module: new URL('../../theorems/theorem-1/theorem-1.js', import.meta.url).href },
  2: { theorem: theorem2, module: new URL('../../theorems/theorem-2/theorem-2.js', import.meta.url).href },
};

export type TheoremNumber = keyof typeof theoremModules;
export const theoremNumbers = ['1', '2'] as const satisfies readonly TheoremNumber[];
