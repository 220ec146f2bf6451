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
