import type { ClaimRecord, RunRecord } from '../../src/library/guard.js';
import { chartColours } from '../../src/report/charts/chart-colours.js';
import { lineMark, shapePath } from '../../src/report/charts/marks.js';
import { chartFont, textMark } from '../../src/report/charts/plot.js';
import { ratioMarks, ratioPanel, refutationPanels } from '../../src/report/charts/ratio-panel.js';
import { boundRatio } from '../../src/report/record/outcome.js';
import { byInstance, refutations } from '../../src/report/view/bounds.js';
import { wrap } from '../../src/report/wording/terminal-text.js';
import type { PaperFinding } from './paper-findings.js';
import { sizeChart, sizeChartFile } from './size-chart.js';

/** Left/bound over T: a line for each instance, by their names in its order. */
export interface ClaimChart {
  readonly names: readonly string[];
  readonly svg: string;
}

/** Left/bound of the rows of a claim over their T; undefined without rows. */
export function claimChart(claim: ClaimRecord): ClaimChart | undefined {
  const [refuted] = refutationPanels(refutations({ claims: [claim] }), false);
  if (refuted !== undefined) return { names: [...refuted.instances.keys()], svg: refuted.svg };
  const rows = claim.evidence.rows ?? [];
  const groups = byInstance(rows);
  const iterations = [...new Set(rows.map((row) => row.iterations))].sort((a, b) => a - b);
  if (iterations.length === 0) return undefined;
  const lines = Array.from(groups.values(), (own) => own.map((row) => [row.iterations, boundRatio(row)] as const));
  return {
    names: [...groups.keys()],
    svg: ratioPanel({ title: [], subtitle: 'left / bound by T', lines, joined: true, iterations }),
  };
}

/** Whether a chart of a claim can be read: it has ratios, more than one T, and a mark for each line. */
function isReadable({ evidence: { rows = [] } }: ClaimRecord): boolean {
  const instances = byInstance(rows).size;
  if (!rows.every((row) => Number.isFinite(boundRatio(row)))) return false;
  return instances > 0 && instances <= ratioMarks.length && new Set(rows.map((row) => row.iterations)).size > 1;
}

/** The picture of a finding, with the claim whose rows or figures it shows. */
export interface FindingChart {
  readonly claim: string;
  /** An SVG file on white, with its key. */
  readonly svg: string;
}

/**
 * The picture of a finding as a file: that of its card in the report, or of the first of its claims whose rows can be drawn. Undefined for a
 * finding that is about something else than left/bound.
 */
export function findingChart(
  finding: Pick<PaperFinding, 'picture' | 'claims'>,
  { claims }: RunRecord,
): FindingChart | undefined {
  const own = finding.claims.flatMap((id) => claims.find((one) => one.id === id) ?? []);
  const claim = own.find(({ id }) => id === finding.picture) ?? own.find(isReadable);
  if (claim === undefined) return undefined;
  if (sizeChart(claim) !== undefined) return { claim: claim.id, svg: sizeChartFile(claim)! };
  const chart = claimChart(claim);
  return chart && { claim: claim.id, svg: withKey(claim.id, chart) };
}

const width = 440;
const margin = 12;
const sample = 34;
const letters = 12;
const lineHeight = 17;
/** In columns of a terminal: letters of the key are at most 0.64 of their size wide. */
const keyWidth = Math.floor((width - sample - 3 * margin) / (0.6 * letters));

/** A chart on white below the name of its claim, and below it the name of each line beside its mark. */
function withKey(title: string, { names, svg }: ClaimChart): string {
  const [, wide, high] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  const left = Math.floor((width - wide!) / 2);
  const top = margin + lineHeight;
  let y = top + high! + lineHeight;
  const key = names.map((name, i) => {
    const { colour, shape } = ratioMarks[i % ratioMarks.length]!;
    const middle = y - 4;
    const text = wrap(name, keyWidth).map((line, k) => textMark(line, margin + sample + margin, y + k * lineHeight));
    y += text.length * lineHeight;
    return [
      lineMark(
        [
          [margin, middle],
          [margin + sample, middle],
        ],
        { colour, width: 1.5 },
      ),
      `<path transform="translate(${margin + sample / 2},${middle})" d="${shapePath(shape, 42)}" fill="${colour}"/>`,
      ...text,
    ].join('');
  });
  const height = y - lineHeight + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${chartFont}" font-size="${letters}" fill="${chartColours.text.light}">`,
    `<rect width="100%" height="100%" fill="${chartColours.background.light}"/>`,
    svg.replace('<svg xmlns="http://www.w3.org/2000/svg"', `<svg x="${left}" y="${top}"`),
    textMark(title, margin, margin + letters, letters, ' font-weight="bold"'),
    ...key,
    '</svg>',
  ].join('');
}
