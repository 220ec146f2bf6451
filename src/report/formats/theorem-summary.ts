import type { BoundRow, Part } from '../../claims/evidence.js';
import { decodeExact } from '../../claims/exact-encoding.js';
import { plural } from '../../claims/text.js';
import type { Theorem } from '../../theory/theorem/theorem.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { formatNumber } from '../wording/format-number.js';
import { printableLine } from '../wording/sanitize.js';
import { reportWidth, wrap } from '../wording/terminal-text.js';

/** The theorem that a run was about. */
type SummarizedTheorem = Pick<Theorem, 'id' | 'relation' | 'hypotheses'>;

/**
 * How good a theorem is, from a run of its claims: where it holds, how close left sides come to the bound (so how much it could shrink), which
 * planted errors were found, which hypotheses are needed, which constants matter, and how fast both sides fall.
 */
export function theoremSummary({ claims, command }: RunRecord, theorem: SummarizedTheorem, width?: number): string {
  const { id } = theorem;
  const of = (suffix: string) => claims.find((claim) => claim.id === `${id}${suffix}`);
  const lines = [
    ...held(of('')),
    ...tightest(theorem, of(''), of('-tightness')),
    ...startOf(theorem, of('-tightness'), of('-constants')),
    ...controls(of('-controls')),
    ...partsOf(of('-hypotheses')).map(({ name, reason }) => `without ${name}: ${reason}`),
    ...partsOf(of('-constants')).map(({ name, reason }) => `${name}: ${reason}`),
    ...rate(of('-constants')),
    `again: ${command}`,
  ];
  const columns = reportWidth(width);
  const wrapped = lines.flatMap((line) => {
    const [first, ...rest] = wrap(printableLine(line), columns - 2);
    return [first!, ...rest.map((more) => `  ${more}`)];
  });
  return `${[`how good ${id} is`, ...wrapped, ...counterexample(theorem, of('-tightness'))].join('\n')}\n`;
}

/** The command that shows the worst violation of the search. It is copied, so it stays on one line. */
function counterexample({ relation }: SummarizedTheorem, search: ClaimRecord | undefined): string[] {
  const violated = (search?.evidence.rows ?? []).filter(({ verdict }) => verdict === 'violated');
  const excess = ({ left, bound }: BoundRow) => (relation === 'at-least' ? bound / left : left / bound);
  const [most] = violated.toSorted((a, b) => excess(b) - excess(a));
  return most === undefined ? [] : [printableLine(`counterexample: ${most.reproduce}`)];
}

const partsOf = (claim: ClaimRecord | undefined): readonly Part[] => claim?.evidence.parts ?? [];

