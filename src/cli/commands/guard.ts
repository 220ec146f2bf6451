import { join } from 'node:path';
import { withDetectedSign } from '../../claims/implementation/detect-conventions.js';
import { narrowedTo, offeredSubjects } from '../../guard/offered-subjects.js';
import { exitCodes } from '../../report/record/outcome.js';
import { loadEntry, readGuardCatalogue } from '../catalogue.js';
import type { Target } from '../judging/failures.js';
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
export interface GuardOptions extends JudgeOptions {
  readonly list?: true;
  readonly module?: string;
  /** A theorem in place of the ledger: its bound on what the implementation does. */
  readonly theorem?: string;
  readonly timeout?: number;
  readonly watch?: true;
}

/** `signprox guard -- command…` and `signprox guard --module file.js`: the same claims on somebody else's implementation. */
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
  return interruptible((signal) => judge({ ...judgingOf(target, { ...options, out, ledger: true }, signal), claims }));
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

/** The target with a sgn(0) that it left open detected, so that the report tells it. */
async function described(opened: OpenTarget): Promise<OpenTarget> {
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

/** What is judged in a process of its own. */
export type Subprocess = Exclude<Target, { readonly kind: 'reference' }>;

/** What the words after `--` or `--module` name. */
export function targetOf(command: readonly string[], { module, timeout }: GuardOptions): Subprocess {
  const [program] = command;
  if (program === undefined && module === undefined) {
    throw new UsageError(
      'nothing to judge: give a program after --, as in signprox guard -- python3 adapter.py, or --module <file.js>',
    );
  }
  if (program !== undefined && module !== undefined) {
    throw new UsageError('two things to judge: give either a program after -- or --module <file.js>, not both');
  }
  const patience = timeout === undefined ? {} : { timeout };
  return module === undefined
    ? { kind: 'command', command: [...command], ...patience }
    : { kind: 'module', path: module, ...patience };
}

function commandLine(target: Subprocess, options: string): string {
  const timeout = target.timeout === undefined ? '' : ` --timeout ${target.timeout}ms`;
  if (target.kind === 'module') return `signprox guard --module ${shellQuote(target.path)} ${options}${timeout}`;
  return `signprox guard ${options}${timeout} -- ${target.command.map(shellQuote).join(' ')}`;
}
