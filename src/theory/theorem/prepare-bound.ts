import type { BoundRow } from '../../claims/evidence.js';
import type { Interval } from '../../reference/certified/interval.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { Problem, ProblemSpecification } from '../../reference/problem/problem.js';
import { auditAssumptions, reasonForSilence, ScheduleError, scheduleConstants } from './audit/audit.js';
import { derivedCap } from './caps.js';
import type { GivenConstants } from './constants-at-start.js';
import { leftTerm } from './left-term.js';
import {
  type AskedDistance,
  fixedConstants,
  gapOf,
  objectiveConstants,
  objectiveDistance,
  objectiveInfimum,
  objectiveStrongConvexity,
  withDistance,
  withoutDistance,
} from './objective-constants.js';
import { requireTail, type Threshold, thresholdOf } from './tail.js';
import type { BoundInstance, Schedule, Theorem, TheoremConstants } from './theorem.js';
import { TheoremError } from './theorem-fields.js';
import { enclosedBound } from './written-theorem.js';

/** Base points of the search that explains why a theorem is silent. */
const searchedPoints = 32;

/** The theorem's numbers for one instance and T: schedule, constants at that step, and both ends of the bound. */
export interface Prepared {
  readonly schedule: Schedule;
  readonly constants: TheoremConstants;
  /** f(x⁰), and the enclosure of f* at the scheduled step. */
  readonly objective: number;
  readonly infimum: Interval;
  /** Of a theorem with probability 1 − δ: b. Then the left side is the probability that a run is above b, `lowerBound` and `upperBound` are δ, and `cap` is 1. */
  readonly threshold?: Threshold;
  /** The smaller of the bounds with both ends of f(x⁰) − f*: a left side proved below it is below the theorem's bound. */
  readonly lowerBound: number;
  /** The larger one: a left side proved above it is above the theorem's bound. */
  readonly upperBound: number;
  /** Whether the theorem's bound is above the left side or below. */
  readonly relation: 'at-most' | 'at-least';
  /** The theorem's own hypotheses that are not certified, with the extent of the search. */
  readonly assumed: readonly string[];
  /** How a tuned step was chosen. */
  readonly chosen?: string;
  readonly sharpBound?: number;
  readonly cap?: number;
  /** ‖x⁰ − x*‖, if the theorem has read it. */
  readonly distance?: Interval;
}

/** Why a theorem says nothing about an instance. */
export interface Silence {
  readonly silent: string;
}

/** How a theorem is applied to an instance. */
export interface Preparation {
  /** Constants instead of the certified ones, if the hypothesis that certifies them is dropped. */
  readonly given?: GivenConstants;
  /** Whether to search for points that show why a theorem is silent; default true. */
  readonly why?: boolean;
}

/**
 * Applies a theorem's schedule and bound to an instance, or says why the theorem is silent: the auditor decides, and a hypothesis that is not
 * certified counts like a violated one, because no bound is known then.
 * @throws ScheduleError when the constants are certified and give no finite step, as ‖L‖₁ = 0 does, or no finite bound.
 */
export function prepareBound(
  theorem: Theorem,
  instance: BoundInstance,
  iterations: number,
  preparation: Preparation = {},
): Prepared | Silence {
  const asked = { known: false, missing: false };
  try {
    return prepareWith(theorem, instance, iterations, preparation, asked);
  } catch (error) {
    // A bound's value for a missing constant says nothing about the bound.
    if (asked.missing) return { silent: withoutDistance };
    throw error;
  }
}

