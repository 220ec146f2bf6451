import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hypotheses } from '../../theory/theorem/audit/hypotheses.js';
import { atSchedule, ownSchedule } from '../../theory/theorem/named-schedules.js';
import type { Theorem } from '../../theory/theorem/theorem.js';
import { theoremExports } from '../../theory/theorem/theorem-exports.js';
import { TheoremFileError } from '../../theory/theorem/theorem-fields.js';
import { readTheoremFile, type TheoremFile } from '../../theory/theorem/theorem-file.js';
import { entryModule, readCatalogue } from '../catalogue.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { importWatched, watch } from '../user-files/watched.js';

/** A theorem with the module that exports it, from which workers load it. */
export interface LoadedTheorem extends TheoremFile {
  /** The word that names it on a command line. */
  readonly word: string;
  /** The name of its schedule. */
  readonly schedule: string;
  /** Whether it is one of the suite, whose own claims judge it. */
  readonly ofSuite: boolean;
}

/**
 * Loads a theorem at one of its schedules: by its number in the paper, by an id of the suite, or from a user's file.
 * @param read how a file is read
 * @throws UsageError of one line, with what is expected, if there is no such theorem or schedule, or the file exports no theorem
 */
export async function loadTheorem(
  word: string,
  schedule: string = ownSchedule,
  read: typeof readTheoremFile = readTheoremFile,
): Promise<LoadedTheorem> {
  const loaded = await findTheorem(word, read);
  try {
    return { ...loaded, theorem: atSchedule(loaded.theorem, schedule), schedule };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The words after `--theorem` that load a theorem again, at the same schedule. */
export const theoremWord = ({ word, schedule }: Pick<LoadedTheorem, 'word' | 'schedule'>): string =>
  `${shellQuote(word)}${schedule === ownSchedule ? '' : ` --schedule ${schedule}`}`;

async function findTheorem(word: string, read: typeof readTheoremFile): Promise<Omit<LoadedTheorem, 'schedule'>> {
  const own = ofSuite(/^\d+$/.test(word) ? `theorem-${word}` : word);
  if (own !== undefined && !existsSync(word)) {
    const id = /^\d+$/.test(word) ? `theorem-${word}` : word;
    const exported = (await import(own)) as Readonly<Record<string, Partial<Theorem> | undefined>>;
    // A module of the suite may have the form of a user's file, with instances and controls.
    if (exported['theorem']?.id === id) return { ...readTheoremFile(exported), word, ofSuite: true };
    const theorem = Object.values(exported).find((value) => value?.id === id && value.term !== undefined);
    if (theorem !== undefined) {
      return { theorem: theorem as Theorem, instances: [], controls: [], word, ofSuite: true };
    }
  }
  if (!existsSync(word)) {
    throw new UsageError(
      `there is no theorem ${JSON.stringify(word)}: give 1, 2, the id of a theorem of the suite such as theorem-1-sharp, or a file that exports one`,
    );
  }
  if (statSync(word).isDirectory()) {
    throw new UsageError(
      `cannot load ${word}: it is a directory; give a JavaScript module (.mjs) that exports theorem, or the same as JSON`,
    );
  }
  const url = pathToFileURL(resolve(word)).href;
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await importWatched(word, () => theoremExports(url));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UsageError(
      `cannot load ${error instanceof SyntaxError ? placeOf(word) : word}: ${why}; give a JavaScript module (.mjs) that exports theorem, or the same as JSON`,
    );
  }
  try {
    const limit = watch(word);
    const file = limit('reading its exports', () => read(exported, limit));
    requireOwnId(file.theorem.id, url);
    return { ...file, theorem: { ...file.theorem, module: url }, word, ofSuite: false };
  } catch (error) {
    if (error instanceof TheoremFileError) throw new UsageError(`${word}: ${error.message}`);
    throw error;
  }
}

/** Reports, saved failures and replicates refer to a theorem by its id, so a user's id must not be one of the suite. */
function requireOwnId(id: string, url: string): void {
  const theirs = ofSuite(id);
  const known = [id, `${id}-controls`, `${id}-tightness`, `${id}-hypotheses`, `${id}-constants`];
  const taken = theirs === undefined ? readCatalogue().find((entry) => known.includes(entry.id))?.id : id;
  if (theirs === url || taken === undefined) return;
  throw new TheoremFileError(`theorem.id "${id}": ${taken} is a claim of the suite: give another id, such as my-${id}`);
}

/** The file with the line and column of its syntax error, or the file alone if the error is in another file. */
function placeOf(word: string): string {
  // The error of `import` has no line.
  const { stderr } = spawnSync(process.execPath, ['--check', resolve(word)], { encoding: 'utf8' });
  const [first = '', , marks = ''] = stderr.split('\n');
  const at = /:(\d+)$/.exec(first)?.[1];
  return at === undefined ? word : `${word}:${at}:${marks.indexOf('^') + 1}`;
}

/** The module of the claim of this id, which exports its theorem if it is about one; undefined if the suite has no such claim. */
function ofSuite(id: string): string | undefined {
  const entry = readCatalogue().find((each) => each.id === id);
  return entry && entryModule(entry).href;
}

/** A place in the suite's code, which does not help the author of a theorem whose replicate threw. */
const ofReplicate = /^replicate \d+ of \S+ failed: /;

/** The message of an error of a theorem's own functions; undefined for another error. An error from a worker thread has lost its class. */
export function theoremErrorText(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (ofReplicate.test(error.message)) return error.message.replace(ofReplicate, '');
  return error.name === 'TheoremError' ? error.message : undefined;
}

/** Whether a theorem's constants are the vectors (L_i) and (σ_i), and not L and σ. */
export const givesCoordinates = ({ hypotheses: named }: Theorem): boolean =>
  named.some((entry) => typeof entry === 'string' && hypotheses[entry].gives === 'coordinateLipschitz');
