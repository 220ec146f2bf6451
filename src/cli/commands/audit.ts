import type { Command } from 'commander';
import { positiveInteger, positiveNumber } from '../options/numbers.js';
import { examples, seedOption, tableOrJson, theoremWords } from '../options/options.js';
import { runOnThread } from '../threads/command-thread.js';
import type { AuditOptions } from './audit-on-thread.js';

/** `signprox audit`: checks the hypotheses of theorems on a user's problem. */
export function declare(command: Command): void {
  command
    .requiredOption('--problem <file>', 'the problem as JSON: { "smooth", "functions", "probabilities" }')
    .option('--theorem <theorem>', `${theoremWords}; default: 1 and 2`)
    .option(
      '--declared <json>',
      'constants that you state, as JSON or a file: lipschitz, coordinateLipschitz, sigma, coordinateSigma, infimum',
    )
    .option(
      '--dimension <n>',
      'length of x, if the problem does not determine it',
      positiveInteger('the dimension', 100_000),
    )
    .option('--iterations <T>', "T of the theorem's schedule, which defines γ", positiveInteger('T', 1e9), 1)
    .option('--step <γ>', "γ, instead of the schedule's", positiveNumber('the step'))
    .option(
      '--points <count>',
      'base points of each search; default: 256',
      positiveInteger('the number of points', 1e6),
    )
    .addOption(seedOption('seed of the searches'))
    .addOption(tableOrJson())
    .addHelpText(
      'after',
      examples(
        [
          'signprox audit --problem p.json',
          `signprox audit --problem p.json --declared '{"lipschitz": 2, "coordinateSigma": [1, 0.5]}'`,
        ],
        `Verdicts: certified (holds on all of Rⁿ), consistent (not certified, but the
search found no counterexample), violated (with the points), not applicable
(depends on γ, which is not defined). The exit code is 1 if one is violated.
fixtures/schema/audit.json describes the output of --format json.`,
      ),
    )
    .action(async (options: AuditOptions) => {
      process.exitCode = await runOnThread(new URL('./audit-on-thread.js', import.meta.url), options);
    });
}
