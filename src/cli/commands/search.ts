import type { Command } from 'commander';
import { positiveInteger, positiveIntegers } from '../options/numbers.js';
import { examples, scheduleOption, seedOption, tableOrJson, theoremWords } from '../options/options.js';
import { runOnThread } from '../threads/command-thread.js';
import type { SearchOptions } from './search-on-thread.js';

/** `signprox search`: searches for the instance on which a theorem is tightest. */
export function declare(command: Command): void {
  command
    .requiredOption('--theorem <theorem>', theoremWords)
    .addOption(scheduleOption())
    .option('--iterations <list>', 'one or more T, e.g. 1,4,16', positiveIntegers('T', 4096), [1, 4, 16])
    .option(
      '--evaluations <count>',
      'instances to evaluate in each family',
      positiveInteger('the number of evaluations', 1e6),
      100,
    )
    .addOption(seedOption('seed of the random families'))
    .addOption(tableOrJson())
    .addHelpText(
      'after',
      examples([
        'signprox search --theorem 1',
        'signprox search --theorem my-bound.mjs --iterations 4,16 --evaluations 500',
      ]),
    )
    .action(async (options: SearchOptions) => {
      process.exitCode = await runOnThread(new URL('./search-on-thread.js', import.meta.url), options);
    });
}
