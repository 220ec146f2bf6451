import { fromBits } from '../../claims/exact-encoding.js';
import { plural } from '../../claims/text.js';
import type { Verdict } from '../../claims/verdict.js';
import { ulp } from '../../judging/judges/distance.js';
import { formatNumber } from '../wording/format-number.js';
import { ascendingCells, type Baseline, type BaselineClaim } from './baseline.js';
import { keyOf } from './settle-outcomes.js';

/** One difference. */
export interface Difference {
  readonly kind: 'worse' | 'missing' | 'better' | 'new';
  /** Its subject, and the old and new value, in one line. */
  readonly text: string;
}

/** Verdicts from worst to best: a claim that moves left got worse. A claim that no longer applies got worse too. */
const ascending: readonly Verdict[] = [
  'violated',
  'inconclusive',
  'not-applicable',
  'misprint',
  'needed',
  'silent',
  'illustrated',
  'not-refuted',
  'holds-within-rho',
  'holds',
  'proved-exactly',
];

/**
 * All differences between `before` and `after`, over the union of claims, parts, rows and trajectories. `selected` says which claims the run
 * checked: the others cannot be missing.
 */
export function compareBaselines(before: Baseline, after: Baseline, selected: (id: string) => boolean): Difference[] {
  const judgement = new Comparison(before.tolerance);
  const sameSuite = before.suiteVersion === after.suiteVersion;
  judgement.union(
    'claim',
    before.claims.filter(({ id }) => selected(id)),
    after.claims,
    ({ id }) => id,
    (old, now) => {
      judgement.claim(old, now, sameSuite && old.version === now.version);
    },
  );
  const entries = (list: Baseline['trajectories']) => Object.entries(list);
  judgement.union(
    'trajectory',
    entries(before.trajectories),
    entries(after.trajectories),
    ([id]) => id,
    ([id, old], [, now]) => judgement.trajectory(id, old, now),
  );
  return judgement.differences;
}

/** The worst measured / allowed; at most 1 if the verdict is good. */
interface Measured {
  readonly ratio: number;
}

class Comparison {
  readonly differences: Difference[] = [];
  constructor(private readonly allowed: Baseline['tolerance']) {}

  /** Pairs the entries that both lists have; the rest is missing or new. */
  union<Entry>(
    what: string,
    before: readonly Entry[],
    after: readonly Entry[],
    key: (entry: Entry) => string,
    pair: (old: Entry, now: Entry) => void,
  ): void {
    const later = numbered(after, key);
    for (const [name, old] of numbered(before, key)) {
      const now = later.get(name);
      if (now === undefined) this.differences.push({ kind: 'missing', text: `${what} ${name} was there before` });
      else pair(old, now);
      later.delete(name);
    }
    for (const name of later.keys()) this.differences.push({ kind: 'new', text: `${what} ${name}` });
  }

  claim(old: BaselineClaim, now: BaselineClaim, sameCases: boolean): void {
    const cells = new Comparison(this.allowed);
    cells.cells(old, now, sameCases);
    const whole = new Comparison(this.allowed);
    whole.whole(old, now, sameCases);
    this.differences.push(...cells.differences);
    // The claim and its parts would only repeat what the cells say.
    if (cells.differences.length === 0) this.differences.push(...whole.differences);
    else if (!isRegression(cells.differences)) this.differences.push(...whole.differences.filter(isWorse));
  }

  private cells(old: BaselineClaim, now: BaselineClaim, sameCases: boolean): void {
    const keyOfCell = ({ subject }: BaselineClaim['cells'][number]): string => keyOf(subject, old.id);
    this.union('cell', old.cells, now.cells, keyOfCell, (before, after) => {
      this.verdict(keyOfCell(before), before, after, ascendingCells);
      if (sameCases) this.measured(keyOfCell(before), before, after);
    });
  }

