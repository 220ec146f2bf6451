import { plural } from '../../claims/plural.js';
import { exitMeanings } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { type PaperFinding, paperFindings } from '../wording/findings/paper-findings.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { incompleteText } from '../wording/incomplete-text.js';
import { countsStrip } from '../wording/label-counts.js';
import { escapeMarkdown, markdownCellCode, markdownCode } from '../wording/sanitize.js';
import { slackLines } from '../wording/slack.js';
import { notAsked } from '../wording/subject-words.js';
import { Bounded, clipped, lengthOf, longestMarkdown } from './bounded-markdown.js';
import { figureSections, slackTable } from './markdown-figures.js';
import { closingSections, ledgerOf, troubledSections } from './markdown-ledger.js';
import { table } from './markdown-table.js';

/** Where the Markdown is read: anywhere, or on GitHub, which knows alerts, e.g. in `$GITHUB_STEP_SUMMARY`. */
export type MarkdownFlavour = 'plain' | 'github';

/**
 * The run as Markdown, never longer than a comment on GitHub may be: outcome, what failed, what was found about the paper, and folded the
 * ledger, tightness, rows and figures as far as they fit. What is left out is named.
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
  const verdicts = Object.entries(record.counts.verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const counts = `${plural(record.claims.length, 'claim')}: ${verdicts.join(', ') || 'none ran'}.`;
  return notice(record, flavour, exitMeanings[record.exitCode], [counts, ...(strip === undefined ? [] : [strip])]);
}

/** The outcome with some lines, and what an interrupted run leaves open. */
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

/** What was run, on what. */
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
    .map(({ title, text, basis, claims, table: numbers }) => {
      const ids = claims.map(markdownCode).join(', ');
      const item = `- **${escapeMarkdown(title)}** ${escapeMarkdown(text)} ${escapeMarkdown(basis)} (${ids})`;
      if (numbers === undefined) return item;
      const rows = numbers.rows.map((cells) => cells.map(escapeMarkdown));
      return `${item}\n\n${table(numbers.headings.map(escapeMarkdown), rows).replace(/^/gm, '  ')}\n`;
    })
    .join('\n');
}
