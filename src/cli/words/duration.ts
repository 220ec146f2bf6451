import { InvalidArgumentError } from 'commander';

/** Longest timeout without a unit: beyond it, milliseconds may have been meant. */
const longestBare = 60;

/**
 * Milliseconds of a duration such as `2`, `0.5s` or `500ms`; a number without a unit is in seconds. What may as well be
 * milliseconds must say so.
 */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d{1,7}(?:\.\d{1,3})?)(ms|s)?$/.exec(text) ?? [];
  const value = Number(digits);
  if (digits === undefined || value === 0) {
    throw new InvalidArgumentError('a duration is a positive number of seconds, or one with a unit: 2, 0.5s, 500ms');
  }
  if (unit === undefined && value > longestBare) {
    throw new InvalidArgumentError(`say ${text}ms or ${text}s: more than ${longestBare} needs a unit`);
  }
  return unit === 'ms' ? value : value * 1000;
}
