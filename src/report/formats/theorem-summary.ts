import type { Part } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { formatNumber } from '../wording/format-number.js';
import { printableLine } from '../wording/sanitize.js';
import { reportWidth, wrap } from '../wording/terminal-text.js';

/**
 * How good a theorem is, from a run of its claims: where it holds, how near to the bound anything comes and so by how much it could shrink, which planted errors were
 * found, which hypotheses were needed, which constants mattered, and how fast both sides fall.
 */
export function theoremSummary({ claims, command }: RunRecord, id: string, width?: number): string {
  const of = (suffix: string) => claims.find((claim) => claim.id === `${id}${suffix}`);
  const lines = [
    ...held(of('')),
    ...tightest(id, of(''), of('-tightness')),
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
  return `${[`how good ${id} is`, ...wrapped].join('\n')}\n`;
}

const partsOf = (claim: ClaimRecord | undefined): readonly Part[] => claim?.evidence.parts ?? [];

function held(claim: ClaimRecord | undefined): string[] {
  if (claim === undefined) return [];
  const rows = claim.evidence.rows ?? [];
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

/** The largest left/bound that rows and search found. */
function tightest(id: string, bound: ClaimRecord | undefined, search: ClaimRecord | undefined): string[] {
  const rows = (bound?.evidence.rows ?? []).flatMap(({ instance, iterations, left, bound: right }) =>
    left / right >= 0 ? [{ ratio: left / right, where: `${instance}, T = ${iterations}` }] : [],
  );
  const found = (search?.evidence.rows ?? []).flatMap(({ iterations, left, bound: right }) =>
    left / right >= 0
      ? [{ ratio: left / right, where: `an instance that signprox search finds, T = ${iterations}` }]
      : [],
  );
  const all = [...rows, ...found].sort((a, b) => b.ratio - a.ratio);
  const [most] = all;
  if (most === undefined) return ['no left side was found'];
  const size = formatNumber(most.ratio);
  return [
    `largest left/bound: ${size} on ${most.where}`,
    most.ratio > 1
      ? `so ${id} is false as it stands, by a factor of at least ${size}`
      : `so the bound could shrink to ${size} of itself and no further before something known exceeds it`,
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
