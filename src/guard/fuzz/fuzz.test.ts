import test from 'ava';
import { FuzzFailure, fuzz, readPlainly } from './fuzz.js';
import { choicesOf, mutate } from './mutate.js';

test('generated and mutated lines never crash the readers, change their verdict or reach a prototype', (t) => {
  const seen: number[] = [];
  const { lines, accepted, rejected, tooLong } = fuzz(3000, 'npm test', (done) => seen.push(done));
  t.is(accepted + rejected + tooLong, lines);
  t.deepEqual(seen, [0]);
  // A fuzzer that never gets past the first check proves little, and neither does one that breaks nothing.
  t.true(accepted > lines / 20, `${accepted} accepted`);
  t.true(rejected > lines / 2, `${rejected} rejected`);
  t.true(tooLong > 0);
});

test('the same seed gives the same lines, and another seed gives others', (t) => {
  const line = '{"id":1,"ok":{"x":["3ff0000000000000"]}}';
  const made = (seed: string): string[] =>
    Array.from({ length: 40 }, (_, index) => Buffer.from(mutate(line, choicesOf(seed, index))).toString('latin1'));
  t.deepEqual(made('a'), made('a'));
  t.notDeepEqual(made('a'), made('b'));
  t.true(made('a').includes(line));
});

test('a changed prototype is noticed', (t) => {
  const prototype = Object.prototype as Record<string, unknown>;
  t.teardown(() => delete prototype['polluted']);
  const error = t.throws(() => fuzz(1, '1', () => {}) && fuzz(3, '1', () => pollute(prototype)), {
    instanceOf: FuzzFailure,
  });
  t.regex(error.message, /a prototype has changed/);
});

function pollute(prototype: Record<string, unknown>): void {
  Object.defineProperty(prototype, 'polluted', { value: 1, configurable: true, enumerable: false, writable: true });
}

test('the second reader accepts vectors in bits and errors, and nothing else', (t) => {
  const read = (text: string) => readPlainly(Buffer.from(text), 7);
  t.deepEqual(read('{"id":7,"ok":{"x":["3ff0000000000000","BFF0000000000000"]}}'), { x: [1, -1] });
  t.deepEqual(read('{"id":7,"ok":null,"error":{"code":"domain"}}'), { code: 'domain' });
  for (const wrong of [
    '{"id":8,"ok":{"x":[]}}',
    '{"id":7,"ok":{"x":[1]}}',
    '{"id":7,"ok":{"x":["3ff"]}}',
    '{"id":7,"ok":{"x":null}}',
    '{"id":7,"ok":[]}',
    '{"id":7,"ok":{"__proto__":{"x":[]}}}',
    '{"id":7,"error":{"code":1}}',
    '{"id":7,"error":{"code":"domain","message":3}}',
    '{"id":7}',
    '7',
    '{',
  ]) {
    t.is(read(wrong), undefined, wrong);
  }
  t.is(readPlainly(Uint8Array.of(0xff), 7), undefined);
});
