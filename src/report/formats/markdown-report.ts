import { plural } from '../../claims/text.js';
import type { Contribution } from '../contribution.js';
import type { Block, Fact } from '../document.js';
import { exitMeanings } from '../record/outcome.js';
import { sourceText } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { allRows, slackTable } from '../sections/bounds.js';
import { legend, matrixTable, measuredTable, partsTable } from '../sections/claim.js';
import { claimFailure, failingRows } from '../sections/failure.js';
import { findingBody, findingsOf } from '../sections/findings.js';
import { runFacts } from '../sections/run.js';
import { slackLines } from '../view/bounds.js';
import {
  budgetText,
  countsStrip,
  evidenceFigures,
  incompleteText,
  matrixLegend,
  verdictCounts,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import { formatSeconds } from '../wording/format-number.js';
import { escapeMarkdown, markdownCellCode, markdownCode } from '../wording/sanitize.js';
import { Bounded, clipped, clippedText, lengthOf, longestMarkdown, type Section } from './bounded-markdown.js';
import { markdownBlocks, tableText } from './markdown-blocks.js';

/** The reader of the Markdown: any, or GitHub, which supports alerts, e.g. in `$GITHUB_STEP_SUMMARY`. */
export type MarkdownFlavour = 'plain' | 'github';

/**
 * The run as Markdown, never longer than a GitHub comment may be: outcome, failures, findings about the paper, and, folded, the ledger,
 * tightness, rows and figures as far as they fit. It names what is left out.
 */
export function markdownReport(
  given: RunRecord,
  flavour: MarkdownFlavour = 'plain',
  from: readonly Contribution[] = [],
): string {
  const record = clipped(given);
  const slack = slackLines(record);
  const head = [
    `# ${escapeMarkdown(record.suite.name)}: ${escapeMarkdown(record.implementation.name)}`,
    ...outcomeLines(record, flavour),
    ...markdownBlocks([runFacts(record)]),
  ];
  const findings = findingsOf(record, from).map(({ about, findings: own }) =>
    folded(
      `What was found out about ${about}`,
      own.flatMap((finding) => [{ paragraph: { strong: finding.title } }, ...findingBody(finding)]),
    ),
  );
  const sections = new Bounded(longestMarkdown - lengthOf(head)).addFitting([
    ...troubledSections(record),
    ...findings,
    ledgerOf(record),
    ...closingSections(record),
    ...(slack.length === 0 ? [] : [folded('Tightness', [slackTable(slack)])]),
    ...figureSections(record),
  ]);
  return `${[...head, ...sections].join('\n\n')}\n`;
}

/** A section that is folded behind its title. */
export const folded = (title: string, blocks: readonly Block[]): Section => ({
  title: escapeMarkdown(title),
  body: markdownBlocks(blocks).join('\n\n'),
  folded: true,
});

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

/** A line for each claim. */
export const ledgerOf = (record: RunRecord): Section => ({
  title: 'Ledger',
  folded: true,
  body: tableText(
    ['paper', 'claim', 'verdict', 'evidence', 'time'],
    record.claims.map((claim) => ledgerRow(claim, record)),
  ),
});

/** The failed claims in full. */
export function troubledSections({ claims }: RunRecord): Section[] {
  const troubled = claims.filter(({ outcome }) => !['pass', 'expected', 'n/a', 'xfail'].includes(outcome));
  return troubled.map((claim) => ({
    title: `${escapeMarkdown(claim.id)}: ${verdictLabel(claim)}`,
    body: markdownBlocks([{ facts: failureOf(claim) }]).join(''),
  }));
}

const failureOf = (claim: ClaimRecord): Fact[] => [
  ['statement', claim.statement],
  ['method', claim.method],
  ...claimFailure(claim),
  ...failingRows(claim),
];

/** The use of the error budget, and the meaning of the verdicts. */
export function closingSections(record: RunRecord): Section[] {
  const errors = budgetText(record.budget);
  return [
    ...(errors === undefined ? [] : [{ title: 'Error budget', body: escapeMarkdown(errors) }]),
    { title: 'Verdicts', body: markdownBlocks(legend.blocks).join('') },
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

/** Rows and figures of all claims. */
export const figureSections = ({ claims }: RunRecord): Section[] => [
  ...claims
    .filter(({ evidence }) => evidence.rows !== undefined)
    .map((claim) => folded(`Rows of ${claim.id}`, allRows(claim))),
  ...claims
    .filter(({ evidence }) => evidence.parts !== undefined || evidence.measured !== undefined)
    .map((claim) => folded(`Figures of ${claim.id}`, figuresOf(claim))),
];

function figuresOf(claim: ClaimRecord): Block[] {
  const { matrix } = claim.evidence;
  const planted = matrix && [matrixTable(matrix), { paragraph: `${matrixLegend}.` }];
  return [...(planted ?? []), ...partsTable(claim), ...measuredTable(claim)];
}
