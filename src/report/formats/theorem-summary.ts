import type { BoundRow, Part } from '../../claims/evidence.js';
import { decodeExact } from '../../claims/exact-encoding.js';
import { plural } from '../../claims/text.js';
import { ratioName } from '../../theory/bounds/tightness-search/search.js';
import type { Proving } from '../../theory/proofs/search/prove.js';
import type { Theorem } from '../../theory/theorem/theorem.js';
import type { Fact } from '../document.js';
import { isTrouble, successVerdicts } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { runVerdict } from '../view/verdicts.js';
import { inputText } from '../wording/case-input.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { type ScreenBlock, screenText, type TableOptions, type Verdict } from '../wording/screen.js';
import { ledgerBlocks } from './ledger-table.js';
import { headline } from './proof-report.js';

/** The theorem that a run was about. */
type SummarizedTheorem = Pick<Theorem, 'id' | 'relation' | 'delta' | 'hypotheses'>;

/** What `prove` found, or why it could not search; undefined where the claims have refuted the theorem. */
export type FoundProof = Pick<Proving, 'answer' | 'scope' | 'reason' | 'used'> | string | undefined;

/** A run of the claims about a theorem with its proof: what is known, in the order in which it matters. */
interface Known {
  readonly record: RunRecord;
  readonly theorem: SummarizedTheorem;
  readonly proof: FoundProof;
  /** The claim about the theorem with the suffix of its id, such as `-tightness`. */
  of(suffix: string): ClaimRecord | undefined;
}

/**
 * The end of `verify --theorem`: whether the theorem is true or false; by which problem, or how tight it is, which hypotheses it needs and what was
 * tested; with `ledger` also which constants matter, how fast both sides fall, and each claim.
 *
 * @param exitCode of the claims and the proof together
 */
export function theoremScreen(
  record: RunRecord,
  theorem: SummarizedTheorem,
  proof: FoundProof,
  exitCode: number,
  options: TableOptions = {},
): string {
  const known = knownOf(record, theorem, proof);
  const worst = worstRow(known);
  const { ledger = false, report } = options;
  const blocks: readonly ScreenBlock[] = [
    { facts: worst === undefined ? heldFacts(known) : brokenFacts(known, worst) },
    { verdicts: remarks(known) },
    ...(ledger ? [{ facts: furtherFacts(known) }, ...ledgerBlocks(record)] : []),
  ];
  const more = [
    ...(report === undefined ? [] : [`report ${report}`]),
    ...(ledger ? [] : ['more: --ledger']),
    ...(record.timing === undefined ? [] : [formatSeconds(record.timing.seconds)]),
  ];
  return screenText({ verdict: verdictOf(known, worst), blocks, more, exitCode }, options);
}

/** The first line of that end: `mine is true: proved for every T ≥ 1`. */
export function theoremVerdict(record: RunRecord, theorem: SummarizedTheorem, proof: FoundProof): Verdict {
  const known = knownOf(record, theorem, proof);
  return verdictOf(known, worstRow(known));
}

function knownOf(record: RunRecord, theorem: SummarizedTheorem, proof: FoundProof): Known {
  return { record, theorem, proof, of: (suffix) => record.claims.find(({ id }) => id === `${theorem.id}${suffix}`) };
}

function verdictOf(known: Known, worst: BoundRow | undefined): Verdict {
  const { record, theorem, proof, of } = known;
  const { id } = theorem;
  if (worst !== undefined) return { mark: 'bad', text: `${id} is false: ${excessText(theorem, worst)}` };
  const answer = typeof proof === 'object' ? proof.answer : undefined;
  if (answer === 'false') return { mark: 'bad', text: `${id} is ${headline(proof as Proving)}` };
  const bound = of('');
  if (record.claims.some(isTrouble)) return runVerdict(record);
  if (answer === 'proved') return { mark: 'good', text: `${id} is true: ${headline(proof as Proving)}` };
  if (bound === undefined) return runVerdict(record);
  const holds = successVerdicts.includes(bound.evidence.verdict);
  return {
    mark: holds ? 'good' : 'warn',
    text: `${id} ${holds ? 'holds' : `is ${bound.evidence.verdict}`} on ${testedText(bound)}; not proved`,
  };
}

