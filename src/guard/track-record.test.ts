import { readFileSync } from 'node:fs';
import test from 'ava';
import { algorithmNames } from '../reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../reference/algorithms/stateful/vocabulary-names.js';
import { registry } from '../reference/functions/index.js';
import { smoothRegistry } from '../reference/smooth/index.js';
import { type Hit, trackRecord } from './track-record.test.helper.js';

const { queries, counts, hits } = trackRecord;

const classes = ['not-a-bug', 'outside', 'unclear', 'same-bug', 'bug'];
/** What the protocol lacks to express a bug: nothing, what may be added, or for good. */
const needs = ['nothing', 'half-precision', 'never'];
/** When a bug was rebuilt. */
const times = ['before the queries', 'after the queries', 'after the protocol could express it'];

const told = (text: string | undefined): boolean => text !== undefined && text.trim() === text && text !== '';

test('every query is on file with as many hits as it had', (t) => {
  t.is(new Set(queries).size, queries.length);
  t.is(counts.length, queries.length);
  const found = queries.map((_, index) => hits.filter((hit) => hit.queries.includes(index)).length);
  t.deepEqual(found, counts);
});

test('every thread is on file once, and was asked for', (t) => {
  t.is(new Set(hits.map(({ thread }) => thread)).size, hits.length);
  for (const { thread, kind, title, queries: asked } of hits) {
    t.regex(thread, /^[\w.-]+\/[\w.-]+#(\d+|[A-Z]\w+)$/);
    t.true(['issue', 'pull request', 'source'].includes(kind), thread);
    t.true(told(title) && title.length <= 60, thread);
    t.true(asked.length > 0 && new Set(asked).size === asked.length, thread);
    for (const query of asked) t.true(query === 'known' || query in queries, thread);
  }
});

test('every hit is classified, and has the fields of its class and no others', (t) => {
  const fields: Readonly<Record<Hit['class'], (hit: Hit) => readonly (keyof Hit)[]>> = {
    'not-a-bug': () => ['why'],
    outside: () => ['why'],
    unclear: () => [],
    'same-bug': () => ['of'],
    bug: ({ needs, rebuilt, found }) => [
      ...(['subject', 'wrong', 'needs'] as const),
      ...(needs === 'never' ? (['because'] as const) : []),
      ...(rebuilt === undefined ? [] : (['rebuilt', found === undefined ? 'missed' : 'found'] as const)),
    ],
  };
  for (const hit of hits) {
    t.true(classes.includes(hit.class), hit.thread);
    const own = fields[hit.class](hit);
    t.deepEqual(
      Object.keys(hit).toSorted(),
      ['thread', 'kind', 'title', 'queries', 'class', ...own].toSorted(),
      hit.thread,
    );
    for (const field of own) t.true(told(hit[field] as string), `${hit.thread}: ${field}`);
  }
});

test('a bug is what it is filed as, and one of at least 60', (t) => {
  const bugs = hits.filter((hit) => hit.class === 'bug');
  t.true(bugs.length >= 60);
  for (const bug of bugs) {
    t.true(needs.includes(bug.needs!), bug.thread);
    if (bug.needs === 'nothing') t.regex(bug.subject!, /^(prox|value|gradient|step) of [a-z0-9-]+$/, bug.thread);
    else t.is(bug.rebuilt, undefined, bug.thread);
    if (bug.rebuilt !== undefined) t.true(times.includes(bug.rebuilt.split(', ')[0]!), bug.thread);
  }
  const threads = bugs.map(({ thread }) => thread);
  for (const { class: kind, thread, of } of hits) if (kind === 'same-bug') t.true(threads.includes(of!), thread);
});

/** `the capped simplex` as the vocabularies write it. */
const typed = (words: string): string =>
  words
    .replace(/^the /, '')
    .replace(/,.*/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');

/** The names that a reason says are in no vocabulary: of `the capped simplex is no function of the vocabulary`. */
const namesMissing = (because: string): readonly string[] => {
  const [, words] =
    /^(.*?)(?: methods)? (?:is|are) no (?:function|algorithm)s? of the (?:vocabulary|protocol)\b/.exec(because) ?? [];
  return words === undefined ? [] : [typed(words)];
};

test('no bug is said to be of a function or an algorithm that there is none of, where there is one', (t) => {
  const known = [...registry.keys(), ...smoothRegistry.keys(), ...algorithmNames, ...statefulAlgorithmNames];
  const reasons = hits.flatMap(({ thread, because }) => (because === undefined ? [] : [{ thread, because }]));
  const named = reasons.flatMap(({ thread, because }) => namesMissing(because).map((name) => ({ thread, name })));
  t.true(named.length >= 8);
  t.is(
    named.length,
    reasons.filter(({ because }) => / no (function|algorithm)/.test(because)).length,
    'every form is read',
  );
  t.deepEqual(
    named.filter(({ name }) => known.includes(name)),
    [],
  );
  for (const wrong of ['the capped simplex is no function of the vocabulary', 'AdamW is no algorithm of the protocol'])
    t.true(
      namesMissing(wrong).some((name) => known.includes(name)),
      wrong,
    );
});

test('the pages of the track record and of the libraries say what is on file', async (t) => {
  const root = new URL('../../../', import.meta.url);
  const { trackRecordFile, trackRecordPage, librariesFile, librariesPage } = (await import(
    new URL('src/tools/write-pages.mjs', root).href
  )) as {
    trackRecordFile: string;
    trackRecordPage: () => Promise<string>;
    librariesFile: string;
    librariesPage: () => string;
  };
  for (const [file, text] of [
    [trackRecordFile, await trackRecordPage()],
    [librariesFile, librariesPage()],
  ] as const) {
    t.is(readFileSync(new URL(file, root), 'utf8'), text, `npm run generate writes ${file} anew`);
  }
});
