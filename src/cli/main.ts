#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ImplementationError } from '../claims/implementation/implementation.js';
import { version } from '../claims/implementation/version.js';
import { nearestWord } from '../claims/text.js';
import { ExecutorError } from '../executors/replicates.js';
import { InvalidInputError } from '../guard/invalid-input.js';
import { type ExitCode, exitCodes } from '../report/record/outcome.js';
import { printableLine } from '../report/wording/sanitize.js';
import { shellQuote, UsageError, withoutPasswords } from './options/usage-error.js';

/** Options that end in help, whatever stands beside them. */
const help: readonly string[] = ['-h', '--help'];

/** The command that a command line calls, the words after it, and how it is called: `signprox vectors check`. */
function calledCommand(program: Command, argv: readonly string[]) {
  let command = program;
  let words = argv;
  let path = program.name();
  for (;;) {
    const called = command.commands.find((candidate) => candidate.name() === words[0]);
    if (called === undefined) return { command, words, path };
    command = called;
    words = words.slice(1);
    path = `${path} ${called.name()}`;
  }
}

/**
 * Refuses what a command does not know before it misses what it needs: a misspelt option, in place of the one that was meant, and a bare
 * word where the command takes none, which is then the value of an option.
 *
 * @throws UsageError that names the option that was probably meant
 */
function checkWords(program: Command, argv: readonly string[]): void {
  const { command, words, path } = calledCommand(program, argv);
  // What is no command at all is told by the program.
  if (command.commands.length > 0) return;
  // Reading the words to check them must leave no trace: an option that collects its values would have each of them twice.
  command.saveStateBeforeParse();
  const { operands, unknown } = command.parseOptions([...words]);
  const open = command.options.filter(
    (option) => (option.required || option.optional) && command.getOptionValueSource(option.attributeName()) !== 'cli',
  );
  command.restoreStateBeforeParse();
  if (unknown.some((word) => help.includes(word))) return;
  const see = `see ${path} --help`;
  const [wrong] = unknown;
  if (wrong !== undefined) {
    const flags = command.options.flatMap(({ long }) => (long == null ? [] : [long]));
    const option = wrong.replace(/=.*/s, '');
    const meant = nearestWord(option, flags);
    const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    throw new UsageError(`unknown option ${option}${hint}: ${see}`);
  }
  const [bare] = operands;
  if (bare === undefined || command.registeredArguments.length > 0) return;
  const meant = open.find(({ mandatory }) => mandatory) ?? open[0];
  const hint = meant === undefined ? '' : ` (did you mean ${meant.long} ${shellQuote(bare)}?)`;
  throw new UsageError(`${command.name()} takes no word without an option, got ${shellQuote(bare)}${hint}: ${see}`);
}

/** A command in the list of commands, and the file of its options and of what it does. */
interface Listed {
  /** How it is called: the words that the list shows. */
  readonly usage: string;
  readonly description: string;
  load(): Promise<{ declare(command: Command): void }>;
}

/** Every command in the order of the help. Only those that a command line names are loaded. */
const commands: readonly Listed[] = [
  {
    usage: 'verify [options]',
    description: 'check every claim on the reference implementation',
    load: () => import('./commands/verify.js'),
  },
  {
    usage: 'guard [options] [command...]',
    description:
      'check the claims on another implementation: a program that speaks protocol 1.0 or 1.1, a JavaScript module, an optimiser of PyTorch or a prox of NumPy arrays',
    load: () => import('./commands/guard.js'),
  },
  {
    usage: 'init [options] <language>',
    description: 'write an adapter to fill in, with the protocol in it, and the CI step that guards it',
    load: () => import('./commands/init.js'),
  },
  {
    usage: 'report [options] <files...>',
    description: 'print or write the report of a saved run again, or of several side by side; nothing is judged',
    load: () => import('./commands/report.js'),
  },
  {
    usage: 'worker [options]',
    description: 'compute what verify and bounds with --executor bullmq put into a queue, until it is interrupted',
    load: () => import('./commands/worker.js'),
  },
  {
    usage: 'merge [options] <directories...>',
    description: 'make one report of the shards of a run; nothing is judged again',
    load: () => import('./commands/merge.js'),
  },
  {
    usage: 'replay <file>',
    description: 'judge a saved failure again, from its exact values',
    load: () => import('./commands/replay.js'),
  },
  {
    usage: 'figure [options]',
    description: 'reproduce Figure 1: SPGM and signProx on phase retrieval with total variation',
    load: () => import('./commands/figure.js'),
  },
  {
    usage: 'audit [options]',
    description: "hold a problem against the theorems' hypotheses: declared, certified and searched constants",
    load: () => import('./commands/audit.js'),
  },
  {
    usage: 'bounds [options]',
    description:
      'the left side of a theorem on a problem against its bound and the sharpened bound, or of a grid of them',
    load: () => import('./commands/bounds.js'),
  },
  {
    usage: 'search [options]',
    description: 'search for the instance on which a theorem is tightest: left/bound above 1 refutes it',
    load: () => import('./commands/search.js'),
  },
  {
    usage: 'explain [options] [claim]',
    description:
      'say what a claim states, how it is checked, what it needs and what it finds out; print its proof where it has one',
    load: () => import('./commands/explain.js'),
  },
  {
    usage: 'functions [options] [type...]',
    description: 'list the vocabulary: every function with its parameters, formula and properties',
    load: () => import('./commands/functions.js'),
  },
  {
    usage: 'vectors',
    description: 'test vectors with exact answers, for implementations that cannot be driven live',
    load: () => import('./commands/vectors.js'),
  },
];

const nameOf = ({ usage }: Pick<Listed, 'usage'>): string => usage.split(' ')[0]!;

/** Adds the commands to the program, with their options where the command line is about them: it calls them, or asks for their help or completion. */
async function addCommands(program: Command, argv: readonly string[]): Promise<void> {
  const [first = ''] = argv;
  const named = first === 'help' || first === 'complete' ? argv : [first];
  for (const listed of commands) {
    const name = nameOf(listed);
    const command = program.command(name).description(listed.description);
    if (named.includes(name)) (await listed.load()).declare(command);
  }
  if (first === 'complete') {
    const { declareComplete } = await import('./commands/complete.js');
    declareComplete(program);
  } else program.command('complete').description('Generate shell completion scripts');
  const usages = new Map(commands.map((listed) => [nameOf(listed), listed.usage]));
  usages.set('complete', 'complete [shell]').set('help', 'help [command]');
  program.configureHelp({ subcommandTerm: (command) => usages.get(command.name()) ?? command.name() });
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
  await addCommands(program, argv);
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
