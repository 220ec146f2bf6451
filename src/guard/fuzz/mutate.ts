import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';

/** Random choices of one fuzzed line; the same seed and index make the same line. */
export interface Choices {
  /** An integer from 0 to count − 1. */
  below(count: number): number;
  oneOf<T>(values: readonly T[]): T;
}

export function choicesOf(seed: string, index: number): Choices {
  const random = keyedStream(streamKey(seed, 'fuzz', 1, index));
  const below = (count: number): number => Math.floor(random() * count);
  return { below, oneOf: (values) => values[below(values.length)]! };
}

/** Pieces of text that are known to break parsers, terminals, reports and prototypes. */
const nasty: readonly string[] = [
  '"__proto__":{"polluted":1},',
  '"constructor":{"prototype":{"polluted":1}},',
  '"__proto__":null,',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '1e999',
  '-1e-999',
  '-0',
  '9007199254740993',
  '0.1e',
  '"NaN"',
  'NaN',
  'Infinity',
  '"7ff8000000000000"',
  '"FFF0000000000000"',
  '"3f800000"',
  '"0x3ff0000000000000"',
  '"\\u0000"',
  '"\\ud800"',
  '\u001b[2J',
  '\u009b31m',
  '\u202e',
  '\u2028',
  '<script>alert(1)</script>',
  '\ufeff',
  '\r',
  '\t',
  ',',
  ':',
  '"',
  '\\',
  '{"id":',
  '[[[[[[[[[[[[[[[[',
];

/** One random change of a line. */
function change(bytes: Uint8Array, { below, oneOf }: Choices): Uint8Array {
  const at = below(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + below(8));
  const piece = (text: string): Uint8Array => new TextEncoder().encode(text);
  const replace = (from: number, to: number, middle: Uint8Array): Uint8Array =>
    Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);
  switch (below(8)) {
    case 0:
      return replace(at, end, new Uint8Array(0));
    case 1:
      return replace(at, at, piece(oneOf(nasty)));
    case 2:
      return replace(at, end, piece(oneOf(nasty)));
    case 3:
      return replace(at, end, Uint8Array.of(below(256)));
    case 4:
      return replace(at, at, bytes.subarray(at, end));
    case 5:
      return bytes.subarray(0, at);
    case 6:
      return replaceOneValue(bytes, below, piece(oneOf(nasty)));
    default:
      return replace(at, at, piece('['.repeat(below(400))));
  }
}

/** Replaces one JSON value: random changes of bytes seldom hit a whole value. */
function replaceOneValue(bytes: Uint8Array, below: Choices['below'], value: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const values = [...text.matchAll(/"[^"\\]*"(?!:)|-?\d+(?:\.\d+)?|\[[^[\]]*\]|\{[^{}]*\}/g)];
  const chosen = values[below(values.length)];
  if (chosen === undefined) return bytes;
  return Buffer.concat([bytes.subarray(0, chosen.index), value, bytes.subarray(chosen.index + chosen[0].length)]);
}

/** Bytes that are not a line of the protocol at all. */
function garbage({ below }: Choices): Uint8Array {
  return Uint8Array.from({ length: below(64) }, () => below(256));
}

/** The line with zero to four random changes, or bytes that have nothing to do with it. */
export function mutate(line: string, choices: Choices): Uint8Array {
  if (choices.below(32) === 0) return garbage(choices);
  let bytes: Uint8Array = new TextEncoder().encode(
    choices.below(128) === 0 ? line.repeat(1 + choices.below(60)) : line,
  );
  for (let changes = choices.below(5); changes > 0; changes--) bytes = change(bytes, choices);
  return bytes;
}
