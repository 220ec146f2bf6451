import type { CaseRecord, KillMatrix, Part } from '../../claims/evidence.js';
import { shownCase } from '../../claims/subject-verdicts.js';
import { plural } from '../../claims/text.js';
import { verdictLegend } from '../../claims/verdict.js';
import { type Block, type Cell, type Row, type Section, type Tone, tableOf, type Words } from '../document.js';
import { isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import {
  caughtOf,
  cellSigns,
  evidenceFigures,
  type FoundError,
  keptCases,
  type MatrixCell,
  matrixCell,
  matrixLegend,
  outcomeTones,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import type { Subject } from '../view/subjects.js';
import { inputText } from '../wording/case-input.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';

/** The verdict in the colour of its outcome. The meaning is in the words, not in the colour. */
export function badge(claim: Pick<ClaimRecord, 'outcome' | 'evidence'>): {
  readonly badge: Tone;
  readonly says: string;
} {
  const { outcome, evidence } = claim;
  const warned =
    (evidence.verdict === 'holds-within-rho' && outcome === 'pass') ||
    (evidence.verdict === 'misprint' && outcome === 'expected');
  return { badge: warned ? 'warn' : outcomeTones[outcome], says: verdictLabel(claim) };
}

/** Claims with commas between them. */
export const claimLinks = (ids: readonly string[]): Words =>
  ids.map((claim, i) => (i === 0 ? { claim } : [', ', { claim }]));

/** How a page about subjects shows its claims. */
export interface BySubject {
  readonly subjects: readonly Subject[];
  /** Where the failure of a subject stands. */
  readonly anchors: ReadonlyMap<string, string>;
  /** The failed claims for which no subject is to blame. */
  readonly apart: readonly ClaimRecord[];
}

/** What else the evidence of a claim shows. */
export interface Shown {
  readonly charts?: readonly Block[];
  readonly seconds?: number | undefined;
  readonly about?: BySubject | undefined;
  /** The planted errors that it finds. */
  readonly found?: readonly FoundError[];
}

/** How a claim was checked, and what was found. */
export const claimFacts = (claim: ClaimRecord): Block => ({
  facts: [
    ['how it is checked', { math: claim.method }],
    // An error is in the words of the implementation, whose names may look like indices.
    ['found', claim.evidence.failure === undefined ? { math: verdictReason(claim) } : verdictReason(claim)],
  ],
});

/** The evidence of a claim: its figures, its worst cases, its charts, and what it found of each subject or part. */
export function claimEvidence(claim: ClaimRecord, { charts = [], seconds, about, found = [] }: Shown = {}): Block[] {
  const own = about && cellsTable(claim, about);
  // A case of a whole claim is about whichever subject failed: beside others it would pass for theirs.
  const isBlamed = own !== undefined && !about!.apart.includes(claim);
  return [
    { facts: evidenceFacts(claim, found, seconds, isBlamed) },
    ...charts,
    ...(own ?? partsTable(claim)),
    ...measuredTable(claim),
  ];
}

/** What a claim found about each subject, with the simplest failing case of that subject; undefined if it is about none. */
function cellsTable({ id, evidence }: ClaimRecord, { subjects, anchors }: BySubject): Block[] | undefined {
  const kept = new Map((evidence.cells ?? []).map((cell) => [cell.subject, cell]));
  const rows = subjects.flatMap(({ subject, cells }) =>
    cells
      .filter(({ claim }) => claim === id)
      .map(({ outcome, cases, worst, counterexample, of = [] }): Row => {
        const to = anchors.get(subject);
        const example = shownCase(kept.get(subject), counterexample);
        return [
          to === undefined ? subject : { to, says: subject },
          asWords(`${outcome}${of.length === 0 ? '' : ` from ${of.join(', ')}`}`),
          formatNumber(cases),
          formatNumber(worst),
          asWords(example === undefined || counterexample === undefined ? counterexample : caseDetails(example)),
        ];
      }),
  );
  if (rows.length === 0) return undefined;
  const head = [...['subject', 'found'].map(asWords), 'cases', 'worst ratio', asWords('simplest failing case')];
  return [{ heading: 'Subjects', minor: true }, tableOf(`subjects of ${id}`, head, rows, 'figures')];
}

/** A cell of a table of figures that has words. */
const asWords = (cell: Words): Cell => ({ cell, class: 'words' });

type Fact = readonly [string, Words];

function evidenceFacts(
  claim: ClaimRecord,
  found: readonly FoundError[],
  seconds: number | undefined,
  isBlamed: boolean,
): Fact[] {
  const { evidence, expected, knownFailure, knownCells = {} } = claim;
  const { exact, statistical } = evidence;
  const judged = [evidenceFigures(evidence, 'worst ratio'), seconds === undefined ? '' : formatSeconds(seconds)];
  const levels = (alpha: number, falseHolds: number): string =>
    `false alarm ≤ ${formatNumber(alpha)}, false holds ≤ ${formatNumber(falseHolds)}`;
  return [
    ['judged', judged.filter((text) => text !== '').join(', ')],
    ['accepts', expected.join(', ')],
    ...(exact === undefined
      ? []
      : [['exactly', ['left ', { code: exact.left }, ', bound ', { code: exact.bound }]] as const]),
    ...(isBlamed ? [] : keptCases(evidence).map(([name, kept]) => [name, caseDetails(kept)] as const)),
    ...(found.length === 0 ? [] : [['planted errors', plantedErrors(found)] as const]),
    ...(statistical === undefined
      ? []
      : [
          [
            'error budget',
            `${plural(statistical.slots, 'slot')}: ${levels(statistical.alpha, statistical.falseHolds)}`,
          ] as const,
        ]),
    ...[knownFailure, ...Object.values(knownCells)].flatMap((known) =>
      known?.url === undefined ? [] : [['known failure', known.url] as const],
    ),
    ['seed', { code: evidence.seed }],
  ];
}

function plantedErrors(found: readonly FoundError[]): Words {
  const [named, others] = [true, false].map((own) => found.filter(({ namedFor }) => namedFor === own));
  const names = (own: readonly FoundError[]): string => own.map(({ name }) => name).join(', ');
  return [
    `finds ${plural(found.length, 'planted error')} (`,
    { to: 'kill-matrix', says: 'all of them' },
    ')',
    named!.length === 0 ? '' : `; named for it: ${names(named!)}`,
    others!.length === 0 ? '' : `; ${named!.length === 0 ? '' : 'besides: '}${names(others!)}`,
  ];
}

function caseDetails({ ratio, part, explanation, input }: CaseRecord): Words {
  const within = ratio <= 1 ? ', within the tolerance' : '';
  const says = explanation === undefined ? undefined : { below: { math: explanation } };
  return [`ratio ${formatNumber(ratio)}${within}, ${part}`, says, { pre: inputText(input) }];
}

/** What a claim found of each of its parts. */
export function partsTable({ id, evidence: { parts = [] } }: ClaimRecord): Block[] {
  if (parts.length === 0) return [];
  const reasons = parts.some(({ reason }) => reason !== undefined);
  const row = ({ name, verdict, cases, worstRatio, reason = '' }: Part): Row => [
    { math: name },
    asWords(verdict),
    formatNumber(cases),
    formatNumber(worstRatio),
    ...(reasons ? [asWords({ math: reason })] : []),
  ];
  const head = [...['part', 'verdict'].map(asWords), 'cases', 'worst ratio', ...(reasons ? [asWords('reason')] : [])];
  return [{ heading: 'Parts', minor: true }, tableOf(`parts of ${id}`, head, parts.map(row), 'figures')];
}

/** The figures that a claim measured. */
export function measuredTable({ id, evidence: { measured } }: ClaimRecord): Block[] {
  if (measured === undefined) return [];
  const rows = Object.entries(measured).map(
    ([name, value]): Row => [{ math: name }, typeof value === 'number' ? formatNumber(value) : asWords(value)],
  );
  return [
    { heading: 'Measured', minor: true },
    tableOf(`figures of ${id}`, [asWords('measured'), asWords('value')], rows, 'figures'),
  ];
}

const matrixTones: Readonly<Record<MatrixCell, string>> = {
  'caught as named': 'good',
  caught: 'good',
  missed: 'mute',
  'missed as named': 'bad',
  'not tried': '',
};

/** Mutants by claims; a mutant that no claim finds is marked in words. */
export const matrixTable = (matrix: KillMatrix): Block => ({
  table: {
    label: 'planted errors by claim',
    class: 'matrix',
    head: ['mutant', ...matrix.claims.map(upright)],
    groups: [
      {
        rows: matrix.mutants.map((mutant) => [
          mutant.name,
          ...matrix.claims.map((claim) => {
            const found = matrixCell(mutant, claim);
            const title = found === 'missed as named' && { title: `${mutant.name}, ${claim}: ${found}` };
            return { cell: cellSigns[found], class: matrixTones[found], ...title };
          }),
        ]),
      },
    ],
    foot: ['caught', ...matrix.claims.map((claim) => upright(caughtOf(matrix, claim)))],
  },
});

/** Words that stand on end, where columns are narrow. */
export const upright = (says: Words): Words => ({ upright: says });

/** The claims that find each planted error; undefined if the run has no such claim. */
export function matrixSection(record: RunRecord): Section | undefined {
  const found = record.claims.filter(({ evidence }) => evidence.matrix !== undefined);
  if (found.length === 0) return undefined;
  const says =
    ': wrong functions that are planted in place of right ones, and the claims that find them. Each must be found by the claim that is named for it.';
  const blocks = found.map((claim) => ({
    card: [
      { paragraph: [{ claim: claim.id }, ' ', badge(claim), says] },
      { paragraph: `${matrixLegend}.`, class: 'soft' },
      matrixTable(claim.evidence.matrix!),
    ],
  }));
  return { id: 'kill-matrix', title: 'Planted errors', blocks };
}

/** Whether its entry is open at first: it failed and, on a page about subjects, none of them is to blame. */
export const isOpen = (claim: ClaimRecord, about?: BySubject): boolean =>
  about === undefined ? isTrouble(claim) : about.apart.includes(claim);

/** The meaning of each verdict. */
export const legend: Section = {
  id: 'legend',
  title: 'What the verdicts mean',
  blocks: [{ card: [{ facts: Object.entries(verdictLegend) }] }],
};
