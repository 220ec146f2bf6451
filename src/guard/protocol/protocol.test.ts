import test from 'ava';
import fc from 'fast-check';
import { type FunctionSpecification, registry } from '../../reference/functions/index.js';
import { smoothRegistry } from '../../reference/smooth/index.js';
import { allIssues } from '../description.js';
import { encodeFunction, encodeProblem, encodeSmooth } from './encode-specification.js';
import { LineSplitter, LineTooLongError } from './line-splitter.js';
import { ProtocolError, quoted, visible } from './protocol-error.js';
import { readBatch, readReply, readResult } from './read-reply.js';
import { realEncoding } from './real-encoding.js';
import { handshakeOf, helloSchema, resultSchemas } from './replies.js';
import { replySchemas, requestSchemas } from './wire-schemas.js';

const bits = realEncoding('bits', 'f64');
const decimal = realEncoding('decimal', 'f64');
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

test('every double survives both encodings, NaN and signed zeros included', (t) => {
  for (const encoding of [bits, decimal]) {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const wire = JSON.parse(JSON.stringify(encoding.encode(value))) as unknown;
        return Object.is(encoding.real.parse(wire), value);
      }),
    );
  }
  t.is(bits.encode(-0), '8000000000000000');
  t.is(bits.encode(1), '3ff0000000000000');
  t.is(bits.real.parse('3FF0000000000000'), 1);
  t.is(decimal.encode(0.1), 0.1);
  t.deepEqual([-0, Number.NaN, Infinity, -Infinity].map(decimal.encode), ['-0', 'NaN', 'Infinity', '-Infinity']);
});

test('single precision rounds on the way out and has eight digits', (t) => {
  const single = realEncoding('bits', 'f32');
  t.is(single.encode(0.1), '3dcccccd');
  t.is(single.encode(-0), '80000000');
  t.is(single.real.parse('3dcccccd'), Math.fround(0.1));
  fc.assert(fc.property(fc.float(), (value) => Object.is(single.real.parse(single.encode(value)), value)));
  const words = realEncoding('decimal', 'f32');
  t.is(words.encode(0.1), Math.fround(0.1));
  t.is(words.encode(1e300), 'Infinity', 'rounded beyond the largest single');
  t.is(words.real.parse(0.1), Math.fround(0.1));
});

test('numbers of 16 bits have four digits', (t) => {
  const [half, brain] = [realEncoding('bits', 'f16'), realEncoding('bits', 'bf16')];
  t.deepEqual([half.encode(0.1), brain.encode(0.1)], ['2e66', '3dcd']);
  t.deepEqual([half.real.parse('2E66'), brain.real.parse('3dcd')], [0.0999755859375, 0.10009765625]);
  t.deepEqual([half.encode(65520), realEncoding('decimal', 'f16').encode(65520)], ['7c00', 'Infinity']);
});

test('a malformed number is diagnosed by its form', (t) => {
  const because = (encoding: typeof bits, value: unknown): string =>
    encoding.real.safeParse(value, { reportInput: true }).error!.issues[0]!.message;
  t.regex(because(bits, null), /null is not a number: NaN is "7ff8000000000000"/);
  t.regex(because(bits, 1.5), /1.5 is a JSON number where 16 hex digits/);
  t.regex(because(bits, '3f800000'), /8 hex digits, as in f32: wrong dtype/);
  t.regex(because(bits, '3f8'), /"3f8" has 3 hex digits; expected 16/);
  t.regex(because(bits, 'zzz'), /"zzz" where 16 hex digits/);
  t.regex(because(bits, [1]), /an array of 1 where/);
  t.regex(because(realEncoding('bits', 'f32'), '3ff0000000000000'), /16 hex digits, as in f64: wrong dtype/);
  t.regex(because(realEncoding('bits', 'f32'), null), /NaN is "7fc00000"/);
  t.regex(because(bits, '3c00'), /4 hex digits, as in f16 and bf16: wrong dtype; expected 16/);
  t.regex(because(realEncoding('bits', 'bf16'), null), /NaN is "7fc0"/);
  t.regex(because(decimal, null), /write NaN and infinities as "NaN"/);
  t.regex(because(decimal, JSON.parse('1e999')), /beyond the range of a double/);
  t.regex(because(decimal, '3ff0000000000000'), /is in bits where JSON numbers/);
  t.regex(because(decimal, { a: 1 }), /an object where a JSON number or one of/);
});

/** Every real of an encoded specification decoded again, guided by nothing but the digits. */
function decoded(value: unknown): unknown {
  if (typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)) return bits.real.parse(value);
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decoded(entry)]));
}

/** Infinite bounds are words in a specification and numbers on the wire. */
const worded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, entry: unknown) => (Math.abs(entry as number) === Infinity ? String(entry) : entry)),
  );

