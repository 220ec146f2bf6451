import test from 'ava';
import { longestRange } from './messages.js';
import { rangeSizes } from './queue-executor.js';

test('ranges grow to about a second, and shrink if replicates are slow', (t) => {
  const sizes = rangeSizes(64);
  t.is(sizes.next(), 8);
  for (const expected of [64, 512, 1000, 1000]) {
    sizes.learn(sizes.next(), sizes.next() / 1000);
    t.is(sizes.next(), expected);
  }
  sizes.learn(1000, 10_000);
  t.is(sizes.next(), 1);
  for (let i = 0; i < 10; i++) sizes.learn(1, 0);
  t.is(sizes.next(), longestRange);
});

test('a small run is cut into small ranges, and the number of waiting ranges is limited', (t) => {
  t.is(rangeSizes(1).next(), 1);
  t.is(rangeSizes(10_000).next(), 16);
  const sizes = rangeSizes(64);
  t.is(sizes.window(), 16);
  for (let i = 0; i < 1000; i++) sizes.learn(1, 1);
  t.is(sizes.window(), 256);
});

test('the first request of a row keeps 256 threads busy if its replicates are slow, and few if they are fast', (t) => {
  for (const [perSecond, threads] of [
    [32, 256],
    [1024, 8],
  ] as const) {
    const sizes = rangeSizes(64);
    for (let i = 0; i < 256; i++) sizes.learn(sizes.next(), sizes.next() / perSecond);
    t.is(Math.min(sizes.window(), 8192 / sizes.next()), threads);
  }
});
