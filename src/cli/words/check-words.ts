import type { Command } from 'commander';
import { nearestWord } from '../../claims/nearest.js';
import { shellQuote } from './shell-quote.js';
import { UsageError } from './usage-error.js';

/** Options that end in help, whatever stands beside them. */
const help: readonly string[] = ['-h', '--help'];

/** The command that a command line calls, the words after it, and how it is called: `signprox vectors check`. */
export function calledCommand(program: Command, argv: readonly string[]) {
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
export function checkWords(program: Command, argv: readonly string[]): void {
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
