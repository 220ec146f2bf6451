import type { Finding, RowFinding } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import type { Verdict } from '../../claims/verdict.js';
import { spendSlots } from '../../statistics/budget.js';
import { vacuous } from '../theorem/prepare-bound.js';

/** Finding whose verdict is the worst of its rows. */
export function evidenceOfRows(rows: readonly RowFinding[]): Finding {
  return boundEvidence(rows, verdictOf(rows), describe(rows));
}

function verdictOf(rows: readonly RowFinding[]): Verdict {
  const order: readonly Verdict[] = [
    'violated',
    'inconclusive',
    'silent',
    'not-refuted',
    'holds-within-rho',
    'holds',
    'proved-exactly',
  ];
  const informative = rows.filter(({ reason }) => reason !== vacuous);
  const counted = informative.length > 0 ? informative : rows;
  return order.find((verdict) => counted.some((row) => row.verdict === verdict)) ?? 'not-applicable';
}

function describe(rows: readonly RowFinding[]): string {
  if (rows.length === 0) return 'no instance has only functions that the implementation offers';
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const trivial = rows.filter((row) => row.engine === 'cap').length;
  const tally = [...new Set(rows.map((row) => row.verdict))].map((verdict) => `${count(verdict)} ${verdict}`);
  return `${plural(rows.length, 'row')}: ${tally.join(', ')}; ${trivial} decided by the cap alone`;
}

/** Finding of rows with a verdict that the caller gives. */
export function boundEvidence(rows: readonly RowFinding[], verdict: Verdict, reason: string): Finding {
  const slots = rows.filter((row) => row.engine === 'monte-carlo').length;
  return {
    verdict,
    reason,
    // A left side that an engine encloses is one case, however many replicates its sampling would have taken.
    cases: rows.reduce((sum, row) => sum + (row.verdict === 'silent' ? 0 : Math.max(1, row.replicates)), 0),
    rows,
    statistical: spendSlots(slots),
  };
}
