import { spendSlots } from '../statistics/budget.js';
import { decideBound, type ReplicateSource } from '../statistics/decision.js';
import { type BoundInstance, prepareBound } from './bound-row.js';
import type { Budget } from './claim.js';
import type { Evidence, Part } from './evidence.js';
import { type ExactLeft, type ExactRequest, exactEngineNames } from './exact-engine.js';
import { exactEngines } from './exact-engines.js';
import { engineReplicates } from './implementation-replicates.js';
import type { BoundJob } from './replicator.js';
import type { Theorem } from './theorem.js';

/** One theorem on one instance for T iterations, computed in every way that applies. */
export interface Comparison {
  readonly theorem: Theorem;
  /** URL of the module that exports `replicate` for the theorem. */
  readonly module: string;
  readonly instance: BoundInstance;
  readonly iterations: number;
}

/** Relative distance from the exact left side at which Monte Carlo must see a difference. */
const distance = 0.1;
const maximumReplicates = 50_000;

/** What is asked of the engines and of Monte Carlo. */
export interface PreparedComparison {
  readonly name: string;
  readonly module: string;
  readonly request: ExactRequest;
  /** A cap on one replicate's left side. */
  readonly cap: number | undefined;
}

export function prepareComparison({ theorem, module, instance, iterations }: Comparison): PreparedComparison {
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) throw new Error(`${theorem.id} is silent on ${instance.name}: ${prepared.silent}`);
  const { schedule, cap } = prepared;
  const request = { theorem, instance, iterations, schedule, signOfZero: instance.signOfZero ?? 'zero' } as const;
  return { name: `${theorem.id}, ${instance.name}, T = ${iterations}`, module, request, cap };
}

/** The left side by every engine that applies. */
export function exactAnswers(request: ExactRequest): ExactLeft[] {
  return exactEngineNames
    .map((name) => exactEngines[name](request))
    .filter((answer): answer is ExactLeft => !('inapplicable' in answer));
}

/** Enclosures of one number must meet, every two of them. */
export function judgeAnswers(name: string, answers: readonly ExactLeft[]): Part {
  const lower = Math.max(...answers.map(({ interval }) => interval[0]));
  const upper = Math.min(...answers.map(({ interval }) => interval[1]));
  const engines = answers.map(({ engine }) => engine).join(', ');
  const holds = lower <= upper;
  return {
    name: `${name}: ${engines}`,
    verdict: holds ? 'holds' : 'violated',
    cases: answers.length,
    worstRatio: holds ? 0 : Number.POSITIVE_INFINITY,
    ...(!holds && { reason: answers.map(({ engine, interval }) => `${engine} [${interval.join(', ')}]`).join(', ') }),
  };
}

/** What an e-process at b = factor · (exact left side) must decide. */
const questions = [
  { factor: 1 + distance, expected: 'holds' },
  { factor: 1 - distance, expected: 'violated' },
  { factor: 0.5, expected: 'violated' },
] as const;

/** Slots of the error budget that one `judgeMonteCarlo` spends. */
const monteCarloSlots = questions.length;

/**
 * Monte Carlo at bounds around the exact left side: E[X] ≤ 1.1·left must be found to hold, and E[X] ≤ 0.9·left and the planted bound
 * ½·left to be violated. Each is decided by the two e-processes of a bound check, so a wrong answer has the probability of its slot.
 */
export async function judgeMonteCarlo(
  { name, module, request, cap }: PreparedComparison,
  left: readonly [number, number],
  { claim, version, budget }: { readonly claim: string; readonly version: number; readonly budget: Budget },
): Promise<Part> {
  const { instance, iterations, schedule, signOfZero } = request;
  const job: BoundJob = {
    problem: instance.problem,
    start: instance.start,
    iterations,
    ...schedule,
    signOfZero,
    seed: budget.seed,
    check: `${claim}/${name}`,
    version,
  };
  const nextBatch = remembered(engineReplicates(budget.engine, module)(job));
  const middle = left[0] / 2 + left[1] / 2;
  let replicates = 0;
  let worst = 0;
  const wrong: string[] = [];
  for (const { factor, expected } of questions) {
    const decision = await decideBound({ bound: factor * middle, cap, maximumReplicates }, nextBatch);
    replicates = Math.max(replicates, decision.replicates);
    worst = Math.max(worst, Math.abs(decision.mean! / middle - 1) / distance);
    if (decision.verdict !== expected) wrong.push(`b = ${factor}·left came out ${decision.verdict}`);
  }
  return {
    name: `${name}: Monte Carlo`,
    verdict: wrong.length === 0 ? 'holds' : 'violated',
    cases: replicates,
    worstRatio: worst,
    ...(wrong.length > 0 && { reason: wrong.join(', ') }),
  };
}

/** The same replicates for every question, computed once. */
function remembered(nextBatch: ReplicateSource): ReplicateSource {
  const known: number[] = [];
  return async (from, to) => {
    if (to > known.length) known.push(...(await nextBatch(known.length, to)));
    return Float64Array.from(known.slice(from, to));
  };
}

/** Evidence of one claim from the parts that its comparisons gave. */
export function agreementEvidence(
  claim: string,
  {
    parts,
    comparisons,
    budget,
    started,
  }: {
    readonly parts: readonly Part[];
    readonly comparisons: number;
    readonly budget: Budget;
    readonly started: number;
  },
): Evidence {
  const wrong = parts.filter(({ verdict }) => verdict !== 'holds');
  return {
    verdict: wrong.length === 0 ? 'holds' : 'violated',
    reason:
      wrong.length === 0
        ? `${comparisons} left sides, each by Monte Carlo and by the exact engines that apply`
        : `disagreement: ${wrong.map(({ name, reason }) => `${name} (${reason})`).join('; ')}`,
    cases: parts.reduce((total, { cases }) => total + cases, 0),
    parts,
    statistical: spendSlots(monteCarloSlots * comparisons),
    seed: budget.seed,
    seconds: (performance.now() - started) / 1000,
    reproduce: budget.reproduce(claim),
  };
}
