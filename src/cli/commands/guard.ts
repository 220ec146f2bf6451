import { withDetectedSign } from '../../claims/implementation/detect-conventions.js';
import { readGuardCatalogue } from '../catalogue.js';
import type { Target } from '../judging/failures.js';
import { type JudgeOptions, judge } from '../judging/judge.js';
import { type OpenTarget, openTarget } from '../judging/open-target.js';
import { interruptible } from '../threads/interruptible.js';
import { shellQuote } from '../words/shell-quote.js';
import { UsageError } from '../words/usage-error.js';

/** Options of `signprox guard`. */
export interface GuardOptions extends JudgeOptions {
  readonly module?: string;
  readonly timeout?: number;
}

/** `signprox guard -- command…` and `signprox guard --module file.js`: the same claims on somebody else's implementation. */
export async function guard(words: readonly string[], options: GuardOptions): Promise<number> {
  const target = targetOf(words, options);
  return interruptible((signal) =>
    judge({
      open: async (seed) => described(await openTarget(target, seed, signal)),
      target,
      claims: readGuardCatalogue(),
      options,
      commandWith: (given) => commandLine(target, given),
      signal,
    }),
  );
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

/** What is judged in a process of its own. */
type Subprocess = Exclude<Target, { readonly kind: 'reference' }>;

function targetOf(command: readonly string[], { module, timeout }: GuardOptions): Subprocess {
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
