import type { Claim } from './claim.js';
import type { Evidence } from './evidence.js';
import { termOf } from './implementation/call.js';

/** Adds the types of functions and the terms `d = …` that a claim about functions alone has found wrong, for ordinary questions; other claims add none. */
export function addSuspects(
  suspects: Set<string>,
  { judgesFunctions }: Pick<Claim, 'judgesFunctions'>,
  { cells = [] }: Pick<Evidence, 'cells'>,
): void {
  if (!judgesFunctions) return;
  for (const { subject, failing = [] } of cells) {
    for (const { of, extreme } of failing) {
      if (of.length !== 1 || extreme !== undefined) continue;
      suspects.add(of[0]!);
      // A gradient is asked for in the same way of a function and of a term.
      if (subject.startsWith('gradient of ')) suspects.add(termOf(of[0]!));
    }
  }
}
