import type { Budget, Claim, Depth } from '../claim.js';
import { type ClaimOf, claimOf } from '../claim-mutant.js';
import type { BoundRow, Finding } from '../evidence.js';
import { exactEngines } from '../left-side/exact-engines.js';
import type { BoundInstance } from '../theorems/bound-instance.js';
import { prepareBound } from '../theorems/prepare-bound.js';
import type { Theorem } from '../theorems/theorem.js';

/** One family of instances along which a bound comes close to being attained. */
export interface TightSeries {
  readonly name: string;
  readonly theorem: Theorem;
  readonly engine: keyof typeof exactEngines;
  /** The instance for T iterations. */
  instance(iterations: number): Omit<BoundInstance, 'name'>;
  readonly iterations: Readonly<Record<Depth, readonly number[]>>;
  /** Ratios left/bound that are reached: T ↦ at least. */
  readonly atLeast: Readonly<Record<number, number>>;
  /** A closed form of left/bound, compared within rounding. */
  readonly closedForm?: (iterations: number) => number;
  /** False for a family that does not approach 1 monotonically. Default true. */
  readonly increasing?: boolean;
}

export interface TightnessClaim extends Omit<Claim, 'check' | 'requires'> {
  readonly series: readonly TightSeries[];
}

/** Relative error allowed between a ratio of doubles and its closed form. */
const rounding = 2 ** -40;

/**
 * Wraps families of instances into a claim that a bound cannot be improved: on every row the exact left side is at most the bound, left/bound reaches the stated
 * ratios and increases with T, and equals its closed form where there is one.
 */
export function tightnessClaim(data: TightnessClaim): ClaimOf<TightnessClaim> {
  return claimOf(data, makeTightnessClaim);
}

function makeTightnessClaim(claim: TightnessClaim): Claim {
  const { series, ...rest } = claim;
  return {
    ...rest,
    requires: { referenceOnly: true },
    async check(_implementation, budget): Promise<Finding> {
      const rows: BoundRow[] = [];
      const failures: string[] = [];
      for (const family of series) {
        const own: BoundRow[] = [];
        for (const T of family.iterations[budget.depth]) {
          budget.signal?.throwIfAborted();
          await new Promise((resolve) => setImmediate(resolve));
          own.push(exactRow(family, T, claim.id, budget));
        }
        failures.push(...failuresOf(family, own));
        rows.push(...own);
      }
      const violated = rows.some(({ verdict }) => verdict === 'violated');
      const last = series.map(({ name }) => {
        const row = rows.filter(({ instance }) => instance === name).at(-1)!;
        return `${name}: ${(row.left / row.bound).toFixed(4)} at T = ${row.iterations}`;
      });
      return {
        verdict: violated || failures.length > 0 ? 'violated' : 'holds',
        reason: failures.length > 0 ? failures.join('; ') : `left/bound ${last.join('; ')}`,
        cases: rows.length,
        rows,
        measured: Object.fromEntries(
          rows.map((row) => [`${row.instance}, T = ${row.iterations}`, row.left / row.bound]),
        ),
      };
    },
  };
}

/** The exact left side of one instance against the theorem's bound. */
export function exactRow(
  { name, theorem, engine, instance }: Pick<TightSeries, 'name' | 'theorem' | 'engine' | 'instance'>,
  iterations: number,
  claim: string,
  budget: Budget,
): BoundRow {
  const example: BoundInstance = { name, ...instance(iterations) };
  const prepared = prepareBound(theorem, example, iterations);
  if ('silent' in prepared) throw new Error(`${theorem.id} is silent on ${name}: ${prepared.silent}`);
  const { schedule, lowerBound, upperBound, sharpBound, constants } = prepared;
  const signOfZero = example.signOfZero ?? 'zero';
  const left = exactEngines[engine]({ theorem, instance: example, iterations, schedule, signOfZero });
  if ('inapplicable' in left) throw new Error(`${engine} on ${name} at T = ${iterations}: ${left.inapplicable}`);
  const [lower, upper] = left.interval;
  const verdict = upper <= lowerBound * (1 + rounding) ? 'holds' : lower > upperBound ? 'violated' : 'inconclusive';
  return {
    ...{ instance: name, iterations, ...schedule, engine: left.engine, verdict },
    left: (lower + upper) / 2,
    leftInterval: left.interval,
    bound: upperBound,
    ...(sharpBound === undefined ? {} : { sharpBound }),
    reason: `left side in [${lower.toPrecision(12)}, ${upper.toPrecision(12)}]`,
    trivial: false,
    replicates: 1,
    constants: {
      gapLower: constants.gap.lower,
      gapUpper: constants.gap.upper,
      ...(constants.lipschitz === undefined ? {} : { L: constants.lipschitz }),
      ...(constants.sigma === undefined ? {} : { sigma: constants.sigma }),
    },
    seed: budget.seed,
    reproduce: budget.reproduce(claim),
  };
}

function failuresOf(
  { name, atLeast, closedForm, increasing = true }: TightSeries,
  rows: readonly BoundRow[],
): string[] {
  const failures: string[] = [];
  rows.forEach(({ iterations, left, bound, verdict }, index) => {
    const ratio = left / bound;
    const where = `${name} at T = ${iterations}`;
    if (verdict !== 'holds') failures.push(`${where}: left side ${left} against ${bound}`);
    const wanted = atLeast[iterations];
    if (wanted !== undefined && !(ratio >= wanted)) failures.push(`${where}: left/bound ${ratio} < ${wanted}`);
    const expected = closedForm?.(iterations);
    if (expected !== undefined && !(Math.abs(ratio / expected - 1) <= 4 * rounding)) {
      failures.push(`${where}: left/bound ${ratio}, closed form ${expected}`);
    }
    const before = rows[index - 1];
    if (increasing && before !== undefined && !(ratio > before.left / before.bound)) {
      failures.push(`${where}: left/bound does not increase`);
    }
  });
  return failures;
}
