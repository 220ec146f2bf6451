import { enclosingDoubles, fromDouble } from '../../exact/arithmetic/rational.js';
import type { Uncertain } from '../../judging/judges/stateful/rule.js';

/** What is no number, by the words that stand for it in files. */
export const specials = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
} as const;
export type Special = keyof typeof specials;

/**
 * What an entry of an answer may be: from a number up to a number, both as decimals that every language reads as the same doubles, what is no number,
 * or anything. The error of a good program at that place may be unbounded.
 */
export type Interval = readonly [lower: string, upper: string] | 'any' | Special;

/** How much wider than the allowed error an interval may be on each side, so that its ends are short. */
const slack = 1 / 32;

/** The shortest decimal, read as a double, of those a little below a double and not above it. */
function shortBelow(most: number, error: number): string {
  const least = most - slack * error;
  for (let digits = 1; digits < 17; digits++) {
    const near = Number(most.toPrecision(digits));
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(most))) - digits + 1);
    const found = [near, Number((near - unit).toPrecision(digits))].find((each) => least <= each && each <= most);
    if (found !== undefined) return String(found);
  }
  return String(most);
}

const lowerEnd = ({ value, error }: Uncertain): string => {
  const [below] = enclosingDoubles(value.sub(fromDouble(error)));
  return below === 0 ? '0' : shortBelow(below, error);
};

const negated = (decimal: string): string =>
  decimal === '0' ? decimal : decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;

/** The numbers up to the allowed error from a value, and at most 1/32 of the error more on each side. */
export function intervalOf({ value, error }: Uncertain): Interval {
  if (!(error < Number.MAX_VALUE)) return 'any';
  return [lowerEnd({ value, error }), negated(lowerEnd({ value: value.neg(), error }))];
}

/** Whether an interval contains a number; NaN is only in the one of that name, and in that of anything. */
export function contains(interval: Interval, x: number): boolean {
  if (typeof interval === 'string') return interval === 'any' || Object.is(x, specials[interval]);
  return Number(interval[0]) <= x && x <= Number(interval[1]);
}

/** Half the width of an interval. */
export const radiusOf = (interval: Interval): number =>
  interval === 'any'
    ? Number.POSITIVE_INFINITY
    : typeof interval === 'string'
      ? 0
      : (Number(interval[1]) - Number(interval[0])) / 2;

/** A number as a file has it: a word for what is none. */
export const inFile = (value: number): number | Special =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';

/** The number in seven digits, with which a wrong form is recognised. */
export const inSevenDigits = (x: number): number => Number(x.toPrecision(7));
