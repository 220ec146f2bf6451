import type { CaseRecord } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import { boundRatio } from '../record/bound-ratio.js';
import type { Outcome } from '../record/outcome.js';
import type { ClaimRecord } from '../record/run-record.js';
import { inputText } from './case-input.js';
import { formatNumber } from './format-number.js';

/**
 * The shortest honest summary of how much was judged and how close it came: `4096 cases, max 0.83`, where `word` stands before the
 * largest ratio of measured to allowed.
 */
export function evidenceFigures(evidence: ClaimRecord['evidence'], word = 'max'): string {
  if (evidence.verdict === 'not-applicable') return '';
  if (evidence.rows !== undefined && evidence.rows.length > 0) {
    const violated = evidence.rows.filter((row) => row.verdict === 'violated').length;
    if (violated > 0) return `${plural(evidence.rows.length, 'row')}, ${violated} violated`;
    const worst = Math.max(...evidence.rows.map(boundRatio));
    return `${plural(evidence.rows.length, 'row')}, ${word} ${formatNumber(worst)}`;
  }
  const cases = plural(evidence.cases, 'case');
  // What is proved exactly has no tolerance of which a ratio could be taken.
  if (evidence.worst === undefined || evidence.verdict === 'proved-exactly') return cases;
  return `${cases}, ${word} ${formatNumber(evidence.worst.ratio)}`;
}

const failureLabels: readonly Outcome[] = [
  'error',
  'timeout',
  'crash',
  'protocol',
  'suite-error',
  'extreme',
  'follows',
];

/** What the verdict column says: the verdict, unless the implementation failed or the verdict surprises. */
export function verdictLabel(claim: Pick<ClaimRecord, 'outcome' | 'evidence'>): string {
  const { outcome, evidence } = claim;
  const { verdict } = evidence;
  if (outcome === 'n/a') return 'n/a';
  if (failureLabels.includes(outcome)) return outcome;
  if (outcome === 'xfail') return `xfail: ${evidence.failure?.kind ?? verdict}`;
  if (outcome === 'xpass') return `xpass: ${verdict}`;
  if (surprises(claim)) return `not expected: ${verdict}`;
  return verdict;
}

/** A verdict that is no failure by itself but not the one on the ledger, such as `holds` where a counterexample is on file. */
function surprises({ outcome, evidence: { verdict } }: Pick<ClaimRecord, 'outcome' | 'evidence'>): boolean {
  return outcome === 'fail' && verdict !== 'violated' && verdict !== 'inconclusive';
}

type Declared = Pick<ClaimRecord, 'knownFailure' | 'knownCells'>;

/** Why a failure was declared in advance. */
export function knownReason({ knownFailure, knownCells = {} }: Declared): string {
  const reasons = [knownFailure, ...Object.values(knownCells)].flatMap((known) => known?.reason ?? []);
  return [...new Set(reasons)].join('; ') || 'no reason given';
}

/** The line that explains the verdict. */
export function verdictReason(claim: Pick<ClaimRecord, 'evidence' | 'outcome' | 'expected'> & Declared): string {
  const { evidence, outcome } = claim;
  const reason = evidence.failure === undefined ? evidence.reason : evidence.failure.message;
  if (outcome === 'xfail') return `known failure (${knownReason(claim)}): ${reason}`;
  if (outcome === 'xpass') return `${mendedText(claim)}: ${reason}`;
  if (surprises(claim)) return `${reason} (expected ${claim.expected.join(' or ')})`;
  return reason;
}

/** What was declared in advance to fail and does not. */
function mendedText(claim: Declared): string {
  const held = Object.entries(claim.knownCells ?? {}).filter(([, { holds }]) => holds);
  if (held.length === 0) return `declared a known failure (${knownReason(claim)}), but passed`;
  const names = held.map(([subject, { reason }]) => `${subject} (${reason})`);
  return `declared ${plural(held.length, 'known failure')}, but passed: ${names.join(', ')}`;
}

/** The cases that evidence keeps, with what each is: the one without an answer, the smallest failing one, the worst one. */
export function keptCases({ unanswered, minimal, worst }: ClaimRecord['evidence']): (readonly [string, CaseRecord])[] {
  return Object.entries({ unanswered, minimal, worst }).flatMap(([name, kept]) =>
    kept === undefined ? [] : [[`${name} case`, kept] as const],
  );
}

/** A kept case for people: its input and what is wrong about the answer. */
export function caseText(record: Pick<CaseRecord, 'explanation' | 'input'>): string {
  const input = inputText(record.input);
  return record.explanation === undefined ? input : `${input}: ${record.explanation}`;
}
