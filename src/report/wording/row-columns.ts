import type { BoundRow } from '../../claims/evidence.js';
import { none, type RowField, rowFields } from './row-fields.js';

/** What is said of every row in a table, and what all rows have in common. */
export interface RowColumns {
  readonly columns: readonly RowField[];
  /** Fields with one text for all rows: it is told once. */
  readonly shared: readonly (readonly [RowField, string])[];
}

/** A table of bound rows without what is nowhere stated and without what is everywhere the same; T, verdict and left side always stay. */
export function rowColumns(rows: readonly BoundRow[]): RowColumns {
  const columns: RowField[] = [];
  const shared: (readonly [RowField, string])[] = [];
  rowFields.forEach((field, index) => {
    const texts = new Set(rows.map(field.text));
    const [only = none] = texts;
    if (index < 3 || texts.size > 1) columns.push(field);
    else if (only !== none) shared.push([field, only]);
  });
  return { columns, shared };
}
