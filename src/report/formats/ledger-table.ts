import { plural } from '../../claims/text.js';
import type { Contribution } from '../contribution.js';
import type { Tone } from '../document.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import {
  budgetText,
  caseText,
  conclusionText,
  evidenceFigures,
  incompleteText,
  keptCases,
  outcomeTones,
  verdictCounts,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { printableLine } from '../wording/sanitize.js';
import { displayWidth, hanging, pad, reportWidth, truncate, wrap } from '../wording/terminal-text.js';

/** Layout options of the ledger. */
export interface TableOptions {
  /** Columns of the terminal; default 80. */
  readonly width?: number;
  /** ANSI colours; default false. */
  readonly colour?: boolean;
}

/** Width and colour for a stream: plain unless it is a terminal, `NO_COLOR` is unset or empty and the terminal is not dumb. */
export function tableOptions(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): Required<TableOptions> {
  const terminal = stream.isTTY === true;
  const plain = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return { width: terminal ? (stream.columns ?? 80) : 80, colour: terminal && !plain };
}

const red = 31;
const green = 32;
const yellow = 33;
const colours: Readonly<Record<Tone, number>> = { good: green, note: 36, warn: yellow, bad: red, mute: 90 };

type Paint = (text: string, colour: number) => string;

/** The ledger of a run for a terminal: one line for each claim, then whatever needs attention, the error budget and the outcome. */
export function ledgerTable(record: RunRecord, options: TableOptions = {}, from: readonly Contribution[] = []): string {
  const width = reportWidth(options.width);
  const paint: Paint = (text, colour) => (options.colour === true ? `\u001b[${colour}m${text}\u001b[0m` : text);
  return `${[
    ...table(record, width, paint),
    ...attention(record, width, paint),
    '',
    ...summary(record, width, paint),
    ...wrap(conclusionText(record, from), width),
  ].join('\n')}\n`;
}

const gap = '  ';
/** Below this width a claim gets a block of lines: four columns would be illegible. */
const narrowestTable = 60;
const widestClaim = 32;
const leastEvidence = 12;
const shortestReason = 18;

function table(record: RunRecord, width: number, paint: Paint): string[] {
  const lines = record.claims.map((claim) => {
    const seconds = record.timing?.claims[claim.id];
    return {
      id: printableLine(claim.id),
      verdict: verdictLabel(claim),
      time: seconds === undefined ? '' : formatSeconds(seconds),
      colour: claim.evidence.verdict === 'holds-within-rho' ? yellow : colours[outcomeTones[claim.outcome]],
      figures: evidenceFigures(claim.evidence),
      reason: printableLine(verdictReason(claim)),
    };
  });
  if (width < narrowestTable) {
    return lines.flatMap(({ id, verdict, time, colour, figures, reason }) => [
      ...wrap(id, width),
      `  ${paint(verdict, colour)}${time === '' ? '' : `, ${time}`}`,
      ...hanging('  ', [figures, reason].filter(Boolean).join(': '), width),
    ]);
  }
  const widest = (values: readonly string[]): number => Math.max(...values.map(displayWidth));
  const verdictWidth = widest(['verdict', ...lines.map((line) => line.verdict)]);
  const timeWidth = widest(['time', ...lines.map((line) => line.time)]);
  const shared = width - verdictWidth - timeWidth - 3 * gap.length;
  const claimWidth = Math.min(widestClaim, shared - leastEvidence, widest(['claim', ...lines.map((line) => line.id)]));
  const evidenceWidth = shared - claimWidth;
  const row = (id: string, verdict: string, evidence: string, time: string): string =>
    [
      pad(id, claimWidth),
      verdict,
      pad(truncate(evidence, evidenceWidth), evidenceWidth),
      pad(time, timeWidth, 'right'),
    ].join(gap);
  const head = row('claim', pad('verdict', verdictWidth), 'evidence', 'time');
  return [
    head.trimEnd(),
    '─'.repeat(displayWidth(head)),
    ...lines.flatMap((line) => {
      const verdict = paint(pad(line.verdict, verdictWidth), line.colour);
      const evidence = evidenceCell(line.figures, line.reason, evidenceWidth);
      // A long id gets its own line: it must stay in one piece to be copied into --claims.
      return displayWidth(line.id) <= claimWidth
        ? [row(line.id, verdict, evidence, line.time).trimEnd()]
        : [...wrap(line.id, width), row('', verdict, evidence, line.time).trimEnd()];
    }),
  ];
}

