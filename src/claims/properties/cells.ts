import type { Cell, FailingCase } from '../evidence.js';
import type { Subject } from '../implementation/call.js';
import type { PropertyResult, SubjectResult } from './property-check.js';

/** What became of each subject over all parts of a claim, the simplest subjects first. */
export async function cellsOf(results: readonly PropertyResult[]): Promise<Cell[]> {
  const found = new Map<string, { subject: Subject; parts: { result: SubjectResult; thin: string | undefined }[] }>();
  for (const { subjects, thin } of results) {
    for (const result of subjects) {
      const entry = found.get(result.subject.name) ?? { subject: result.subject, parts: [] };
      entry.parts.push({ result, thin });
      found.set(result.subject.name, entry);
    }
  }
  const sorted = [...found.values()].sort((one, other) => one.subject.level - other.subject.level);
  return Promise.all(sorted.map(({ subject, parts }) => cellOf(subject.name, parts)));
}

async function cellOf(
  subject: string,
  parts: readonly { result: SubjectResult; thin: string | undefined }[],
): Promise<Cell> {
  const skipped: Record<string, number> = {};
  const failing: FailingCase[] = [];
  for (const { result } of parts) {
    for (const [reason, count] of Object.entries(result.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
    failing.push(...(await result.failing.told()));
  }
  const refused = Object.keys(skipped).length > 0;
  const thin = refused ? parts.find((part) => part.thin !== undefined)?.thin : undefined;
  return {
    subject,
    cases: parts.reduce((sum, { result }) => sum + result.cases, 0),
    worst: Math.max(...parts.map(({ result }) => result.worstRatio)),
    ...(refused && { skipped }),
    ...(thin !== undefined && { thin }),
    ...(failing.length > 0 && { failing: failing.sort((one, other) => one.of.length - other.of.length) }),
  };
}
