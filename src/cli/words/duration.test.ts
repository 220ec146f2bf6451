import test from 'ava';
import { parseDuration } from './duration.js';

test('durations', (t) => {
  t.deepEqual(['2', '0.5s', '500ms', '60', '90s', '1500ms'].map(parseDuration), [2000, 500, 500, 60_000, 90_000, 1500]);
  for (const wrong of ['', '-1', '0', '0ms', '61', '1m', '1e3', 'Infinity', '2 s'])
    t.throws(() => parseDuration(wrong), undefined, wrong);
});
