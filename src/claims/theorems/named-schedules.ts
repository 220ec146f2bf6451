import type { NamedSchedule, Theorem } from './theorem.js';
import { meant } from './theorem-fields.js';

/** The schedule that a theorem prescribes. */
export const ownSchedule = 'own';

/**
 * A theorem with schedules beside its own. They are not enumerable: a theorem that is made of this one by `{ ...theorem }` has another bound or another
 * term, and has to say itself what it proves at other steps.
 */
export function withSchedules(theorem: Theorem, schedules: Readonly<Record<string, NamedSchedule>>): Theorem {
  return Object.defineProperty({ ...theorem }, 'schedules', { value: schedules });
}

/** The names of the schedules that a theorem knows, its own first. */
export const scheduleNames = ({ schedules = {} }: Theorem): readonly string[] => [
  ownSchedule,
  ...Object.keys(schedules),
];

/**
 * A theorem at one of its schedules, as a theorem whose own schedule is that one.
 *
 * @throws RangeError in one line, with the names that it knows
 * @example
 * const optimal = atSchedule(theorem1Sharp, 'optimal');
 * const fixed = () => ({ sigma: 1, coordinateSigma: Float64Array.of(1), gap: 1, growth: 0 });
 * const { step } = optimal.schedule(100, { dimension: 1, lipschitz: 1, fixed });
 * assert.ok(Math.abs(step - 0.0955) < 1e-4);
 */
export function atSchedule(theorem: Theorem, name: string): Theorem {
  if (name === ownSchedule) return theorem;
  const names = scheduleNames(theorem);
  if (!names.includes(name)) {
    const what = `${theorem.id} has no schedule ${JSON.stringify(name)}${meant(name, names)}`;
    throw new RangeError(`${what}: it knows ${names.join(', ')}`);
  }
  const { statement, hypotheses = [] } = theorem.schedules![name]!;
  const options = { schedule: name };
  return {
    ...theorem,
    statement,
    hypotheses: [...theorem.hypotheses, ...hypotheses],
    schedule: (iterations, constants) => theorem.schedule(iterations, constants, options),
    bound: (iterations, constants, schedule) => theorem.bound(iterations, constants, schedule, options),
    ...(theorem.sharp && {
      sharp: (iterations, constants, schedule) => theorem.sharp!(iterations, constants, schedule, options),
    }),
    ...(theorem.cap && {
      cap: (problem, start, iterations, constants) => theorem.cap!(problem, start, iterations, constants, options),
    }),
  };
}
