import type { Command } from 'commander';
import { withDetectedSign } from '../../claims/implementation/detect-conventions.js';
import { parseDuration } from '../duration.js';
import type { Target } from '../failures.js';
import { interruptible } from '../interruptible.js';
import { type JudgeOptions, judge, listClaims } from '../judge.js';
import { type OpenTarget, openTarget } from '../open-target.js';
import { selectClaims, withCheckOptions } from '../options.js';
import { ledger } from '../registry.js';
import { shellQuote } from '../shell-quote.js';
import { UsageError } from '../usage-error.js';

interface GuardOptions extends JudgeOptions {
  readonly module?: string;
  readonly list?: true;
  readonly timeout?: number;
}

/** `signprox guard -- command…` and `signprox guard --module file.js`: the same claims on somebody else's implementation. */
export function addGuard(program: Command): void {
  const command = program
    .command('guard')
    .description(
      'check the claims on another implementation: a program that speaks protocol 1.0, or a JavaScript module',
    )
    .argument('[command...]', 'after --: the program and its arguments, started without a shell');
  withCheckOptions(command)
    .option('--module <file>', 'a JavaScript module whose default export wears the implementation interface')
    .option('--timeout <duration>', 'for one call: 2, 0.5s, 500ms (default: 2 s)', parseDuration)
    .option('--known-failures <file>', 'JSON list of { id, reason, url? }: these may fail, and must not pass')
    .option('--write-known-failures <file>', 'write the claims that do not pass as such a list')
    .option('--list', 'list the claims that an implementation can be asked for and stop')
    .action(async (words: readonly string[], options: GuardOptions) => {
      const claims = ledger.filter((claim) => claim.requires.referenceOnly !== true);
      if (options.list) {
        process.stdout.write(listClaims(selectClaims(claims, options.claims)));
        return;
      }
      const target = targetOf(words, options);
      process.exitCode = await interruptible((signal) =>
        judge({
          open: async () => described(await openTarget(target, options.seed, signal)),
          target,
          claims,
          options,
          commandWith: (given) => commandLine(target, given),
          signal,
        }),
      );
    });
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
