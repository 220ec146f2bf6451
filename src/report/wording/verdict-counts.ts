import { verdicts } from '../../claims/verdict.js';
import type { ClaimRecord } from '../record/run-record.js';
import { verdictLabel } from './evidence-text.js';

/** How many claims say each thing in their verdict column, in the order of the verdicts, and what is no verdict by itself last. */
export function verdictCounts(claims: readonly ClaimRecord[]): (readonly [label: string, count: number])[] {
  const labels = claims.map(verdictLabel);
  const order: readonly string[] = [...verdicts, ...labels];
  return [...new Set(labels)]
    .sort((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((label) => [label, labels.filter((own) => own === label).length]);
}
