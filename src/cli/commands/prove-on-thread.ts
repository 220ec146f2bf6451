import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateCoq } from '../../report/coq/certificate-coq.js';
import {
  type ProofRecord,
  proofJson,
  proofLine,
  proofMarkdown,
  proofTable,
} from '../../report/formats/proof-report.js';
import { exitCodes } from '../../report/record/outcome.js';
import { type TableOptions, tableOptions } from '../../report/wording/screen.js';
import { makeDirectory } from '../../report/write-reports.js';
import { type Proving, prove } from '../../theory/proofs/search/prove.js';
import { statedValues } from '../../theory/proofs/search/stated-values.js';
import type { Theorem } from '../../theory/theorem/theorem.js';
import { NoModelError } from '../../theory/theorem/theorem-fields.js';
import { cannotWrite } from '../options/output-directory.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { loadTheorem, theoremErrorText, theoremWord } from '../problems/load-theorem.js';
import type { CommandContext, CommandResult } from '../threads/command-thread.js';

/** Options of `signprox prove`. */
export interface ProveCommandOptions {
  readonly theorem: string;
  readonly schedule?: string;
  readonly iterations?: readonly number[];
  /**
   * `data`: what was found, or why nothing was searched, as JSON, and one line that says it on standard error: for the end of a run of the theorem's
   * claims in which no row refutes it.
   */
  readonly format: 'table' | 'json' | 'markdown' | 'coq' | 'data';
  readonly out?: string;
  /** Seconds. */
  readonly budget: number;
  readonly strict?: true;
  /** Also the terms of the proof, and where the bound was read. */
  readonly ledger?: true;
  /** The claims about the theorem have been run as `prove` would ask them: no row of theirs is above the bound. */
  readonly searched?: boolean;
}

/** `signprox prove`: a proof, a counterexample, or neither. */
export async function run(options: ProveCommandOptions, { say, stdout }: CommandContext): Promise<CommandResult> {
  const loaded = await loadTheorem(options.theorem, options.schedule);
  const { theorem, word, instances } = loaded;
  const { width } = tableOptions(stdout, process.env);
  const end = performance.now() + 1000 * options.budget;
  const inTime = (text: string): void => {
    say(text);
    if (performance.now() > end)
      throw new UsageError(`${word}: the budget of ${options.budget} s is spent; give a larger --budget`);
  };
  let found: Proving;
  try {
    found = await prove(theorem, {
      ...(options.iterations && { iterations: options.iterations }),
      ...{ instances, say: inTime },
      // The suite's own claims ask more about its theorems.
      ...((options.searched || loaded.ofSuite) && { search: 'none' as const }),
    });
  } catch (error) {
    const why = error instanceof NoModelError ? `not linear, or no model: ${error.message}` : theoremErrorText(error);
    // A search that did not end takes no verdict from the claims.
    const said = error instanceof UsageError ? 'undecided: the search took too long' : why;
    if (said !== undefined && options.format === 'data') return ofRun(said, width, exitCodes.ok);
    if (why !== undefined) throw new UsageError(`${word}: ${why}`);
    throw error;
  }
  if (options.format === 'data') return ofRun(found, width, exitCodeOf(found));
  const record: ProofRecord = {
    ...found,
    ...(found.worst && { again: againOf(theoremWord(loaded), found.worst, typeof theorem.algorithm === 'string') }),
    written: options.out === undefined ? [] : await write(options.out, found, theorem),
  };
  const exitCode = exitCodeOf(found, options.strict);
  const layout = { ...tableOptions(stdout, process.env), ledger: options.ledger };
  return { stdout: textOf(record, options, layout, exitCode, theorem), exitCode };
}

function ofRun(found: Proving | string, width: number, exitCode: number): CommandResult {
  const { answer, scope, reason, used } = typeof found === 'string' ? ({} as Partial<Proving>) : found;
  return {
    stdout: JSON.stringify(typeof found === 'string' ? found : { answer, scope, reason, used }),
    stderr: proofLine(found, width),
    exitCode,
  };
}

function exitCodeOf({ answer }: Proving, strict = false): number {
  if (answer === 'proved') return exitCodes.ok;
  return answer === 'false' || strict ? exitCodes.claimFailed : exitCodes.ok;
}

function textOf(
  record: ProofRecord,
  { format }: ProveCommandOptions,
  layout: TableOptions,
  exitCode: number,
  theorem: Theorem,
): string {
  switch (format) {
    case 'json':
      return proofJson(record);
    case 'markdown':
      return proofMarkdown(record);
    case 'coq':
      if (record.certificate === undefined)
        throw new UsageError(`${record.theorem}: there is no proof for Coq: ${record.reason}`);
      return coqOf(record, theorem)!;
    default:
      return proofTable(record, layout, exitCode);
  }
}

/** @param isKnown whether the suite knows the algorithm: another one takes its own signs */
function againOf(word: string, { instance, iterations }: NonNullable<Proving['worst']>, isKnown: boolean): string {
  const { problem, start, signOfZero = 'zero' } = instance;
  const sign = signOfZero === 'zero' || !isKnown ? '' : ` --sign-of-zero ${signOfZero}`;
  return `signprox bounds --theorem ${word} --problem ${shellQuote(JSON.stringify(problem))} --start ${shellQuote(JSON.stringify(start))} --iterations ${iterations}${sign}`;
}

/** The proof for Coq, which ends with the theorem as it is stated. */
function coqOf({ theorem: id, statement, certificate }: Proving, theorem: Theorem): string | undefined {
  if (certificate === undefined) return undefined;
  const stated = { name: id, values: statedValues(theorem) };
  return certificateCoq({ id: `proof-of-${id}`, statement, certificate, writtenBy: 'signprox prove', stated });
}

/** Writes what was found, and says into which files. */
async function write(directory: string, found: Proving, proved: Theorem): Promise<string[]> {
  const { theorem, certificate, worst } = found;
  const files: Record<string, string | undefined> = {
    [`${theorem}.json`]: certificate && `${JSON.stringify(certificate, undefined, 2)}\n`,
    // coqc takes a file's name for a module, in which a hyphen is an error.
    [`${theorem.replaceAll('-', '_')}.v`]: coqOf(found, proved),
    [`${theorem}-worst.json`]: worst && `${JSON.stringify(worst.instance.problem, undefined, 2)}\n`,
  };
  const names: string[] = [];
  try {
    await makeDirectory(directory);
    for (const [name, text] of Object.entries(files)) {
      if (text === undefined) continue;
      names.push(join(directory, name));
      await writeFile(names.at(-1)!, text);
    }
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
  return names;
}