test('every example of the vocabulary is encoded in full, valid by its schema, and decodes to itself', (t) => {
  const [prox, gradient] = [requestSchemas.get('prox')!, requestSchemas.get('gradient')!];
  for (const { definition } of registry.values()) {
    for (const example of definition.examples) {
      const specification = { type: definition.type, ...example } as FunctionSpecification;
      const wire = encodeFunction(specification, bits);
      t.true(
        prox.safeParse({ id: 1, method: 'prox', function: wire, step: bits.encode(1), x: [] }).success,
        definition.type,
      );
      t.deepEqual(worded(decoded(wire)), worded(specification), definition.type);
      t.notRegex(JSON.stringify(wire), /Infinity/);
    }
  }
  for (const { definition } of smoothRegistry.values()) {
    for (const example of definition.examples) {
      const specification = { type: definition.type, ...example };
      const wire = encodeSmooth(specification, bits);
      t.true(gradient.safeParse({ id: 1, method: 'gradient', function: wire, x: [] }).success, definition.type);
      t.deepEqual(worded(decoded(wire)), worded(specification), definition.type);
    }
  }
});

test('integers stay JSON integers and reals do not, nested ones included', (t) => {
  const inner = { type: 'l1', weight: 1 };
  const one = '3ff0000000000000';
  t.deepEqual(encodeFunction({ type: 'separable-sum', blocks: [{ length: 2, function: inner }] }, bits), {
    type: 'separable-sum',
    blocks: [{ length: 2, function: { type: 'l1', weight: one } }],
  });
  const problem = {
    smooth: { type: 'least-squares', matrix: { rows: 1, columns: 1, data: Float64Array.of(1) }, target: [1] },
    functions: [{ type: 'box', lower: '-Infinity', upper: 1 }],
    probabilities: [1],
  };
  t.deepEqual(encodeProblem(problem as never, bits), {
    smooth: { type: 'least-squares', matrix: { rows: 1, columns: 1, data: [one] }, target: [one] },
    functions: [{ type: 'box', lower: 'fff0000000000000', upper: one }],
    probabilities: [one],
  });
  t.deepEqual(encodeFunction({ type: 'teleport' }, bits), { type: 'teleport' });
  t.throws(() => encodeFunction({ type: 'teleport', to: 1 }, bits), { message: /teleport has no parameter to/ });
  t.throws(() => encodeFunction({ type: 'l1', wait: 1 }, bits), { message: /l1 has no parameter wait/ });
});

test('a reply is read, its unknown fields are ignored, and what is absent may be null', (t) => {
  const read = (value: unknown) => readReply(bytes(value), 3, 'prox');
  t.deepEqual(read({ id: 3, ok: { x: [] }, error: null, mood: 'fine' }), { ok: { x: [] } });
  t.deepEqual(read({ id: 3, ok: null, error: { code: 'domain', message: 'no' } }), {
    error: { code: 'domain', message: 'no' },
  });
  t.deepEqual(read({ id: 3, error: { code: 'odd' } }), { error: { code: 'internal', message: 'error odd' } });
  t.deepEqual(read('{"id":3,"ok":{}}\r'), { ok: {} });
});

test('everything else is a protocol error with a diagnosis', (t) => {
  const because = (value: unknown): string =>
    t.throws(() => readReply(bytes(value), 3, 'prox'), { instanceOf: ProtocolError })!.message;
  t.regex(because('Loading…'), /not JSON on stdout: "Loading…"/);
  t.regex(because(''), /not JSON on stdout/);
  t.regex(because({ id: 2, ok: {} }), /answered request 2 once more when asked request 3 \(prox\)/);
  t.regex(because({ id: 9, ok: {} }), /wrong id: answered request 9 when asked/);
  t.regex(because({ id: 3 }), /neither ok nor error/);
  t.regex(because({ id: 3, ok: [] }), /wrong shape: ok/);
  t.regex(because({ id: '3', ok: {} }), /wrong shape: id/);
  t.regex(because({ id: null, error: { code: 'bad-request', message: 'what?' } }), /without an id: "what\?"/);
  t.regex(because({ id: null, ok: {} }), /without an id: it must carry the id/);
  t.regex(because(null), /wrong shape/);
  t.regex(t.throws(() => readReply(Uint8Array.of(0xc3, 0x28), 3, 'prox'))!.message, /not UTF-8/);
  const wrong = t.throws(() => readResult({ x: ['3ff0000000000000', null] }, resultSchemas(bits.real).prox, 'prox'));
  t.regex(wrong!.message, /^the reply to prox has a wrong shape: x\[1\]: null is not a number/);
});

