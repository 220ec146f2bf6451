import type { BoundRow } from '../../claims/evidence.js';

/** A claim or a theorem with the rows that were decided. */
interface Decided {
  readonly id: string;
  readonly rows: readonly Pick<BoundRow, 'instance' | 'iterations' | 'verdict'>[];
}

/** Which rows `--strict` does not accept, and what would help, in one line; undefined where there is none. */
export function strictText(decided: readonly Decided[]): string | undefined {
  const iterations = new Map<string, number[]>();
  for (const { id, rows } of decided) {
    for (const row of rows) {
      const place = `${id} on ${row.instance}`;
      if (row.verdict === 'not-refuted') iterations.set(place, [...(iterations.get(place) ?? []), row.iterations]);
    }
  }
  if (iterations.size === 0) return undefined;
  const places = [...iterations].map(([place, list]) => `${place}, T = ${list.join(', ')}`);
  return `--strict: not refuted and not proved: ${places.join('; ')}: derive a cap, as docs/statistics.md shows, or leave --strict out`;
}
