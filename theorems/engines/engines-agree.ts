import type { Budget, Depth, Finding, Part } from '../../src/library/claims.js';
import {
  decideBound,
  holdsProcessWithCap,
  type ReplicateSource,
  slotAlpha,
  violationProcess,
} from '../../src/library/statistics.js';
import {
  boundJob,
  claimOf,
  exactEngineNames,
  exactEngines,
  executorReplicates,
  prepareBound,
  signConventions,
  spendSlots,
} from '../../src/library/testing.js';
import type { BoundInstance, ExactEngineName, ExactLeft, ExactRequest, Theorem } from '../../src/library/theorems.js';
import {
  cosineLogCosh,
  gemanMcClureQuadratics,
  matchedQuadratics,
  quadraticHubers,
  severalHubers,
  theorem2Instances,
  threeSlopes,
  twoCoordinates,
} from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';

/** One theorem on one instance for T iterations, computed in every way that applies. */
export interface Comparison {
  readonly theorem: Theorem;
  readonly instance: BoundInstance;
  readonly iterations: number;
  /** B in place of the theorem's, so that where it enters is seen. */
  readonly miniBatch?: number;
  /** The exact engines that must apply, in their order. */
  readonly engines: readonly ExactEngineName[];
}

/** Relative distance from the exact left side at which Monte Carlo must see a difference; replicates grow with its square. */
const distances: Readonly<Record<Depth, number>> = { quick: 0.1, standard: 0.05, deep: 0.01 };
const maximumReplicates: Readonly<Record<Depth, number>> = { quick: 50_000, standard: 100_000, deep: 2_000_000 };

/** The smallest interval that has all enclosures inside. */
function hull(answers: readonly ExactLeft[]): readonly [number, number] {
  return [
    Math.min(...answers.map(({ interval }) => interval[0])),
    Math.max(...answers.map(({ interval }) => interval[1])),
  ];
}

/** What is asked of the engines and of Monte Carlo. */
interface PreparedComparison {
  readonly name: string;
  readonly request: ExactRequest;
  readonly engines: readonly ExactEngineName[];
  /** A cap on one replicate's left side. */
  readonly cap: number;
}

export function prepareComparison(comparison: Comparison): PreparedComparison {
  const { theorem, instance, iterations, miniBatch, engines } = comparison;
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) throw new Error(`${theorem.id} is silent on ${instance.name}: ${prepared.silent}`);
  const { cap } = prepared;
  if (cap === undefined)
    throw new Error(`${theorem.id} has no cap on ${instance.name}: Monte Carlo could not find it to hold`);
  const schedule = { ...prepared.schedule, ...(miniBatch !== undefined && { miniBatch }) };
  const request = { theorem, instance, iterations, schedule };
  const batch = miniBatch === undefined ? '' : `, B = ${miniBatch}`;
  return { name: `${theorem.id}, ${instance.name}, T = ${iterations}${batch}`, request, engines, cap };
}

/** The left side by every engine that applies; by that in doubles, which makes many runs of it, only where it is wanted. */
export function exactAnswers(request: ExactRequest, wanted: readonly ExactEngineName[] = []): ExactLeft[] {
  return exactEngineNames
    .filter((name) => name !== 'paths' || wanted.includes(name))
    .map((name) => exactEngines[name](request))
    .filter((answer): answer is ExactLeft => !('inapplicable' in answer));
}

/** The expected engines must apply, and enclosures of one number must meet, every two of them. */
export function judgeAnswers(
  { name, engines }: Pick<PreparedComparison, 'name' | 'engines'>,
  answers: readonly ExactLeft[],
): Part {
  const lower = Math.max(...answers.map(({ interval }) => interval[0]));
  const upper = Math.min(...answers.map(({ interval }) => interval[1]));
  const expected = engines.join(', ');
  const complete = answers.map(({ engine }) => engine).join(', ') === expected;
  const holds = complete && lower <= upper;
  const found = answers.map(({ engine, interval }) => `${engine} [${interval.join(', ')}]`).join(', ') || 'no engine';
  return {
    name: `${name}: ${expected}`,
    verdict: holds ? 'holds' : 'violated',
    cases: answers.length,
    worstRatio: holds ? 0 : Number.POSITIVE_INFINITY,
    ...(!holds && { reason: complete ? found : `${found} applies` }),
  };
}