  /** The claim as a whole, its parts and its rows. */
  private whole(old: BaselineClaim, now: BaselineClaim, sameCases: boolean): void {
    const { id } = old;
    this.verdict(id, old, now);
    if (!sameCases) return;
    if (old.parts.length + old.rows.length === 0) this.measured(id, old, now);
    const partKey = ({ name }: BaselineClaim['parts'][number]): string => `${id}, ${name}`;
    this.union('part', old.parts, now.parts, partKey, (before, after) => {
      this.verdict(partKey(before), before, after);
      this.measured(partKey(before), before, after);
    });
    const rowKey = ({ instance, iterations }: BaselineClaim['rows'][number]): string =>
      `${id}, ${instance}, T = ${iterations}`;
    this.union('row', old.rows, now.rows, rowKey, (before, after) => {
      this.verdict(rowKey(before), before, after);
      this.ratio(rowKey(before), before, after);
    });
  }

  private measured(name: string, old: Measured & { cases: number }, now: Measured & { cases: number }): void {
    if (now.cases < old.cases) {
      this.differences.push({
        kind: 'worse',
        text: `${name}: ${plural(now.cases, 'case')} judged, ${old.cases} before`,
      });
    }
    this.ratio(name, old, now);
  }

  private verdict<Name extends string>(
    name: string,
    old: { readonly verdict: Name },
    now: { readonly verdict: Name },
    order: readonly string[] = ascending,
  ): void {
    const moved = order.indexOf(now.verdict) - order.indexOf(old.verdict);
    if (moved === 0) return;
    this.differences.push({
      kind: moved < 0 ? 'worse' : 'better',
      text: `${name}: ${now.verdict}, ${old.verdict} before`,
    });
  }

  private ratio(name: string, old: Measured, now: Measured): void {
    const { ratioFactor, ratioFloor } = this.allowed;
    const limit = Math.max(ratioFactor * old.ratio, ratioFloor);
    const text = `${name}: ${formatNumber(now.ratio)} of the allowed, ${formatNumber(old.ratio)} before`;
    if (now.ratio > limit) this.differences.push({ kind: 'worse', text });
    else if (old.ratio > Math.max(ratioFactor * now.ratio, ratioFloor)) this.differences.push({ kind: 'better', text });
  }

  trajectory(id: string, old: readonly (readonly string[])[], now: readonly (readonly string[])[]): void {
    const lengths = (iterates: readonly (readonly string[])[]): string => iterates.map(({ length }) => length).join();
    if (lengths(old) !== lengths(now)) {
      this.differences.push({ kind: 'worse', text: `trajectory ${id}: another number of iterates or elements` });
      return;
    }
    for (const [t, iterate] of old.entries()) {
      for (const [i, digits] of iterate.entries()) {
        const later = now[t]![i]!;
        if (later === digits) continue;
        const [was, is] = [fromBits(digits), fromBits(later)];
        const ulps = Math.abs(is - was) / ulp(was);
        if (ulps <= this.allowed.trajectoryUlps) continue;
        const text = `trajectory ${id}: x_${t + 1}[${i}] is ${is} (${later}), ${was} (${digits}) before: ${formatNumber(ulps)} ulp`;
        this.differences.push({ kind: 'worse', text });
        // Later iterates follow from this one.
        return;
      }
    }
  }
}

/** Entries by key, the second of a key as `key (2)`. */
function numbered<Entry>(entries: readonly Entry[], key: (entry: Entry) => string): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    let name = key(entry);
    for (let again = 2; found.has(name); again++) name = `${key(entry)} (${again})`;
    found.set(name, entry);
  }
  return found;
}

/** The differences, one on each line, and the number of each kind. */
export function differenceText(differences: readonly Difference[]): string {
  const order = ['missing', 'worse', 'better', 'new'] as const;
  const of = (kind: Difference['kind']): Difference[] => differences.filter((difference) => difference.kind === kind);
  const lines = order.flatMap((kind) => of(kind).map(({ text }) => `  ${kind}: ${text}`));
  const counts = order.map((kind) => `${of(kind).length} ${kind}`).join(', ');
  return ['against the baseline:', ...lines, `  ${differences.length === 0 ? 'nothing changed' : counts}`].join('\n');
}

const isWorse = ({ kind }: Difference): boolean => kind === 'worse' || kind === 'missing';

/** True when something is worse or missing. */
export const isRegression = (differences: readonly Difference[]): boolean => differences.some(isWorse);
