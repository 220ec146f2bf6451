import test from 'ava';
import { nearestWord, selectNames } from './text.js';

test('the nearest word', (t) => {
  const words = ['algorithm-1-spgm', 'theorem-1', 'theorem-2-step-5', 'eq6-prox'];
  t.is(nearestWord('theorm-1', words), 'theorem-1');
  t.is(nearestWord('step-5', words), 'theorem-2-step-5');
  t.is(nearestWord('eq7-prox', words), 'eq6-prox');
  t.is(nearestWord('Theorem1', words), 'theorem-1');
  t.is(nearestWord('theorem 2 step 5', words), 'theorem-2-step-5');
  t.is(nearestWord('thm1', words), 'theorem-1', 'its letters in their order');
  t.is(nearestWord('zzzzzzzz', words), undefined);
  t.is(nearestWord('e', words), undefined, 'one letter is no hint');
});

const names = ['eq1-a', 'eq10-b', 'eq12-c', 'theorem-1', 'theorem-1-controls'];

test('globs select whole names, in the order of the names', (t) => {
  const selected = (globs: string) => selectNames(names, globs).selected;
  t.deepEqual(selected('*'), names);
  t.deepEqual(selected('theorem-1'), ['theorem-1']);
  t.deepEqual(selected('eq1?-*'), ['eq10-b', 'eq12-c']);
  t.deepEqual(selected('theorem-1, eq1-?'), ['eq1-a', 'theorem-1']);
  t.deepEqual(selected('*-c*'), ['eq12-c', 'theorem-1-controls']);
});

test('a glob that selects nothing is reported, even beside one that selects; its dots are dots', (t) => {
  const unmatched = (globs: string) => selectNames(names, globs).unmatched;
  t.is(unmatched('eq1-a,theorem-2'), '"theorem-2" (did you mean theorem-1?)');
  for (const globs of ['', 'eq1-a,', 'eq1.a', 'q1-a', 'eq1-']) t.is(typeof unmatched(globs), 'string', globs);
});
