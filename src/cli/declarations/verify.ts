import { type Command, Option } from 'commander';
import { readCatalogue } from '../catalogue.js';
import type { VerifyOptions } from '../commands/verify.js';
import { examples } from '../words/examples.js';
import { withExecutorOptions } from '../words/executor-options.js';
import { scheduleWords, theoremWords, withCheckOptions } from '../words/options.js';
import { parseShard } from '../words/shard.js';

/** `signprox verify`: every claim of the ledger on the reference implementation. */
export function declareVerify(program: Command): void {
  const command = program.command('verify').description('check every claim on the reference implementation');
  withExecutorOptions(withCheckOptions(command))
    .option('--strict', 'fail for what is not refuted and not proved either')
    .option('--theorem <theorem>', `only what is claimed of ${theoremWords}`)
    .addOption(
      new Option('--shard <i/n>', 'the i-th of n parts, for as many machines: signprox merge makes one report of all')
        .argParser(parseShard)
        .conflicts(['resume', 'baseline', 'theorem', 'replayFailures']),
    )
    .option('--schedule <name>', scheduleWords)
    .option('--list', 'list the claims and stop')
    .addHelpText(
      'after',
      examples([
        'signprox verify',
        "signprox verify --claims 'eq*,theorem-1' --depth quick",
        'signprox verify --depth deep --seed 7 --out /tmp/reports',
        'signprox verify --theorem my-bound.mjs --depth quick',
        'signprox verify --shard 2/4',
      ]),
    )
    .action(async (options: VerifyOptions & { list?: true }) => {
      if (options.list) {
        const { listClaims } = await import('../commands/list-claims.js');
        listClaims(readCatalogue(), options.claims);
        return;
      }
      const { verify } = await import('../commands/verify.js');
      process.exitCode = await verify(options);
    });
}