function prepareWith(
  theorem: Theorem,
  instance: BoundInstance,
  iterations: number,
  { given = {}, why = true }: Preparation,
  asked: AskedDistance,
): Prepared | Silence {
  const { from = 1, delta } = theorem;
  requireTail(theorem);
  if (iterations < from) return { silent: `it is about T ≥ ${from}` };
  const problem = parsedOnce(instance.problem);
  const start = Float64Array.from(instance.start);
  const dimension = start.length;
  const { noise, ...declared } = given;
  const options = { iterations, start, declared };
  const audit = auditAssumptions(theorem, problem, dimension, { ...options, points: 0 });
  if (audit.scheduleError !== undefined) throw new ScheduleError(audit.scheduleError);
  const silence = reasonForSilence(audit);
  if (silence !== undefined) {
    if (!why) return { silent: silence };
    // Something is not certified: search for the points that show why.
    const searched = auditAssumptions(theorem, problem, dimension, { ...options, points: searchedPoints });
    return { silent: reasonForSilence(searched)! };
  }
  const { atStep } = audit;
  if (atStep === undefined)
    return { silent: audit.uncertified ?? 'γ depends on constants of d + Σθ_k r_k that are not certified' };
  const infimum = objectiveInfimum(theorem, atStep, dimension);
  if (infimum === undefined) return { silent: 'f* is not certified, and f(x⁰) − f* is what the bound is given' };
  const { chosen, ...scheduled } = theorem.schedule(
    iterations,
    scheduleConstants(theorem, problem, dimension, options, asked),
  );
  const schedule = { ...scheduled, step: atStep.step };
  const ofProblem = { ...objectiveConstants(theorem, atStep, dimension), ...declared, ...noise?.(atStep) };
  const strongConvexity = declared.strongConvexity ?? objectiveStrongConvexity(theorem, problem, ofProblem.lipschitz);
  const certified = { ...ofProblem, ...(strongConvexity !== undefined && { strongConvexity }) };
  const objective = theorem.objective === 'fixed' ? atStep.fixedObjective(start) : atStep.objective(start);
  const gap = gapOf(objective, infimum);
  let distance: { readonly found: Interval | undefined } | undefined;
  const distanceOnce = () => {
    distance ??= { found: objectiveDistance(theorem, atStep, start) };
    return distance.found;
  };
  if (theorem.term === 'squared-distance' && distanceOnce() === undefined) return { silent: withoutDistance };
  const constantsWith = (upperGap: number, from: keyof Interval): TheoremConstants => {
    const own = {
      ...{ ...certified, dimension, gap: { lower: gap.lower, upper: upperGap } },
      ...(delta !== undefined && { delta }),
    };
    const read = () => {
      const found = distanceOnce();
      return found && { lower: found.lower, upper: found[from] };
    };
    return withDistance({ ...own, fixed: () => fixedConstants(problem, start) }, read, asked);
  };
  const boundAt = (...of: Parameters<typeof constantsWith>): readonly [number, number] => {
    const constants = constantsWith(...of);
    try {
      const found = theorem.bound(iterations, constants, schedule);
      const { lower, upper } = enclosedBound(theorem.bound, iterations, constants, schedule) ?? {
        lower: found,
        upper: found,
      };
      return [lower, upper];
    } catch (error) {
      if (!(error instanceof TheoremError)) throw error;
      throw new TheoremError(`${error.message}, on ${instance.name}`);
    }
  };
  const constants = constantsWith(gap.upper, 'upper');
  const ends = [...boundAt(gap.lower, 'lower'), ...boundAt(gap.upper, 'upper')];
  // A bound may increase in one of them and decrease in the other.
  if (asked.known) ends.push(...boundAt(gap.lower, 'upper'), ...boundAt(gap.upper, 'lower'));
  const isNumber = ends.every(Number.isFinite) || isVacuous(theorem, ends, { ...certified, gap });
  if (!Number.isFinite(objective) || !isNumber) {
    const place = `f(x⁰) = ${objective} and the bound = ${ends.at(-1)}`;
    throw new ScheduleError(`${place} are beyond double precision: rescale the problem or give another x⁰`);
  }
  const cap =
    delta === undefined
      ? (theorem.cap?.(atStep, start, iterations, constants) ?? derivedCap(theorem, atStep, start, iterations))
      : 1;
  const sharpBound =
    theorem.sharp &&
    (enclosedBound(theorem.sharp, iterations, constants, schedule)?.upper ??
      theorem.sharp(iterations, constants, schedule));
  const assumed = audit.findings.filter((finding) => finding.assumed && finding.verdict !== 'certified');
  // Uncertainty of the summand itself counts as part of the left side.
  const least = Math.min(...ends);
  const { uncertainty } = leftTerm(theorem, atStep, dimension);
  const [lower, upper] = [least - uncertainty(Math.max(0, least)), Math.max(...ends)];
  return {
    schedule,
    constants,
    objective,
    infimum,
    ...(delta === undefined
      ? { lowerBound: lower, upperBound: upper }
      : { lowerBound: delta, upperBound: delta, threshold: thresholdOf(lower, upper) }),
    relation: theorem.relation ?? 'at-most',
    assumed: assumed.map(({ name, reason }) => `${name} ${reason}`),
    ...(chosen !== undefined && { chosen }),
    ...(sharpBound !== undefined && { sharpBound }),
    ...(cap !== undefined && { cap }),
    ...(distance?.found && { distance: distance.found }),
  };
}

/** Constants whose products and quotients of a few are far from the ends of the doubles. */
const isModerate = (value: number): boolean =>
  value === 0 || (Math.abs(value) <= 2 ** 128 && Math.abs(value) >= 2 ** -128);

/** Whether a bound is ∞ because the theorem says so, and not by an overflow: every left side is below it. */
function isVacuous({ relation = 'at-most' }: Theorem, ends: readonly number[], constants: Partial<TheoremConstants>) {
  const { lipschitz = 0, sigma = 0, deviation = 0, coordinateLipschitz = [], coordinateSigma = [], gap } = constants;
  const values = [lipschitz, sigma, deviation, ...coordinateLipschitz, ...coordinateSigma, gap!.lower, gap!.upper];
  return relation === 'at-most' && !ends.some(Number.isNaN) && values.every(isModerate);
}

/** The reason of a row whose bound is ∞. Other rows of a claim decide it. */
export const vacuous = 'the bound is ∞: it is vacuous here, and nothing is checked';

/** The constants of a row with their sources, as records have them. */
export function describeConstants({
  constants,
  objective,
  infimum,
  schedule,
  distance,
}: Prepared): BoundRow['constants'] {
  const { lipschitz, strongConvexity, valueLipschitz, coordinateLipschitz, majorant, sigma, coordinateSigma, gap } =
    constants;
  return {
    ...schedule.parameters,
    startObjective: objective,
    infimumLower: infimum.lower,
    infimumUpper: infimum.upper,
    gapLower: gap.lower,
    gapUpper: gap.upper,
    ...(distance && { distanceLower: distance.lower, distanceUpper: distance.upper }),
    ...(lipschitz === undefined ? {} : { L: lipschitz }),
    ...(strongConvexity === undefined ? {} : { μ: strongConvexity }),
    ...(valueLipschitz === undefined ? {} : { M: valueLipschitz }),
    ...(coordinateLipschitz === undefined ? {} : { coordinateL: Array.from(coordinateLipschitz) }),
    ...(coordinateLipschitz !== undefined || majorant === undefined ? {} : { majorant: Array.from(majorant) }),
    ...(sigma === undefined ? {} : { sigma }),
    ...(coordinateSigma === undefined ? {} : { coordinateSigma: Array.from(coordinateSigma) }),
  };
}

const parsed = new WeakMap<ProblemSpecification, Problem>();

/** A problem is parsed once, and its constants are cached with it. */
export function parsedOnce(specification: ProblemSpecification): Problem {
  const known = parsed.get(specification) ?? parseProblem(specification);
  parsed.set(specification, known);
  return known;
}
