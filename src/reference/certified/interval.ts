/** A closed interval that is guaranteed to contain a quantity. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
