import type { Budget, Claim } from '../../claims/claim.js';
import { type ClaimFacts, claimInPieces } from '../../claims/claim-in-pieces.js';
import type { Finding, RowFinding } from '../../claims/evidence.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import type { Verdict } from '../../claims/verdict.js';
import { slotAlpha } from '../../statistics/budget.js';
import { type Decision, decideBound, type LeftSides, type ReplicateSource } from '../../statistics/decision.js';
import { CapExceeded } from '../../statistics/e-process.js';
import { type BoundJob, boundJob, type RowKey } from '../left-side/bound-job.js';
import type { EngineChoice } from '../left-side/engine-names.js';
import type { ExactLeft } from '../left-side/exact-engine.js';
import { exactLeft } from '../left-side/exact-engines.js';
import { nearTies } from '../left-side/near-ties.js';
import { executorReplicates } from '../left-side/replicate-sources.js';
import { describeConstants, type Prepared, prepareBound, vacuous } from '../theorem/prepare-bound.js';
import { failing, sidesOf, type Threshold } from '../theorem/tail.js';
import type { BoundInstance, Theorem } from '../theorem/theorem.js';
import { knownAlgorithm } from '../theorem/theorem-algorithm.js';
import { TheoremError } from '../theorem/theorem-fields.js';
import { type Comparison, compareDirectly, inPlaceOfSampling } from './comparison.js';

/** A row gives up after these many replicates; it stops at the first crossing, usually within a few hundred. */
const maximumReplicates = { quick: 50_000, standard: 50_000, deep: 500_000 } as const;

/** A row must be able to detect a left side of twice the bound with this probability, for any law; otherwise it is rejected. */
const statedPower = { ratio: 2, probability: 0.99 } as const;

/** For a bound from below without a cap: the multiple of the bound at which a left side should be shown, which sets the number of replicates. */
const shownPower = { ratio: 1.1, probability: 0.99 } as const;

/** One row to decide: a theorem on an instance for T iterations. */
export interface RowRequest extends RowKey {
  readonly theorem: Theorem;
  readonly budget: Budget;
  /** The engine for the left side; default: Monte Carlo, with one replicate if all are the same. */
  readonly engine?: EngineChoice;
  /** How an exact left side is compared with the bound; default: like one that could have been sampled. */
  readonly comparison?: Comparison;
  /** Left sides of replicates from ≤ i < to; default: those of the reference, by the executor. */
  readonly replicates?: (job: BoundJob) => ReplicateSource;
  /** The replicates are those of an implementation under test, which may exceed a cap. */
  readonly underTest?: true;
  /** For an instance that was not chosen for the power of the check. */
  readonly unchosen?: {
    /** Replicates to draw for the estimate even if fewer decide the row; elsewhere 64. */
    readonly minimumReplicates: number;
  };
}

/** A row of a claim, without the claim and its budget. */
export type PlannedRow = Omit<RowRequest, 'claim' | 'version' | 'budget'>;

/**
 * Decides one row.
 *
 * @throws EngineError when an exact engine was asked for by name and does not apply
 * @throws ScheduleError when the constants of the problem give no finite step
 */
export async function decideRow(request: RowRequest): Promise<RowFinding> {
  const { theorem, instance, iterations, engine = 'monte-carlo', budget } = request;
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) return silentRow(request, prepared.silent);
  const { schedule } = prepared;
  const { threshold, lowerBound } = prepared;
  if ((threshold?.lower ?? lowerBound) === Number.POSITIVE_INFINITY) return silentRow(request, vacuous);
  const asked = { theorem, instance, iterations, schedule, ...(threshold && { threshold }) };
  const left = await exactLeft(engine, asked, budget.signal);
  if (left !== undefined) return withRemarks(enclosedRow(request, prepared, left), prepared);
  const sampled = await sampledRow(request, prepared).catch(exceeding(request, prepared));
  const row = withRemarks({ ...sampled, ...(request.underTest && { algorithm: knownAlgorithm(theorem) }) }, prepared);
  const ties = request.unchosen && nearTies(theorem, boundJob(request, schedule));
  return ties === undefined ? row : { ...row, reason: `${row.reason}; ${ties}` };
}

/** The row of a left side by an exact engine. */
export function enclosedRow(
  request: Pick<RowRequest, 'instance' | 'iterations' | 'comparison'>,
  prepared: Prepared,
  left: ExactLeft,
): RowFinding {
  const [lower, upper] = left.interval;
  return {
    ...rowFacts(request, prepared),
    engine: left.engine,
    left: lower + (upper - lower) / 2,
    leftInterval: left.interval,
    replicates: 1,
    ...(request.comparison ?? inPlaceOfSampling)(left, prepared),
  };
}

