import type { ClaimRecord } from '../record/run-record.js';
import { caseText } from '../wording/evidence-text.js';
import { formatNumber } from '../wording/format-number.js';

/** Statement, cases and the command that reproduces a failure, one a line, unescaped. */
export function failureDetails(claim: ClaimRecord): string {
  const { evidence } = claim;
  const lines = [`statement: ${claim.statement}`, `method: ${claim.method}`];
  if (evidence.unanswered !== undefined) lines.push(`unanswered case: ${caseText(evidence.unanswered)}`);
  if (evidence.minimal !== undefined) {
    lines.push(`minimal case (ratio ${formatNumber(evidence.minimal.ratio)}): ${caseText(evidence.minimal)}`);
  }
  if (evidence.worst !== undefined) {
    lines.push(`worst case (ratio ${formatNumber(evidence.worst.ratio)}): ${caseText(evidence.worst)}`);
  }
  for (const row of evidence.rows ?? []) {
    if (row.verdict !== 'violated' && row.verdict !== 'inconclusive') continue;
    lines.push(
      `row ${row.instance}, T = ${row.iterations}: ${row.verdict}, left ${formatNumber(row.left)}, ` +
        `bound ${formatNumber(row.bound)}: ${row.reason}`,
    );
  }
  lines.push(`seed: ${evidence.seed}`, `reproduce: ${evidence.reproduce}`);
  return lines.join('\n');
}
