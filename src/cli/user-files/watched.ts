import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { getEnvironmentData, isMainThread } from 'node:worker_threads';
import {
  counts,
  descriptors,
  mostSlots,
  placeOfSlot,
  type Shared,
  sharedKey,
  type Terminal,
  type Told,
} from './shared.js';

// What a thread does for a user's file in the process of its own. In another process, as that of a library, nothing is watched.

/** Seconds in which a file must load, and a function of it return: most take milliseconds, and microseconds. */
export const longest = 10;

const shared = getEnvironmentData(sharedKey) as unknown as Shared | undefined;

/** Whether this is the process of a user's file, or one that needs none. */
export const isOwnProcess = (): boolean => getEnvironmentData(sharedKey) !== undefined;

const { cells, stdout: given } = shared ?? {};
const exit = process.exit.bind(process);

function writeAll(descriptor: number, text: string | Uint8Array): true {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  return true;
}

// A stream keeps in memory what is printed, until its thread has nothing else to do, and loses it where the process ends.
if (cells !== undefined)
  for (const [k, name] of (['stdout', 'stderr'] as const).entries())
    process[name].write = (text: string | Uint8Array) => writeAll(k + 1, text);

export const tell = (told: Told): void => void writeAll(descriptors.told, `${JSON.stringify(told)}\n`);

/** Standard output for what this program prints. What a file prints goes to standard error, so that a document stays one. */
export const stdout: Terminal & { write(text: string): boolean } =
  given === undefined ? process.stdout : { ...given, write: (text) => writeAll(descriptors.printed, text) };

/** Says why the process must end, and lets nothing more run on this thread. */
function endWith(told: Told, code: number): never {
  tell(told);
  if (isMainThread) exit(code);
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** The place of a new slot; undefined where nothing is watched. */
function newSlot(): number | undefined {
  if (cells === undefined) return undefined;
  const slot = Atomics.add(cells, counts.slots, 1);
  return slot < mostSlots ? placeOfSlot(slot) : undefined;
}

const ofThread = newSlot();

function nameFor(what: string, must: string): number {
  const name = Atomics.add(cells!, counts.names, 1) + 1;
  tell({ name, what, must });
  return name;
}

function begin(place: number, name: number, iterations = -1): void {
  cells![place + 1] = Atomics.load(cells!, counts.seconds);
  cells![place + 2] = iterations;
  Atomics.store(cells!, place, name);
}

/** Runs a function of a file that `what` names, at T if it is given. */
export type Watch = <Result>(what: string, run: () => Result, iterations?: number) => Result;

/** How functions of a file run: where one does not return, the process ends, and the error names the function. */
export function watch(file: string): Watch {
  const named = new Map<string, number>();
  return (what, run, iterations) => {
    if (cells === undefined || ofThread === undefined) return run();
    const name = named.get(what) ?? nameFor(`${file}: ${what}`, 'return');
    named.set(what, name);
    const [outer, since, at] = [cells[ofThread]!, cells[ofThread + 1]!, cells[ofThread + 2]!];
    begin(ofThread, name, iterations);
    try {
      return run();
    } finally {
      cells[ofThread + 1] = since;
      cells[ofThread + 2] = at;
      Atomics.store(cells, ofThread, outer);
    }
  };
}

/** Loads a user's file, whose top level must end as its functions must. From then on it cannot end this thread as if nothing had happened. */
export async function importWatched<Exports>(file: string, load: () => Promise<Exports>): Promise<Exports> {
  isolate(file);
  // Not the slot of the thread, which may go on with other files meanwhile.
  const place = newSlot();
  if (place !== undefined) begin(place, nameFor(`cannot load ${file}: it`, 'end'));
  try {
    return await load();
  } finally {
    if (place !== undefined) Atomics.store(cells!, place, 0);
  }
}

let isIsolated = false;

function isolate(file: string): void {
  if (cells === undefined || isIsolated) return;
  isIsolated = true;
  tell({ file });
  const refuse = (call: string) => (): never =>
    endWith({ fault: `${file} called ${call}: a theorem returns values, and ends no process` }, 2);
  const { kill } = process;
  Object.assign(process, {
    exit: refuse('process.exit'),
    abort: refuse('process.abort'),
    kill: (pid: number, signal?: NodeJS.Signals | number) =>
      pid === 0 || Math.abs(pid) === process.pid ? refuse('process.kill')() : kill.call(process, pid, signal),
  });
  syncBuiltinESMExports();
  process.on('uncaughtException', (error: unknown) => {
    const { stack = '', message = String(error) } = error instanceof Error ? error : {};
    if (!isOfSuite(stack)) {
      const [first] = message.split('\n', 1);
      endWith({ fault: `${file} threw what nothing catches, in a timer or a promise: ${first}` }, 2);
    }
    writeAll(2, `${stack}\nsignprox: this is an error of signprox: please report it with the lines above\n`);
    endWith({ done: 7 }, 7);
  });
}

const compiled = new URL('../../../', import.meta.url);

/** Whether the innermost file of a stack is one of this program. */
function isOfSuite(stack: string): boolean {
  const [, place = ''] = /((?:file:\/\/)?\/\S+):\d+:\d+/.exec(stack.slice(stack.indexOf('\n    at '))) ?? [];
  return place.startsWith(compiled.href) || place.startsWith(fileURLToPath(compiled));
}
