import type { RunRecord } from '../record/run-record.js';
import { isFault, subjectsOf } from '../record/subjects.js';
import { type Subject, subjectGrids } from './subject-words.js';

type Outcome = Subject['cells'][number]['outcome'];

/** What one claim found about one function, by whatever of its methods it asked. */
export interface PropertyCell {
  /** What is told first: a method that fails comes before one that is right. */
  readonly outcome: Outcome;
  /** What was asked that came out so, e.g. `prox of huber`. */
  readonly subject: string;
  /** The largest measured / allowed. */
  readonly worst: number;
}

/** Functions by claims. */
export interface FunctionProperties {
  /** Ids of the claims that judge functions, in the order of the ledger. */
  readonly claims: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: ReadonlyMap<string, PropertyCell> }[];
}

export function functionProperties(record: RunRecord): FunctionProperties {
  const grid = subjectGrids(subjectsOf(record).subjects).find(({ title }) => title === 'function');
  const rows = (grid?.rows ?? []).map(({ label, cells }) => ({ label, cells: propertiesOf([...cells.values()]) }));
  const judged = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  return { claims: record.claims.map(({ id }) => id).filter((id) => judged.has(id)), rows };
}

function propertiesOf(subjects: readonly Subject[]): Map<string, PropertyCell> {
  const found = new Map<string, PropertyCell>();
  for (const { subject, cells } of subjects) {
    for (const { claim, outcome, worst } of cells) {
      const before = found.get(claim);
      const largest = Math.max(worst, before?.worst ?? 0);
      const told = before === undefined || rank(outcome) > rank(before.outcome) ? { outcome, subject } : before;
      found.set(claim, { outcome: told.outcome, subject: told.subject, worst: largest });
    }
  }
  return found;
}

/** What fails by itself comes before what follows, and that before what is right. */
const rank = (outcome: Outcome): number => (isFault({ outcome }) ? 2 : outcome === 'follows' ? 1 : 0);
