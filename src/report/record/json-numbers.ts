import * as z from 'zod';
import { printableJson } from '../wording/sanitize.js';

/** JSON has no word for these doubles: they travel as strings, the words of the protocol's decimal encoding. */
const specialNumbers = ['NaN', 'Infinity', '-Infinity', '-0'] as const;

const special: ReadonlySet<string> = new Set(specialNumbers);

/** A double in JSON: a number, or one of "NaN", "Infinity", "-Infinity", "-0". Decodes to a number. */
export const realSchema = z.union([z.number(), z.enum(specialNumbers)]).transform(Number);

/** A measured figure: a double as above, or text. The four words above are always numbers. */
export const figureSchema = z.union([z.number(), z.string()]).transform((value) => {
  return typeof value === 'string' && special.has(value) ? Number(value) : value;
});

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
