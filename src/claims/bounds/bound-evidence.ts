import { spendSlots } from '../../statistics/budget.js';
import type { Budget } from '../claim.js';
import type { BoundRow, Evidence, Verdict } from '../evidence.js';

/** Evidence whose verdict is the worst of its rows. */
export function evidenceOfRows(rows: readonly BoundRow[], claim: string, budget: Budget, started: number): Evidence {
  return boundEvidence(rows, verdictOf(rows), describe(rows), claim, budget, started);
}

function verdictOf(rows: readonly BoundRow[]): Verdict {
  const order: readonly Verdict[] = [
    'violated',
    'inconclusive',
    'silent',
    'holds-within-rho',
    'holds',
    'proved-exactly',
  ];
  return order.find((verdict) => rows.some((row) => row.verdict === verdict)) ?? 'not-applicable';
}

function describe(rows: readonly BoundRow[]): string {
  if (rows.length === 0) return 'no instance is made of functions that the implementation knows';
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const trivial = rows.filter((row) => row.trivial).length;
  const tally = [...new Set(rows.map((row) => row.verdict))].map((verdict) => `${count(verdict)} ${verdict}`);
  return `${rows.length} rows: ${tally.join(', ')}; ${trivial} decided by the cap alone`;
}

/** Evidence of rows under a verdict of the caller's own. */
export function boundEvidence(
  rows: readonly BoundRow[],
  verdict: Verdict,
  reason: string,
  claim: string,
  budget: Budget,
  started: number,
): Evidence {
  const slots = rows.filter((row) => row.engine === 'monte-carlo').length;
  return {
    verdict,
    reason,
    cases: rows.reduce((sum, row) => sum + row.replicates, 0),
    rows,
    statistical: spendSlots(slots),
    seed: budget.seed,
    seconds: (performance.now() - started) / 1000,
    reproduce: budget.reproduce(claim),
  };
}
