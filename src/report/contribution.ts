import type { Command, Option } from 'commander';
import type { Chart, Section } from './document.js';
import type { RunRecord } from './record/run-record.js';

/** What a collection of claims adds to the reports of a run that judged some of them. */
export interface Contribution {
  /** What its findings are about, such as `the paper`. */
  readonly about: string;
  /** How its main statements ended, as clauses of the last line of a run. */
  conclusion(record: RunRecord): readonly string[];
  /** What else a terminal says of a run, in a few words each: a label and what it says. */
  facts?(record: RunRecord): readonly (readonly [label: string, text: string])[];
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

/** What the module of a command of a collection exports: it declares its options and what it does, as commander has them. */
export interface CommandModule {
  /** Called before the command line is read, if it names the command. */
  declare(command: Command, tools: CommandTools): void;
}

/** What the commands of the suite share, for those that a collection adds. */
export interface CommandTools {
  /** The option `--seed`; `what` says what is drawn from it. */
  seedOption(what: string): Option;
  /** The option `--workers`, a count of threads. */
  workersOption(): Option;
  /** Command lines as the end of a help text. */
  examples(lines: readonly string[]): string;
  /** An error of a command line: its message, one line, is printed, and the exit code is 2. */
  usageError(message: string): Error;
  /** Rejects with such an error unless the directory of `--out` can be written to; makes nothing. */
  requireWritable(directory: string): Promise<void>;
  /** Makes a directory with all above it. */
  makeDirectory(directory: string): Promise<void>;
  /** Writes a file that is never seen in part. */
  writeWhole(file: string, content: string | Uint8Array): Promise<void>;
  /** Runs a command, which gives its exit code, until it ends or a signal such as that of Ctrl-C aborts it. */
  interruptible(action: (signal: AbortSignal) => Promise<number>): Promise<number>;
  /** Runs tasks of a module, whose default export maps a task to its result, on worker threads; the results are in the order of the tasks. */
  runTasks<Task, Result>(
    module: string,
    tasks: readonly Task[],
    options: {
      /** Threads; 0 computes in the calling thread. */
      readonly workers: number;
      readonly signal: AbortSignal;
      /** Called with the number of finished tasks after each. */
      onProgress(finished: number, total: number): void;
    },
  ): Promise<Result[]>;
}