test('the replies of a batch are in the order of its requests', (t) => {
  const expected = [4, 5].map((id) => ({ id, method: 'prox' }));
  const because = (replies: unknown): string =>
    t.throws(() => readBatch(replies, expected), { instanceOf: ProtocolError })!.message;
  const ok = { x: [] };
  t.deepEqual(
    readBatch(
      [
        { id: 4, ok },
        { id: 5, error: { code: 'domain' } },
      ],
      expected,
    ),
    [{ ok }, { error: { code: 'domain', message: 'error domain' } }],
  );
  t.deepEqual(readBatch([{ ok }, { x: [] }], expected), [{ ok }, { ok }], 'ids and the frame may be left out');
  t.regex(
    because([
      { id: 5, ok },
      { id: 4, ok },
    ]),
    /replies out of order: reply 0 of a batch answers request 5/,
  );
  t.regex(
    because([
      { id: 4, ok },
      { id: 9, ok },
    ]),
    /wrong id: reply 1 of a batch answers request 9 instead of 5/,
  );
  t.regex(because([{ ok }]), /batch of 2 requests has 1 reply/);
  t.regex(because([{ ok }, 7]), /reply 1 of a batch has a wrong shape/);
  t.regex(because({}), /no array of replies/);
});

test('hello has defaults, keeps what the suite knows and separates the rest', (t) => {
  const least = {
    protocol: '2.0',
    implementation: { name: 'mine', version: 3 },
    methods: ['prox', 'echo', 'batch', 'fly'],
  };
  t.deepEqual(handshakeOf(helloSchema.parse(least)), {
    description: {
      ...{ name: 'mine', version: '3', language: 'unknown', dtype: 'f64', methods: ['prox'] },
      ...{ functions: [], smooth: [], algorithms: [] },
      conventions: { signOfZero: 'unknown', halfInSquaredNorm: true },
      unknown: { methods: ['fly'], algorithms: [] },
    },
    encoding: 'bits',
    batch: true,
    ahead: false,
  });
  const elsewhere = {
    ...least,
    methods: ['prox'],
    batch: true,
    accuracy: { l1: 1e-6 },
    algorithms: ['spgm', 'sophia'],
  };
  const { batch, description } = handshakeOf(helloSchema.parse(elsewhere));
  t.true(batch);
  t.deepEqual([description.accuracy, description.algorithms], [{ l1: 1e-6 }, ['spgm']]);
  const positive = { ...least, functions: ['l1'], restrictions: { positiveWeights: true, ofTomorrow: 1 } };
  t.deepEqual(handshakeOf(helloSchema.parse(positive)).description.restrictions, { positiveWeights: true });
  t.false(handshakeOf(helloSchema.parse({ ...least, methods: [] })).batch);
  for (const wrong of [
    ...['1.0', '1.2', '3.0'].map((protocol) => ({ protocol })),
    { encoding: 'base64' },
    { dtype: 'f8' },
    { nonfinite: 'zero' },
    { methods: 'prox' },
    { implementation: {} },
    { accuracy: { l1: 0.2 } },
    { accuracy: { l1: 0 } },
    { restrictions: { positiveWeights: 'yes' } },
  ]) {
    t.false(helloSchema.safeParse({ ...least, ...wrong }).success, JSON.stringify(wrong));
  }
});

