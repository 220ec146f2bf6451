import type { Command } from 'commander';
import type { MergeOptions } from '../commands/merge.js';
import { examples } from '../words/examples.js';
import { formatOption } from '../words/options.js';

/** `signprox merge <directories...>`: one report of the shards of a run, or one file of those of a sweep. */
export function declareMerge(program: Command): void {
  program
    .command('merge')
    .description('make one report of the shards of a run; nothing is judged again')
    .argument('<directories...>', 'what runs with --shard have written, e.g. reports/shard-*-of-4')
    .addOption(formatOption())
    .option('--out <directory>', 'where the report is written; default: reports, and of rows of bounds reports/sweep')
    .addHelpText('after', examples(['signprox merge reports/shard-*-of-4', 'signprox merge one two --out both']))
    .action(async (directories: readonly string[], options: MergeOptions) => {
      const { merge } = await import('../commands/merge.js');
      process.exitCode = await merge(directories, options);
    });
}
