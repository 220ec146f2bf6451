import type { Evidence } from './evidence.js';
import { termOf } from './implementation/call.js';

/** Adds the types of functions and the terms `d = …` that a claim has found wrong by themselves, for ordinary questions. */
export function addSuspects(suspects: Set<string>, { cells = [] }: Pick<Evidence, 'cells'>): void {
  for (const { subject, failing = [] } of cells) {
    for (const { of, extreme } of failing) {
      if (of.length !== 1 || extreme !== undefined) continue;
      suspects.add(of[0]!);
      // A gradient is asked for in the same way of a function and of a term.
      if (subject.startsWith('gradient of ')) suspects.add(termOf(of[0]!));
    }
  }
}
