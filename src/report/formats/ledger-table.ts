import { plural } from '../../claims/text.js';
import type { Contribution } from '../contribution.js';
import type { Fact } from '../document.js';
import { isTrouble } from '../record/outcome.js';
import { byPaperOrder, sectionTitle } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimFailure } from '../sections/failure.js';
import {
  budgetText,
  counterexampleCounts,
  evidenceFigures,
  incompleteText,
  verdictCounts,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import { runVerdict } from '../view/verdicts.js';
import { formatSeconds } from '../wording/format-number.js';
import { type Screen, type ScreenBlock, screenText, type TableOptions } from '../wording/screen.js';

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
    ['for the rest', { code: incomplete.resume }],
  ];
}

const failure = (claim: ClaimRecord): ScreenBlock => ({
  verdicts: [{ mark: 'bad', text: `${claim.id}: ${verdictLabel(claim)}` }],
  facts: claimFailure(claim),
});

/** Each claim with its verdict and figures, why for what is no pass, and the sums of the run. */
export function ledgerBlocks({ claims, counts, timing }: RunRecord): ScreenBlock[] {
  const { total, trivial } = counts.rows;
  const rows = total === 0 ? '' : `; ${total} bound rows, ${trivial} of them decided by the cap alone`;
  const line = (claim: ClaimRecord): string => {
    const seconds = timing?.claims[claim.id];
    const judged = [
      `${signOf(claim)} ${verdictLabel(claim)}`,
      evidenceFigures(claim.evidence),
      seconds === undefined ? '' : formatSeconds(seconds),
    ].filter((text) => text !== '');
    const isPlain = claim.outcome === 'pass' && claim.evidence.verdict !== 'holds-within-rho';
    return `${judged.join(', ')}${isPlain ? '' : `: ${verdictReason(claim)}`}`;
  };
  return [
    { facts: claims.map((claim) => [claim.id, line(claim)]) },
    { text: [`${plural(claims.length, 'claim')}: ${verdictCounts({ counts })}${rows}`] },
  ];
}
