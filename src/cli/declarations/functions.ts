import { type Command, Option } from 'commander';
import type { FunctionsOptions } from '../commands/functions.js';
import { examples } from '../words/examples.js';

/** `signprox functions [type…]`: the vocabulary of functions and smooth terms, as problems and adapters name them. */
export function declareFunctions(program: Command): void {
  program
    .command('functions')
    .description('list the vocabulary: every function with its parameters, formula and properties')
    .argument('[type...]', 'only these, e.g. huber box')
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      examples(['signprox functions', 'signprox functions huber box', 'signprox functions --format json']),
    )
    .action(async (types: readonly string[], options: FunctionsOptions) => {
      const { listFunctions } = await import('../commands/functions.js');
      listFunctions(types, options);
    });
}
