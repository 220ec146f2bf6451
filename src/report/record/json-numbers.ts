import type * as z from 'zod';
import { printableJson } from '../wording/sanitize.js';

/**
 * JSON text with two-space indentation and a final newline: the same value always gives the same bytes (keys stay in the order
 * in which they were built), and doubles outside JSON become the strings that `realSchema` reads, and no character acts on a terminal.
 */
export function stableJson(value: unknown): string {
  return `${printableJson(JSON.stringify(value, (_key, entry: unknown) => encodeNumber(entry), 2))}\n`;
}

function encodeNumber(value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

/** Reads JSON by a schema. Throws a RangeError of one line that names the place, the value and what is allowed there. */
export function parseRecord<Schema extends z.ZodType>(what: string, schema: Schema, json: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RangeError(`${what}: not JSON: ${oneLine((error as SyntaxError).message)}`);
  }
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new RangeError(`${what}: ${describeIssue(issues[0]!)}${more}`);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const got = issue.input === undefined ? '' : `, got ${oneLine(JSON.stringify(issue.input)).slice(0, 60)}`;
  return `${place.replace(/^\./, '') || 'the top level'}: ${oneLine(issue.message)}${got}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
