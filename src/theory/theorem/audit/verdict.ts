import { plural } from '../../../claims/text.js';
import type { AuditVerdict, Constant, HypothesisFinding, Witness } from './finding.js';
import { formatConstant, formatExact, formatNumber } from './format.js';

/** The results about a hypothesis with a constant. */
export interface ConstantEvidence {
  readonly declared?: Constant;
  /** Certified upper bound of the true constant. */
  readonly computed?: Constant;
  readonly searched?: Constant;
  readonly cases: number;
  /** The pairs or points among the cases at which numbers overflow. */
  readonly overflows?: number;
  /** A witness against every constant. */
  readonly unbounded?: Witness;
  /** The worst pair of a coordinate (0 for a single constant), which refutes a constant that is too small. */
  witness?(coordinate: number): Omit<Witness, 'allowed'> | undefined;
  /** The name of the constant: `L`, `σ_i`. */
  readonly symbol: string;
}

const entries = (constant: Constant | undefined): readonly number[] =>
  constant === undefined ? [] : typeof constant === 'number' ? [constant] : constant;

/** Index of the first entry of `a` above that of `b`, or −1. */
function exceeding(a: Constant | undefined, b: Constant | undefined): number {
  const limits = entries(b);
  return entries(a).findIndex((value, i) => value > (limits[i] ?? Infinity));
}

/** A certified constant is called loose if it exceeds the searched one by more than this factor. */
const LOOSE = 1.1;

/** The certified constant divided by the largest that was found, if it is loose: the latter is a lower bound of the true one. */
function looseness({ computed, searched, symbol }: ConstantEvidence): { ratio: number; text: string } | undefined {
  const met = entries(searched);
  const ratios = entries(computed).map((value, i) => (met[i]! > 0 ? value / met[i]! : 0));
  const ratio = Math.max(0, ...ratios);
  if (ratio <= LOOSE) return undefined;
  const i = ratios.indexOf(ratio);
  const name = symbol.replace('_i', `_${i + 1}`);
  const found = `the search met no more than ${formatNumber(met[i]!)}, so ${name} may be up to ${ratio.toPrecision(3)} times too large`;
  return { ratio, text: `${found}: bounds with it hold, and may be weaker by as much` };
}

/**
 * The verdict on a constant, from what is declared, certified and found: a witness against every constant or a pair above the
 * declared (or even the certified) one is a violation; a declared constant that is at least the certified one is certified, and so is
 * the certified one itself; anything else is consistent with what was searched.
 */
export function judgeConstant(
  evidence: ConstantEvidence,
): Pick<
  HypothesisFinding,
  'declared' | 'computed' | 'searched' | 'cases' | 'loose' | 'verdict' | 'reason' | 'witness'
> {
  const { declared, computed, searched, cases, unbounded, symbol } = evidence;
  const conclude = (verdict: AuditVerdict, reason: string, witness?: Witness) => ({
    ...(declared !== undefined && { declared }),
    ...(computed !== undefined && { computed }),
    ...(searched !== undefined && { searched }),
    cases,
    verdict,
    reason,
    ...(witness && { witness }),
  });
  if (unbounded) return conclude('violated', unbounded.explanation, unbounded);
  for (const [claimed, name] of [
    [declared, 'declared'],
    [computed, 'certified'],
  ] as const) {
    const index = exceeding(searched, claimed);
    if (index < 0) continue;
    const allowed = entries(claimed)[index]!;
    const witness = { ...evidence.witness!(index)!, allowed };
    const limit = `${formatConstant(allowed)}, the ${name} ${symbol}`;
    // If seven digits do not distinguish them, all digits are shown.
    const close = formatNumber(witness.measured) === formatNumber(allowed);
    const digits = close ? `: ${formatExact(witness.measured)} > ${formatExact(allowed)}` : '';
    return conclude('violated', `${witness.explanation} > ${limit}${digits}`, witness);
  }
  if (declared !== undefined && computed !== undefined && exceeding(computed, declared) < 0) {
    return conclude('certified', `the declared ${symbol} is at least the certified one`);
  }
  if (declared === undefined && computed !== undefined) {
    const holds = `${symbol} = ${formatConstant(computed)} holds on all of Rⁿ`;
    const loose = looseness(evidence);
    if (loose === undefined) return conclude('certified', holds);
    return { ...conclude('certified', `${holds}; ${loose.text}`), loose: loose.ratio };
  }
  const tried =
    beyondDoubles(evidence) ?? (cases === 0 ? 'nothing was searched' : `none of ${cases} pairs or points exceeds it`);
  return conclude(
    'consistent',
    declared === undefined
      ? `no ${symbol} is certified; ${tried.replace('exceeds it', 'rules one out')}`
      : `${tried}; ${symbol} is not certified`,
  );
}

/** The message about a search that overflowed at most of its points: it found nothing because it could not compute. */
export function beyondDoubles({
  cases,
  overflows = 0,
}: Pick<ConstantEvidence, 'cases' | 'overflows'>): string | undefined {
  if (overflows <= cases / 2) return undefined;
  return `the numbers are beyond the range of doubles at ${overflows} of ${plural(cases, 'point')}: rescale the problem`;
}

/** `{ [name]: value }`, or nothing when there is no value. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
