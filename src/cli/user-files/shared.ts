// What the process of a user's file, its threads and the process that has started it say to each other.

/** What a stream is written to. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What the process is given beside the command line. */
export interface Given {
  /** The address of the program. */
  readonly main: string;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

/** What the process receives: a signal that its parent got, or that it must end. */
export type Received = NodeJS.Signals | 'end';

/** What it tells. */
export type Told =
  | { readonly file: string }
  /** The exit code of the command, which has ended. */
  | { readonly done: number }
  /** What the file has done wrong, in a sentence. */
  | { readonly fault: string }
  /** What runs under the number `name`, and what it must do in time. */
  | { readonly name: number; readonly what: string; readonly must: string }
  /** What runs under that number, at T if that is ≥ 0, has not ended in time. */
  | { readonly late: number; readonly iterations: number };

/** The file descriptors of what this program prints and tells there: 1 and 2 belong to the file. */
export const descriptors = { printed: 3, told: 4 } as const;

/** What the threads of the process share; empty in a process that runs one command after another as if each had its own. */
export interface Shared {
  /** Counts, see `counts`; then for each slot the number of what runs, or 0, the second in which it began, and its T. */
  readonly cells?: Int32Array;
  readonly stdout?: Terminal;
}

/** Under which threads find it. */
export const sharedKey = 'signprox.user-file';

/** Places of the counts of slots that are taken, of names, and of seconds. */
export const counts = { slots: 0, names: 1, seconds: 2 } as const;

/** One slot for each thread, and for each time that a thread loads a file. */
export const mostSlots = 1024;
const [header, slotSize] = [3, 3];
export const placeOfSlot = (slot: number): number => header + slotSize * slot;
export const newCells = (): Int32Array => new Int32Array(new SharedArrayBuffer(4 * placeOfSlot(mostSlots)));
