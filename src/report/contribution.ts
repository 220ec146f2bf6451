import type { Chart, Section } from './document.js';
import type { RunRecord } from './record/run-record.js';

/** What a collection of claims adds to the reports of a run that judged some of them. */
export interface Contribution {
  /** What its findings are about, such as `the paper`. */
  readonly about: string;
  /** How its main statements ended, as clauses of the last line of a run. */
  conclusion(record: RunRecord): readonly string[];
  /** What its claims say together. */
  findings(record: RunRecord): readonly Finding[];
  /** What it adds to the page, with the drawings that were asked for. */
  page(record: RunRecord, drawings: readonly Chart[]): PageParts;
  /** Reads a file that is to be drawn on the page; rejects with a RangeError of one line if it is another file. */
  drawing(json: string): Promise<Chart>;
}

/** What several claims say together. */
export interface Finding {
  /** Its place on the page. */
  readonly anchor: string;
  readonly title: string;
  readonly text: string;
  /** How it is known. */
  readonly basis: string;
  /** The claims that it rests on. */
  readonly claims: readonly string[];
  readonly theme: string;
  /** Of a main finding. */
  readonly chart?: Chart | undefined;
  /** The instances that it quotes, with their numbers. */
  readonly table?: FindingTable;
  /** What it is about, if it quotes none. */
  readonly instances?: string;
}

/** A table beside a finding, such as that of its instances. */
export interface FindingTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a collection adds to the page of a run. */
export interface PageParts {
  /** The title of the page. */
  readonly title?: string;
  /** Sentences that all of their claims confirm, for the first screen. */
  readonly sentences?: readonly string[];
  /** Sections before its findings. */
  readonly front?: readonly Section[];
  /** Sections beside the other evidence. */
  readonly evidence?: readonly Section[];
}