const rowsOf = (claim: ClaimRecord | undefined): readonly BoundRow[] => claim?.evidence.rows ?? [];
const partsOf = (claim: ClaimRecord | undefined): readonly Part[] => claim?.evidence.parts ?? [];

/** How far a row is towards its bound: above 1 it breaks the theorem. */
const ratioOf = ({ relation }: SummarizedTheorem, row: BoundRow): number =>
  relation === 'at-least' ? row.bound / row.left : row.left / (isOnlyAboveSharper(row) ? row.sharpBound! : row.bound);

/** The worst of the rows that refute the theorem. */
function worstRow({ theorem, of }: Known): BoundRow | undefined {
  const violated = ['', '-tightness']
    .flatMap((suffix) => rowsOf(of(suffix)))
    .filter(({ verdict }) => verdict === 'violated');
  return violated.toSorted((a, b) => ratioOf(theorem, b) - ratioOf(theorem, a))[0];
}

/** `2 × the bound at T = 1`: what surely is exceeded, as the end of the left side's interval says. */
function excessText({ relation, delta }: SummarizedTheorem, row: BoundRow): string {
  const { bound, leftInterval, iterations } = row;
  const [low, high] = leftInterval;
  if (delta !== undefined) {
    const least = low > bound ? `${low === high ? '' : 'at least '}${formatNumber(low)}, ` : '';
    return `P(left side > b) is ${least}above δ = ${formatNumber(bound)}, at T = ${iterations}`;
  }
  const isSharper = relation !== 'at-least' && isOnlyAboveSharper(row);
  const name = isSharper ? 'its sharper bound' : 'the bound';
  const least = relation === 'at-least' ? bound / high : low / (isSharper ? row.sharpBound! : bound);
  if (!(least > 1)) return `${name} is exceeded at T = ${iterations}`;
  const factor = formatNumber(least) === '1' ? `(1 + ${formatNumber(least - 1)})` : formatNumber(least);
  const what = relation === 'at-least' ? 'the bound is at least' : 'at least';
  const of = relation === 'at-least' ? 'the left side' : name;
  return `${low === high ? what.replace(/ ?at least$/, '') : what} ${factor} × ${of} at T = ${iterations}`.replace(
    /^ /,
    '',
  );
}

/** Whether the sharper bound refutes a row and the bound does not. A left side that is sampled is compared with the bound alone. */
const isOnlyAboveSharper = ({ verdict, engine, bound, sharpBound, leftInterval: [low] }: BoundRow): boolean =>
  verdict === 'violated' && engine !== 'monte-carlo' && sharpBound !== undefined && low <= bound && low > sharpBound;

function brokenFacts({ theorem, of }: Known, worst: BoundRow): Fact[] {
  const search = of('-tightness');
  const isFound = rowsOf(search).includes(worst) && search?.evidence.worst !== undefined;
  const violated = rowsOf(isFound ? search : of(''))
    .filter(({ verdict, instance }) => verdict === 'violated' && (isFound || instance === worst.instance))
    .toSorted((a, b) => a.iterations - b.iterations);
  const ratios = violated.map((row) => `${formatNumber(ratioOf(theorem, row))} (T = ${row.iterations})`);
  const replay = Object.values((isFound ? search : of(''))?.replay ?? {})[0];
  return [
    ['on', isFound ? inputText(search!.evidence.worst!.input) : `${worst.instance}, T = ${worst.iterations}`],
    ...(worst.threshold === undefined
      ? [['left', formatNumber(worst.left)] as const, ['bound', formatNumber(worst.bound)] as const]
      : [
          ['P(left>b)', formatNumber(worst.left)] as const,
          ['b', formatNumber(worst.threshold)] as const,
          ['δ', formatNumber(worst.bound)] as const,
        ]),
    ...(isOnlyAboveSharper(worst) ? [['sharper', formatNumber(worst.sharpBound!)] as const] : []),
    ...(ratios.length > 1 ? [['worse', ratios.join(', ')] as const] : []),
    ...unrestrictedStart(theorem, of),
    ['again', { code: replay ?? worst.reproduce }],
    ...(replay === undefined ? [] : [['row', { code: worst.reproduce }] as const]),
  ];
}

