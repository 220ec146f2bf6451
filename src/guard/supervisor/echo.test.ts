import test from 'ava';
import { encodeVector } from '../protocol/encode-specification.js';
import type { Answer } from '../protocol/read-reply.js';
import { realEncoding } from '../protocol/real-encoding.js';
import type { Ask } from './ask.js';
import { checkEcho, checkUnknownMethod } from './echo.js';
import { AdapterFailure } from './failures.js';
import type { Session } from './session.js';

const encoding = realEncoding('bits', 'f64');
const decode = (x: unknown): number[] => (x as readonly unknown[]).map((entry) => encoding.real.parse(entry));

/** An adapter that returns the numbers it is sent, each changed. */
const echoing = (change: (x: number) => number): Ask =>
  (async ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) => ({
    x: decode(fields['x']).map(change),
  })) as unknown as Ask;

test('numbers that come back unchanged pass the echo', (t) =>
  t.notThrowsAsync(
    checkEcho(
      echoing((x) => x),
      encoding,
    ),
  ));

const losses: [what: string, change: (x: number) => number, message: RegExp][] = [
  ['the sign of 0', (x) => x + 0, /x\[1\] was sent as -0 and returned as 0$/],
  ['the digits beyond single precision', Math.fround, /x\[4\] was sent as 0\.1 and returned as 0\.10000000149/],
  ['subnormal numbers', (x) => (Math.abs(x) < 2 ** -1022 ? x * 0 : x), /x\[9\] was sent as 5e-324 and returned as 0$/],
  ['NaN', (x) => (Number.isNaN(x) ? 0 : x), /x\[0\] was sent as NaN and returned as 0$/],
  ['infinities', (x) => (x === Infinity ? Number.MAX_VALUE : x), /x\[1\] was sent as Infinity and returned as 1\.797/],
];
for (const [what, change, message] of losses) {
  test(`an adapter that loses ${what} is told which number came back as which`, (t) =>
    t.throwsAsync(checkEcho(echoing(change), encoding), { instanceOf: AdapterFailure, message }));
}

test('one number too many or too few fails the echo', async (t) => {
  for (const [change, count] of [
    [(x: readonly number[]) => [...x, 0], 15],
    [(x: readonly number[]) => x.slice(0, -1), 13],
  ] as const) {
    const ask = (async ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) => ({
      x: change(decode(fields['x'])),
    })) as unknown as Ask;
    await t.throwsAsync(checkEcho(ask, encoding), {
      instanceOf: AdapterFailure,
      message: `echo mismatch: 14 numbers sent, ${count} returned`,
    });
  }
});

const answering = (answer: Answer): Session => ({ call: async () => answer }) as unknown as Session;
const refusal = (code: 'unsupported' | 'internal'): Answer => ({ error: { code, message: 'no' } });

test('an unknown method must be refused as unsupported', async (t) => {
  await t.notThrowsAsync(checkUnknownMethod(answering(refusal('unsupported'))));
  await t.throwsAsync(checkUnknownMethod(answering(refusal('internal'))), {
    instanceOf: AdapterFailure,
    message: /is refused by "internal", right is the error code unsupported$/,
  });
  await t.throwsAsync(checkUnknownMethod(answering({ ok: { x: encodeVector([0], encoding) } })), {
    instanceOf: AdapterFailure,
    message: /is answered with ok, right is the error code unsupported$/,
  });
});
