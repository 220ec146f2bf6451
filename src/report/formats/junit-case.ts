import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { caseText, keptCases, verdictReason } from '../wording/evidence-text.js';
import { formatNumber } from '../wording/format-number.js';
import { escapeMarkup, printableLine } from '../wording/sanitize.js';

/** Text of one line as the value of an attribute. */
export function attribute(text: string): string {
  return escapeMarkup(printableLine(text));
}

/** What became of a test case that did not simply pass. */
export type ElementKind = 'skipped' | 'failure' | 'error' | 'system-out';

/** The child of a test case that says what became of it. */
export interface VerdictElement {
  readonly kind: ElementKind;
  readonly xml: string;
}

/** One test case as the suite lists it. */
export interface TestCase {
  readonly classname: string;
  readonly name: string;
  /** Absent where it passed. */
  readonly element?: VerdictElement | undefined;
  readonly seconds?: number | undefined;
}

/** A claim as a test case of its section of the paper. */
export function claimCase(claim: ClaimRecord, record: RunRecord): TestCase {
  return {
    classname: `signprox.${claim.source.section}`,
    name: claim.id,
    element: verdictElement(claim),
    seconds: record.timing?.claims[claim.id],
  };
}

function verdictElement(claim: ClaimRecord): VerdictElement | undefined {
  const { verdict } = claim.evidence;
  const reason = printableLine(verdictReason(claim));
  switch (claim.outcome) {
    case 'pass':
      return undefined;
    case 'expected':
      return verdict === 'silent' ? skipped(`silent: ${reason}`) : note(`${verdict}, as expected: ${reason}`);
    case 'n/a':
    case 'xfail':
      return skipped(reason);
    case 'extreme':
    case 'follows':
      return skipped(`${claim.outcome}: ${reason}`);
    case 'fail':
    case 'xpass':
      return detailed('failure', verdict, reason, failureDetails(claim));
    default:
      return detailed('error', claim.outcome, reason, failureDetails(claim));
  }
}

/** A case that is neither passed nor failed, with the reason. */
export function skipped(message: string): VerdictElement {
  return { kind: 'skipped', xml: `<skipped message="${attribute(message)}"/>` };
}

/** What is said of a case that passed. */
export function note(text: string): VerdictElement {
  return { kind: 'system-out', xml: `<system-out>${escapeMarkup(text)}</system-out>` };
}

/** A failure, or an error of what did not answer, with lines of details, which are escaped here. */
export function detailed(kind: 'failure' | 'error', type: string, message: string, details: string): VerdictElement {
  const head = `<${kind} type="${attribute(type)}" message="${attribute(message)}">`;
  return { kind, xml: `${head}${escapeMarkup(details)}</${kind}>` };
}

/** Statement, cases and the command that reproduces a failure, one per line, unescaped. */
function failureDetails(claim: ClaimRecord): string {
  const { evidence } = claim;
  const lines = [`statement: ${claim.statement}`, `method: ${claim.method}`];
  for (const [name, kept] of keptCases(evidence)) {
    const ratio = kept === evidence.unanswered ? '' : ` (ratio ${formatNumber(kept.ratio)})`;
    lines.push(`${name}${ratio}: ${caseText(kept)}`);
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
