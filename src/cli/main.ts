#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../claims/implementation/version.js';
import { nearestWord } from '../claims/text.js';
import { type ExitCode, exitCodes } from '../report/record/outcome.js';
import { printableLine } from '../report/wording/sanitize.js';
import { contributedCommands } from './catalogue.js';
import { about } from './options/about.js';
import { asTyped } from './options/as-typed.js';
import { shellQuote, UsageError, withoutPasswords } from './options/usage-error.js';
import { userFile } from './user-files/user-file.js';
import { isOwnProcess } from './user-files/watched.js';

/** Options that print the help, whatever else is given. */
const help: readonly string[] = ['-h', '--help'];

/** What is typed instead of `--shard i/n` and `signprox merge`. */
const insteadOfShards =
  'to run on several machines, give each job of a CI matrix its own --claims, or share the work by --executor bullmq and signprox worker';

/** What is typed instead of the commands that are gone. */
const gone: Readonly<Record<string, string>> = {
  merge: `, with --shard: ${insteadOfShards}`,
  search: ': type signprox bounds --search in its place, with the same options',
  certify: ': type signprox prove --multipliers FILE in its place, and --format coq > FILE.v for --coq FILE.v',
};

/** The command that a command line calls, the words after it, and its full name, such as `signprox vectors check`. */
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
 * Rejects unknown words before commander complains of missing options: a misspelt option may be the one that is
 * missing, and a bare word where the command takes none is probably the value of an option.
 *
 * @throws UsageError that names the option that was probably meant
 */
function checkWords(program: Command, argv: readonly string[]): void {
  const { command, words, path } = calledCommand(program, argv);
  // Commander itself reports an unknown command.
  if (command.commands.length > 0) return;
  // The words are parsed again later: without a restore, an option that collects values would hold each value twice.
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
    if (/^--shard(?:=|$)/.test(wrong)) throw new UsageError(`--shard is gone: ${insteadOfShards}`);
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
  throw new UsageError(`${command.name()} takes no argument, got ${shellQuote(bare)}${hint}: ${see}`);
}

/** A command as the help lists it, and the module that declares its options and runs it. */
interface Listed {
  /** The command with its arguments, as the help shows them. */
  readonly usage: string;
  readonly description: string;
  load(): Promise<{ declare(command: Command): void }>;
}

/** The commands by what a user wants, in the order of the help. Only the commands that a command line names are loaded. */
const groups: readonly (readonly [heading: string, commands: readonly Listed[]])[] = [
  [
    'Judge an implementation:',
    [
      {
        usage: 'guard [options] [target...]',
        description:
          'judge an optimiser, a prox or a library: a name such as my_module:MyAdamW, a file, or a program in any language',
        load: () => import('./commands/guard.js'),
      },
      {
        usage: 'identify [options] [target...]',
        description:
          'say which algorithm or proximal operator an implementation is, with which conventions, or with which known bug',
        load: () => import('./commands/identify.js'),
      },
      {
        usage: 'init [options] <language>',
        description: 'write an adapter to fill in, which speaks the protocol already, and a CI workflow that guards it',
        load: () => import('./commands/init.js'),
      },
      {
        usage: 'vectors',
        description:
          'write test vectors for any language, check answers to them, or print them as arrays for C and C++',
        load: () => import('./commands/vectors.js'),
      },
    ],
  ],
  [
    'Judge a theorem:',
    [
      {
        usage: 'prove [options] [theorem]',
        description: 'search a proof of a theorem and check it in rationals, or refute the theorem by a problem',
        load: () => import('./commands/prove.js'),
      },
      {
        usage: 'worst [options] <theorem>',
        description: 'find the worst case of a theorem without a bound, with a proof and a function that attains it',
        load: () => import('./commands/worst.js'),
      },
      {
        usage: 'bounds [options]',
        description:
          'compare the left side of a theorem with its bound and the sharpened bound, on one problem or a grid, or search for the tightest',
        load: () => import('./commands/bounds.js'),
      },
      {
        usage: 'audit [options]',
        description: "check the theorems' hypotheses on your problem: declared, certified and searched constants",
        load: () => import('./commands/audit.js'),
      },
      {
        usage: 'verify [options]',
        description: 'judge a theorem of your own, or every claim on the reference implementation',
        load: () => import('./commands/verify.js'),
      },
    ],
  ],
  [
    'Read what was found, or ask again:',
    [
      {
        usage: 'replay <file>',
        description: 'judge a saved failure again on its exact inputs',
        load: () => import('./commands/replay.js'),
      },
      {
        usage: 'report [options] <files...>',
        description: 'print or write the report of a saved run, or of several side by side, without judging again',
        load: () => import('./commands/report.js'),
      },
      {
        usage: 'explain [options] [claim]',
        description:
          'print what a claim states, how it is checked, what it needs, which planted errors it finds, and its proof if it has one',
        load: () => import('./commands/explain.js'),
      },
      {
        usage: 'functions [options] [type...]',
        description: 'list every function and data term with its parameters, formula and properties',
        load: () => import('./commands/functions.js'),
      },
      {
        usage: 'mcp [options]',
        description: 'judge files for a program that speaks the Model Context Protocol, until standard input ends',
        load: () => import('./commands/mcp.js'),
      },
    ],
  ],
  [
    'Use more machines:',
    [
      {
        usage: 'worker [options]',
        description: 'compute the jobs that verify and bounds --executor bullmq put into a queue, until interrupted',
        load: () => import('./commands/worker.js'),
      },
    ],
  ],
  [
    'The paper:',
    contributedCommands().map(({ module, ...listed }) => ({
      ...listed,
      load: async () => (await import('./commands/contributed.js')).loadContributed(module),
    })),
  ],
];

