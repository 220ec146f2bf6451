import { join } from 'node:path';
import { withDetectedSign } from '../../claims/implementation/detect-conventions.js';
import { narrowedTo, offeredSubjects } from '../../guard/offered-subjects.js';
import { exitCodes } from '../../report/record/outcome.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { loadEntry, readGuardCatalogue } from '../catalogue.js';
import { commandLine, type Subprocess, type TargetOptions, targetOf } from '../judging/guard-target.js';
import { judge } from '../judging/judge.js';
import { type OpenTarget, openTarget } from '../judging/open-target.js';
import type { JudgeOptions, Judging } from '../judging/run.js';
import { theoremEntries } from '../judging/theorem-entries.js';
import { loadTheorem } from '../problems/load-theorem.js';
import { interruptible } from '../threads/interruptible.js';
import { defaultOut, selectClaims, selectSubjects } from '../words/options.js';
import { shellQuote } from '../words/shell-quote.js';
import { UsageError } from '../words/usage-error.js';
import { listSubjects } from './list-subjects.js';

/** Options of `signprox guard`. */
export interface GuardOptions extends JudgeOptions, TargetOptions {
  readonly list?: true;
  /** A theorem in place of the ledger: its bound on what the implementation does. */
  readonly theorem?: string;
  readonly watch?: true;
}

/** `signprox guard`: the same claims on somebody else's implementation, a program, a module of JavaScript or an object of Python. */
export async function guard(words: readonly string[], options: GuardOptions): Promise<number> {
  const target = targetOf(words, options);
  if (options.theorem !== undefined) return guardTheorem(target, options, options.theorem);
  if (options.list) {
    return interruptible(async (signal) => {
      const opened = await judgingOf(target, options, signal).open(options.seed);
      try {
        const claims = selectClaims(readGuardCatalogue(), options.claims);
        await listSubjects(opened.implementation.description, await Promise.all(claims.map(loadEntry)));
        return exitCodes.ok;
      } finally {
        await opened.close(false);
      }
    });
  }
  return interruptible((signal) => judge(judgingOf(target, options, signal)));
}

/** The bound of a theorem on the iterates of an implementation that knows its algorithm. */
async function guardTheorem(target: Subprocess, options: GuardOptions, word: string): Promise<number> {
  const loaded = await loadTheorem(word);
  const { id, algorithm } = loaded.theorem;
  if (typeof algorithm !== 'string') {
    throw new UsageError(
      `${word}: ${id} is about ${algorithm.name}, which only its own file knows: give signprox verify --theorem, or a theorem about an algorithm that adapters know`,
    );
  }
  const claims = theoremEntries(loaded).filter((entry) => entry.id === id);
  const out = options.out === defaultOut ? join(defaultOut, id) : options.out;
  return interruptible((signal) =>
    judge({ ...judgingOf(target, { ...options, out, ledger: true }, signal), claims, theorem: { word } }),
  );
}

/** One run on the target. */
export function judgingOf(target: Subprocess, options: GuardOptions, signal: AbortSignal): Judging {
  return {
    open: async (seed) => narrowed(await described(await openTarget(target, seed, signal)), options.only),
    target,
    claims: readGuardCatalogue(),
    options,
    commandWith: (given) => commandLine(target, `${narrowing(options)}${given}`),
    signal,
  };
}

/** The target with its notes told, and a sgn(0) that it left open detected, so that the report tells it. */
async function described(opened: OpenTarget): Promise<OpenTarget> {
  for (const note of opened.implementation.description.notes ?? []) {
    process.stderr.write(`signprox: ${printableLine(note)}\n`);
  }
  try {
    return { ...opened, implementation: await withDetectedSign(opened.implementation) };
  } catch (error) {
    await opened.close(true);
    throw error;
  }
}

/** The target that declares only what is to be judged. */
async function narrowed(opened: OpenTarget, only: string | undefined): Promise<OpenTarget> {
  if (only === undefined) return opened;
  const { implementation } = opened;
  try {
    const subjects = selectSubjects(offeredSubjects(implementation.description), only);
    const description = narrowedTo(implementation.description, subjects);
    return { ...opened, implementation: { ...implementation, description } };
  } catch (error) {
    await opened.close(false);
    throw error;
  }
}

/** The options that say how little is asked. */
function narrowing({ only, timePerPart, theorem }: GuardOptions): string {
  const about = theorem === undefined ? '' : `--theorem ${shellQuote(theorem)} `;
  const subjects = only === undefined ? about : `${about}--only ${shellQuote(only)} `;
  return timePerPart === undefined ? subjects : `${subjects}--time-per-part ${timePerPart}ms `;
}