/** Figures, and the reason if enough of it fits to be readable. */
function evidenceCell(figures: string, reason: string, width: number): string {
  if (figures === '') return reason;
  return width - displayWidth(figures) < shortestReason ? figures : `${figures}: ${reason}`;
}

/** Failures in full, verdicts that hold only within ρ, expected verdicts other than a pass, and claims that are printed in full. */
function attention(record: RunRecord, width: number, paint: Paint): string[] {
  const lines: string[] = [];
  for (const claim of record.claims) {
    if (isTrouble(claim)) lines.push('', ...failure(claim, width, paint));
  }
  const listed = (title: string, claims: readonly ClaimRecord[]): void => {
    if (claims.length === 0) return;
    const names = claims.map((claim) => `${printableLine(claim.id)} (${verdictLabel(claim)})`).join(', ');
    lines.push('', ...wrap(`${title}: ${names}`, width));
  };
  listed(
    'Holds only within ρ',
    record.claims.filter((claim) => claim.evidence.verdict === 'holds-within-rho'),
  );
  listed(
    'Not a pass, as the ledger expects',
    record.claims.filter((claim) => claim.outcome === 'expected'),
  );
  // Claims that report without judging, such as the conventions of an implementation, do so in their reason, of which the table shows only the
  // beginning.
  for (const claim of record.claims) {
    if (claim.evidence.verdict !== 'illustrated' || claim.outcome !== 'expected') continue;
    lines.push('', ...wrap(printableLine(`${claim.id}: ${verdictReason(claim)}`), width));
  }
  listed(
    'Known failures',
    record.claims.filter((claim) => claim.outcome === 'xfail'),
  );
  return lines;
}

function failure(claim: ClaimRecord, width: number, paint: Paint): string[] {
  const { evidence } = claim;
  const indented = (text: string): string[] => wrap(printableLine(text), width - 2).map((line) => `  ${line}`);
  const label = verdictLabel(claim);
  const [first, ...rest] = wrap(printableLine(claim.id), width - label.length - 1);
  return [
    `${paint(label, colours[outcomeTones[claim.outcome]])} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...indented(verdictReason(claim)),
    ...keptCases(evidence).flatMap(([name, kept]) => {
      const ratio = kept === evidence.unanswered ? '' : ` (${formatNumber(kept.ratio)})`;
      return indented(`${name}${ratio}: ${caseText(kept)}`);
    }),
    // Not wrapped: a command is there to be copied.
    `  reproduce: ${printableLine(evidence.reproduce)}`,
  ];
}

function summary(record: RunRecord, width: number, paint: Paint): string[] {
  const { budget, counts } = record;
  const incomplete = incompleteText(record);
  const time = record.timing === undefined ? '' : ` in ${formatSeconds(record.timing.seconds)}`;
  return [
    ...wrap(`${plural(record.claims.length, 'claim')}${time}: ${verdictCounts(record)}`, width),
    ...wrap(budgetText(budget), width),
    ...(counts.rows.total === 0
      ? []
      : wrap(`bound rows: ${counts.rows.total}, of these ${counts.rows.trivial} decided by the cap alone`, width)),
    ...(incomplete === undefined
      ? []
      : [
          ...wrap(incomplete.checked, width),
          ...wrap(`not checked: ${incomplete.remaining}`, width),
          // Not wrapped: a command is there to be copied.
          `for the rest: ${printableLine(incomplete.resume)}`,
        ]),
    ...wrap(`exit ${record.exitCode}: ${exitMeanings[record.exitCode]}`, width).map((line) =>
      paint(line, record.exitCode === 0 ? green : red),
    ),
  ];
}
