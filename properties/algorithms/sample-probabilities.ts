import type { Budget, Claim, Depth } from '../../src/claims/claim.js';
import type { Cell, FailingCase, Finding, Part } from '../../src/claims/evidence.js';
import type { Dtype } from '../../src/claims/implementation/dtype.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { plural } from '../../src/claims/text.js';
import { alphaPerRun, spendSlots } from '../../src/statistics/budget.js';
import { decideBound } from '../../src/statistics/decision.js';
import { logMixtureRatio, undetectedProbability } from '../../src/statistics/multinomial-test.js';
import { drawCounts } from './iterations.js';

const id = 'sample-probabilities';
const version = 2;

/** Laws θ of which two draws are judged together: uniform, skewed, with an impossible component. */
const pairLaws: readonly (readonly number[])[] = [
  [0.5, 0.5],
  [0.75, 0.25],
  [0.5, 0.125, 0.375],
  [0.25, 0, 0.75],
];

/** Draws per call with the laws of `pairLaws`: few, so that sampling without replacement shows in the joint law of the counts. */
const pair = 2;
const pairCalls: Readonly<Record<Depth, number>> = { quick: 4000, standard: 6000, deep: 40_000 };

/**
 * 16 rare components, of 1/700 or, where the numbers have fewer digits, of 5/4096, which all dtypes hold: a table of probabilities in steps of
 * 2⁻ᵇ gives each of them nothing, or too much.
 */
const rareComponents = 16;
const rareLawIn = (dtype: Dtype): readonly number[] => {
  const share = dtype === 'f64' ? 1 / 700 : 5 / 4096;
  return [...new Array<number>(rareComponents).fill(share), 1 - rareComponents * share];
};
const rareDraws: Readonly<Record<Depth, { readonly calls: number; readonly perCall: number; readonly bits: number }>> =
  {
    quick: { calls: 512, perCall: 32, bits: 8 },
    standard: { calls: 512, perCall: 64, bits: 8 },
    deep: { calls: 4096, perCall: 64, bits: 9 },
  };

const laws = pairLaws.length + 1;

/** Every probability of an outcome must be within ρ of its value for the claim to hold. */
const rho = 0.1;

/** All count vectors of two draws from K components with their multinomial probabilities. */
function outcomesOf(law: readonly number[]): Map<string, number> {
  const outcomes = new Map<string, number>();
  for (let first = 0; first < law.length; first++) {
    for (let second = 0; second < law.length; second++) {
      const counts = law.map((_, k) => Number(k === first) + Number(k === second));
      const key = counts.join();
      outcomes.set(key, (outcomes.get(key) ?? 0) + law[first]! * law[second]!);
    }
  }
  return outcomes;
}

/** The most that chance may hide of a table in steps of 2⁻ᵇ, over the number of rare components that get one step and not nothing. */
export function undetectedTable(depth: Depth, dtype: Dtype): number {
  const { calls, perCall, bits } = rareDraws[depth];
  const step = 2 ** -bits;
  const tables = Array.from({ length: rareComponents + 1 }, (_, a) => [
    ...Array.from({ length: rareComponents }, (__, k) => (k < a ? step : 0)),
    1 - a * step,
  ]);
  return Math.max(
    ...tables.map((table) => undetectedProbability(rareLawIn(dtype), table, calls * perCall, alphaPerRun(laws))),
  );
}

/** A bound p + ρ on the probability of one outcome: for each call, the share of its draws that had the outcome. */
interface OutcomeBound {
  readonly name: string;
  readonly probability: number;
  readonly shares: Float64Array;
}

/** Undefined when every outcome is shown to be within ρ; else the first that is not. */
async function firstUndecided(bounds: readonly OutcomeBound[]): Promise<string | undefined> {
  const level = alphaPerRun(laws * 2 * bounds.length);
  for (const { name, probability, shares } of bounds) {
    for (const complement of [false, true]) {
      const bound = (complement ? 1 - probability : probability) + rho;
      if (bound >= 1) continue;
      const decision = await decideBound(
        { bound, cap: 1, maximumReplicates: shares.length, alphaHolds: level, alphaViolated: level },
        async (from, to) => shares.slice(from, to).map((share) => (complement ? 1 - share : share)),
      );
      if (decision.verdict !== 'holds') return `outcome (${name}): ${decision.reason}`;
    }
  }
  return undefined;
}

