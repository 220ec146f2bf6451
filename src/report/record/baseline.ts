import * as z from 'zod';
import { depths } from '../../claims/claim.js';
import { fromBits } from '../../claims/exact-encoding.js';
import { ulp } from '../../claims/judges/distance.js';
import { plural } from '../../claims/plural.js';
import { countSchema, realSchema } from '../../claims/real-schema.js';
import { type Verdict, verdicts } from '../../claims/verdict.js';
import { formatNumber } from '../wording/format-number.js';
import { boundRatio } from './bound-ratio.js';
import type { RunRecord } from './run-record.js';

const bits = z.string().regex(/^[0-9a-f]{16}$/);
const measured = { verdict: z.enum(verdicts), ratio: realSchema };

/** An earlier run of one implementation, to be compared with later ones. */
export const baselineSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    suiteVersion: z.string(),
    implementation: z.strictObject({ name: z.string(), version: z.string(), language: z.string() }),
    seed: z.string(),
    depth: z.enum(depths),
    tolerance: z
      .strictObject({
        ratioFactor: z.number().min(1),
        ratioFloor: z.number().nonnegative(),
        trajectoryUlps: z.number().nonnegative(),
        why: z.string(),
      })
      .describe(
        'a ratio of measured to allowed is worse above max(ratioFactor · ratio before, ratioFloor); an element of a trajectory that moved by more than trajectoryUlps is',
      ),
    claims: z.array(
      z.strictObject({
        id: z.string().min(1),
        version: countSchema.describe('of the check: ratios of two versions are not compared'),
        cases: countSchema,
        ...measured,
        parts: z.array(z.strictObject({ name: z.string(), cases: countSchema, ...measured })),
        rows: z.array(z.strictObject({ instance: z.string(), iterations: countSchema, ...measured })),
      }),
    ),
    trajectories: z
      .record(z.string(), z.array(z.array(bits)))
      .describe('the iterates of the published trajectories, by id, as the implementation returned them'),
  })
  .describe('signprox baseline: an earlier run of one implementation');
export type Baseline = z.output<typeof baselineSchema>;
type BaselineClaim = Baseline['claims'][number];

/** Rounding in another order moves a ratio by a few units in 64; anything that doubles beyond that is a change of the method. */
const tolerance: Baseline['tolerance'] = {
  ratioFactor: 2,
  ratioFloor: 1 / 16,
  trajectoryUlps: 0,
  why: 'tolerances are 64 roundings: below 1/16 a ratio is a handful of them, and another order of summation moves it; trajectories are compared bit for bit',
};

/** What a run leaves for later ones: the claims whose versions are given, and trajectories. */
export function baselineOf(
  record: RunRecord,
  versions: ReadonlyMap<string, number>,
  trajectories: Baseline['trajectories'],
): Baseline {
  const { name, version, language } = record.implementation;
  return {
    schemaVersion: 1,
    suiteVersion: record.suite.version,
    implementation: { name, version, language },
    seed: record.seed,
    depth: record.depth,
    tolerance,
    claims: record.claims
      .filter(({ id }) => versions.has(id))
      .map(({ id, evidence }) => ({
        id,
        version: versions.get(id)!,
        cases: evidence.cases,
        verdict: evidence.verdict,
        ratio: evidence.worst?.ratio ?? 0,
        parts: (evidence.parts ?? []).map((part) => ({
          name: part.name,
          cases: part.cases,
          verdict: part.verdict,
          ratio: part.worstRatio,
        })),
        rows: (evidence.rows ?? []).map((row) => ({
          instance: row.instance,
          iterations: row.iterations,
          verdict: row.verdict,
          ratio: boundRatio(row),
        })),
      })),
    trajectories,
  };
}

/** One thing that is not as it was. */
export interface Difference {
  readonly kind: 'worse' | 'missing' | 'better' | 'new';
  /** What it is about, and how it was and is, in one line. */
  readonly text: string;
}

/** Verdicts from worst to best: a claim that moves left got worse. What cannot be asked any more has got worse too. */
const ascending: readonly Verdict[] = [
  'violated',
  'inconclusive',
  'not-applicable',
  'refuted-as-stated',
  'silent',
  'illustrated',
  'holds-within-rho',
  'holds',
  'proved-exactly',
];

/**
 * Everything in which `after` differs from `before`, over the union of claims, parts, rows and trajectories. `selected` says which
 * claims were asked for: the others cannot be missing.
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

interface Measured {
  readonly verdict: Verdict;
  /** The worst measured / allowed; at most 1 where the verdict is good. */
  readonly ratio: number;
}

class Comparison {
  readonly differences: Difference[] = [];
  constructor(private readonly allowed: Baseline['tolerance']) {}

  /** Pairs what both lists have; the rest is missing or new. */
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
    const { id } = old;
    this.verdict(id, old, now);
    if (!sameCases) return;
    if (old.parts.length + old.rows.length === 0) this.measured(id, old, now);
    this.union(
      'part',
      old.parts.map((part) => ({ ...part, key: `${id}, ${part.name}` })),
      now.parts.map((part) => ({ ...part, key: `${id}, ${part.name}` })),
      ({ key }) => key,
      (before, after) => {
        this.verdict(before.key, before, after);
        this.measured(before.key, before, after);
      },
    );
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

  private verdict(name: string, old: Measured, now: Measured): void {
    const moved = ascending.indexOf(now.verdict) - ascending.indexOf(old.verdict);
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

/** The differences, one per line, and how many there are of each kind. */
export function differenceText(differences: readonly Difference[]): string {
  const order = ['missing', 'worse', 'better', 'new'] as const;
  const of = (kind: Difference['kind']): Difference[] => differences.filter((difference) => difference.kind === kind);
  const lines = order.flatMap((kind) => of(kind).map(({ text }) => `  ${kind}: ${text}`));
  const counts = order.map((kind) => `${of(kind).length} ${kind}`).join(', ');
  return ['against the baseline:', ...lines, `  ${differences.length === 0 ? 'nothing changed' : counts}`].join('\n');
}

/** True when something is worse or missing. */
export function isRegression(differences: readonly Difference[]): boolean {
  return differences.some(({ kind }) => kind === 'worse' || kind === 'missing');
}
