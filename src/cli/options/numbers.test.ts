import type { ExecutionContext } from 'ava';
import test from 'ava';
import { InvalidArgumentError } from 'commander';
import { parseDuration, positiveInteger, positiveIntegers, positiveNumber } from './numbers.js';

const refuses = (t: ExecutionContext, read: (text: string) => unknown, texts: readonly string[]): void => {
  for (const text of texts) t.throws(() => read(text), { instanceOf: InvalidArgumentError }, `"${text}"`);
};

test('a positive integer is written in digits, and is from 1 to the most', (t) => {
  const read = positiveInteger('--iterations', 1000);
  t.deepEqual(['1', '007', '1000'].map(read), [1, 7, 1000]);
  refuses(t, read, ['0', '1001', '-1', '+1', '1.0', '1e2', '0x10', ' 1', '', '९', 'NaN']);
  t.is(t.throws(() => read('0'))?.message, '--iterations is an integer from 1 to 1000');
});

test('a positive number is finite and not 0', (t) => {
  const read = positiveNumber('--step');
  t.deepEqual(['0.5', '1e-3', ' 2 ', '5e-324'].map(read), [0.5, 0.001, 2, 5e-324]);
  refuses(t, read, ['0', '-0', '-1', '', ' ', 'Infinity', '1e309', 'NaN', '1,5', '1/2']);
});

test('a list of integers is in order and holds each once', (t) => {
  const read = positiveIntegers('--iterations', 1000);
  t.deepEqual(read('64, 4,16,4'), [4, 16, 64]);
  t.deepEqual(read('100,20'), [20, 100]);
  refuses(t, read, ['', '4,', '4,,16', '4,0', '4;16', '4 16']);
});

test('durations', (t) => {
  t.deepEqual(['2', '0.5s', '500ms', '60', '90s', '1500ms'].map(parseDuration), [2000, 500, 500, 60_000, 90_000, 1500]);
  for (const wrong of ['', '-1', '0', '0ms', '61', '1m', '1e3', 'Infinity', '2 s'])
    t.throws(() => parseDuration(wrong), undefined, wrong);
});
