import type { KillMatrix } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import { verdictLegend } from '../../claims/verdict.js';
import { exitMeanings } from '../record/outcome.js';
import { sourceText } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { byInstance, fitRate, iterationsOf, rowFields, type SlackLine, slackLines } from '../view/bounds.js';
import {
  budgetText,
  caseText,
  caughtOf,
  cellSigns,
  countsStrip,
  evidenceFigures,
  incompleteText,
  keptCases,
  matrixCell,
  matrixLegend,
  verdictCounts,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import { type PaperFinding, paperFindings } from '../view/findings/paper-findings.js';
import { notAsked } from '../view/subjects.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { escapeMarkdown, markdownCellCode, markdownCode } from '../wording/sanitize.js';
import { Bounded, clipped, clippedText, lengthOf, longestMarkdown, type Section, table } from './bounded-markdown.js';

/** The reader of the Markdown: any, or GitHub, which supports alerts, e.g. in `$GITHUB_STEP_SUMMARY`. */
export type MarkdownFlavour = 'plain' | 'github';

/**
 * The run as Markdown, never longer than a GitHub comment may be: outcome, failures, findings about the paper, and, folded, the ledger,
 * tightness, rows and figures as far as they fit. It names what is left out.
 */
export function markdownReport(given: RunRecord, flavour: MarkdownFlavour = 'plain'): string {
  const record = clipped(given);
  const slack = slackLines(record);
  const findings = paperFindings(record);
  const head = [
    `# ${escapeMarkdown(record.suite.name)}: ${escapeMarkdown(record.implementation.name)}`,
    ...outcomeLines(record, flavour),
    ...facts(record),
  ];
  const sections = new Bounded(longestMarkdown - lengthOf(head)).addFitting([
    ...troubledSections(record),
    ...(findings.length === 0
      ? []
      : [{ folded: true as const, title: 'What was found out about the paper', body: findingList(findings) }]),
    { folded: true as const, title: 'Ledger', body: ledgerOf(record) },
    ...closingSections(record),
    ...(slack.length === 0 ? [] : [{ folded: true as const, title: 'Tightness', body: slackTable(slack) }]),
    ...figureSections(record),
  ]);
  return `${[...head, ...sections].join('\n\n')}\n`;
}

function outcomeLines(record: RunRecord, flavour: MarkdownFlavour): string[] {
  const strip = countsStrip(record);
  const counts = `${plural(record.claims.length, 'claim')}: ${verdictCounts(record)}.`;
  return notice(record, flavour, exitMeanings[record.exitCode], [counts, ...(strip === undefined ? [] : [strip])]);
}

/** The outcome with some lines, and the open part of an interrupted run. */
export function notice(
  record: RunRecord,
  flavour: MarkdownFlavour,
  meaning: string,
  lines: readonly string[],
): string[] {
  const outcome = `**Exit ${record.exitCode}: ${meaning}.**`;
  const incomplete = incompleteText(record);
  const open =
    incomplete === undefined
      ? []
      : [
          `${escapeMarkdown(incomplete.checked)}. For the rest: ${markdownCode(incomplete.resume)}`,
          `Not checked: ${escapeMarkdown(incomplete.remaining)}.`,
        ];
  if (flavour === 'plain') return [outcome, ...lines, ...open];
  const quoted = [outcome, ...lines, ...open].map((line) => `> ${line}`).join('\n');
  return [`> [!${record.exitCode === 0 ? 'NOTE' : 'CAUTION'}]\n${quoted}`];
}

/** The command, the implementation and the environment. */
export function facts(record: RunRecord): string[] {
  const { implementation, environment, timing } = record;
  const rows: string[][] = [
    [
      'implementation',
      escapeMarkdown(
        `${implementation.name} ${implementation.version} (${implementation.language}, ${implementation.dtype})`,
      ),
    ],
    ['sgn(0)', escapeMarkdown(implementation.conventions.signOfZero)],
    ['command', markdownCellCode(record.command)],
    ['seed', markdownCellCode(record.seed)],
    ['depth', record.depth],
    [
      'suite',
      escapeMarkdown(`${record.suite.name} ${record.suite.version}, Node ${environment.node}, ${environment.platform}`),
    ],
  ];
  if (implementation.accuracy !== undefined) {
    const declared = Object.entries(implementation.accuracy).map(([type, value]) => `${type}: ${formatNumber(value)}`);
    rows.push(['declared accuracy', escapeMarkdown(declared.join(', '))]);
  }
  const without = notAsked(implementation);
  if (without !== undefined) rows.push(['not asked, as it declares', without]);
  if (timing !== undefined) rows.push(['time', formatSeconds(timing.seconds)]);
  return [table(['run', ''], rows)];
}

/** Each finding with its numbers, how it is known and the claims that it rests on. */
function findingList(findings: readonly PaperFinding[]): string {
  return findings
    .map(({ title, text, basis, claims, table: numbers, about }) => {
      const ids = claims.map(markdownCode).join(', ');
      const instances = about === undefined ? '' : ` Instances: ${escapeMarkdown(about)}`;
      const item = `- **${escapeMarkdown(title)}** ${escapeMarkdown(text)}${instances} ${escapeMarkdown(basis)} (${ids})`;
      if (numbers === undefined) return item;
      const rows = numbers.rows.map((cells) => cells.map(escapeMarkdown));
      return `${item}\n\n${table(numbers.headings.map(escapeMarkdown), rows).replace(/^/gm, '  ')}\n`;
    })
    .join('\n');
}

/** A line for each claim. */
export function ledgerOf(record: RunRecord): string {
  return table(
    ['paper', 'claim', 'verdict', 'evidence', 'time'],
    record.claims.map((claim) => ledgerRow(claim, record)),
  );
}

/** The failed claims in full. */
export function troubledSections(record: RunRecord): Section[] {
  return troubled(record).map((claim) => ({
    title: `${escapeMarkdown(claim.id)}: ${verdictLabel(claim)}`,
    body: details(claim),
  }));
}

/** The use of the error budget, and the meaning of the verdicts. */
export function closingSections(record: RunRecord): Section[] {
  const meanings = Object.entries(verdictLegend).map(([verdict, meaning]) => [verdict, escapeMarkdown(meaning)]);
  return [
    { title: 'Error budget', body: escapeMarkdown(budgetText(record.budget)) },
    { title: 'Verdicts', body: table(['verdict', 'meaning'], meanings) },
  ];
}

/** Limit in characters on the evidence of one claim in the ledger: an implementation's answers may make it long. */
const longestEvidence = 400;

function ledgerRow(claim: ClaimRecord, record: RunRecord): string[] {
  const seconds = record.timing?.claims[claim.id];
  const evidence = [evidenceFigures(claim.evidence), verdictReason(claim)].filter((text) => text !== '').join(': ');
  return [
    escapeMarkdown(sourceText(claim.source)),
    markdownCellCode(claim.id),
    ['pass', 'expected', 'n/a'].includes(claim.outcome) ? verdictLabel(claim) : `**${verdictLabel(claim)}**`,
    clippedText(evidence, longestEvidence),
    seconds === undefined ? '' : formatSeconds(seconds),
  ];
}

function troubled(record: RunRecord): readonly ClaimRecord[] {
  return record.claims.filter((claim) => !['pass', 'expected', 'n/a', 'xfail'].includes(claim.outcome));
}

function details(claim: ClaimRecord): string {
  const { evidence } = claim;
  const lines = [
    `- statement: ${escapeMarkdown(claim.statement)}`,
    `- method: ${escapeMarkdown(claim.method)}`,
    `- reason: ${escapeMarkdown(verdictReason(claim))}`,
  ];
  for (const [name, kept] of keptCases(evidence)) {
    lines.push(
      `- ${name}, ratio ${formatNumber(kept.ratio)}, ${escapeMarkdown(kept.part)}: ${markdownCode(caseText(kept))}`,
    );
  }
  lines.push(`- reproduce: ${markdownCode(evidence.reproduce)}`);
  return lines.join('\n');
}

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

/** The largest left/bound of every claim, by T. */
function slackTable(lines: readonly SlackLine[]): string {
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

/** A table with mutants as rows and claims as numbered columns, and its legend. */
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
