import type { Claim, RowFinding } from '../../src/library/claims.js';
import { claimMaker, rowClaim, withoutRoom } from '../../src/library/testing.js';
import type { BoundInstance, ExactEngineName, IterationsByDepth, Theorem } from '../../src/library/theorems.js';

/** One family of instances along which a bound is nearly attained. */
export interface TightSeries {
  readonly name: string;
  readonly theorem: Theorem;
  readonly engine: ExactEngineName;
  /** The instance for T iterations. */
  instance(iterations: number): Omit<BoundInstance, 'name'>;
  readonly iterations: IterationsByDepth;
  /** T ↦ the ratio left/bound that must be reached. */
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
 * Wraps families of instances into a claim that a bound cannot be improved: on every row the exact left side is at most the bound, left/bound reaches
 * the stated ratios and increases with T, and equals its closed form if there is one.
 */
export const tightnessClaim = claimMaker(({ series, ...claim }: TightnessClaim): Claim => {
  return rowClaim(
    { ...claim, requires: { referenceOnly: true } },
    {
      plan: ({ depth }) =>
        series.flatMap((family) =>
          family.iterations[depth].map((iterations) => ({
            ...{ theorem: family.theorem, engine: family.engine, iterations, comparison: withoutRoom },
            instance: { ...family.instance(iterations), name: family.name },
          })),
        ),
      conclude(rows, { depth }) {
        const failures: string[] = [];
        let first = 0;
        for (const family of series) {
          const next = first + family.iterations[depth].length;
          failures.push(...failuresOf(family, rows.slice(first, next)));
          first = next;
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
    },
  );
});

function failuresOf(
  { name, atLeast, closedForm, increasing = true }: TightSeries,
  rows: readonly RowFinding[],
): string[] {
  const failures: string[] = [];
  rows.forEach(({ iterations, left, bound, verdict, reason }, index) => {
    const ratio = left / bound;
    const where = `${name} at T = ${iterations}`;
    if (verdict !== 'holds') failures.push(`${where}: left side ${left} against ${bound}, ${reason}`);
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
