import test, { type ExecutionContext } from 'ava';
import { InvalidArgumentError } from 'commander';
import { NothingMatches, parseSeed, parseWorkers, selectClaims, selectNames } from './options.js';
import { UsageError } from './usage-error.js';

const refuses = (t: ExecutionContext, read: (text: string) => unknown, texts: readonly string[]): void => {
  for (const text of texts) t.throws(() => read(text), { instanceOf: InvalidArgumentError }, JSON.stringify(text));
};

test('a seed is one short word, since it stands in commands and in file names', (t) => {
  const words = ['1', '0', 'a', '2026-11-26T12:00:00+01:00', 'v1.2_3', 'x'.repeat(100)];
  t.deepEqual(words.map(parseSeed), words);
  refuses(t, parseSeed, ['', ' ', 'a b', 'a\n', 'a/b', '$a', "'", 'é', 'x'.repeat(101)]);
});

test('workers are counted from none to 256', (t) => {
  t.deepEqual(['0', '1', '12', '256'].map(parseWorkers), [0, 1, 12, 256]);
  refuses(t, parseWorkers, ['', '-1', '1.5', '257', '999', '1000', '1e2', ' 1', 'all']);
});

const claims = ['eq1-a', 'eq10-b', 'eq12-c', 'theorem-1', 'theorem-1-controls'].map((id) => ({ id }));
const selected = (glob?: string): string[] => selectClaims(claims, glob).map(({ id }) => id);

test('claims are selected by whole names, in the order of the claims', (t) => {
  t.deepEqual(selected(), selected('*'));
  t.deepEqual(selected('theorem-1'), ['theorem-1']);
  t.deepEqual(selected('eq1?-*'), ['eq10-b', 'eq12-c']);
  t.deepEqual(selected('theorem-1, eq1-?'), ['eq1-a', 'theorem-1']);
  t.deepEqual(selected('*-c*'), ['eq12-c', 'theorem-1-controls']);
});

test('a pattern that matches nothing is refused, also beside one that matches; its dots are dots', (t) => {
  for (const glob of ['lemma', 'eq1-a,lemma', '', 'eq1.a', 'eq1-a,']) {
    t.throws(() => selected(glob), { instanceOf: UsageError, message: /^no claim matches "/ }, glob);
  }
  t.throws(() => selected('ontrols'), { message: /"ontrols" \(did you mean theorem-1-controls\?\): see/ });
});

test('names are selected as claims are', (t) => {
  const names = ['l1', 'l2', 'linf', 'huber'];
  t.deepEqual(selectNames(names, 'hub*, l?', 'signprox functions'), ['l1', 'l2', 'huber']);
  t.throws(() => selectNames(names, 'l1,hubert', 'signprox functions'), {
    instanceOf: NothingMatches,
    message: 'nothing matches "hubert" (did you mean huber?): see signprox functions',
  });
});