/**
 * How a theorem restricts its start, where its bound sees neither f(x⁰) − f* nor ‖x⁰ − x*‖ and no hypothesis sees x⁰, so that starts far away are among
 * those that it is about.
 */
function unrestrictedStart({ hypotheses }: SummarizedTheorem, of: Known['of']): Fact[] {
  const { verdict, worst } = of('-tightness')?.evidence ?? {};
  if (verdict !== 'violated' || worst === undefined) return [];
  const { start } = decodeExact(worst.input) as { readonly start: readonly number[] };
  const seesStart = hypotheses.some(
    (entry) => typeof entry !== 'string' && ((entry.search?.length ?? 0) > 2 || (entry.certify?.length ?? 0) > 1),
  );
  const isUnused = (symbol: string) =>
    partsOf(of('-constants')).some(({ name, reason }) => name === symbol && reason === 'the bound does not use it');
  if (seesStart || !(isUnused('f(x⁰) − f*') && isUnused('‖x⁰ − x*‖'))) return [];
  const from = start.length === 1 ? start[0] : `(${start.join(', ')})`;
  return [
    [
      'perhaps',
      `it is broken from x⁰ = ${from}: the bound sees neither f(x⁰) − f* nor ‖x⁰ − x*‖, and no hypothesis restricts x⁰: where the statement does, as in ‖x⁰ − x*‖ ≤ D, use distance.upper for D, or add a hypothesis whose search takes (problem, points, start)`,
    ],
  ];
}

function heldFacts({ record, theorem, proof, of }: Known): Fact[] {
  const bound = of('');
  const needs = partsOf(of('-hypotheses')).flatMap(({ name, reason = '' }): Fact[] => {
    const needed = /^needed: (?:left\/bound|P\(left side > b\)\/δ) = (\S+) at (.*)$/s.exec(reason);
    if (needed)
      return [
        [
          'needs',
          `${name}: ${theorem.delta === undefined ? `${needed[1]} × the bound` : `P(left side > b) reaches ${needed[1]} × δ`} without it, at ${needed[2]}`,
        ],
      ];
    const tries = /^no counterexample in (\d+) tries/.exec(reason);
    return tries ? [['open', `${name}: ${tries[1]} tries without it, none above the bound`]] : [];
  });
  const controls = partsOf(of('-controls'));
  const missed = controls.filter(({ verdict }) => verdict !== 'holds').map(({ name }) => name);
  const found = `${controls.length - missed.length} of ${plural(controls.length, 'planted error')} found`;
  const failing = record.claims
    .filter(isTrouble)
    .map(({ id, evidence }): Fact => ['failed', `${id}: ${evidence.reason}`]);
  return [
    ...failing,
    ...proofFacts(proof),
    ...tightFacts(theorem, of),
    ...needs.toSorted(([a], [b]) => a.localeCompare(b)),
    ...(bound === undefined ? [] : [['tested', testedText(bound)] as const]),
    ...(controls.length === 0
      ? []
      : [['trust', `${found}${missed.length === 0 ? '' : `, not ${missed.join(', ')}`}`] as const]),
  ];
}

function proofFacts(proof: FoundProof): Fact[] {
  if (proof === undefined) return [];
  if (typeof proof === 'string') return [['proof', `none: ${proof}`]];
  if (proof.answer.startsWith('proved')) return [['uses', proof.used.join(', ')]];
  return [['proof', `${headline(proof)}; ${proof.reason}`]];
}

