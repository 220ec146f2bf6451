import { boundRatio } from '../record/bound-ratio.js';
import { successVerdicts } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';

/** How near a claim's left sides come to their bound, for each T. */
export interface SlackLine {
  readonly claim: ClaimRecord;
  /** T ↦ the largest left/bound over the instances, in the order of T. */
  readonly largest: ReadonlyMap<number, number>;
}

/** Slack of the claims that hold on every row: planted errors and counterexamples exceed their bounds on purpose. */
export function slackLines(record: RunRecord): readonly SlackLine[] {
  return record.claims.flatMap((claim) => {
    const { verdict, rows = [] } = claim.evidence;
    const holds = [verdict, ...rows.map((row) => row.verdict)].every((one) => successVerdicts.includes(one));
    return holds && rows.length > 0 ? [{ claim, largest: largestByIterations(rows) }] : [];
  });
}

/** All T of some lines, from the smallest. */
export function iterationsOf(lines: readonly SlackLine[]): readonly number[] {
  return [...new Set(lines.flatMap(({ largest }) => [...largest.keys()]))].sort((a, b) => a - b);
}

/** Lines about the same statement, in the order in which the statements appear. */
export function byStatement(lines: readonly SlackLine[]): ReadonlyMap<string, readonly SlackLine[]> {
  const groups = new Map<string, SlackLine[]>();
  for (const line of lines) {
    const statement = line.claim.source.equation ?? line.claim.source.section;
    groups.set(statement, [...(groups.get(statement) ?? []), line]);
  }
  return groups;
}

function largestByIterations(rows: NonNullable<ClaimRecord['evidence']['rows']>): Map<number, number> {
  const largest = new Map<number, number>();
  for (const row of rows) {
    const ratio = boundRatio(row);
    if (Number.isFinite(ratio)) largest.set(row.iterations, Math.max(ratio, largest.get(row.iterations) ?? 0));
  }
  return new Map([...largest].sort(([a], [b]) => a - b));
}
