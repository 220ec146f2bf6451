import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { Interval } from '../../reference/certified/interval.js';
import { type ProblemSpecification, parseProblem } from '../../reference/problem/problem.js';
import type { BoundCheck } from '../../statistics/bound-check.js';
import { slotAlpha } from '../../statistics/budget.js';
import { type Decision, decideBound, type ReplicateSource } from '../../statistics/decision.js';
import type { Budget } from '../claim.js';
import type { BoundRow, Verdict } from '../evidence.js';
import type { BoundJob } from '../left-side/monte-carlo.js';
import { auditAssumptions, reasonForSilence, ScheduleError } from '../theorems/audit/audit.js';
import type { Schedule, Theorem, TheoremConstants } from '../theorems/theorem.js';

/** A problem with a start: what a theorem is applied to. */
export interface BoundInstance {
  readonly name: string;
  readonly problem: ProblemSpecification;
  readonly start: readonly number[];
  readonly signOfZero?: SignConvention;
}

/** A row gives up after these many replicates; it stops at the first crossing, usually within a few hundred. */
const maximumReplicates = { quick: 50_000, standard: 50_000, deep: 500_000 } as const;

/** A row must be able to detect a left side of twice the bound with this probability, whatever its law, or it is refused. */
const statedPower = { ratio: 2, probability: 0.99 } as const;

/** Base points of the search that explains why a theorem is silent. */
const searchedPoints = 32;

