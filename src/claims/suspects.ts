import type { Evidence } from './evidence.js';

/** Adds the types of functions and smooth terms that a claim has found wrong by themselves, for ordinary questions. */
export function addSuspects(suspects: Set<string>, { cells = [] }: Pick<Evidence, 'cells'>): void {
  for (const { failing = [] } of cells) {
    for (const { of, extreme } of failing) if (of.length === 1 && extreme === undefined) suspects.add(of[0]!);
  }
}
