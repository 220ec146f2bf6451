import { readFileSync } from 'node:fs';

/** A thread that a query found, or that was known before. */
export interface Hit {
  /** `owner/repository#number`; a name of the source in place of the number where no thread is known. */
  readonly thread: string;
  readonly kind: 'issue' | 'pull request' | 'source';
  readonly title: string;
  /** The places of the queries that found it. */
  readonly queries: readonly (number | 'known')[];
  /** `bug`: numbers were wrong; `outside`: a bug of something else; `unclear`: the excerpt does not say. */
  readonly class: 'not-a-bug' | 'outside' | 'unclear' | 'same-bug' | 'bug';
  /** Of what is no bug or outside: what it is. */
  readonly why?: string;
  /** Of a second thread about a bug: the first. */
  readonly of?: string;
  /** Of a bug: what it was an error of, in the words of the guard where the protocol has it. */
  readonly subject?: string;
  readonly wrong?: string;
  /** What the protocol lacks to express it. */
  readonly needs?: string;
  /** Why it can never be expressed. */
  readonly because?: string;
  /** When it was rebuilt in field-bugs.test.ts; after a comma how, where the thread has something else, or that it was `missed at first`. */
  readonly rebuilt?: string;
  /** A claim that found what was rebuilt, or why none did. */
  readonly found?: string;
  readonly missed?: string;
}

const read = (file: string): object =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/track-record/${file}`, import.meta.url), 'utf8')) as object;

/** The queries of the track record, how many hits each had, and every hit. */
export const trackRecord = { ...read('queries.json'), ...read('hits.json') } as {
  readonly queries: readonly string[];
  readonly counts: readonly number[];
  readonly hits: readonly Hit[];
};
