import { ParameterError } from '../../functions/definition/arguments.js';
import { readNumber } from '../../functions/parameters/number.js';
import type { Parameter } from '../../functions/parameters/parameter.js';

/** A finite number in a range that has two ends. */
function between(allowed: string, isWithin: (value: number) => boolean): Parameter<number, number> {
  return {
    kind: 'number',
    allowed,
    read(value, place) {
      const number = readNumber(value, {}, place, allowed);
      if (!isWithin(number)) throw new ParameterError(place.owner, place.path, value, allowed);
      return number;
    },
    write: (value) => value,
  };
}

/** A number of iterations. */
export const iterationCount: Parameter<number, number> = {
  kind: 'count',
  allowed: 'an integer >= 1',
  minimum: 1,
  read(value, place) {
    if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
    throw new ParameterError(place.owner, place.path, value, this.allowed);
  },
  write: (value) => value,
};

/** How much of what is remembered is kept: β in [0, 1). */
export const decayRate = between('a number >= 0 and < 1', (value) => value >= 0 && value < 1);

/** A part of the newest gradient: τ in [0, 1]. */
export const fraction = between('a number >= 0 and <= 1', (value) => value >= 0 && value <= 1);

/** By what a step shrinks: η in (0, 1). */
export const shrinkage = between('a number > 0 and < 1', (value) => value > 0 && value < 1);

/** By what a step grows: η ≥ 1. */
export const growth = between('a number >= 1', (value) => value >= 1);
