import type { ExecutionContext } from 'ava';
import test from 'ava';
import { InvalidArgumentError } from 'commander';
import { NothingMatches, parseSeed, parseWorkers, selectClaims, selectSubjects } from './options.js';
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

const claims = [
  { id: 'eq6-prox', collection: 'suite' },
  ...['theorem-1', 'theorem-1-controls'].map((id) => ({ id, collection: 'paper' })),
];

test('claims are selected by their ids, all of them where no glob is given', (t) => {
  const selected = (globs?: string): string[] => selectClaims(claims, globs).map(({ id }) => id);
  t.deepEqual(selected(), ['eq6-prox', 'theorem-1', 'theorem-1-controls']);
  t.deepEqual(selected('theorem-1,eq6*'), ['eq6-prox', 'theorem-1']);
  t.deepEqual(selected('paper'), ['theorem-1', 'theorem-1-controls']);
  t.deepEqual(selected('suite, *-controls'), ['eq6-prox', 'theorem-1-controls']);
  for (const [globs, misspelt, meant] of [
    ['theorem-1,eq6', 'eq6', 'eq6-prox'],
    ['papr', 'papr', 'paper'],
    ['eq6-prox, siute', 'siute', 'suite'],
  ] as const) {
    const message = `no claim matches "${misspelt}" (did you mean ${meant}?): see signprox verify --list`;
    t.throws(() => selected(globs), { instanceOf: UsageError, message });
  }
});

test('subjects are selected by their names, and a glob for none is told apart from other mistakes', (t) => {
  const subjects = ['prox of huber', 'prox of l1', 'step of spgm'];
  t.deepEqual(selectSubjects(subjects, '*l1, step*'), ['prox of l1', 'step of spgm']);
  t.throws(() => selectSubjects(subjects, 'prox of hubert'), {
    instanceOf: NothingMatches,
    message: 'nothing matches "prox of hubert" (did you mean prox of huber?): see signprox guard --list',
  });
});
