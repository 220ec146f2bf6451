/** A closed interval that is guaranteed to contain the quantity it stands for. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