async function judgePairs(implementation: Implementation, law: readonly number[], budget: Budget): Promise<Part> {
  const outcomes = outcomesOf(law);
  const keys = [...outcomes.keys()];
  const probabilities = [...outcomes.values()];
  const seen: number[] = [];
  const part = partOf(`θ = (${law.join(', ')})`);
  let impossible: string | undefined;
  const draws = { probabilities: law, perCall: pair, calls: pairCalls[budget.depth], claim: id, version };
  await drawCounts(implementation, draws, budget, (counts) => {
    const outcome = keys.indexOf(Array.from(counts).join());
    if (outcome < 0) impossible = Array.from(counts).join();
    else seen.push(outcome);
    return outcome >= 0;
  });
  if (impossible !== undefined) {
    return part('violated', seen.length + 1, `returned counts [${impossible}] for ${plural(pair, 'draw')}`);
  }
  const tally = keys.map((_, k) => seen.filter((outcome) => outcome === k).length);
  const logE = logMixtureRatio(tally, probabilities);
  if (logE >= -Math.log(alphaPerRun(laws))) {
    const counts = keys.map((key, k) => `(${key}): ${tally[k]}`).join(' ');
    return part('violated', seen.length, `counts ${counts}, ln E = ${logE.toFixed(1)}`);
  }
  const undecided = await firstUndecided(
    keys.map((name, k) => ({
      name,
      probability: probabilities[k]!,
      shares: Float64Array.from(seen, (outcome) => Number(outcome === k)),
    })),
  );
  return undecided === undefined
    ? part('holds-within-rho', seen.length, `every outcome of two draws within ${rho} of its probability`)
    : part('inconclusive', seen.length, undecided);
}

async function judgeRare(implementation: Implementation, budget: Budget): Promise<Part> {
  const { dtype } = implementation.description;
  const rareLaw = rareLawIn(dtype);
  const { calls, perCall, bits } = rareDraws[budget.depth];
  const part = partOf(`${rareComponents} components of ${dtype === 'f64' ? '1/700' : '5/4096'}`);
  const seen: (readonly number[])[] = [];
  let impossible: string | undefined;
  await drawCounts(implementation, { probabilities: rareLaw, perCall, calls, claim: id, version }, budget, (counts) => {
    const possible =
      counts.length === rareLaw.length &&
      counts.every((count) => Number.isInteger(count) && count >= 0) &&
      counts.reduce((sum, count) => sum + count, 0) === perCall;
    if (possible) seen.push(counts);
    else impossible = Array.from(counts).join();
    return possible;
  });
  const drawn = seen.length * perCall;
  if (impossible !== undefined) {
    return part('violated', drawn + perCall, `returned counts [${impossible}] for ${plural(perCall, 'draw')}`);
  }
  const tally = rareLaw.map((_, k) => seen.reduce((sum, counts) => sum + counts[k]!, 0));
  const logE = logMixtureRatio(tally, rareLaw);
  const power = `a table in steps of 2^-${bits} is missed with probability ${undetectedTable(budget.depth, dtype).toExponential(0)} at most`;
  if (logE >= -Math.log(alphaPerRun(laws))) {
    return part('violated', drawn, `counts ${tally.join(' ')}, ln E = ${logE.toFixed(1)}`);
  }
  const undecided = await firstUndecided(
    rareLaw.map((probability, k) => ({
      name: String(k),
      probability,
      shares: Float64Array.from(seen, (counts) => counts[k]! / perCall),
    })),
  );
  return undecided === undefined ? part('holds-within-rho', drawn, power) : part('inconclusive', drawn, undecided);
}

const partOf =
  (name: string) =>
  (verdict: Part['verdict'], cases: number, reason: string): Part => ({ name, verdict, cases, worstRatio: 0, reason });

/**
 * k_b ~ θ i.i.d. in Algorithms 1 and 2: judged by the joint law of the counts of two draws, and by the counts of rare components in many,
 * from independent seeds.
 */
export const claim: Claim = {
  id,
  version,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement: 'the components of a mini-batch are drawn independently with probabilities θ',
  method: `test martingale of a Dirichlet mixture against the multinomial law of two draws, and of many with 16 components of 1/700, which a table of 8 bits (9 at depth deep) cannot give; holds when every outcome is within ${rho} of its probability`,
  requires: { methods: ['sample'] },
  async check(implementation, budget): Promise<Finding> {
    const parts: Part[] = [];
    for (const law of pairLaws) parts.push(await judgePairs(implementation, law, budget));
    parts.push(await judgeRare(implementation, budget));
    const order = ['violated', 'inconclusive', 'holds-within-rho'] as const;
    const verdict = order.find((candidate) => parts.some((entry) => entry.verdict === candidate))!;
    const decisive = parts.find((entry) => entry.verdict === verdict)!;
    const reason = `${decisive.name}: ${decisive.reason}`;
    const cases = parts.reduce((sum, entry) => sum + entry.cases, 0);
    const found = { part: decisive.name, ratio: Number.POSITIVE_INFINITY, input: null };
    const cell: Cell = {
      subject: 'sample',
      cases,
      worst: 0,
      ...(verdict === 'violated' && {
        failing: [{ kind: 'wrong', of: [], text: `sample of ${reason}`, case: found } satisfies FailingCase],
      }),
      ...(verdict === 'inconclusive' && { thin: reason }),
    };
    return {
      verdict,
      reason,
      cases,
      parts,
      cells: [cell],
      statistical: spendSlots(1),
    };
  },
};
