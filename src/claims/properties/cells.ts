import type { CaseRecord, Cell, FailingCase } from '../evidence.js';
import type { Subject } from '../implementation/call.js';
import { plural } from '../plural.js';
import type { ToldResult } from './property-part.js';
import { largerCase, smallerCase, type ToldTally } from './tallies.js';

/** What became of each subject over all parts of a claim, the simplest subjects first. */
export function cellsOf(results: readonly ToldResult[]): Cell[] {
  const found = new Map<string, { subject: Subject; parts: TalliedPart[] }>();
  for (const { subjects, thin, late } of results) {
    for (const result of subjects) {
      const entry = found.get(result.subject.name) ?? { subject: result.subject, parts: [] };
      entry.parts.push({ result, thin, late });
      found.set(result.subject.name, entry);
    }
  }
  const sorted = [...found.values()].sort((one, other) => one.subject.level - other.subject.level);
  return sorted.map(({ subject, parts }) => cellOf(subject.name, parts));
}

/** What became of a subject in one part, and what was not met of the part. */
interface TalliedPart {
  readonly result: ToldTally;
  readonly thin: string | undefined;
  readonly late: string | undefined;
}

function cellOf(subject: string, parts: readonly TalliedPart[]): Cell {
  const skipped: Record<string, number> = {};
  const failing: FailingCase[] = [];
  let minimal: CaseRecord | undefined;
  let worst: CaseRecord | undefined;
  let unanswered: CaseRecord | undefined;
  for (const { result } of parts) {
    for (const [reason, count] of Object.entries(result.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
    failing.push(...result.failing);
    if (result.minimal) minimal = smallerCase(minimal, result.minimal);
    if (result.worst) worst = largerCase(worst, result.worst);
    if (result.unanswered) unanswered = smallerCase(unanswered, result.unanswered);
  }
  const refused = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const cases = parts.reduce((sum, { result }) => sum + result.cases, 0);
  // Other subjects of a part may have got the cases in place of those that were refused of this one.
  const few = refused > cases ? `${cases} of ${plural(cases + refused, 'case')} answered` : undefined;
  const unmet = refused > 0 ? (parts.find((part) => part.thin !== undefined)?.thin ?? few) : undefined;
  const thin = parts.find((part) => part.late !== undefined)?.late ?? unmet;
  return {
    subject,
    cases,
    worst: Math.max(...parts.map(({ result }) => result.worstRatio)),
    ...(refused > 0 && { skipped }),
    ...(thin !== undefined && { thin }),
    ...(minimal && { minimal }),
    ...(worst && { worstCase: worst }),
    ...(unanswered && { unanswered }),
    ...(failing.length > 0 && { failing: failing.sort((one, other) => one.of.length - other.of.length) }),
  };
}
