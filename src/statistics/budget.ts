/** Upper bound on the probability that a correct implementation gets a `violated` anywhere in one run of the suite. */
export const falseAlarmBudget = 1e-9;

/** Number of fixed slots the budget is cut into: a new check takes a free slot and never changes the level of an old one. */
export const slotCount = 4096;

/** Level α of one slot, about 2.4·10⁻¹³. False `holds` verdicts have an equal separate budget, divided in the same way. */
export const slotAlpha = falseAlarmBudget / slotCount;

/**
 * Level of one run when a single slot is shared by several runs, e.g. the drawn instances of a property (union bound).
 *
 * @param runs ≥ 1, an integer
 */
export function alphaPerRun(runs: number): number {
  if (!Number.isSafeInteger(runs) || runs < 1) throw new RangeError(`runs must be an integer ≥ 1, got ${runs}`);
  return slotAlpha / runs;
}

/** The spending of a check: its slots, and the probabilities of a false `violated` and a false `holds` that they allow. */
export interface Spending {
  /** Largest probability, in [0, 1], that some slot says `violated` of a true statement. */
  readonly alpha: number;
  /** Largest probability, in [0, 1], that some slot says `holds` of a false one. */
  readonly falseHolds: number;
  /** The number of occupied slots of the error budget. */
  readonly slots: number;
}

/** The spending of a check that occupies this many slots on both sides. */
export function spendSlots(slots: number): Spending {
  if (!Number.isSafeInteger(slots) || slots < 0) {
    throw new RangeError(`slots must be a non-negative integer, got ${slots}`);
  }
  return { alpha: slots * slotAlpha, falseHolds: slots * slotAlpha, slots };
}

/** The sum of all spendings for the end of a report, and whether it stays within both budgets and the number of slots. */
export function sumSpendings(spendings: Iterable<Spending>): Spending & { readonly withinBudget: boolean } {
  let alpha = 0;
  let falseHolds = 0;
  let slots = 0;
  for (const spending of spendings) {
    alpha += spending.alpha;
    falseHolds += spending.falseHolds;
    slots += spending.slots;
  }
  // The sums are rounded; a full budget must not look like an overrun.
  const limit = falseAlarmBudget * (1 + 2 ** -40);
  return { alpha, falseHolds, slots, withinBudget: slots <= slotCount && alpha <= limit && falseHolds <= limit };
}
