import type { RunRecord } from '../record/run-record.js';
import { incompleteText } from '../view/claims.js';
import { printable, printableLine } from '../wording/sanitize.js';
import type { Arrangement } from './format-names.js';
import { casesOf, type TestCase } from './test-cases.js';

/**
 * TAP version 14: one test point per claim, or per subject and claim about it; diagnostics as YAML (every scalar quoted as JSON, which YAML
 * reads).
 */
export function tapReport(record: RunRecord, by: Arrangement = 'claims'): string {
  const points = casesOf(record, by);
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

const directives: Readonly<Partial<Record<TestCase['kind'], string>>> = { skipped: 'SKIP', known: 'TODO' };

/** One test point, with what is said of it in its directive or in its diagnostics. */
function pointLines({ kind, title, type, verdict = type, message, cases, seconds, details }: TestCase, index: number) {
  const ok = kind === 'passed' || kind === 'note' || kind === 'skipped';
  const directive = directives[kind];
  const diagnostics = Object.entries({
    verdict: verdict && printableLine(verdict),
    message: directive === undefined && message !== undefined ? printableLine(message) : undefined,
    cases,
    details: details && printable(details.join('\n')),
    duration_ms: seconds && Math.round(seconds * 1000),
  }).flatMap(([key, value]) => (value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`]));
  return [
    `${ok ? 'ok' : 'not ok'} ${index + 1} - ${escapeTap(title)}${directive ? ` # ${directive} ${escapeTap(message ?? '')}` : ''}`,
    ...(diagnostics.length === 0 ? [] : ['  ---', ...diagnostics, '  ...']),
  ];
}

function escapeTap(text: string): string {
  return printableLine(text).replace(/[\\#]/g, '\\$&');
}