/** The row of the mean of replicates, or of a single one if all are the same. */
async function sampledRow(request: RowRequest, prepared: Prepared): Promise<RowFinding> {
  const { theorem, instance, iterations, budget, unchosen, replicates = executorReplicates(budget, theorem) } = request;
  const { cap, constants, lowerBound, upperBound, threshold } = prepared;
  const nextBatch = replicates(boundJob(request, prepared.schedule));
  const facts = { ...rowFacts(request, prepared), ...(cap !== undefined && { cap }) };
  const why = whyDeterministic(theorem, instance, iterations, constants);
  if (why !== undefined) {
    const [run] = (await nextBatch(0, 1)) as unknown as [number];
    const leftInterval = threshold === undefined ? ([run, run] as const) : failing([[run, 1]], threshold);
    const compared = compareDirectly(leftInterval, prepared, why);
    return { ...facts, engine: 'deterministic', left: leftInterval[1], leftInterval, ...compared, replicates: 1 };
  }
  const question = {
    cap,
    maximumReplicates: maximumReplicates[budget.depth],
    minimumReplicates: unchosen?.minimumReplicates ?? 64,
    rho: 0.1,
    power: statedPower,
    underpowered: unchosen !== undefined,
  };
  if (threshold !== undefined) return { ...facts, ...(await decideTail(question, prepared, threshold, nextBatch)) };
  if (prepared.relation === 'at-least') return { ...facts, ...(await decideAtLeast(question, prepared, nextBatch)) };
  const ends = [Math.max(0, lowerBound), upperBound] as const;
  const decision = await decideBetween(ends, (bound) => decideBound({ ...question, bound }, nextBatch));
  return { ...facts, ...decidedFields(decision) };
}

/** A bound holds if it does at its smaller end, and is refuted if it is at its larger one: between them nothing is decided. */
async function decideBetween(
  [lower, upper]: readonly [number, number],
  decide: (end: number) => Promise<Decision>,
): Promise<Decision> {
  const atLower = await decide(lower);
  if (atLower.verdict !== 'violated' || upper <= lower) return atLower;
  const atUpper = await decide(upper);
  if (atUpper.verdict !== 'holds' && atUpper.verdict !== 'holds-within-rho') return atUpper;
  const reason =
    'the left side is above the smaller end of the bound and not above the larger one: f* is not known better';
  return { ...atUpper, verdict: 'inconclusive', reason };
}

/**
 * The row of an implementation under test with a run above the cap: a violation, because no run of the algorithm exceeds it. Of the reference it is an
 * error in the cap, that of the theorem if this gives one.
 */
const exceeding =
  (request: RowRequest, prepared: Prepared) =>
  (error: unknown): RowFinding => {
    if (!(error instanceof CapExceeded)) throw error;
    const { left } = error;
    const { theorem, instance, iterations } = request;
    if (!request.underTest && theorem.cap !== undefined) {
      throw new TheoremError(
        `${theorem.id}: cap is ${prepared.cap} on ${instance.name} at T = ${iterations}, and one run has the left side ${left}: a cap is a number that no run exceeds; derive a larger one, as docs/statistics.md shows, or leave it out`,
      );
    }
    if (!request.underTest) throw error;
    return {
      ...rowFacts(request, prepared),
      ...{ engine: 'monte-carlo', left, leftInterval: [left, left], replicates: 1, verdict: 'violated' },
      cap: prepared.cap!,
      reason: `one run has the left side ${left}, above M = ${prepared.cap}, which no run of ${knownAlgorithm(request.theorem)} exceeds: it takes other steps`,
    };
  };

/**
 * P(left side ≤ b) ≥ 1 − δ is E[X] ≤ δ, where X is 1 for a run above b and 0 for any other: M = 1 is a cap, so that sampling can show it too.
 */
async function decideTail(
  question: Omit<Parameters<typeof decideBound>[0], 'bound'>,
  prepared: Prepared,
  { lower, upper }: Threshold,
  nextBatch: ReplicateSource,
): Promise<ReturnType<typeof decidedFields>> {
  const decision = await decideBetween([lower, upper], (end) =>
    decideBound({ ...question, bound: prepared.upperBound }, runsAbove(end, nextBatch)),
  );
  const { left, bound } = sidesOf(prepared);
  const { upper: most, replicates } = decision;
  const found =
    most === undefined
      ? decision.reason
      : `undecided after ${replicates} replicates, and at most ${most.toPrecision(4)} by them`;
  return { ...decidedFields(decision), reason: `${left} against ${bound}: ${found}` };
}

/** 1 for every run with a left side above the number, and 0 for the others. */
function runsAbove(end: number, source: ReplicateSource): ReplicateSource {
  // A left side that is none is passed on, and refused like that of any row.
  const above = (lefts: LeftSides) =>
    Float64Array.from(lefts, (left) => (left >= 0 && left < Number.POSITIVE_INFINITY ? Number(left > end) : left));
  return async (from, to, take) => above(await source(from, to, take && ((lefts) => take(above(lefts)))));
}

