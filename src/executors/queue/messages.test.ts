import test from 'ava';
import { spgmRate } from '../../theory/theorem/example-theorems.test.helper.js';
import {
  longestRange,
  messageOf,
  ownRelease,
  type RangeMessage,
  readRange,
  readValues,
  valuesMessage,
} from './messages.js';

const engine = new URL('../../theory/left-side/monte-carlo.js', import.meta.url).href;
const theorem = { module: spgmRate.module, id: 'spgm-rate' };
const parameters = {
  theorem,
  step: 0.1,
  odd: [-0, 5e-324, Infinity, 2 ** 60, 0.1 + 0.2],
  x: Float64Array.of(-0, 1 / 3),
  text: 'γ',
};
const message = (): RangeMessage =>
  JSON.parse(JSON.stringify({ ...messageOf({ module: engine, parameters }), from: 3, to: 7 }));

test('a job survives the queue bit for bit, and names no path of a machine', (t) => {
  t.deepEqual(readRange(message()), { job: { module: engine, parameters }, from: 3, to: 7 });
  t.false(JSON.stringify(message()).includes('file:'));
  t.is(message().module, 'src/theory/left-side/monte-carlo.js');
});

test('values survive the queue, whatever they are', (t) => {
  const values = Float64Array.of(-0, 5e-324, -Infinity, Number.NaN, 1 / 3).subarray(1);
  const sent = JSON.parse(JSON.stringify(valuesMessage({ values }, 0.5)));
  const { values: read, seconds } = readValues(sent, 4);
  t.deepEqual(new BigUint64Array(read.buffer), new BigUint64Array(values.slice().buffer));
  t.is(seconds, 0.5);
  for (const [answer, wrong] of [
    [null, /is not an answer of a worker/],
    [{ ...sent, values: `${sent.values}AAAA` }, /base64|35 bytes/],
    [{ ...sent, values: 'AAAAAAAAAAA=' }, /8 bytes instead of 4 left sides/],
    [{ ...sent, values: 'AAAA' }, /3 bytes instead of 4 left sides/],
    [{ ...sent, values: '*' }, /values: Invalid base64/],
    [{ ...sent, more: 1 }, /not an answer/],
    [{ values: sent.values }, /seconds/],
    [{ ...sent, failure: 'why' }, /32 bytes instead of 4 left sides/],
    [{ ...sent, values: 'AAAA', failure: 'why' }, /3 bytes instead of 4 left sides/],
    [{ ...sent, failure: 'w'.repeat(1001) }, /failure: Too big/],
  ] as const)
    t.throws(() => readValues(answer, 4), { instanceOf: RangeError, message: wrong });
});

test('a range with a failing replicate gives the values before it, and the reason', (t) => {
  for (const count of [0, 1, 3]) {
    const values = Float64Array.from({ length: count }, (_, i) => i / 3);
    const sent = JSON.parse(JSON.stringify(valuesMessage({ values, failure: 'w'.repeat(2000) }, 0.5)));
    t.deepEqual(readValues(sent, 4), { values, failure: 'w'.repeat(1000), seconds: 0.5 });
  }
});

test('a module outside the package, or one that is not a theorem or engine, is rejected on both sides', (t) => {
  const outside = [
    'data:text/javascript,1',
    'node:fs',
    'file:///etc/passwd',
    new URL('../../cli/main.js', import.meta.url).href,
    new URL('../../../../package.json', import.meta.url).href,
    `${new URL('../../claims/', import.meta.url).href}../cli/main.js%00`,
  ];
  for (const module of outside) {
    t.throws(() => messageOf({ module, parameters }), { name: 'ExecutorError', message: /is not of this package/ });
    const job = { module: engine, parameters: { theorem: { module, id: 'spgm-rate' } } };
    t.throws(() => messageOf(job), { name: 'ExecutorError' });
  }
  const names = [
    ...outside,
    'src/cli/main.js',
    '../theorems/a.js',
    'theorems/../src/cli/main.js',
    'theorems//a.js',
    '/theorems/a.js',
  ];
  for (const module of names) {
    t.throws(() => readRange({ ...message(), module }), { instanceOf: RangeError }, module);
    for (const hidden of [module, [module], { toString: module }])
      t.throws(() => readRange({ ...message(), parameters: { a: [{ module: hidden }] } }), undefined, module);
  }
});

test('a module is a string, and nothing that becomes one', (t) => {
  const hidden = { module: ['theorems/theorem-1/theorem-1.js'] };
  t.throws(() => readRange({ ...message(), parameters: hidden }), { message: /a module is a string/ });
  t.throws(() => messageOf({ module: engine, parameters: { module: [theorem.module] } }), {
    message: /a module is a string/,
  });
});

test('an invalid range of replicates is rejected in one line', (t) => {
  const { release: _, ...nameless } = message();
  const wrong: unknown[] = [undefined, null, 'text', [], {}, nameless];
  wrong.push(
    { ...message(), from: 7 },
    { ...message(), from: -1 },
    { ...message(), to: 3.5 },
    { ...message(), more: 1 },
  );
  wrong.push({ ...message(), to: 4 + longestRange });
  for (const data of wrong) {
    const error = t.throws(() => readRange(data), {
      instanceOf: RangeError,
      message: /^the queue holds what is not a range/,
    });
    t.false(error!.message.includes('\n'));
  }
  t.notThrows(() => readRange({ ...message(), to: 3 + longestRange }));
});

test('another release is refused by its name, whatever else is in the message', (t) => {
  const other = { release: 'signprox 0.0.9 on V8 9.9, x64', what: 'a message of that release' };
  t.throws(() => readRange(other), {
    message: `this worker is ${ownRelease}, and the run is ${other.release}: use one release`,
  });
});

test('values that JSON cannot hold are rejected, not changed', (t) => {
  for (const value of [Int32Array.of(1), new Map(), new Date(0)])
    t.throws(() => messageOf({ module: engine, parameters: { value } }), {
      instanceOf: TypeError,
      message: /plain data/,
    });
});
