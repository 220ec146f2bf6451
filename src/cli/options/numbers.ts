import { InvalidArgumentError } from 'commander';

/** Reads an option that is an integer from 1 to `most`. */
export function positiveInteger(name: string, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`${name} is an integer from 1 to ${most}`);
  };
}

/** Reads an option that is a finite number > 0. */
export function positiveNumber(name: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value > 0 && value < Infinity) return value;
    throw new InvalidArgumentError(`${name} is a finite number > 0`);
  };
}

/** Reads an option that is a comma-separated list of finite numbers > 0, in increasing order and without repetition. */
export function positiveNumbers(name: string): (text: string) => readonly number[] {
  return listOf(positiveNumber(name));
}

/** Reads an option that is a comma-separated list of integers from 1 to `most`, in increasing order and without repetition. */
export function positiveIntegers(name: string, most: number): (text: string) => readonly number[] {
  return listOf(positiveInteger(name, most));
}

function listOf(one: (text: string) => number): (text: string) => readonly number[] {
  return (text) => [...new Set(text.split(',').map((part) => one(part.trim())))].sort((a, b) => a - b);
}

/** Reads an option that is a number strictly between 0 and 1. */
export function probability(text: string): number {
  const value = positiveNumber('a probability')(text);
  if (value < 1) return value;
  throw new InvalidArgumentError('a probability is a number between 0 and 1');
}

/** Longest timeout without a unit: beyond it, milliseconds may have been meant. */
const longestBare = 60;

/**
 * Milliseconds of a duration such as `2`, `0.5s` or `500ms`; a number without a unit is in seconds. A number that may
 * have been meant in milliseconds needs a unit.
 */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d{1,7}(?:\.\d{1,3})?)(ms|s)?$/.exec(text) ?? [];
  const value = Number(digits);
  if (digits === undefined || value === 0) {
    throw new InvalidArgumentError('a duration is a positive number of seconds, or one with a unit: 2, 0.5s, 500ms');
  }
  if (unit === undefined && value > longestBare) {
    throw new InvalidArgumentError(`more than ${longestBare} needs a unit: give ${text}ms or ${text}s`);
  }
  return unit === 'ms' ? value : value * 1000;
}
