import type { ClaimRecord, RunRecord } from '../../src/library/guard.js';
import { boundRatio, type Chart, claimChart, type Words } from '../../src/library/report.js';
import type { PaperFinding } from './paper-findings.js';
import { sizeChart } from './size-chart.js';

/** The chart of a claim about the paper: its own, or left/bound of its rows. */
export function pictureOf(claim: ClaimRecord): Chart | undefined {
  const chart = sizeChart(claim) ?? claimChart(claim);
  return chart?.key === undefined ? chart : { ...chart, key: chart.key.map(withDenominator) };
}

/** Beside ratios to a sharpened bound those of the theorem itself have another denominator, which their name says. */
const withDenominator = (name: Words): Words =>
  typeof name === 'object' && 'math' in name
    ? { math: name.math.replace(/^(Theorem \d itself):/, '$1, over its own bound:') }
    : name;

/** Largest number of lines that have each their own mark. */
const mostLines = 8;

/** Whether a chart of a claim can be read: it has ratios, more than one T, and a mark for each line. */
function isReadable({ evidence: { rows = [] } }: ClaimRecord): boolean {
  const instances = new Set(rows.map((row) => row.instance)).size;
  if (!rows.every((row) => Number.isFinite(boundRatio(row)))) return false;
  return instances > 0 && instances <= mostLines && new Set(rows.map((row) => row.iterations)).size > 1;
}

/** The picture of a finding, with the claim whose rows or figures it shows. */
export interface FindingChart {
  readonly claim: string;
  readonly chart: Chart;
}

/**
 * The picture of a finding for a page of its own: that of its card in the report, or of the first of its claims whose rows can be drawn. Undefined for a
 * finding that is about something else than left/bound.
 */
export function findingChart(
  finding: Pick<PaperFinding, 'picture' | 'claims'>,
  { claims }: RunRecord,
): FindingChart | undefined {
  const own = finding.claims.flatMap((id) => claims.find((one) => one.id === id) ?? []);
  const claim = own.find(({ id }) => id === finding.picture) ?? own.find(isReadable);
  const chart = claim && pictureOf(claim);
  return claim && chart && { claim: claim.id, chart };
}
