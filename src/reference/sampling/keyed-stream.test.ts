import { createHash } from 'node:crypto';
import test from 'ava';
import seedrandom from 'seedrandom';
import { keyedStream, streamKey } from './keyed-stream.js';
import { logTail, stream } from './streams.test.helper.js';

test('the key of a stream is the SHA-256 of its parts and separates all of them', (t) => {
  // printf 'v1|7|theorem-1|2|13' | sha256sum
  t.is(streamKey('7', 'theorem-1', 2, 13), '937c55b510f81e7fc6c64ec5ffc2f6734ab5baf66aef881e89002e5b70c66331');
  const keys = [
    streamKey('7', 'theorem-1', 2, 13),
    streamKey('8', 'theorem-1', 2, 13),
    streamKey('7', 'theorem-2', 2, 13),
    streamKey('7', 'theorem-1', 1, 13),
    streamKey('7', 'theorem-1', 2, 14),
    streamKey('7|theorem-1', '2', 1, 3),
  ];
  t.is(new Set(keys).size, keys.length);
  for (const [argument, call] of [
    ['checkId', () => streamKey('7', 'a|b', 1, 0)],
    ['checkId', () => streamKey('7', '', 1, 0)],
    ['version', () => streamKey('7', 'a', -1, 0)],
    ['version', () => streamKey('7', 'a', Number.NaN, 0)],
    ['replicate', () => streamKey('7', 'a', 1, 0.5)],
    ['key', () => keyedStream('')],
  ] as const) {
    t.throws(call, { instanceOf: RangeError, message: new RegExp(argument) });
  }
});

test('keys are those of the SHA-256 of Node, for texts of any length and letters', (t) => {
  for (const seed of ['1', 'γ‖𝟙', '\ud835', ...Array.from({ length: 200 }, (_, length) => 'a'.repeat(length))]) {
    const text = `v1|${seed}|check|1|2`;
    t.is(streamKey(seed, 'check', 1, 2), createHash('sha256').update(text).digest('hex'), text);
  }
});

test('a stream repeats for its key, has 53 bits, and its symmetric uniforms are centred in their cells', (t) => {
  const [a, b, c] = [stream(3), stream(3), stream(4)];
  const draws = Array.from({ length: 100 }, () => a());
  t.deepEqual(
    Array.from({ length: 100 }, () => b()),
    draws,
  );
  t.notDeepEqual(
    Array.from({ length: 100 }, () => c()),
    draws,
  );
  t.true(draws.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53)));
  t.true(draws.some((u) => !Number.isInteger(u * 2 ** 52)));
  for (let i = 0; i < 100; i++) {
    const u = c.symmetric() * 2 ** 32;
    t.is(u - Math.floor(u), 0.5);
    t.true(u > 0 && u < 2 ** 32);
  }
});

test('a stream is the generator of its key after four draws', (t) => {
  const random = keyedStream('key');
  const generator = seedrandom.alea('key');
  for (let draw = 0; draw < 4; draw++) generator.quick();
  // Two 32-bit draws per double: the first gives the high bits, the upper 21 bits of the second the rest.
  const double = () => generator.quick() + Math.floor(generator.quick() * 2 ** 21) * 2 ** -53;
  t.is(random(), double());
  t.is(random.symmetric(), generator.quick() + 2 ** -33);
  t.is(random(), double());
});

test('first draws of different replicates are as unlike as independent ones', (t) => {
  // Birthday problem on 32-bit values: with N streams about N²/2³³ pairs agree.
  const streams = 200_000;
  const seen = new Set<number>();
  let first = 0;
  let product = 0;
  let previous = 0.5;
  for (let replicate = 0; replicate < streams; replicate++) {
    const u = keyedStream(streamKey('hazard', 'duplicates', 1, replicate))();
    seen.add(Math.floor(u * 2 ** 32));
    first += u - 0.5;
    product += (u - 0.5) * (previous - 0.5);
    previous = u;
  }
  const duplicates = streams - seen.size;
  const expected = streams ** 2 / 2 ** 33;
  t.true(logTail(duplicates, expected) > Math.log(1e-6), `${duplicates} duplicates, ${expected.toFixed(1)} expected`);
  t.true(Math.abs(first) < 6 * Math.sqrt(streams / 12));
  t.true(Math.abs(product) < (6 * Math.sqrt(streams)) / 12);
});
