import type { BoundCheck } from '../../statistics/bound-check.js';
import { slotAlpha } from '../../statistics/budget.js';
import { type Decision, decideBound, type ReplicateSource } from '../../statistics/decision.js';
import type { Budget } from '../claim.js';
import type { BoundRow } from '../evidence.js';
import { type BoundJob, boundJob, type RowKey } from '../left-side/bound-job.js';
import { describeConstants, type Prepared, prepareBound, type Silence } from '../theorems/prepare-bound.js';
import type { Theorem, TheoremConstants } from '../theorems/theorem.js';
import type { Verdict } from '../verdict.js';

/** A row gives up after these many replicates; it stops at the first crossing, usually within a few hundred. */
const maximumReplicates = { quick: 50_000, standard: 50_000, deep: 500_000 } as const;

/** A row must be able to detect a left side of twice the bound with this probability, whatever its law, or it is refused. */
const statedPower = { ratio: 2, probability: 0.99 } as const;

/** Relative slack for left sides that are compared directly: rounding of T summands, never statistics. */
export const roundingSlack = 2 ** -36;

/** What a row needs beside the theorem and the instance. */
export interface RowRequest extends RowKey {
  readonly theorem: Theorem;
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
