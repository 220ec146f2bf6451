import type { GivenSchedules, NamedSchedule, Schedule, Theorem } from './theorem.js';
import { meant } from './theorem-fields.js';

/** The schedule that a theorem prescribes. */
export const ownSchedule = 'own';

/** The name in reports of a schedule with a given step or mini-batch. */
export const givenSchedule = 'given';

/**
 * A theorem with schedules besides its own, and its statement for any step. These are not enumerable: a theorem made from this one by
 * `{ ...theorem }` has another bound or term, and must state itself what it proves at other steps.
 */
export function withSchedules(
  theorem: Theorem,
  schedules: Readonly<Record<string, NamedSchedule>>,
  given?: GivenSchedules,
): Theorem {
  return Object.defineProperties({ ...theorem }, { schedules: { value: schedules }, given: { value: given } });
}

/** The names of the schedules that a theorem knows, its own first. */
export const scheduleNames = ({ schedules = {} }: Theorem): readonly string[] => [
  ownSchedule,
  ...Object.keys(schedules),
];

/**
 * A theorem at one of its schedules, as a theorem whose own schedule is that one.
 *
 * @throws RangeError of one line with the known names
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
  const { statement, hypotheses = [], schedule, bound } = theorem.schedules![name]!;
  const options = { schedule: name };
  return {
    ...theorem,
    statement,
    hypotheses: [...theorem.hypotheses, ...hypotheses],
    schedule: (iterations, constants) =>
      schedule?.(iterations, constants, theorem.schedule(iterations, constants)) ??
      theorem.schedule(iterations, constants, options),
    bound: bound ?? ((iterations, constants, scheduled) => theorem.bound(iterations, constants, scheduled, options)),
    ...(theorem.sharp && {
      sharp: (iterations, constants, schedule) => theorem.sharp!(iterations, constants, schedule, options),
    }),
    ...(theorem.cap && {
      cap: (problem, start, iterations, constants) => theorem.cap!(problem, start, iterations, constants, options),
    }),
  };
}

/**
 * A theorem at a given step, mini-batch, or both; the rest is that of its own schedule.
 *
 * @throws RangeError of one line if the theorem is about its own schedule only; the schedule throws one if γ is too large
 */
export function atGiven(theorem: Theorem, given: Partial<Pick<Schedule, 'step' | 'miniBatch'>>): Theorem {
  const { id, given: proved } = theorem;
  if (proved === undefined) {
    throw new RangeError(`${id} is proved at the steps and mini-batches of its schedules alone, and not at given ones`);
  }
  return {
    ...theorem,
    statement: proved.statement,
    schedule(iterations, constants) {
      const asked = { ...theorem.schedule(iterations, constants), ...given };
      const limit = proved.stepsBelow?.(constants) ?? Number.POSITIVE_INFINITY;
      if (asked.step < limit) return asked;
      throw new RangeError(`${id} is about steps below ${limit} on this problem, got γ = ${asked.step}`);
    },
  };
}
