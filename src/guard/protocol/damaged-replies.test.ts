import test from 'ava';
import fc from 'fast-check';
import { dtypeNames } from '../../claims/implementation/dtype.js';
import { ProtocolError } from './protocol-error.js';
import { readBatch, readReply, readResult } from './read-reply.js';
import { encodingNames, realEncoding } from './real-encoding.js';
import { handshakeOf, helloSchema, type ResultSchemas, resultSchemas, seeingInputs } from './replies.js';

const plain = encodingNames.flatMap((name) => dtypeNames.map((dtype) => resultSchemas(realEncoding(name, dtype).real)));
const bits = plain[0]!;
const watching = [true, false].map((always) => seeingInputs(bits, realEncoding('bits', 'f64').real, always));
const schemas = [...plain, ...watching];
const methods = Object.keys(bits) as (keyof ResultSchemas)[];

const x = ['3ff0000000000000', 'C000000000000000'];
const hello = {
  ...{ protocol: '2.0', encoding: 'bits', implementation: { name: 'mine', version: '1', language: 'none' } },
  ...{
    dtype: 'f64',
    methods: ['prox', 'batch'],
    functions: ['l1'],
    smooth: [],
    algorithms: ['spgm', 'lion', 'sophia'],
  },
  ...{ conventions: { signOfZero: 'zero' }, accuracy: { l1: 1e-6 }, forms: ['out'], variants: ['loop', 'fused'] },
};
const lines = [
  ...[{ x }, { x: [] }, { value: x[0] }, { x, trajectory: [x] }, { x, state: { '1': x, b: [2] }, input: x }].map(
    (ok) => ({
      ok,
    }),
  ),
  ...[{ counts: [3, 4] }, { replies: [{ id: 4, ok: { x, state: [] } }, { error: { code: 'domain' } }] }, hello].map(
    (ok) => ({ ok }),
  ),
  ...['domain', 'odd'].map((code) => ({ error: { code, message: 'no' } })),
].map((content) => JSON.stringify({ id: 3, ...content }));

/** Pieces of text that are known to break parsers, terminals, reports and prototypes. */
const nasty = [
  ...['"__proto__":{"polluted":1},', '"constructor":{"prototype":{"polluted":1}},', '"__proto__":null,', '{"id":'],
  ...['null', 'true', '[]', '{}', '""', '1e999', '-0', '9007199254740993', '0.1e', 'NaN', '"NaN"', '"3f800000"'],
  ...['"7ff8000000000000"', '"0x3ff0000000000000"', '"\\u0000"', '"\\ud800"', '\u001b[2J', '\u009b31m', '\u202e'],
  ...['\u2028', '<script>alert(1)</script>', '\ufeff', '\r', '\t', ',', ':', '"', '\\', '[[[[[[[[[[[[[[[['],
];

/** A valid line with pieces of it cut out or replaced: values, or whatever stands somewhere. */
const damaged = fc
  .tuple(
    fc.constantFrom(...lines),
    fc.array(fc.tuple(fc.nat(400), fc.nat(8), fc.constantFrom('', ...nasty), fc.boolean()), { maxLength: 4 }),
  )
  .map(([line, changes]) =>
    changes.reduce((text, [at, length, piece, isValue]) => {
      const values = isValue ? [...text.matchAll(/"[^"\\]*"(?!:)|-?\d+(?:\.\d+)?|\[[^[\]]*\]|\{[^{}]*\}/g)] : [];
      const { index = at % (text.length + 1), 0: value } = values[at % values.length] ?? { 0: '.'.repeat(length) };
      return text.slice(0, index) + piece + text.slice(index + value.length);
    }, line),
  );

/** What is read; undefined for a ProtocolError of one short line of printable characters. Nothing else may be thrown. */
function read<T>(reader: () => T): T | undefined {
  try {
    return reader();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.message.length > 1000 || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(error.message))
      throw new Error(error.message);
    return undefined;
  }
}

/** The prototypes, which no message may change. */
const prototypes = () => [Object, Array, Function].map(({ prototype }) => Reflect.ownKeys(prototype).length);

test('a damaged reply is read as what it says, or refused in one printable line, and changes no prototype', (t) => {
  const before = prototypes();
  let accepted = 0;
  const judge = (line: string): void => {
    const answer = read(() => readReply(Buffer.from(line), 3, 'prox'));
    if (answer === undefined || 'error' in answer) return;
    const { ok } = answer;
    const said = JSON.parse(line.replace(/^\ufeff/, '')) as {
      readonly id: number;
      readonly ok: Record<string, unknown>;
    };
    t.is(said.id, 3);
    // A state is kept as the text that says it.
    t.is(
      'state' in ok && JSON.stringify(JSON.parse(ok['state'] as string)),
      'state' in said.ok && JSON.stringify(said.ok['state']),
    );
    const point = read(() => readResult(ok, bits.prox, 'prox'));
    if (point !== undefined) {
      accepted++;
      t.deepEqual(
        point.x,
        (said.ok['x'] as string[]).map((digits) => Buffer.from(digits, 'hex').readDoubleBE()),
      );
    }
    for (const schema of schemas) for (const method of methods) read(() => readResult(ok, schema[method], method));
    read(() =>
      readBatch(
        ok['replies'],
        [4, 5].map((id) => ({ id, method: 'prox' })),
      ),
    );
    const greeting = read(() => readResult(ok, helloSchema, 'hello'));
    if (greeting === undefined) return;
    t.is(greeting.protocol, '2.0');
    for (const record of Object.values(handshakeOf(greeting).description)) {
      if (typeof record === 'object' && !Array.isArray(record)) t.is(Object.getPrototypeOf(record), Object.prototype);
    }
  };
  for (const line of lines) judge(line);
  t.is(accepted, 4);
  t.notThrows(() => fc.assert(fc.property(damaged, judge), { numRuns: 2000, seed: 1 }));
  // Changes that break nothing, or everything, prove little.
  t.true(accepted > 100 && accepted < 1000, `${accepted} of 2000`);
  t.deepEqual(prototypes(), before);
});