test('a restriction that applies to nothing declared is reported in one line, with what to do', (t) => {
  const told = (restrictions: object, offered: object = {}): string[] => {
    const functions = ['l1', 'quadratic', 'scaled'];
    const hello = { protocol: '2.0', implementation: { name: 'mine' }, methods: ['prox'], functions };
    const { error } = helloSchema.safeParse({ ...hello, ...offered, restrictions });
    return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message.replace(/: leave.*/, '')}`);
  };
  const inner = (types: Record<string, string[]>): string[] => told({ inner: types });
  t.deepEqual(told({ positiveWeights: true, isotropic: ['curvature'], inner: { scaled: ['l1'] } }), []);
  t.deepEqual(told({ positiveWeights: false, oneDraw: false, isotropic: false, equalGroups: false, inner: {} }), []);
  t.deepEqual(told({ oneDraw: true }, { methods: ['step'] }), []);
  t.deepEqual(told({ isotropic: true }, { functions: [], smooth: ['quadratic'] }), []);
  t.deepEqual(told({ positiveWeights: true }, { functions: ['box'] }), [
    'restrictions.positiveWeights: no function that is declared has a weight',
  ]);
  t.deepEqual(told({ oneDraw: true }), ['restrictions.oneDraw: none of step, run is declared']);
  t.deepEqual(told({ isotropic: true }, { functions: ['l1'] }), [
    'restrictions.isotropic: nothing that is declared has a parameter of one number for each entry',
  ]);
  t.deepEqual(told({ isotropic: ['weight'] }), [
    'restrictions.isotropic: "weight" is not one number for each entry of anything declared, only curvature, center may be',
  ]);
  const withMomentum = { algorithms: ['sgd', 'momentum-sgd'] };
  t.deepEqual(told({ withoutHyperparameters: ['decoupled', 'dampening'] }, withMomentum), []);
  t.deepEqual(told({ withoutHyperparameters: ['momentum'] }, withMomentum), [
    'restrictions.withoutHyperparameters: "momentum" is not a hyperparameter that a declared algorithm may leave out',
  ]);
  t.deepEqual(told({ equalGroups: true }), ['restrictions.equalGroups: no function that is declared has groups']);
  t.deepEqual(inner({ 'moreau-envelope': ['l1'] }), [
    'restrictions.inner.moreau-envelope: no such function is declared',
  ]);
  t.deepEqual(inner({ l1: ['quadratic'] }), ['restrictions.inner.l1: it is built of no other functions']);
  t.deepEqual(inner({ scaled: ['l1', 'hubr'] }), ['restrictions.inner.scaled: "hubr" is not declared']);
  const none = 'names no function that can be inside it and is not a wrapper itself';
  t.deepEqual(inner({ scaled: [] }), [`restrictions.inner.scaled: ${none}`]);
  t.deepEqual(inner({ scaled: ['scaled'] }), [`restrictions.inner.scaled: ${none}`]);
  const conjugated = { functions: ['l0', 'conjugate'] };
  t.deepEqual(told({ inner: { conjugate: ['l0'] } }, conjugated), [`restrictions.inner.conjugate: ${none}`]);
  const { error } = helloSchema.safeParse({
    ...{ protocol: '2.0', implementation: { name: 'mine' }, methods: ['prox'], functions: ['l1'] },
    restrictions: { equalGroups: true },
  });
  t.is(
    allIssues(error!, {}),
    'restrictions.equalGroups: no function that is declared has groups: leave the restriction out, or declare what it applies to',
  );
});

test('published reply schemas accept the examples of the protocol page', (t) => {
  const x = ['3ff0000000000000'];
  const shown = {
    prox: { x },
    value: { value: x[0] },
    run: { x, trajectory: [x] },
    sample: { counts: [1, 2] },
    bye: {},
  };
  for (const [method, ok] of Object.entries(shown)) {
    const schema = replySchemas.get(method as keyof typeof shown)!;
    t.true(schema.safeParse({ id: 1, ok }).success, method);
    t.true(schema.safeParse({ id: 1, error: { code: 'unsupported', message: 'no' } }).success, method);
  }
  t.false(replySchemas.get('sample')!.safeParse({ id: 1, ok: { counts: [1.5] } }).success);
});

test('lines are the same however the bytes arrive', (t) => {
  const cut = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 30 }).map((text) => text.replaceAll('\n', ' '))),
      cut,
      (lines, cuts) => {
        const stream = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const splitter = new LineSplitter(1000);
        const received: string[] = [];
        for (let from = 0, i = 0; from < stream.length; i++) {
          const to = from + cuts[i % cuts.length]!;
          received.push(...splitter.push(stream.subarray(from, to)).map((line) => Buffer.from(line).toString()));
          from = to;
        }
        t.deepEqual(received, lines);
        return splitter.pending === 0;
      },
    ),
  );
});

test('a line may be as long as the limit, even if it arrives in a million pieces', (t) => {
  const splitter = new LineSplitter(5000);
  t.is(splitter.push(Buffer.from(`${'a'.repeat(5000)}\n`))[0]!.length, 5000);
  const drip = Buffer.from('b');
  for (let i = 0; i < 5000; i++) splitter.push(drip);
  t.is(splitter.pending, 5000);
  t.throws(() => splitter.push(drip), { instanceOf: LineTooLongError });
  // The buffer grows, and keeps what it has.
  const growing = new LineSplitter(5000);
  growing.push(Buffer.from(`a${'b'.repeat(1000)}`));
  t.is(
    Buffer.from(growing.push(Buffer.from(`${'c'.repeat(1000)}\n`))[0]!).toString(),
    `a${'b'.repeat(1000)}${'c'.repeat(1000)}`,
  );
  t.throws(() => new LineSplitter(10).push(Buffer.alloc(11, 'c')), { instanceOf: LineTooLongError });
});

test('foreign text is escaped, cut and without effect', (t) => {
  t.is(visible('a\u001b[2Jb\u202e\u2028\n'), 'a\\u{1b}[2Jb\\u{202e}\\u{2028} ');
  t.is(visible('x'.repeat(1e6), 3), 'xxx…');
  t.deepEqual([undefined, null, 'a"b', [1, 2], {}, 1.5, true].map(quoted), [
    ...['nothing', 'null', '"a"b"', 'an array of 2', 'an object', '1.5', 'true'],
  ]);
});
