import type { CertificateTerm } from '../../claims/certificate.js';
import { plural } from '../../claims/text.js';
import type { ProvedRow, Proving } from '../../theory/proofs/search/prove.js';
import type { Fact } from '../document.js';
import { formatNumber } from '../wording/format-number.js';
import { printableJson, printableLine } from '../wording/sanitize.js';
import { screenText, type TableOptions, type Verdict } from '../wording/screen.js';
import { reportWidth, wrap } from '../wording/terminal-text.js';
import { markdownPage } from './markdown-blocks.js';

/** The answer of `signprox prove`, with the commands that go on from it. */
export interface ProofRecord extends Proving {
  /** Runs the problem that refutes the theorem. */
  readonly again?: string;
  /** Files that were written. */
  readonly written: readonly string[];
}

const answers: Readonly<Record<Proving['answer'], string>> = {
  proved: 'proved for',
  vacuous: 'vacuous, at',
  false: 'false, at',
  'no-proof': 'no proof of this form exists at',
  undecided: 'undecided for',
};

/**
 * What an answer says of the theorem.
 *
 * @public the playground colours its headline by it
 */
export const answerTones: Readonly<Record<Proving['answer'], 'right' | 'open' | 'wrong'>> = {
  proved: 'right',
  vacuous: 'open',
  false: 'wrong',
  'no-proof': 'open',
  undecided: 'open',
};

/** The answer and its T. */
export const headline = ({ answer, scope }: Pick<Proving, 'answer' | 'scope'>): string => `${answers[answer]} ${scope}`;

const rowAnswers: Readonly<Record<ProvedRow['answer'], string>> = {
  step: 'proved by one step',
  run: 'proved by all T steps at once',
  'no-proof': 'no proof of this form exists',
  false: 'the interpolation conditions of T steps allow a violation',
  unknown: 'neither proved nor refuted',
};

/** One line of a certificate as it is read aloud. */
function termText(term: CertificateTerm): string {
  if ('remainder' in term) return `${term.remainder} ≥ 0`;
  if ('square' in term) return `${term.multiplier} × ‖${term.square}‖²`;
  const { multiplier, inequality } = term;
  switch (inequality.kind) {
    case 'mean':
      return `⟨${multiplier}, E ${inequality.of}⟩ = 0`;
    case 'variance':
      return `${multiplier} × (E‖${inequality.of}‖² ≤ ${inequality.bound})`;
    case 'fact':
      return `${multiplier} × (${inequality.name})`;
    case 'earlier':
      return `${multiplier} × ${inequality.stage}`;
    default:
      return `${multiplier} × ${inequality.kind} of ${inequality.of} from ${inequality.from} to ${inequality.to}`;
  }
}

/** What is known, with what only a reader of the proof needs if `all`. */
function factsOf(record: ProofRecord, all: boolean): Fact[] {
  const { step, rows, used, unused, certificate, worst, leftSides, again, written } = record;
  const stages = certificate?.stages.length ?? 0;
  return [
    ['claimed', record.statement],
    ['why', record.reason],
    ...(step === undefined
      ? []
      : [
          ['one step', `${step.statement}, p = ${step.potential}`] as const,
          ...(all && step.shown !== undefined ? [['', step.shown] as const] : []),
          ...(all ? step.terms.map((term) => ['', termText(term)] as const) : []),
        ]),
    ...(all ? rows : []).map(({ iterations, answer: found, multiple }, k) => {
      const enough = multiple === undefined ? '' : `; one step proves ${multiple} of the bound`;
      return [k === 0 ? 'at some T' : '', `T = ${iterations}: ${rowAnswers[found]}${enough}`] as const;
    }),
    ...(all || record.answer === 'false' ? [] : slackOf(rows)),
    ...(used.length > 0 ? [['used', used.join(', ')] as const] : []),
    // Without a proof nothing is known to be superfluous.
    ...(used.length > 0 && unused.length > 0
      ? [[record.answer === 'proved' ? 'not needed' : 'not used', unused.join(', ')] as const]
      : []),
    ...(worst === undefined
      ? []
      : [
          [
            'exceeded',
            `${worst.instance.name} at T = ${worst.iterations}: left side ${formatNumber(worst.row.left)}, bound ${formatNumber(worst.row.bound!)}, by the engine ${worst.row.engine}`,
          ] as const,
          ...worst.assumed.map((text) => ['assumed', text] as const),
        ]),
    [
      'checked',
      [
        ...(stages > 0 ? [`${plural(stages, 'stage')} of the certificate in rationals`] : []),
        `${plural(leftSides, 'left side')} by exact engines, ${worst === undefined ? 'none above the bound' : 'one or more above the bound'}`,
      ].join('; '),
    ],
    ...(again === undefined ? [] : [['again', { code: again }] as const]),
    ...written.map((file, k) => [k === 0 ? 'written' : '', file] as const),
  ];
}

