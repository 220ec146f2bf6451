import { verdictLegend } from '../../claims/verdict.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { budgetText } from '../wording/budget-text.js';
import { caseText, evidenceFigures, keptCases, verdictLabel, verdictReason } from '../wording/evidence-text.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { escapeMarkdown, markdownCellCode, markdownCode } from '../wording/sanitize.js';
import { selfText } from '../wording/self-text.js';
import { sourceText } from '../wording/source-text.js';
import { clippedText, type Section } from './bounded-markdown.js';
import { table } from './markdown-table.js';

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

/** What the error budget was spent on, and what the verdicts mean. */
export function closingSections(record: RunRecord): Section[] {
  const meanings = Object.entries(verdictLegend).map(([verdict, meaning]) => [verdict, escapeMarkdown(meaning)]);
  const self = selfText(record);
  return [
    { title: 'Error budget', body: escapeMarkdown(budgetText(record.budget)) },
    ...(self === undefined ? [] : [{ title: 'This copy', body: `${escapeMarkdown(self)}.` }]),
    { title: 'Verdicts', body: table(['verdict', 'meaning'], meanings) },
  ];
}

/** Characters of the evidence of one claim in the ledger, which is long where an implementation answered so. */
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
