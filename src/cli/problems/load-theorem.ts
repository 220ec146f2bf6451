import { theoremModule } from '../../../theorems/theorem-module.js';
import type { Theorem } from '../../claims/theorems/theorem.js';
import type { TheoremNumber } from './theorem-number.js';

/** Loads a theorem of the paper by its number. */
export async function loadTheorem(number: TheoremNumber): Promise<Theorem> {
  const exported = (await import(theoremModule(`theorem-${number}`))) as Readonly<
    Record<`theorem${TheoremNumber}`, Theorem>
  >;
  return exported[`theorem${number}`];
}
