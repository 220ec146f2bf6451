#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ImplementationError } from '../claims/implementation/implementation.js';
import { version } from '../claims/implementation/version.js';
import { ExecutorError } from '../executors/executor-error.js';
import { InvalidInputError } from '../guard/invalid-input.js';
import { type ExitCode, exitCodes } from '../report/record/outcome.js';
import { printableLine } from '../report/wording/sanitize.js';
import { calledCommand, checkWords } from './words/check-words.js';
import { UsageError } from './words/usage-error.js';
import { withoutPasswords } from './words/without-passwords.js';

/** What declares each command, in the order of the help; a declaration loads what its command does when that is called. */
const declarations = new Map<string, () => Promise<(program: Command) => void>>([
  ['verify', async () => (await import('./declarations/verify.js')).declareVerify],
  ['guard', async () => (await import('./declarations/guard.js')).declareGuard],
  ['init', async () => (await import('./declarations/init.js')).declareInit],
  ['report', async () => (await import('./declarations/report.js')).declareReport],
  ['worker', async () => (await import('./declarations/worker.js')).declareWorker],
  ['merge', async () => (await import('./declarations/merge.js')).declareMerge],
  ['replay', async () => (await import('./declarations/replay.js')).declareReplay],
  ['figure', async () => (await import('./declarations/figure.js')).declareFigure],
  ['audit', async () => (await import('./declarations/audit.js')).declareAudit],
  ['bounds', async () => (await import('./declarations/bounds.js')).declareBounds],
  ['search', async () => (await import('./declarations/search.js')).declareSearch],
  ['explain', async () => (await import('./declarations/explain.js')).declareExplain],
  ['functions', async () => (await import('./declarations/functions.js')).declareFunctions],
  ['vectors', async () => (await import('./declarations/vectors.js')).declareVectors],
  ['complete', async () => (await import('./declarations/complete.js')).declareComplete],
]);

/** The declarations that a command line needs: that of its command, or all for help, for completion, and for what is no command. */
function declarationsFor([word = '']: readonly string[]): Promise<((program: Command) => void)[]> {
  const called = word === 'complete' ? undefined : declarations.get(word);
  const needed = word === '--version' ? [] : called === undefined ? [...declarations.values()] : [called];
  return Promise.all(needed.map((load) => load()));
}

/** What `signprox` alone answers: what one can do with it. */
const doors = `signprox checks the claims of the signProx paper, on its own implementation and
on yours. Four things to do with it:

  see what holds        signprox verify
  judge a library       signprox init python, then signprox guard
  ask about a problem   signprox audit --problem p.json
  read a claim          signprox explain theorem-2

signprox --help lists every command, signprox guard --help tells of one.
`;

/** The command line: one subcommand per file, errors in one line on stderr. */
export async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 0) {
    process.stderr.write(doors);
    process.exitCode = exitCodes.usage;
    return;
  }
  const program = new Command('signprox')
    .description('Checks the claims of the signProx paper, on the reference implementation and on yours')
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${oneLine(text, calledCommand(program, argv).path)}\n`),
    });
  for (const declare of await declarationsFor(argv)) declare(program);
  try {
    checkWords(program, argv);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Commander's complaint about the command of that path in our form: one line that ends with what to do. */
function oneLine(text: string, path: string): string {
  const what = withoutPasswords(printableLine(text.replace(/^error: /, '')))
    .replace(/\.$/, '')
    .replace(/ is invalid\. A?/, (end) => ` is invalid: ${end.endsWith('A') ? 'a' : ''}`);
  if (what.includes(' is invalid: ')) return `signprox: ${what}`;
  return `signprox: ${what}: see ${path} --help`;
}

function report(error: unknown): number {
  // Commander has printed its own message; help and --version end with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UsageError) return complain(error.message, exitCodes.usage);
  if (error instanceof InvalidInputError) return complain(error.message, exitCodes.invalidInput);
  if (error instanceof ExecutorError) return complain(error.message, exitCodes.partMissing);
  if (error instanceof ImplementationError)
    return complain(`${error.kind}: ${error.message}`, exitCodes.implementation);
  throw error;
}

function complain(message: string, code: ExitCode): ExitCode {
  process.stderr.write(`signprox: ${withoutPasswords(printableLine(message))}\n`);
  return code;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes the pipe early (head, less) is no error of ours.
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) {
      process.stderr.write(
        `signprox: cannot write to standard output: ${printableLine(error.message)}: send it elsewhere\n`,
      );
    }
    process.exit(exitCodes.usage);
  });
}

await main(process.argv.slice(2));