function held(claim: ClaimRecord | undefined): string[] {
  if (claim === undefined) return [];
  const rows = claim.evidence.rows ?? [];
  if (rows.length === 0) return [`its bound was not judged: ${claim.evidence.reason}`];
  const holds = rows.filter(({ verdict }) => ['holds', 'proved-exactly', 'holds-within-rho'].includes(verdict));
  const exact = holds.filter(({ engine }) => engine !== 'monte-carlo' && engine !== 'cap');
  const others = ['violated', 'not-refuted', 'inconclusive', 'silent'].flatMap((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${verdict} on ${count}`];
  });
  const said = [
    `holds on ${holds.length} of ${plural(rows.length, 'row')} (${exact.length} of them without sampling)`,
    ...others,
  ];
  return [said.join(', ')];
}

/** The closest row or search result to the bound, and what its verdict implies: the printed ratio is rounded, so the verdict decides. */
function tightest(
  theorem: SummarizedTheorem,
  bound: ClaimRecord | undefined,
  search: ClaimRecord | undefined,
): string[] {
  // A search result says nothing about a bound that was not judged.
  if (bound !== undefined && (bound.evidence.rows ?? []).length === 0) return [];
  const below = theorem.relation === 'at-least';
  const near = (rows: readonly BoundRow[] = [], where: (row: BoundRow) => string = ({ instance }) => instance) =>
    rows.flatMap((row) => {
      const ratio = below ? row.bound / row.left : row.left / row.bound;
      return ratio >= 0 ? [{ ...row, ratio, where: `${where(row)}, T = ${row.iterations}` }] : [];
    });
  const all = [...near(bound?.evidence.rows), ...near(search?.evidence.rows, () => 'an instance of the search')].sort(
    (a, b) => b.ratio - a.ratio,
  );
  const most = all.find(({ verdict }) => verdict === 'violated') ?? all[0];
  if (most === undefined) return ['no left side was found'];
  const size = formatNumber(most.ratio);
  return [
    `largest ${below ? 'bound/left' : 'left/bound'}: ${size} on ${most.where}`,
    whatFollows(theorem, most, below ? most.bound / most.leftInterval[1] : most.leftInterval[0] / most.bound),
  ];
}

function whatFollows(
  { id, relation }: SummarizedTheorem,
  { verdict, ratio }: Pick<BoundRow, 'verdict'> & { ratio: number },
  least: number,
): string {
  if (verdict === 'violated') {
    if (!(least > 1)) return `so ${id} is false as stated`;
    const factor = formatNumber(least) === '1' ? `1 + ${formatNumber(least - 1)}` : formatNumber(least);
    return `so ${id} is false as stated, by a factor of at least ${factor}`;
  }
  if (['holds', 'proved-exactly', 'holds-within-rho'].includes(verdict) || ratio <= 1)
    return relation === 'at-least'
      ? `so the bound could grow to ${formatNumber(1 / ratio)} of itself and no further before something known is below it`
      : `so the bound could shrink to ${formatNumber(ratio)} of itself and no further before something known exceeds it`;
  return `that row is ${verdict}: it decides nothing, and does not refute ${id}`;
}

/**
 * The start of the worst violation of the search; and how a theorem restricts its start, where its bound sees neither f(x⁰) − f* nor ‖x⁰ − x*‖ and no
 * hypothesis sees x⁰, so that starts far away are among those that it is about.
 */
function startOf(
  { hypotheses }: SummarizedTheorem,
  search: ClaimRecord | undefined,
  constants: ClaimRecord | undefined,
): string[] {
  const { verdict, worst } = search?.evidence ?? {};
  if (verdict !== 'violated' || worst === undefined) return [];
  const { start } = decodeExact(worst.input) as { readonly start: readonly number[] };
  const seesStart = hypotheses.some(
    (entry) => typeof entry !== 'string' && ((entry.search?.length ?? 0) > 2 || (entry.certify?.length ?? 0) > 1),
  );
  const isUnused = (symbol: string) =>
    partsOf(constants).some(({ name, reason }) => name === symbol && reason === 'the bound does not use it');
  const restricts = seesStart || !(isUnused('f(x⁰) − f*') && isUnused('‖x⁰ − x*‖'));
  return [
    `it is broken from x⁰ = ${start.length === 1 ? start[0] : `(${start.join(', ')})`}`,
    ...(restricts
      ? []
      : [
          'the bound sees neither f(x⁰) − f* nor ‖x⁰ − x*‖, and no hypothesis restricts x⁰: where the statement does, as in ‖x⁰ − x*‖ ≤ D, use distance.upper for D, or add a hypothesis whose search takes (problem, points, start)',
        ]),
  ];
}

function controls(claim: ClaimRecord | undefined): string[] {
  if (claim === undefined)
    return ['no planted errors: the file has no controls, so nothing shows that the check can fail'];
  const parts = partsOf(claim);
  const found = parts.filter(({ verdict }) => verdict === 'holds');
  const missed = parts.filter(({ verdict }) => verdict !== 'holds').map(({ name }) => name);
  return [
    `${found.length} of ${plural(parts.length, 'planted error')} found${missed.length === 0 ? '' : `, not ${missed.join(', ')}`}`,
  ];
}

function rate(claim: ClaimRecord | undefined): string[] {
  const { measured = {} } = claim?.evidence ?? {};
  const [left, bound, where] = ['rate of the left side', 'rate of the bound', 'rates on'].map((name) => measured[name]);
  if (typeof left !== 'number' || typeof bound !== 'number') return [];
  return [`rates: the left side falls like T^${left.toFixed(2)}, the bound like T^${bound.toFixed(2)}, on ${where}`];
}
