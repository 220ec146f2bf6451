import type { Budget, Claim } from '../src/claims/claim.js';
import { eventLoopTurns } from '../src/claims/event-loop-turn.js';
import type { Evidence, Part } from '../src/claims/evidence.js';
import type { Implementation } from '../src/claims/implementation.js';
import { orderedWindow } from '../src/claims/ordered-window.js';
import { deriveSeed } from '../src/claims/seed.js';
import { alphaPerRun, spendSlots } from '../src/statistics/budget.js';
import { decideBound } from '../src/statistics/decision.js';
import { logMixtureRatio } from '../src/statistics/multinomial-test.js';

/** Laws θ that are sampled: uniform, skewed, with an impossible component. */
const laws: readonly (readonly number[])[] = [
  [0.5, 0.5],
  [0.75, 0.25],
  [0.5, 0.125, 0.375],
  [0.25, 0, 0.75],
];

/** Draws a call: small, so that sampling without replacement shows in the joint law of the counts. */
const drawsPerCall = 2;

/** Every probability of an outcome must be within ρ of its value for the claim to hold. */
const rho = 0.1;
const calls = { quick: 4000, standard: 6000, deep: 40_000 } as const;

/** All count vectors of `drawsPerCall` draws from K components with their multinomial probabilities. */
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

async function judgeLaw(
  implementation: Implementation,
  law: readonly number[],
  budget: Budget,
  id: string,
): Promise<Part> {
  const outcomes = outcomesOf(law);
  const keys = [...outcomes.keys()];
  const seen: number[] = [];
  let impossible: readonly number[] | undefined;
  const turn = eventLoopTurns();
  const window = orderedWindow(implementation.concurrency ?? 1);
  try {
    for (let call = 0; call < calls[budget.depth] && impossible === undefined; call++) {
      await turn();
      budget.signal?.throwIfAborted();
      const seed = deriveSeed(budget.seed, id, 1, `${law.join()}/${call}`) >>> 0;
      await window.add(implementation.sample(law, drawsPerCall, seed), (counts) => {
        const outcome = keys.indexOf(Array.from(counts).join());
        if (outcome < 0) impossible ??= counts;
        else if (impossible === undefined) seen.push(outcome);
      });
    }
    await window.drain();
  } finally {
    await window.abandon();
  }
  if (impossible !== undefined) {
    const counts = Array.from(impossible).join();
    return part(law, 'violated', seen.length + 1, `returned counts [${counts}] for ${drawsPerCall} draws`);
  }
  const probabilities = [...outcomes.values()];
  const tally = keys.map((_, k) => seen.filter((outcome) => outcome === k).length);
  const alpha = alphaPerRun(laws.length);
  const logE = logMixtureRatio(tally, probabilities);
  if (logE >= -Math.log(alpha)) {
    return part(
      law,
      'violated',
      seen.length,
      `counts ${keys.map((key, k) => `(${key}): ${tally[k]}`).join(' ')}, ln E = ${logE.toFixed(1)}`,
    );
  }
  const perSide = alphaPerRun(laws.length * 2 * keys.length);
  for (const [k, probability] of probabilities.entries()) {
    for (const complement of [false, true]) {
      const bound = (complement ? 1 - probability : probability) + rho;
      if (bound >= 1) continue;
      const decision = await decideBound(
        { bound, cap: 1, maximumReplicates: seen.length, alphaHolds: perSide, alphaViolated: perSide },
        async (from, to) =>
          Float64Array.from(seen.slice(from, to), (outcome) => Number((outcome === k) !== complement)),
      );
      if (decision.verdict !== 'holds')
        return part(law, 'inconclusive', seen.length, `outcome (${keys[k]}): ${decision.reason}`);
    }
  }
  return part(law, 'holds-within-rho', seen.length, `every outcome of two draws within ${rho} of its probability`);
}

function part(law: readonly number[], verdict: Part['verdict'], cases: number, reason: string): Part {
  return { name: `θ = (${law.join(', ')})`, verdict, cases, worstRatio: 0, reason };
}

/** k_b ~ θ i.i.d. in Algorithms 1 and 2: judged by the joint law of the counts of two draws, from independent seeds. */
export const claim: Claim = {
  id: 'sample-probabilities',
  version: 1,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement: 'the components of a mini-batch are drawn independently with probabilities θ',
  method: `test martingale of a Dirichlet mixture against the multinomial law of two draws; holds when every outcome is within ${rho} of its probability`,
  requires: { methods: ['sample'] },
  async check(implementation, budget): Promise<Evidence> {
    const started = performance.now();
    const parts: Part[] = [];
    for (const law of laws) parts.push(await judgeLaw(implementation, law, budget, 'sample-probabilities'));
    const order = ['violated', 'inconclusive', 'holds-within-rho'] as const;
    const verdict = order.find((candidate) => parts.some((entry) => entry.verdict === candidate))!;
    const decisive = parts.find((entry) => entry.verdict === verdict)!;
    return {
      verdict,
      reason: `${decisive.name}: ${decisive.reason}`,
      cases: parts.reduce((sum, entry) => sum + entry.cases, 0),
      parts,
      statistical: spendSlots(1),
      seed: budget.seed,
      seconds: (performance.now() - started) / 1000,
      reproduce: budget.reproduce('sample-probabilities'),
    };
  },
};