/** A fraction, or its size where nobody would read its digits. */
function readable(fraction: string): string {
  if (fraction.length <= 24) return fraction;
  const [numerator, denominator = '1'] = fraction.split('/');
  // A double has no more digits than these.
  const digits = Math.max(numerator!.length, denominator.length, 300) - 300;
  const [n, d] = [numerator!, denominator].map((text) => Number(text.slice(0, text.length - digits)));
  return n === 0 ? 'next to nothing' : `about ${formatNumber(n! / d!)}`;
}

/** How much of the bound one step proves, at the first and at the last T that was looked at. */
function slackOf(rows: readonly ProvedRow[]): Fact[] {
  const known = rows.flatMap(({ iterations, answer, multiple }) =>
    multiple === undefined || answer === 'run'
      ? []
      : [`T = ${iterations}: ${multiple === '1' ? 'none' : `${readable(multiple)} of the bound would do`}`],
  );
  return known.length === 0 ? [] : [['slack', [...new Set([known[0]!, known.at(-1)!])].join('; ')]];
}

/** In the place of an answer, where a claim about the theorem has refuted it. */
export const refutedByClaim = 'none: the theorem is false, as the counterexample shows';

/** The answer in one line, which follows a run of the theorem's claims: what `prove` found, or why it could not search. */
export function proofLine(
  found: Pick<Proving, 'answer' | 'scope' | 'reason' | 'used'> | string,
  width?: number,
): string {
  const text =
    typeof found === 'string'
      ? found
      : `${headline(found)}; ${found.answer === 'proved' ? `used: ${found.used.join(', ')}` : found.reason}`;
  const [first, ...rest] = wrap(printableLine(`proof: ${text}`), reportWidth(width) - 2);
  // Where a row refutes the theorem nothing is searched.
  const end =
    typeof found !== 'string' && found.answer === 'false'
      ? ['exit 1: the claims found no counterexample, and the theorem is false']
      : [];
  return `${[first, ...rest.map((more) => `  ${more}`), ...end].join('\n')}\n`;
}

const marks = { right: 'good', open: 'warn', wrong: 'bad' } as const;

/** What `prove` says in its first line. */
const proofVerdict = (record: Pick<Proving, 'theorem' | 'answer' | 'scope'>): Verdict => ({
  mark: marks[answerTones[record.answer]],
  text: `${record.theorem}: ${headline(record)}`,
});

/** The answer for a terminal; with `ledger` also the terms of the proof, and where the bound was read. */
export function proofTable(record: ProofRecord, options: TableOptions = {}, exitCode = 0): string {
  const { ledger = false } = options;
  return screenText(
    {
      verdict: proofVerdict(record),
      blocks: [{ facts: factsOf(record, ledger) }],
      more: ledger ? [] : ['more: --ledger'],
      exitCode,
    },
    options,
  );
}

/** The same as a list in Markdown. */
export const proofMarkdown = (record: ProofRecord): string =>
  markdownPage(proofVerdict(record).text, [{ facts: factsOf(record, true) }]);

/** Everything, the certificate and the refuting problem included. */
export const proofJson = (record: ProofRecord): string =>
  `${printableJson(JSON.stringify({ verdict: proofVerdict(record).text, ...record }, undefined, 2))}\n`;