/** Relative slack for left sides that are compared directly: rounding of T summands, never statistics. */
export const roundingSlack = 2 ** -36;

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
export function prepareBound(
  theorem: Theorem,
  instance: BoundInstance,
  iterations: number,
  override?: { readonly step?: number },
): Prepared | Silence {
  const problem = parseProblem(instance.problem);
  const start = Float64Array.from(instance.start);
  const dimension = start.length;
  const options = { iterations, ...override };
  const audit = auditAssumptions(theorem, problem, dimension, { ...options, points: 0 });
  if (audit.scheduleError !== undefined) throw new ScheduleError(audit.scheduleError);
  if (reasonForSilence(audit) !== undefined) {
    // Something is not certified: search for the points that show why.
    const searched = auditAssumptions(theorem, problem, dimension, { ...options, points: searchedPoints });
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
  const cap = override?.step === undefined ? theorem.cap?.(atStep, start, iterations, constants) : undefined;
  const sharp = override?.step === undefined ? theorem.sharp?.(iterations, constants, schedule) : undefined;
  return {
    schedule,
    constants,
    objective,
    infimum,
    lowerBound: theorem.bound(iterations, pessimistic, schedule),
    upperBound,
    ...(sharp === undefined ? {} : { sharpBound: sharp }),
    ...(cap === undefined ? {} : { cap }),
  };
}

/** What a row needs beside the theorem and the instance. */
export interface RowRequest {
  readonly claim: string;
  readonly version: number;
  readonly theorem: Theorem;
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly budget: Budget;
  /** Left sides of replicates from ≤ i < to, from whatever implementation is judged. */
  readonly replicates: (job: BoundJob) => ReplicateSource;
  /** Replicates drawn even when fewer decide the row, for the sake of the estimate; default 64. */
  readonly minimumReplicates?: number;
  /** Decide as well as the number of replicates allows, for an instance that nobody chose with the power of the check in mind. */
  readonly underpowered?: boolean;
  /** For negative controls: a step in place of the schedule's. */
  readonly step?: number;
  /** For negative controls: multiplies the bound. */
  readonly boundFactor?: number;
  /** For negative controls: multiplies every σ. */
  readonly sigmaFactor?: number;
}

/** Decides one row: one theorem, one instance, one T. Whoever has prepared its bound already hands that over. */
export async function decideRow(
  request: RowRequest,
  prepared: Prepared | Silence = prepareRow(request),
): Promise<BoundRow> {
  const { theorem, iterations, budget, boundFactor = 1, sigmaFactor = 1 } = request;
  if ('silent' in prepared) return silentRow(request, prepared.silent);
  const { schedule, constants } = prepared;
  const planted = sigmaFactor === 1 && boundFactor === 1 ? undefined : withSigma(constants, sigmaFactor);
  const bound = planted ? boundFactor * theorem.bound(iterations, planted, schedule) : prepared.upperBound;
  const lowerBound = planted ? bound : prepared.lowerBound;
  const nextBatch = request.replicates(boundJob(request, schedule));
  const facts = { ...rowFacts(request, prepared), bound };
  if (iterations === 1 || constants.deviation === 0) {
    const [left] = await nextBatch(0, 1);
    return {
      ...facts,
      engine: 'deterministic',
      left: left!,
      leftInterval: [left!, left!],
      ...compareDirectly(left!, lowerBound, bound, iterations === 1 ? 'T = 1' : 'σ = 0'),
      trivial: false,
      replicates: 1,
    };
  }
  const question: BoundCheck = {
    bound: lowerBound,
    cap: prepared.cap,
    maximumReplicates: maximumReplicates[budget.depth],
    minimumReplicates: request.minimumReplicates ?? 64,
    rho: 0.1,
    power: statedPower,
    underpowered: request.underpowered ?? false,
  };
  let decision = await decideBound(question, nextBatch);
  if (decision.verdict === 'violated' && bound > lowerBound) {
    decision = await decideBound({ ...question, bound }, nextBatch);
  }
  return { ...facts, ...decidedFields(decision) };
}

/** What the replicates of a row depend on. */
export function boundJob(
  {
    claim,
    version,
    instance,
    iterations,
    budget,
  }: Pick<RowRequest, 'claim' | 'version' | 'instance' | 'iterations'> & { readonly budget: Pick<Budget, 'seed'> },
  schedule: Schedule,
): BoundJob {
  return {
    problem: instance.problem,
    start: instance.start,
    iterations,
    ...schedule,
    signOfZero: instance.signOfZero ?? 'zero',
    seed: budget.seed,
    check: `${claim}/${instance.name}/${iterations}`,
    version,
  };
}

function prepareRow({ theorem, instance, iterations, step }: RowRequest): Prepared | Silence {
  return prepareBound(theorem, instance, iterations, step === undefined ? {} : { step });
}

/** A deterministic left side against both ends of the bound: between them the enclosure of f* is too wide to tell. */
function compareDirectly(left: number, lowerBound: number, upperBound: number, why: string) {
  const reason = `the left side is deterministic (${why}): compared directly`;
  if (left <= lowerBound * (1 + roundingSlack)) return { verdict: 'holds', reason } as const;
  if (left > upperBound * (1 + roundingSlack)) return { verdict: 'violated', reason } as const;
  return {
    verdict: 'inconclusive',
    reason: `${reason} with ${lowerBound} and ${upperBound}, the ends that the enclosure of f* allows`,
  } as const;
}

/** What every row of a prepared bound says, however its left side is found. */
export function rowFacts(
  { instance, iterations, budget, claim }: Pick<RowRequest, 'instance' | 'iterations' | 'budget' | 'claim'>,
  prepared: Prepared,
) {
  return {
    instance: instance.name,
    iterations,
    seed: budget.seed,
    reproduce: budget.reproduce(claim),
    step: prepared.schedule.step,
    miniBatch: prepared.schedule.miniBatch,
    bound: prepared.upperBound,
    ...(prepared.sharpBound === undefined ? {} : { sharpBound: prepared.sharpBound }),
    constants: describeConstants(prepared),
    ...(prepared.cap === undefined ? {} : { cap: prepared.cap }),
  };
}

/** The row of an instance about which the theorem says nothing. */
export function silentRow({ instance, iterations, budget, claim }: RowRequest, reason: string): BoundRow {
  return {
    instance: instance.name,
    iterations,
    seed: budget.seed,
    reproduce: budget.reproduce(claim),
    step: Number.NaN,
    miniBatch: 0,
    engine: 'deterministic',
    left: Number.NaN,
    leftInterval: [Number.NaN, Number.NaN],
    bound: Number.NaN,
    verdict: 'silent',
    reason,
    trivial: false,
    replicates: 0,
    constants: {},
  };
}

function withSigma(constants: TheoremConstants, factor: number): TheoremConstants {
  return {
    ...constants,
    ...(constants.sigma === undefined ? {} : { sigma: factor * constants.sigma }),
    ...(constants.coordinateSigma === undefined
      ? {}
      : { coordinateSigma: constants.coordinateSigma.map((sigma) => factor * sigma) }),
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

/** The fields of a row that a decision settles. */
export function decidedFields(decision: Decision) {
  const left = decision.mean ?? Number.NaN;
  return {
    engine: decision.trivial ? ('cap' as const) : ('monte-carlo' as const),
    left,
    leftInterval: decision.interval ?? ([left, left] as const),
    verdict: decision.verdict as Verdict,
    reason: decision.reason,
    trivial: decision.trivial,
    replicates: decision.replicates,
    logE: decision.logE,
    alpha: slotAlpha,
    assumption: decision.assumption,
    ...(decision.detectable === undefined ? {} : { detectable: decision.detectable }),
    ...(decision.upper === undefined ? {} : { upper: decision.upper }),
  };
}
