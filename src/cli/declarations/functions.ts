import { type Command, Option } from 'commander';
import type { FunctionsOptions } from '../commands/functions.js';

/** `signprox functions [type…]`: the vocabulary of functions and smooth terms, as problems and adapters name them. */
export function declareFunctions(program: Command): void {
  program
    .command('functions')
    .description('list the vocabulary: every function with its parameters, formula and properties')
    .argument('[type...]', 'only these, e.g. huber box')
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(['text', 'json']).default('text'))
    .action(async (types: readonly string[], options: FunctionsOptions) => {
      const { listFunctions } = await import('../commands/functions.js');
      listFunctions(types, options);
    });
}
