import { plural } from '../../claims/text.js';
import type { Contribution } from '../contribution.js';
import { isTrouble } from '../record/outcome.js';
import { byPaperOrder, sectionTitle } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import {
  budgetText,
  caseText,
  counterexampleCounts,
  evidenceFigures,
  incompleteText,
  keptCases,
  outcomeTones,
  verdictCounts,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import { runVerdict } from '../view/verdicts.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { printableLine } from '../wording/sanitize.js';
import {
  colours,
  type Fact,
  type Paint,
  type Screen,
  type ScreenBlock,
  screenText,
  type TableOptions,
} from '../wording/screen.js';
import { displayWidth, hanging, pad, truncate, wrap } from '../wording/terminal-text.js';

/** A run of claims for a terminal: the verdict, each failure, what was found section by section, and what it rests on. */
export const ledgerTable = (
  record: RunRecord,
  options: TableOptions = {},
  from: readonly Contribution[] = [],
): string => screenText(claimsScreen(record, from, options), options);

function claimsScreen(record: RunRecord, from: readonly Contribution[], { ledger, report }: TableOptions): Screen {
  const { claims, timing, exitCode } = record;
  const isLong = claims.length > fewClaims && ledger !== true;
  return {
    verdict: runVerdict(record, from),
    blocks: [
      ...claims.filter(isTrouble).map(failure),
      ...(ledger === true ? ledgerBlocks(record) : [isLong ? sections(claims) : list(claims)]),
      { facts: [...from.flatMap((one) => one.facts?.(record) ?? []), ...trust(record), ...openFacts(record)] },
    ],
    more: [
      ...(report === undefined ? [] : [`report  ${report}`]),
      ...(isLong ? [`all ${claims.length}: --ledger`] : []),
      ...(timing === undefined ? [] : [formatSeconds(timing.seconds)]),
    ],
    exitCode,
  };
}

/** Most claims that are listed one by one. */
const fewClaims = 12;

const list = (claims: readonly ClaimRecord[]): ScreenBlock => ({
  table: {
    columns: [{ title: 'claim' }, { title: 'verdict' }, { title: 'evidence' }],
    rows: claims.map((claim) => [claim.id, `${signOf(claim)} ${verdictLabel(claim)}`, evidenceFigures(claim.evidence)]),
  },
});

const signOf = (claim: ClaimRecord): string => (isTrouble(claim) ? '✗' : claim.outcome === 'pass' ? '✓' : '·');

/** A line for each section of the paper, and one for what is beyond it: how many claims, and which of them did not simply hold. */
function sections(claims: readonly ClaimRecord[]): ScreenBlock {
  const groups = new Map<string, ClaimRecord[]>();
  for (const claim of claims.toSorted(byPaperOrder)) {
    const { section } = claim.source;
    const title = /^(?:\d|abstract$)/.test(section) ? sectionTitle({ section }) : 'Beyond the paper, others';
    groups.set(title, [...(groups.get(title) ?? []), claim]);
  }
  return {
    facts: [...groups].map(([title, own]): Fact => {
      const others = besides(own);
      return [title, `${own.some(isTrouble) ? '✗' : '✓'} ${own.length}${others === '' ? '' : `, ${others}`}`];
    }),
  };
}

/** `2 failed, 1 within a margin, 2 misprints, 11 counterexamples`. */
function besides(claims: readonly ClaimRecord[]): string {
  const failed = claims.filter(isTrouble).length;
  const within = claims.filter(({ evidence }) => evidence.verdict === 'holds-within-rho').length;
  const known = claims.filter(({ outcome }) => outcome === 'xfail').length;
  return [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(within > 0 ? [`${within} within a margin`] : []),
    ...counterexampleCounts({ claims }).map((text) => text.replace(' beyond the hypotheses', '')),
    ...(known > 0 ? [plural(known, 'known failure')] : []),
  ].join(', ');
}

/** What the verdicts rest on: the planted errors that were found, and the error rate of what was decided by samples. */
function trust({ claims, budget }: RunRecord): Fact[] {
  const mutants = claims.flatMap(({ evidence }) => evidence.matrix?.mutants ?? []);
  const found = mutants.filter(({ killedBy, caught }) => caught.includes(killedBy)).length;
  const errors = budgetText(budget);
  return [
    ...(mutants.length === 0
      ? []
      : [['trust', `${found} of ${plural(mutants.length, 'planted error')} found`] as const]),
    ...(errors === undefined ? [] : [['errors', errors] as const]),
  ];
}

function openFacts(record: RunRecord): Fact[] {
  const incomplete = incompleteText(record);
  if (incomplete === undefined) return [];
  return [
    ['not checked', incomplete.remaining],
    ['for the rest', { copy: incomplete.resume }],
  ];
}

function failure(claim: ClaimRecord): ScreenBlock {
  const { evidence } = claim;
  const replays = Object.values(claim.replay ?? {});
  return {
    verdicts: [{ mark: 'bad', text: `${claim.id}: ${verdictLabel(claim)}` }],
    facts: [
      ['why', verdictReason(claim)],
      ...keptCases(evidence).map(([name, kept]): Fact => {
        const ratio = kept === evidence.unanswered ? '' : ` (${formatNumber(kept.ratio)})`;
        return [`${name.replace(/ case$/, '')}${ratio}`, caseText(kept)];
      }),
      ['again', { copy: evidence.reproduce }],
      ...replays.slice(0, 1).map((command): Fact => ['replay', { copy: command }]),
    ],
  };
}

/** Each claim, what is as expected without being a pass, and the sums of the run. */
export function ledgerBlocks(record: RunRecord): ScreenBlock[] {
  const { claims, counts } = record;
  const listed = (title: string, own: readonly ClaimRecord[]): string[] =>
    own.length === 0 ? [] : [`${title}: ${own.map((claim) => `${claim.id} (${verdictLabel(claim)})`).join(', ')}`];
  const illustrated = claims.filter(
    ({ evidence, outcome }) => evidence.verdict === 'illustrated' && outcome === 'expected',
  );
  const rows =
    counts.rows.total === 0
      ? ''
      : `; ${counts.rows.total} bound rows, ${counts.rows.trivial} of them decided by the cap alone`;
  return [
    { lines: (width, paint) => table(record, width, paint) },
    {
      text: [
        ...listed(
          'Holds only within ρ',
          claims.filter(({ evidence }) => evidence.verdict === 'holds-within-rho'),
        ),
        ...listed(
          'Counterexamples, misprints and figures, as expected',
          claims.filter(({ outcome }) => outcome === 'expected'),
        ),
        ...listed(
          'Known failures',
          claims.filter(({ outcome }) => outcome === 'xfail'),
        ),
      ],
    },
    // Claims that report without judging do so in their reason, of which the table shows only the beginning.
    ...illustrated.map((claim) => ({ text: [`${claim.id}: ${verdictReason(claim)}`] })),
    { text: [`${plural(claims.length, 'claim')}: ${verdictCounts(record)}${rows}`] },
  ];
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
      colour: claim.evidence.verdict === 'holds-within-rho' ? colours.warn : colours[outcomeTones[claim.outcome]],
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
