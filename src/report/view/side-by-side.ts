import { byPaperOrder } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { functionProperties, inMethodOrder, type PropertyCell, type Subject, subjectGrids } from './subjects.js';

/** The results of several runs, in their order; undefined for a run that did not ask. */
export type Beside<Value> = readonly (Value | undefined)[];

/** The letter of a run among others. */
export const letterOf = (run: number): string => String.fromCodePoint('A'.codePointAt(0)! + run);

/** Largest number of runs: more have no letter, and no reader could tell them apart. */
export const mostRuns = 26;

/** A table of names by columns. */
export interface BesideTable<Value> {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cell: (column: string) => Beside<Value> }[];
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/** Functions and algorithms by method, and operators. */
export function subjectsBeside(records: readonly RunRecord[]): BesideTable<Subject>[] {
  const grids = records.map((record) => subjectGrids(subjectsOf(record).subjects));
  return unique(grids.flat().map(({ title }) => title)).map((title) => {
    const own = grids.map((all) => all.find((grid) => grid.title === title));
    const columns = inMethodOrder(own.flatMap((grid) => grid?.methods ?? []));
    return {
      title,
      columns,
      rows: besideRows(own.map((grid) => grid?.rows ?? [])),
    };
  });
}

/** Functions by claim. */
export function propertiesBeside(records: readonly RunRecord[]): BesideTable<PropertyCell> {
  const all = records.map(functionProperties);
  const judged = new Set(all.flatMap(({ claims }) => claims));
  return {
    title: 'function',
    columns: claimsBeside(records).flatMap(({ claim: { id } }) => (judged.has(id) ? [id] : [])),
    rows: besideRows(all.map(({ rows }) => rows)),
  };
}

interface Row<Value> {
  readonly label: string;
  readonly cells: ReadonlyMap<string, Value>;
}

function besideRows<Value>(tables: readonly (readonly Row<Value>[])[]): BesideTable<Value>['rows'] {
  return unique(tables.flat().map(({ label }) => label)).map((label) => {
    const own = tables.map((rows) => rows.find((row) => row.label === label));
    return { label, cell: (column) => own.map((row) => row?.cells.get(column)) };
  });
}

/** A claim with the result of each run. */
export interface ClaimBeside {
  /** Its statement in the first run that has it. */
  readonly claim: ClaimRecord;
  readonly found: Beside<ClaimRecord>;
}

/** The claims of all runs, in the paper's order. */
export function claimsBeside(records: readonly RunRecord[]): ClaimBeside[] {
  const ids = unique(records.flatMap(({ claims }) => claims.map(({ id }) => id)));
  return ids
    .map((id) => {
      const found = records.map(({ claims }) => claims.find((claim) => claim.id === id));
      return { claim: found.find((claim) => claim !== undefined)!, found };
    })
    .sort((one, other) => byPaperOrder(one.claim, other.claim));
}
