import * as z from 'zod';
import type { RunRecord } from './run-record.js';
import { runRecordSchema } from './run-record-schema.js';

/**
 * Reads the text of a `bounds.json`. Throws a RangeError of one line that names the place, the value and what is allowed there.
 */
export function parseRunRecord(json: string): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RangeError(`run record: not JSON: ${oneLine((error as SyntaxError).message)}`);
  }
  const result = runRecordSchema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new RangeError(`run record: ${describeIssue(issues[0]!)}${more}`);
}

/** JSON Schema (draft 2020-12) of the text that `parseRunRecord` reads. */
export function runRecordJsonSchema(): Record<string, unknown> {
  return { title: 'signprox run record', ...z.toJSONSchema(runRecordSchema, { io: 'input' }) };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const got = issue.input === undefined ? '' : `, got ${oneLine(JSON.stringify(issue.input)).slice(0, 60)}`;
  return `${place.replace(/^\./, '') || 'the top level'}: ${oneLine(issue.message)}${got}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
