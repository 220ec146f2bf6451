import type { ClaimRecord } from '../../src/library/guard.js';
import {
  boundRatio,
  formatEnclosed,
  formatInterval,
  formatNumber,
  kindOf,
  ratioInterval,
} from '../../src/library/report.js';
import type { BoundRow } from '../../src/library/theorems.js';

/** Looks up the result of one claim of the run by its id. */
export type Found = (claim: string) => ClaimRecord['evidence'];

/** A sentence with its numbers; undefined if the run lacks one of them. */
type Sentence = (found: Found) => string | undefined;

/** How one finding about the paper is built from the results of its claims. */
export interface FindingSource {
  /** Its number for ever: others quote it, so none is used again. */
  readonly number: number;
  /** The finding in one line, the same at every depth. */
  readonly title: string;
  /** The finding in a few sentences. */
  readonly text: Sentence;
  /** Which part of it is proved by hand, which is checked exactly, and which is only measured. */
  readonly basis: string;
  /** The ids of the claims that it rests on. */
  readonly claims: readonly string[];
  /** For the main findings: the claim whose rows or figures are their picture. */
  readonly picture?: string;
}

/** A template whose numbers are rounded for display. It is undefined as soon as one of its values is. */
export function sentence(texts: TemplateStringsArray, ...values: readonly (number | string | undefined)[]) {
  if (values.includes(undefined)) return undefined;
  const shown = values.map((value) => (typeof value === 'number' ? formatNumber(value) : value!));
  return texts.map((text, k) => text + (shown[k] ?? '')).join('');
}

/** The row of an instance, or of any, with the largest left/bound. */
export function largestRow({ rows = [] }: Pick<ReturnType<Found>, 'rows'>, instance?: string): BoundRow | undefined {
  return rows
    .filter((row) => instance === undefined || row.instance === instance)
    .reduce<BoundRow | undefined>(
      (largest, row) => (largest === undefined || boundRatio(row) > boundRatio(largest) ? row : largest),
      undefined,
    );
}

/** left/bound of a row: a number where it is exact or enclosed, `≥ 2.158` where only a lower end is known, and of replicates the interval: `4.13 to 36.2`. */
export const ratioText = (row: BoundRow): string => textOf(row, ratioInterval(row));

/** The left side of a row, in the same form. */
export const leftText = (row: BoundRow): string => textOf(row, row.leftInterval);

const textOf = (row: BoundRow, ends: readonly [number, number]): string =>
  kindOf(row) === 'interval' ? formatInterval(ends) : formatEnclosed(ends);

/** A part of a claim by its name. */
export const partOf = ({ parts = [] }: ReturnType<Found>, name: string) => parts.find((part) => part.name === name);

/** A measured figure by its name. */
export const measuredOf = ({ measured = {} }: ReturnType<Found>, name: string) => measured[name];