/** `12 of 12 rows, 10 of them without sampling`. */
function testedText(claim: ClaimRecord): string {
  const rows = rowsOf(claim);
  if (rows.length === 0) return `no row: ${claim.evidence.reason}`;
  const holds = rows.filter(({ verdict }) => successVerdicts.includes(verdict));
  const exact = holds.filter(({ engine }) => engine !== 'monte-carlo' && engine !== 'cap');
  const others = ['violated', 'not-refuted', 'inconclusive', 'silent'].flatMap((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  const sampled = exact.length === holds.length ? 'none by sampling' : `${holds.length - exact.length} by sampling`;
  return [`${holds.length} of ${plural(rows.length, 'row')} (${sampled})`, ...others].join(', ');
}

/** The row or search result that is nearest to the bound, and what it implies. */
function tightFacts(theorem: SummarizedTheorem, of: Known['of']): Fact[] {
  const bound = of('');
  // A search result says nothing about a bound that was not judged.
  if (bound !== undefined && rowsOf(bound).length === 0) return [];
  const found = rowsOf(of('-tightness')).map((row) => ({ ...row, instance: 'an instance of the search' }));
  const [most] = [...rowsOf(bound), ...found]
    .map((row) => ({ ...row, ratio: ratioOf(theorem, row) }))
    .filter(({ ratio }) => ratio >= 0)
    .sort((a, b) => b.ratio - a.ratio);
  if (most === undefined) return [['tight', 'no left side was found']];
  const { ratio, instance, iterations, verdict } = most;
  const where = `at T = ${iterations}, on ${instance}`;
  if (!successVerdicts.includes(verdict) && ratio > 1) {
    return [
      [
        'tight',
        `${ratioName(theorem)} is ${formatNumber(ratio)} ${where}: that row is ${verdict}, and decides nothing`,
      ],
    ];
  }
  if (theorem.delta !== undefined)
    return [
      [
        'tight',
        ratio === 0 ? 'no run above b was found' : `P(left side > b) reaches ${formatNumber(ratio)} × δ ${where}`,
      ],
    ];
  if (formatNumber(ratio) === '1') return [['tight', `the bound is attained ${where}: no smaller constant is true`]];
  return [
    [
      'tight',
      theorem.relation === 'at-least'
        ? `the bound is ${formatNumber(ratio)} of the left side ${where}: no constant above ${formatNumber(1 / ratio)} of it is true`
        : `${formatNumber(ratio)} of the bound is reached ${where}: no constant below ${formatNumber(ratio)} of it is true`,
    ],
  ];
}

function remarks({ theorem, of, proof, record }: Known): Verdict[] {
  const judged = of('') !== undefined && record.claims.length > 1;
  const none = judged && of('-controls') === undefined;
  return [
    ...(none ? ['no controls in the file: nothing shows that this check can fail'] : []),
    ...(typeof proof === 'object' && proof.answer === 'false' && worstRow({ theorem, of, proof, record }) === undefined
      ? ['the claims found no counterexample; the search for a proof did']
      : []),
  ].map((text) => ({ mark: 'warn', text }));
}

/** What each hypothesis and constant does, and how fast both sides fall. */
function furtherFacts({ record, of }: Known): Fact[] {
  const { measured = {} } = of('-constants')?.evidence ?? {};
  const [left, bound, where] = ['rate of the left side', 'rate of the bound', 'rates on'].map((name) => measured[name]);
  return [
    ...partsOf(of('-hypotheses')).map(({ name, reason = '' }): Fact => ['without', `${name}: ${reason}`]),
    ...partsOf(of('-constants')).map(({ name, reason = '' }): Fact => ['constant', `${name}: ${reason}`]),
    ...(typeof left === 'number' && typeof bound === 'number'
      ? [
          [
            'rates',
            `the left side falls like T^${left.toFixed(2)}, the bound like T^${bound.toFixed(2)}, on ${where}`,
          ] as const,
        ]
      : []),
    ['again', { code: record.command }],
  ];
}
