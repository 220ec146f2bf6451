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

/** Reads an option that is a number between 0 and 1, and neither of them. */
export function probability(text: string): number {
  const value = positiveNumber('a probability')(text);
  if (value < 1) return value;
  throw new InvalidArgumentError('a probability is a number between 0 and 1');
}
