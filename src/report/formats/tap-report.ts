import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { incompleteText, knownReason, verdictLabel, verdictReason } from '../view/claims.js';
import { printable, printableLine } from '../wording/sanitize.js';
import type { Arrangement } from './format-names.js';
import { subjectCases, type TestCase } from './test-cases.js';

/**
 * TAP version 14: one test point per claim, or per subject and claim about it; diagnostics as YAML (every scalar quoted as JSON, which YAML
 * reads).
 */
export function tapReport(record: RunRecord, by: Arrangement = 'claims'): string {
  const points =
    by === 'claims'
      ? record.claims.map((claim) => claimPoint(claim, record.timing?.claims[claim.id]))
      : subjectCases(record).map(casePoint);
  const incomplete = incompleteText(record);
  return [
    'TAP version 14',
    points.length === 0 ? '1..0 # SKIP nothing ran' : `1..${points.length}`,
    ...points.flatMap(pointLines),
    ...(incomplete === undefined
      ? []
      : [escapeTap(`Bail out! ${incomplete.checked}; for the rest: ${incomplete.resume}`)]),
    '',
  ].join('\n');
}

/** One test point, with its diagnostics. */
interface Point {
  readonly ok: boolean;
  readonly name: string;
  readonly directive?: string;
  readonly diagnostics?: Readonly<Record<string, string | number>>;
}

function pointLines({ ok, name, directive = '', diagnostics = {} }: Point, index: number): string[] {
  const yaml = Object.entries(diagnostics).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return [
    `${ok ? 'ok' : 'not ok'} ${index + 1} - ${escapeTap(name)}${directive}`,
    ...(yaml.length === 0 ? [] : ['  ---', ...yaml, '  ...']),
  ];
}

/** A subject and a claim about it, or a claim about no subject. */
function casePoint({ classname, name: claim, fate, seconds }: TestCase): Point {
  const name = `${classname}: ${claim}`;
  if (fate === undefined) return { ok: true, name };
  const { kind, type, message, details = [] } = fate;
  if (kind === 'skipped') return { ok: true, name, directive: ` # SKIP ${escapeTap(message)}` };
  if (kind === 'known') return { ok: false, name, directive: ` # TODO ${escapeTap(message)}` };
  return {
    ok: kind === 'note',
    name,
    diagnostics: {
      ...(type === undefined ? {} : { verdict: printableLine(type) }),
      message: printableLine(message),
      ...(details.length === 0 ? {} : { details: printable(details.join('\n')) }),
      ...durationOf(seconds),
    },
  };
}

const durationOf = (seconds: number | undefined): { duration_ms?: number } =>
  seconds === undefined ? {} : { duration_ms: Math.round(seconds * 1000) };

function claimPoint(claim: ClaimRecord, seconds: number | undefined): Point {
  const ok = ['pass', 'expected', 'n/a', 'extreme', 'follows'].includes(claim.outcome);
  const { evidence } = claim;
  return {
    ok,
    name: claim.id,
    directive: directiveOf(claim),
    diagnostics: {
      verdict: verdictLabel(claim),
      reason: printableLine(verdictReason(claim)),
      cases: evidence.cases,
      ...durationOf(seconds),
      ...(ok ? {} : { seed: printableLine(evidence.seed), reproduce: printableLine(evidence.reproduce) }),
    },
  };
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