/** Slots that one `judgeMonteCarlo` spends: three bounds around the exact left side, and the left side itself. */
const monteCarloSlots = 4;

/**
 * Monte Carlo against the enclosure [l, u] by the exact engines, with the e-processes of a bound check, which are valid at any stopping time:
 *
 * - its power: with the distance δ of the depth, E[X] ≤ (1 + δ)u must be found to hold, and E[X] ≤ (1 − δ)l and the planted bound ½l to be
 *   violated;
 * - its own error: the replicates that this took must not find E[X] ≤ u violated nor E[X] < l, which either have the probability of a slot
 *   when the engine is right.
 *
 * So an engine that is off by δ is found always, and one that is off by less as soon as the replicates tell. A question that stays open at the
 * maximum of replicates is inconclusive: it accuses nobody.
 */
export async function judgeMonteCarlo(
  { name, request, cap }: PreparedComparison,
  [lower, upper]: readonly [number, number],
  { claim, version, budget }: { readonly claim: string; readonly version: number; readonly budget: Budget },
): Promise<Part> {
  const { theorem, instance, iterations, schedule } = request;
  const job = boundJob({ claim, version, instance, iterations, budget }, schedule);
  const nextBatch = remembered(executorReplicates(budget, theorem)({ ...job, check: `${claim}/${name}` }));
  const distance = distances[budget.depth];
  const middle = lower / 2 + upper / 2;
  let replicates = 1;
  let mean = Number.NaN;
  const wrong: string[] = [];
  const open: string[] = [];
  for (const [factor, end, expected] of [
    [1 + distance, upper, 'holds'],
    [1 - distance, lower, 'violated'],
    [0.5, lower, 'violated'],
  ] as const) {
    const question = { bound: factor * end, cap, maximumReplicates: maximumReplicates[budget.depth] };
    const decision = await decideBound(question, nextBatch);
    if (decision.replicates > replicates) [replicates, mean] = [decision.replicates, decision.mean!];
    const decided = decision.verdict === 'holds' || decision.verdict === 'violated';
    if (decision.verdict !== expected) {
      (decided ? wrong : open).push(`b = ${factor}·left came out ${decision.verdict}`);
    }
  }
  const processes = { above: violationProcess(upper), below: holdsProcessWithCap(lower, cap) };
  for (const [side, process] of Object.entries(processes)) {
    const crossed = (await nextBatch(0, replicates)).some((x) => {
      process.observe(x);
      return process.reaches(-Math.log(slotAlpha));
    });
    if (crossed) wrong.push(`the mean is ${side} the exact left side by more than its own error`);
  }
  const found = `mean ${(mean / middle).toPrecision(4)} of the exact left side, n = ${replicates}`;
  return {
    name: `${name}: Monte Carlo`,
    verdict: wrong.length > 0 ? 'violated' : open.length > 0 ? 'inconclusive' : 'holds',
    cases: replicates,
    worstRatio: Math.abs(mean / middle - 1) / distance,
    reason: [...wrong, ...open, found].join(', '),
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

/** Finding of one claim from the parts that its comparisons gave. */
export function agreementEvidence(
  parts: readonly Part[],
  comparisons: number,
  { depth }: Pick<Budget, 'depth'>,
): Finding {
  const wrong = parts.filter(({ verdict }) => verdict !== 'holds');
  const violated = wrong.some(({ verdict }) => verdict === 'violated');
  return {
    verdict: violated ? 'violated' : wrong.length > 0 ? 'inconclusive' : 'holds',
    reason:
      wrong.length === 0
        ? `${comparisons} left sides, each by the exact engines that apply and by Monte Carlo to ${100 * distances[depth]} %`
        : `${violated ? 'disagreement' : 'undecided'}: ${wrong.map(({ name, reason }) => `${name} (${reason})`).join('; ')}`,
    cases: parts.reduce((total, { cases }) => total + cases, 0),
    parts,
    statistical: spendSlots(monteCarloSlots * comparisons),
  };
}

const matched2 = theorem2Instances.at(-1)!;

const both: readonly ExactEngineName[] = ['enumeration', 'lattice'];
const named = (name: string): BoundInstance => theorem2Instances.find((instance) => instance.name === name)!;
/** The instance from 0, where its mini-batch means have ties, under every value of sgn(0). */
const tied = (instance: BoundInstance): BoundInstance[] =>
  signConventions.map((signOfZero) => ({
    ...instance,
    ...{ name: `${instance.name}, sgn(0) ${signOfZero}`, start: instance.start.map(() => 0), signOfZero },
  }));

/**
 * Every engine is met, most left sides by two of them; one and several coordinates, two and three components of unlike probability, T up to
 * 64, mini-batches drawn one by one and as counts, B = 1 and more along SPGM, and ties under every value of sgn(0). The
 * numbers of the instances with ties are multiples of few powers of two, so that their sums are exactly 0 in floats too.
 */
const everyEngine: readonly Comparison[] = [
  { theorem: theorem1, instance: gemanMcClureQuadratics, iterations: 4, engines: ['enumeration', 'paths'] },
  { theorem: theorem1, instance: quadraticHubers, iterations: 4, engines: ['enumeration'] },
  { theorem: theorem1, instance: quadraticHubers, iterations: 4, miniBatch: 2, engines: ['enumeration'] },
  { theorem: theorem1, instance: severalHubers, iterations: 4, miniBatch: 5, engines: ['enumeration', 'paths'] },
  { theorem: theorem1, instance: matchedQuadratics, iterations: 4, engines: ['enumeration', 'moments'] },
  {
    theorem: theorem1,
    instance: matchedQuadratics,
    iterations: 4,
    miniBatch: 2,
    engines: ['enumeration', 'moments', 'paths'],
  },
  { theorem: theorem1, instance: matchedQuadratics, iterations: 64, engines: ['moments'] },
  { theorem: theorem1, instance: matchedQuadratics, iterations: 64, miniBatch: 3, engines: ['moments'] },
  { theorem: theorem1, instance: cosineLogCosh, iterations: 4, engines: ['paths'] },
  { theorem: theorem2, instance: twoCoordinates, iterations: 4, engines: [...both, 'paths'] },
  ...theorem2Instances.map(
    (instance): Comparison => ({
      theorem: theorem2,
      instance,
      iterations: 16,
      engines: instance.problem.smooth.type === 'cosine' ? ['lattice'] : both,
    }),
  ),
  { theorem: theorem2, instance: named('quadratic, translated Huber r_k'), iterations: 64, engines: both },
  ...tied(matched2).map((instance): Comparison => ({ theorem: theorem2, instance, iterations: 4, engines: both })),
  ...tied(threeSlopes).map((instance): Comparison => ({ theorem: theorem2, instance, iterations: 4, engines: both })),
  ...tied(threeSlopes).map(
    (instance): Comparison => ({ theorem: theorem2, instance, iterations: 16, engines: ['lattice'] }),
  ),
];

const id = 'engines-agree';
const version = 4;

/**
 * The estimator of the bound checks and the engines are tested against each other: enclosures of one left side by different engines meet, and
 * Monte Carlo of the same instance lies within its own error of every one, which is at most a tenth (quick), a twentieth (standard) or a hundredth
 * (deep) of the left side. Half the exact left side, as a bound, is found to be violated.
 */
export const enginesAgreeClaim = claimOf(
  { comparisons: everyEngine, exactAnswers },
  ({ comparisons, exactAnswers }) => ({
    id,
    version,
    source: { section: 'beyond the paper', equation: 'checks of Theorems 1 and 2' },
    statement:
      'enumeration in rationals, moments, lattice, all paths in doubles and Monte Carlo compute the same left sides',
    method:
      'enclosures of the engines must intersect; e-processes must not reject the exact left side, and must reject values a tenth (quick), a twentieth or a hundredth (deep) above and below it, and half of it',
    requires: { referenceOnly: true },
    async check(_implementation, budget) {
      const parts: Part[] = [];
      for (const comparison of comparisons) {
        budget.signal?.throwIfAborted();
        const prepared = prepareComparison(comparison);
        budget.progress?.(prepared.name);
        const answers = exactAnswers(prepared.request, prepared.engines);
        parts.push(judgeAnswers(prepared, answers));
        parts.push(await judgeMonteCarlo(prepared, hull(answers), { claim: id, version, budget }));
      }
      return agreementEvidence(parts, comparisons.length, budget);
    },
  }),
);
