import type { Interval } from '../../reference/certified/interval.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { BoundRow } from '../evidence.js';
import { auditAssumptions, reasonForSilence, ScheduleError } from './audit/audit.js';
import type { BoundInstance } from './bound-instance.js';
import type { Schedule, Theorem, TheoremConstants } from './theorem.js';

/** Base points of the search that explains why a theorem is silent. */
const searchedPoints = 32;

/** The theorem's numbers for one instance and T: schedule, constants at that step, and both ends of the bound. */
export interface Prepared {
  readonly schedule: Schedule;
  readonly constants: TheoremConstants;
  /** f(x⁰), and the enclosure of f* at the scheduled step. */
  readonly objective: number;
  readonly infimum: Interval;
  /** The bound with the lower end of f(x⁰) − f*: a left side proved below it is below the theorem's bound. */
  readonly lowerBound: number;
  /** The bound with the upper end: a left side proved above it violates the theorem. */
  readonly upperBound: number;
  readonly sharpBound?: number;
  readonly cap?: number;
}

/** Why a theorem says nothing about an instance. */
export interface Silence {
  readonly silent: string;
}

/**
 * Applies a theorem's schedule and bound to an instance, or says why the theorem is silent: the auditor decides, and a hypothesis that
 * is not certified is as good as one that is violated, because then no bound is known.
 * @throws ScheduleError when the constants are certified and give no finite step, as ‖L‖₁ = 0 does, or no finite bound.
 */
export function prepareBound(theorem: Theorem, instance: BoundInstance, iterations: number): Prepared | Silence {
  const problem = parseProblem(instance.problem);
  const start = Float64Array.from(instance.start);
  const dimension = start.length;
  const audit = auditAssumptions(theorem, problem, dimension, { iterations, points: 0 });
  if (audit.scheduleError !== undefined) throw new ScheduleError(audit.scheduleError);
  if (reasonForSilence(audit) !== undefined) {
    // Something is not certified: search for the points that show why.
    const searched = auditAssumptions(theorem, problem, dimension, { iterations, points: searchedPoints });
    return { silent: reasonForSilence(searched)! };
  }
  const atStep = audit.atStep!;
  const scheduled = theorem.schedule(iterations, problem.lipschitz(dimension));
  const schedule = { ...scheduled, step: atStep.step };
  const certified = atStep.constants(dimension);
  const infimum = atStep.infimum(dimension)!;
  const objective = atStep.objective(start);
  const gap = { lower: Math.max(0, objective - infimum.upper), upper: Math.max(0, objective - infimum.lower) };
  const constants = { ...certified, dimension, gap };
  const pessimistic = { ...constants, gap: { lower: gap.lower, upper: gap.lower } };
  const upperBound = theorem.bound(iterations, constants, schedule);
  if (!Number.isFinite(objective) || !Number.isFinite(upperBound)) {
    const place = `f(x⁰) = ${objective} and the bound = ${upperBound}`;
    throw new ScheduleError(`${place} are beyond double precision: rescale the problem or give another x⁰`);
  }
  const cap = theorem.cap?.(atStep, start, iterations, constants);
  const sharpBound = theorem.sharp?.(iterations, constants, schedule);
  return {
    schedule,
    constants,
    objective,
    infimum,
    lowerBound: theorem.bound(iterations, pessimistic, schedule),
    upperBound,
    ...(sharpBound !== undefined && { sharpBound }),
    ...(cap !== undefined && { cap }),
  };
}

export function describeConstants({ constants, objective, infimum }: Prepared): BoundRow['constants'] {
  const { lipschitz, coordinateLipschitz, majorant, sigma, coordinateSigma, gap } = constants;
  return {
    startObjective: objective,
    infimumLower: infimum.lower,
    infimumUpper: infimum.upper,
    gapLower: gap.lower,
    gapUpper: gap.upper,
    ...(lipschitz === undefined ? {} : { L: lipschitz }),
    ...(coordinateLipschitz === undefined ? {} : { coordinateL: Array.from(coordinateLipschitz) }),
    ...(coordinateLipschitz !== undefined || majorant === undefined ? {} : { majorant: Array.from(majorant) }),
    ...(sigma === undefined ? {} : { sigma }),
    ...(coordinateSigma === undefined ? {} : { coordinateSigma: Array.from(coordinateSigma) }),
  };
}