const nameOf = ({ usage }: Pick<Listed, 'usage'>): string => usage.split(' ')[0]!;

/** Adds all commands to the program. Only those that the command line calls, or wants help or completion for, get their options. */
async function addCommands(program: Command, argv: readonly string[]): Promise<void> {
  const [first = ''] = argv;
  const named = first === 'help' || first === 'complete' ? argv : [first];
  for (const [heading, commands] of groups) {
    for (const listed of commands) {
      const name = nameOf(listed);
      const command = program.command(name).description(listed.description).helpGroup(heading);
      if (named.includes(name)) (await listed.load()).declare(command);
    }
  }
  if (first === 'complete') {
    const { declareComplete } = await import('./commands/complete.js');
    declareComplete(program);
  } else program.command('complete').description('Generate shell completion scripts');
  const usages = new Map(groups.flatMap(([, commands]) => commands.map((listed) => [nameOf(listed), listed.usage])));
  usages.set('complete', 'complete [shell]').set('help', 'help [command]');
  program.configureHelp({ subcommandTerm: (command) => usages.get(command.name()) ?? command.name() });
}

/** The overview that `signprox` alone prints. */
const overview = `${about}

  signprox guard my_module:MyAdamW    judge an optimiser or a prox, in Python
  signprox guard ./mine.mjs           in JavaScript
  signprox identify my_module:MyOpt   what is it, or which bug has it
  signprox prove my-bound.mjs         prove a bound, or refute it
  signprox init python                an adapter, a test and a CI workflow

all commands: signprox --help    pages: README.md and docs/
`;

/** Runs a command line. Errors are one line on stderr. */
export async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 0) {
    process.stdout.write(overview);
    return;
  }
  const file = isOwnProcess() ? undefined : userFile(argv);
  if (file !== undefined) {
    const { runInOwnProcess } = await import('./user-files/run-in-own-process.js');
    process.exitCode = await runInOwnProcess(import.meta.url, file, argv).catch(report);
    return;
  }
  const program = new Command('signprox')
    .description(about.replace('\n', ' '))
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${oneLine(text, calledCommand(program, argv).path)}\n`),
    });
  await addCommands(program, argv);
  try {
    const instead = gone[argv[0]!];
    if (instead !== undefined) throw new UsageError(`signprox ${argv[0]} is gone${instead}`);
    checkWords(program, argv);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = await report(error);
  }
}

/** Commander's message about the command `path`, as one line that ends with what to do. */
function oneLine(text: string, path: string): string {
  const what = withoutPasswords(printableLine(text.replace(/^error: /, '').replace('(Did you mean', '(did you mean')))
    .replace(/\.$/, '')
    .replace(/ is invalid\. A?/, (end) => ` is invalid: ${end.endsWith('A') ? 'a' : ''}`);
  if (what.includes(' is invalid: ')) return `signprox: ${what}`;
  return `signprox: ${what}: see ${asTyped(path)} --help`;
}

async function report(error: unknown): Promise<number> {
  // Commander has printed its own message; help and --version end with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const { expectedError } = await import('./runs/expected-error.js');
  const expected = expectedError(error);
  if (expected !== undefined) return complain(expected.sentence, expected.code);
  // An error of ours is no verdict: code 1 would say that a claim failed.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return complain('this is an error of signprox: please report it with the lines above', exitCodes.suite);
}

function complain(message: string, code: ExitCode): ExitCode {
  process.stderr.write(`signprox: ${asTyped(withoutPasswords(printableLine(message)))}\n`);
  return code;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader may close the pipe early (head, less).
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) {
      process.stderr.write(
        `signprox: cannot write to standard output: ${printableLine(error.message)}: redirect it elsewhere\n`,
      );
    }
    process.exit(exitCodes.usage);
  });
}

await main(process.argv.slice(2));
