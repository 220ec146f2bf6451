import test from 'ava';
import { rememberRecent } from './remember-recent.js';

test('results of the last objects are kept, older ones are made again', (t) => {
  const made: object[] = [];
  const remembered = rememberRecent((key: object) => {
    made.push(key);
    return { key };
  }, 2);
  const [a, b, c] = [{}, {}, {}];
  const first = remembered(a);
  t.is(remembered(a), first);
  t.is(remembered(b).key, b);
  t.is(remembered(a), first);
  t.is(remembered(c).key, c);
  t.is(remembered(b).key, b);
  t.deepEqual(made, [a, b, c]);
  t.not(remembered(a), first);
  t.deepEqual(made, [a, b, c, a]);
});
