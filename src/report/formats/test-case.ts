import type { Verdict } from '../../claims/verdict.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { caseText, keptCases, verdictReason } from '../wording/evidence-text.js';
import { formatNumber } from '../wording/format-number.js';

/** What became of a test case that did not simply pass: `known` failed as was declared, and a `note` passed. */
export interface Fate {
  readonly kind: 'skipped' | 'known' | 'note' | 'failure' | 'error';
  readonly message: string;
  /** What kind of failure it is. */
  readonly type?: string;
  /** Lines about a failure. */
  readonly details?: readonly string[];
}

/** One test case as the suite lists it. */
export interface TestCase {
  readonly classname: string;
  readonly name: string;
  /** Absent where it passed. */
  readonly fate?: Fate | undefined;
  readonly seconds?: number | undefined;
}

/** A claim as a test case of its section of the paper. */
export function claimCase(claim: ClaimRecord, record: RunRecord): TestCase {
  return {
    classname: `signprox.${claim.source.section}`,
    name: claim.id,
    fate: fateOf(claim),
    seconds: record.timing?.claims[claim.id],
  };
}

function fateOf(claim: ClaimRecord): Fate | undefined {
  const { verdict } = claim.evidence;
  const message = verdictReason(claim);
  switch (claim.outcome) {
    case 'pass':
      return undefined;
    case 'expected':
      return verdict === 'silent'
        ? { kind: 'skipped', message: `silent: ${message}` }
        : { kind: 'note', message: `${verdict}, as expected: ${message}` };
    case 'n/a':
      return { kind: 'skipped', message };
    case 'xfail':
      return { kind: 'known', message };
    case 'extreme':
    case 'follows':
      return { kind: 'skipped', message: `${claim.outcome}: ${message}` };
    case 'fail':
    case 'xpass':
      return { kind: 'failure', type: verdict, message, details: failureDetails(claim) };
    default:
      return { kind: 'error', type: claim.outcome, message, details: failureDetails(claim) };
  }
}

/** Verdicts of rows that are told where a claim fails. */
const told: readonly Verdict[] = ['violated', 'inconclusive', 'not-refuted'];

/** Statement, cases and the command that reproduces a failure, one per line, unescaped. */
function failureDetails(claim: ClaimRecord): string[] {
  const { evidence } = claim;
  const lines = [`statement: ${claim.statement}`, `method: ${claim.method}`];
  for (const [name, kept] of keptCases(evidence)) {
    const ratio = kept === evidence.unanswered ? '' : ` (ratio ${formatNumber(kept.ratio)})`;
    lines.push(`${name}${ratio}: ${caseText(kept)}`);
  }
  for (const row of evidence.rows ?? []) {
    if (!told.includes(row.verdict)) continue;
    lines.push(
      `row ${row.instance}, T = ${row.iterations}: ${row.verdict}, left ${formatNumber(row.left)}, ` +
        `bound ${formatNumber(row.bound)}: ${row.reason}`,
    );
  }
  lines.push(`seed: ${evidence.seed}`, `reproduce: ${evidence.reproduce}`);
  return lines;
}

/** The claims that an interrupted run has not checked, each as a skipped test case. */
export function uncheckedCases({ incomplete }: RunRecord): TestCase[] {
  const message = `incomplete: the run was interrupted; for the rest: ${incomplete?.resume}`;
  return (incomplete?.remaining ?? []).map((name) => ({
    classname: 'signprox.not checked',
    name,
    fate: { kind: 'skipped', message },
  }));
}
