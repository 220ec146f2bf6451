import { type Budget, type Claim, type Depth, tightestFound } from '../../../claims/claim.js';
import type { Finding, Part, RowFinding } from '../../../claims/evidence.js';
import { decodeExact } from '../../../claims/exact-encoding.js';
import { reference } from '../../../claims/implementation/reference.js';
import type { Verdict } from '../../../claims/verdict.js';
import { replicatesOf } from '../../left-side/monte-carlo.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import { leftTerm } from '../../theorem/left-term.js';
import { parsedOnce, prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { ownIteration } from '../../theorem/theorem-algorithm.js';
import { TheoremError } from '../../theorem/theorem-fields.js';
import type { TheoremControl, TheoremFile } from '../../theorem/theorem-file.js';
import { boundClaim, controlClaim, type IterationsByDepth } from '../bound-claim.js';
import { hardProblems, listedProblems } from '../tightness-search/hard-problems.js';
import { evaluate } from '../tightness-search/search.js';
import { fromOn, tightnessSearchClaim } from '../tightness-search/search-claim.js';
import { certifiedInstances, drawnInstances, type EvaluatedRow, judgeConstants, rates, whyNone } from './constants.js';
import { judgeDropped } from './dropped.js';

/** A theorem with its file, and how commands name it. */
export interface OwnTheorem extends TheoremFile {
  /** The word after `--theorem` in a command about it. */
  readonly word: string;
}

/** Number of instances to draw if the file has none, and of drawn problems on which a theorem without a hypothesis is tried. */
const drawn: Readonly<Record<Depth, { readonly instances: number; readonly dropped: number }>> = {
  quick: { instances: 4, dropped: 8 },
  standard: { instances: 6, dropped: 24 },
  deep: { instances: 24, dropped: 240 },
};

const iterationsOf = ({ from = 1 }: Theorem): IterationsByDepth => ({
  quick: fromOn([1, 4, 16], from),
  standard: fromOn([1, 4, 16, 64], from),
  deep: fromOn([1, 4, 16, 64, 256, 1024], from),
});

/** How the reason of a claim begins that an error in the theorem's file has ended. */
export const nothingSaid = 'nothing can be said: ';

/** T of the exact left sides on which constants are changed. */
const changedAt = [4, 16] as const;

/**
 * The checks of a theorem: its bound holds on its instances, or on drawn ones; its planted errors are found; how close the search comes to its bound;
 * which of its hypotheses are needed, and which of its constants matter. The last two are reported and cannot fail.
 *
 * @example
 * const theorem = {
 *   id: 'gradient-descent',
 *   statement: '(1/T) Σ ‖∇f̄(x^{t−1})‖² ≤ 2LΔ/T for gradient descent with γ = 1/L',
 *   objective: 'fixed',
 *   hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
 *   algorithm: 'gradient-descent',
 *   schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz, miniBatch: 1 }),
 *   term: 'squared-gradient',
 *   bound: (T, { lipschitz, gap }) => (2 * lipschitz * gap.upper) / T,
 * };
 * const own = { ...readTheoremFile({ theorem }), word: 'mine.mjs' };
 * const [bound] = theoremClaims(own);
 * const [{ evidence }] = await runClaims([bound], reference, createBudget());
 * assert.equal(evidence.verdict, 'holds');
 */
export function theoremClaims(own: OwnTheorem): Claim[] {
  const { theorem, controls } = own;
  const { id, source, hypotheses } = theorem;
  const common = {
    ...{ version: 1, source, hypotheses },
    requires: { referenceOnly: true },
    expected: ['illustrated'],
  } as const;
  const claims: Claim[] = [
    boundOf(own),
    ...(controls.length > 0 ? [controlsOf(own)] : []),
    tightnessOf(own),
    {
      ...{ ...common, id: `${id}-hypotheses` },
      statement: `without one of its hypotheses ${source.equation} is exceeded, or no counterexample is found`,
      method:
        'each hypothesis dropped in turn: its constant holds at x⁰ alone; exact left sides on hard and drawn problems that do not meet it',
      async check(_implementation, budget) {
        const problems = [
          ...instancesOf(own, budget),
          ...hardProblems,
          ...drawnInstances(budget.seed, `${id}-hypotheses`, drawn[budget.depth].dropped),
        ];
        const parts: Part[] = [];
        for (const hypothesis of theorem.hypotheses) {
          budget.progress?.(typeof hypothesis === 'string' ? hypothesis : hypothesis.id);
          budget.signal?.throwIfAborted();
          parts.push(judgeDropped(theorem, hypothesis, problems));
        }
        return toldOf(parts);
      },
    },
  ];
  // Of a theorem with probability 1 − δ a probability is known, and no left side to compare with another bound.
  if (theorem.delta === undefined)
    claims.push({
      ...{ ...common, id: `${id}-constants` },
      statement: `which constants the bound of ${source.equation} depends on, and how fast both sides fall with T`,
      method: 'L, σ and f(x⁰) − f* doubled and halved in the bound, on exact left sides; least squares on ln T',
      check: async (_implementation, budget) => constantsOf(theorem, instancesOf(own, budget)),
    });
  return claims.map((claim) => ({
    ...claim,
    async check(implementation, budget): Promise<Finding> {
      try {
        return await claim.check(implementation, budget);
      } catch (error) {
        if (!(error instanceof TheoremError)) throw error;
        return { verdict: 'inconclusive', reason: `${nothingSaid}${error.message}`, cases: 0 };
      }
    },
  }));
}

/** Claims about a theorem that a left side above its bound makes `violated`; the others report, or test the check. */
export const refutingClaims = (id: string): readonly string[] => [id, `${id}-tightness`];

/** A left side above the bound, as the claims about a theorem find it. */
export interface Refutation {
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly row: RowFinding;
}

/**
 * A left side above the bound that the claims about a theorem find, with the seed of commands that are given none; undefined if they find none.
 * Replicates are computed in this thread.
 *
 * @param iterations the T that matter, as far as those of the depth go; default: the depth's
 * @throws TheoremError of a function of the theorem
 */
export async function refutation(
  own: Pick<OwnTheorem, 'theorem' | 'instances'>,
  { depth, iterations, progress }: Pick<Budget, 'depth' | 'progress'> & { readonly iterations?: readonly number[] },
): Promise<Refutation | undefined> {
  const { theorem } = own;
  const { id } = theorem;
  const budget: Budget = {
    ...{ depth, seed: '1', executor: inThisThread(theorem), reproduce: () => '' },
    ...(progress && { progress }),
  };
  const whole = { ...own, controls: [], word: id };
  const instances = instancesOf(whole, budget);
  const upTo = (most: number) => iterations?.filter((T) => T <= most);
  const { rows = [] } = await boundOf({ ...whole, instances }, upTo(Math.max(...iterationsOf(theorem)[depth]))).check(
    reference,
    budget,
  );
  const row = rows.find(({ verdict }) => verdict === 'violated');
  if (row !== undefined)
    return { instance: instances.find(({ name }) => name === row.instance)!, iterations: row.iterations, row };
  const found = await tightnessOf(whole, upTo(64), upTo(1024)).check(reference, budget);
  if (found.verdict !== 'violated') return undefined;
  // The largest ratio: if any exceeds the bound, this does.
  const { iterations: T, ...instance } = decodeExact(found.worst!.input) as Omit<BoundInstance, 'name'> & {
    readonly iterations: number;
  };
  return {
    instance: { name: tightestFound, ...instance },
    iterations: T,
    row: found.rows!.find(({ verdict, iterations: at }) => verdict === 'violated' && at === T)!,
  };
}

/** Replicates of a theorem one after the other. */
function inThisThread(theorem: Theorem): Budget['executor'] {
  const replicate = replicatesOf(async () => theorem);
  return {
    name: 'in-process',
    async run({ parameters }, from, to, take) {
      const values = new Float64Array(to - from);
      for (let k = 0; k < values.length; k++) {
        values[k] = await replicate(parameters, from + k);
        if (take?.(values.subarray(k, k + 1)) === false) return values.subarray(0, k + 1);
      }
      return values;
    },
    close: async () => undefined,
  };
}

/** Accepted verdicts of a user's own bound: without a cap, the last one is the best possible. */
const answered: readonly Verdict[] = ['proved-exactly', 'holds', 'holds-within-rho', 'not-refuted'];

/** The instances of the file, or drawn ones. */
function instancesOf({ theorem, instances }: OwnTheorem, { seed, depth }: Budget): readonly BoundInstance[] {
  return instances.length > 0
    ? instances
    : certifiedInstances(theorem, seed, drawn[depth].instances, iterationsOf(theorem)[depth]);
}

/**
 * Calls the functions of a theorem once for each instance and T of its bound, before anything is judged.
 *
 * @throws TheoremError of one line if one of its functions returns an invalid value, or if nothing can be judged
 */
export function requireNumbers(own: OwnTheorem, { seed, depth }: Pick<Budget, 'seed' | 'depth'>): void {
  const { theorem } = own;
  const instances = instancesOf(own, { seed, depth } as Budget);
  if (instances.length === 0) {
    throw new TheoremError(whyNone(theorem, seed, drawn[depth].instances, iterationsOf(theorem)[depth]));
  }
  for (const instance of instances) {
    for (const T of iterationsOf(theorem)[depth]) {
      try {
        tryOnce(theorem, instance, T);
      } catch (error) {
        if (!(error instanceof ScheduleError)) throw error;
        throw new TheoremError(`${instance.name}: ${error.message}`);
      }
    }
  }
}

/** Schedule, bound and summand at x⁰, and one iteration of the theorem's own algorithm. */
function tryOnce(theorem: Theorem, instance: BoundInstance, T: number): void {
  const prepared = prepareBound(theorem, instance, T, { why: false });
  if ('silent' in prepared) return;
  const { step, miniBatch, parameters = {} } = prepared.schedule;
  const problem = parsedOnce(instance.problem).at(step);
  const x = Float64Array.from(instance.start);
  leftTerm(theorem, problem, x.length).at(x);
  const { algorithm } = theorem;
  if (typeof algorithm === 'string') return;
  const batch = new Int32Array(miniBatch).fill(
    problem.problem.probabilities.findIndex((probability) => probability > 0),
  );
  const state = algorithm.start?.(x.slice());
  ownIteration(algorithm, { problem, step, x: x.slice(), state, batch, parameters, random: () => 0.5 });
}

/** @param at the T, instead of those of the depth */
function boundOf(own: OwnTheorem, at?: readonly number[]): Claim {
  const { theorem } = own;
  const claim = {
    ...{
      id: theorem.id,
      version: 1,
      theorem,
      iterations: at === undefined ? iterationsOf(theorem) : { quick: at, standard: at, deep: at },
      exactFrom: 1,
      unchosen: { minimumReplicates: 64 },
    },
    method:
      theorem.delta === undefined
        ? 'the left side by an exact engine where one applies, else two e-processes per row on the mean of independent runs'
        : 'P(left side > b) against δ: by the law of the left side where an exact engine has it, else two e-processes per row on the share of independent runs above b',
  };
  return {
    ...boundClaim({ ...claim, instances: own.instances }),
    // A share of runs has a cap, 1: its rows are never without one.
    expected: theorem.delta === undefined ? answered : answered.filter((verdict) => verdict !== 'not-refuted'),
    check(implementation, budget) {
      return boundClaim({ ...claim, instances: instancesOf(own, budget) }).check(implementation, budget);
    },
  };
}

/**
 * @param iterations T at which families are searched, instead of those of the depth
 * @param listedAt the same for the listed problems
 */
function tightnessOf(
  { theorem, word }: OwnTheorem,
  iterations?: readonly number[],
  listedAt?: readonly number[],
): Claim {
  return tightnessSearchClaim({
    ...{ id: `${theorem.id}-tightness`, version: 1, theorem, word, listed: listedProblems },
    ...(iterations && { iterations }),
    ...(listedAt && { listedAt }),
  });
}

function controlsOf(own: OwnTheorem): Claim {
  const { theorem, controls } = own;
  const claim = {
    id: `${theorem.id}-controls`,
    version: 1,
    theorem,
    method: 'the theorem changed as each control says, on its instances: one of its rows must be violated',
  };
  return {
    ...controlClaim({ ...claim, planted: [] }),
    async check(implementation, budget): Promise<Finding> {
      const instances = instancesOf(own, budget);
      const parts: Part[] = [];
      for (const { name, ...change } of controls) {
        budget.progress?.(name);
        const planted = boundClaim({
          ...{
            ...claim,
            theorem: changedBy(change, theorem),
            instances,
            iterations: iterationsOf(theorem),
            exactFrom: 1,
          },
          unchosen: { minimumReplicates: 64 },
        });
        const { rows = [], cases } = await planted.check(implementation, budget);
        const found = rows.filter(({ verdict }) => verdict === 'violated');
        const ratio = rows.reduce((most, { left, bound }) => Math.max(most, left / bound || 0), 0);
        parts.push({
          ...{ name, cases, worstRatio: ratio, verdict: found.length > 0 ? 'holds' : 'violated' },
          reason:
            found.length > 0
              ? `violated in ${found.length} of ${rows.length} rows, first on ${found[0]!.instance} at T = ${found[0]!.iterations}`
              : `violated in none of ${rows.length} rows: the check cannot see it`,
        });
      }
      const missed = parts.filter(({ verdict }) => verdict !== 'holds').map(({ name }) => name);
      return {
        verdict: missed.length === 0 ? 'holds' : 'violated',
        reason:
          missed.length === 0
            ? `${parts.length} of ${parts.length} planted errors came out violated`
            : `not found: ${missed.join(', ')}`,
        cases: parts.reduce((sum, { cases }) => sum + cases, 0),
        parts,
      };
    },
  };
}

function constantsOf(theorem: Theorem, instances: readonly BoundInstance[]): Finding {
  const rows = instances.flatMap((instance) =>
    fromOn(changedAt, theorem.from).flatMap((T): EvaluatedRow[] => {
      const found = evaluate(theorem, instance, T);
      return found === undefined ? [] : [{ ...found, iterations: T }];
    }),
  );
  const fitted = rates(
    rows.map(({ instance, iterations: T, left, prepared }) => ({
      ...{ instance: instance.name, iterations: T, bound: prepared.upperBound },
      left: (left.interval[0] + left.interval[1]) / 2,
    })),
  );
  return {
    ...toldOf(rows.length === 0 ? [] : judgeConstants(theorem, rows)),
    ...(fitted && {
      measured: {
        'rate of the left side': fitted.left,
        'rate of the bound': fitted.bound,
        'rates on': fitted.instance,
      },
    }),
  };
}

function toldOf(parts: readonly Part[]): Finding {
  const cases = parts.reduce((sum, part) => sum + part.cases, 0);
  return {
    verdict: 'illustrated',
    reason: parts.map(({ name, reason }) => `${name}: ${reason}`).join('; ') || 'no exact left side',
    cases,
    parts,
  };
}

/** A theorem with its step, its bound or every σ in its bound multiplied, without its sharpened bound. A cap is for its own step only. */
function changedBy({ step = 1, bound = 1, sigma = 1 }: Omit<TheoremControl, 'name'>, theorem: Theorem): Theorem {
  const { cap, sharp: _, ...rest } = theorem;
  return {
    ...rest,
    ...(step === 1 && cap && { cap }),
    schedule(iterations, constants) {
      const own = theorem.schedule(iterations, constants);
      return { ...own, step: step * own.step };
    },
    bound: (iterations, constants, schedule) =>
      bound *
      theorem.bound(
        iterations,
        {
          ...constants,
          ...(constants.sigma !== undefined && { sigma: sigma * constants.sigma }),
          ...(constants.coordinateSigma && {
            coordinateSigma: constants.coordinateSigma.map((entry) => sigma * entry),
          }),
        },
        schedule,
      ),
  };
}
