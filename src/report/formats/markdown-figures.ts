import type { KillMatrix } from '../../claims/evidence.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { formatNumber } from '../wording/format-number.js';
import { caughtOf, cellSigns, matrixCell, matrixLegend } from '../wording/matrix-cells.js';
import { fitRate } from '../wording/rate-fit.js';
import { byInstance, rowFields } from '../wording/row-fields.js';
import { escapeMarkdown, markdownCellCode } from '../wording/sanitize.js';
import { iterationsOf, type SlackLine } from '../wording/slack.js';
import type { Section } from './bounded-markdown.js';
import { table } from './markdown-table.js';

const folded = { folded: true } as const;

/** Rows and figures of all claims. */
export function figureSections(record: RunRecord): Section[] {
  const withRows = record.claims.filter((claim) => claim.evidence.rows !== undefined);
  const withFigures = record.claims.filter(
    ({ evidence }) => evidence.parts !== undefined || evidence.measured !== undefined,
  );
  return [
    ...withRows.map((claim) => ({ ...folded, title: `Rows of ${escapeMarkdown(claim.id)}`, body: boundTables(claim) })),
    ...withFigures.map((claim) => ({
      ...folded,
      title: `Figures of ${escapeMarkdown(claim.id)}`,
      body: figures(claim),
    })),
  ];
}

function boundTables(claim: ClaimRecord): string {
  const headings = rowFields.map((field) => field.heading);
  return [...byInstance(claim.evidence.rows ?? [])]
    .map(([instance, rows]) => {
      const fit = fitRate(rows);
      const slope = fit === undefined ? '' : ` (fitted exponent ${formatNumber(fit.slope)}, reference −1/2)`;
      const cells = rows.map((row) =>
        rowFields.map((field) =>
          field.code === true ? markdownCellCode(field.text(row)) : escapeMarkdown(field.text(row)),
        ),
      );
      return `**${escapeMarkdown(instance)}**${slope}\n\n${table(headings, cells)}`;
    })
    .join('\n\n');
}

/** The largest left side over bound of every claim, by T. */
export function slackTable(lines: readonly SlackLine[]): string {
  const iterations = iterationsOf(lines);
  const cells = lines.map(({ claim, largest }) => [
    markdownCellCode(claim.id),
    ...iterations.map((T) => (largest.has(T) ? formatNumber(largest.get(T)!) : '')),
  ]);
  return table(['largest left / b', ...iterations.map((T) => `T = ${T}`)], cells);
}

function figures(claim: ClaimRecord): string {
  const { matrix, parts, measured } = claim.evidence;
  const blocks: string[] = [];
  if (matrix !== undefined) blocks.push(...matrixTables(matrix));
  if (parts !== undefined) {
    const rows = parts.map((part) => [
      escapeMarkdown(part.name),
      part.verdict,
      formatNumber(part.cases),
      formatNumber(part.worstRatio),
      escapeMarkdown(part.reason ?? ''),
    ]);
    blocks.push(table(['part', 'verdict', 'cases', 'worst ratio', 'reason'], rows));
  }
  if (measured !== undefined) {
    const rows = Object.entries(measured).map(([name, value]) => [
      escapeMarkdown(name),
      typeof value === 'number' ? formatNumber(value) : escapeMarkdown(value),
    ]);
    blocks.push(table(['measured', 'value'], rows));
  }
  return blocks.join('\n\n');
}

/** Mutants down, claims across by number, and what the numbers and signs mean. */
function matrixTables(matrix: KillMatrix): string[] {
  const numbers = matrix.claims.map((_, k) => `${k + 1}`);
  return [
    table(
      ['claim', 'column', 'mutants caught'],
      matrix.claims.map((claim, k) => [markdownCellCode(claim), numbers[k]!, caughtOf(matrix, claim)]),
    ),
    `${escapeMarkdown(matrixLegend)}.`,
    table(
      ['mutant', ...numbers],
      matrix.mutants.map((mutant) => [
        escapeMarkdown(mutant.name),
        ...matrix.claims.map((claim) => cellSigns[matrixCell(mutant, claim)]),
      ]),
    ),
  ];
}