/** E[X] ≥ b: the two tests exchange their roles. A refutation of E[X] ≤ b shows it; a proof of E[X] ≤ b refutes it, which needs a cap. */
async function decideAtLeast(
  question: Omit<Parameters<typeof decideBound>[0], 'bound'>,
  { lowerBound, upperBound }: Prepared,
  nextBatch: ReplicateSource,
): Promise<ReturnType<typeof decidedFields>> {
  const { rho: _, power: __, ...asked } = question;
  // Without a cap, the number of replicates is planned to show the bound, not to refute it from above.
  const rest = { ...asked, ...(asked.cap === undefined && { power: shownPower }) };
  let decision = await decideBound({ ...rest, bound: Math.max(0, upperBound) }, nextBatch);
  if (decision.verdict !== 'violated' && upperBound > lowerBound) {
    decision = await decideBound({ ...rest, bound: Math.max(0, lowerBound) }, nextBatch);
    if (decision.verdict === 'violated') return { ...decidedFields(decision), verdict: 'inconclusive' };
  }
  const exchanged = { holds: 'violated', violated: 'holds' } as const;
  const { verdict, detectable: ___, familyCap: ____, ...found } = decision;
  if (verdict === 'not-refuted') {
    const reason = `not shown in ${decision.replicates} replicates, and without a cap no number of them refutes a bound from below`;
    return { ...decidedFields({ ...found, verdict: 'inconclusive' }), reason };
  }
  return {
    ...decidedFields(decision),
    verdict: verdict === 'holds' || verdict === 'violated' ? exchanged[verdict] : 'inconclusive',
  };
}

/** Why all replicates have the same left side; undefined if they may differ. */
function whyDeterministic(
  { algorithm, onlyLast }: Theorem,
  { problem, signOfZero }: BoundInstance,
  iterations: number,
  { deviation }: Prepared['constants'],
): string | undefined {
  if (iterations === 1 && !onlyLast) return 'T = 1';
  // A user's own algorithm may draw further random numbers, and a fair coin for sgn(0) is random too.
  if (typeof algorithm !== 'string' || signOfZero === 'random') return undefined;
  if (algorithm === 'gradient-descent') return 'the whole gradient';
  if (problem.probabilities.filter((probability) => probability > 0).length === 1) return 'K = 1';
  return deviation === 0 ? 'σ = 0' : undefined;
}

/** The fields of a row that do not depend on the engine. */
function rowFacts({ instance, iterations }: Pick<RowRequest, 'instance' | 'iterations'>, prepared: Prepared) {
  const { step, miniBatch } = prepared.schedule;
  return {
    instance: instance.name,
    ...{ iterations, step, miniBatch },
    bound: prepared.upperBound,
    ...(prepared.threshold && { threshold: prepared.threshold.bound }),
    ...(prepared.sharpBound !== undefined && { sharpBound: prepared.sharpBound }),
    constants: describeConstants(prepared),
  };
}

/** Adds the theorem's own hypotheses that the row depends on, and how its step was chosen. */
const withRemarks = (row: RowFinding, { assumed, chosen }: Prepared): RowFinding => ({
  ...row,
  reason: [row.reason, ...assumed, ...(chosen === undefined ? [] : [chosen])].join('; '),
});

/** The row of an instance on which the theorem is silent. */
function silentRow({ instance, iterations }: RowRequest, reason: string): RowFinding {
  return {
    ...{ instance: instance.name, iterations, engine: 'deterministic', verdict: 'silent', reason },
    ...{ step: Number.NaN, miniBatch: 0, bound: Number.NaN, constants: {} },
    ...{ left: Number.NaN, leftInterval: [Number.NaN, Number.NaN], replicates: 0 },
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
    replicates: decision.replicates,
    logE: decision.logE,
    alpha: slotAlpha,
    assumption: decision.assumption,
    ...(decision.detectable !== undefined && { detectable: decision.detectable }),
    ...(decision.familyCap !== undefined && { familyCap: decision.familyCap }),
    ...(decision.upper !== undefined && { upper: decision.upper }),
  };
}

/** Rows, and the conclusion once all are decided. */
export interface ConcludedRows {
  /** The rows of a depth. */
  plan(budget: Budget, implementation: Implementation): readonly PlannedRow[];
  /** The findings from the rows, in the order of the plan. */
  conclude(
    rows: readonly RowFinding[],
    budget: Budget,
    planned: readonly PlannedRow[],
    implementation: Implementation,
  ): Finding;
}

/** A claim that is judged by rows; each row is a piece. */
export function rowClaim(claim: ClaimFacts, { plan, conclude }: ConcludedRows): Claim {
  return claimInPieces(claim, {
    plan: (implementation, budget) => plan(budget, implementation),
    decide: (row: PlannedRow, _implementation, budget) => {
      tellRow(row, budget);
      return decideRow({ ...row, claim: claim.id, version: claim.version, budget });
    },
    conclude,
  });
}

/** Reports which row is being decided. */
export function tellRow({ instance, iterations }: Pick<PlannedRow, 'instance' | 'iterations'>, budget: Budget): void {
  budget.progress?.(`${instance.name}, T = ${iterations}`);
}
