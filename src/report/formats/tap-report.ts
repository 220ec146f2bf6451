import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { knownReason, verdictLabel, verdictReason } from '../wording/evidence-text.js';
import { incompleteText } from '../wording/incomplete-text.js';
import { printableLine } from '../wording/sanitize.js';

/** TAP version 14: one test point per claim, diagnostics as YAML (every scalar quoted as JSON, which YAML reads). */
export function tapReport(record: RunRecord): string {
  const count = record.claims.length;
  const incomplete = incompleteText(record);
  return [
    'TAP version 14',
    count === 0 ? '1..0 # SKIP nothing ran' : `1..${count}`,
    ...record.claims.flatMap((claim, index) => testPoint(claim, index + 1, record.timing?.claims[claim.id])),
    ...(incomplete === undefined
      ? []
      : [escapeTap(`Bail out! ${incomplete.checked}; for the rest: ${incomplete.resume}`)]),
    '',
  ].join('\n');
}

function testPoint(claim: ClaimRecord, number: number, seconds: number | undefined): string[] {
  const ok = ['pass', 'expected', 'n/a', 'extreme', 'follows'].includes(claim.outcome);
  const directive = directiveOf(claim);
  const { evidence } = claim;
  const diagnostics: Record<string, string | number> = {
    verdict: verdictLabel(claim),
    reason: printableLine(verdictReason(claim)),
    cases: evidence.cases,
    ...(seconds === undefined ? {} : { duration_ms: Math.round(seconds * 1000) }),
    ...(ok ? {} : { seed: printableLine(evidence.seed), reproduce: printableLine(evidence.reproduce) }),
  };
  return [
    `${ok ? 'ok' : 'not ok'} ${number} - ${escapeTap(claim.id)}${directive}`,
    '  ---',
    ...Object.entries(diagnostics).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
    '  ...',
  ];
}

function directiveOf(claim: ClaimRecord): string {
  if (claim.outcome === 'xfail') return ` # TODO ${escapeTap(knownReason(claim))}`;
  if (claim.outcome === 'n/a') return ` # SKIP not applicable: ${escapeTap(claim.evidence.reason)}`;
  if (claim.outcome === 'extreme' || claim.outcome === 'follows') {
    return ` # SKIP ${claim.outcome}: ${escapeTap(claim.evidence.reason)}`;
  }
  if (claim.outcome === 'expected' && claim.evidence.verdict === 'silent') {
    return ` # SKIP silent: ${escapeTap(claim.evidence.reason)}`;
  }
  return '';
}

function escapeTap(text: string): string {
  return printableLine(text).replace(/[\\#]/g, '\\$&');
}
