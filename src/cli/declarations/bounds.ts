import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { engineChoices } from '../../claims/left-side/engine-names.js';
import { signConventions } from '../../reference/algorithms/algorithm.js';
import type { BoundsOptions } from '../commands/bounds.js';
import { runOnThread } from '../threads/command-thread.js';
import { examples } from '../words/examples.js';
import { positiveIntegers } from '../words/numbers.js';
import { parseSeed, parseWorkers, scheduleWords, theoremWords } from '../words/options.js';

/** Largest T: a run of theorem 2 draws T² components. */
const largestIterations = 1_000_000;

/** `signprox bounds`: the left side of a theorem against its bound and the sharpened one, on a user's problem. */
export function declareBounds(program: Command): void {
  program
    .command('bounds')
    .description('the left side of a theorem on a problem against its bound and the sharpened bound')
    .requiredOption(
      '--problem <file>',
      'the problem as JSON, a file, - for standard input, or itself: { "smooth", "functions", "probabilities" }',
    )
    .requiredOption('--theorem <theorem>', theoremWords)
    .option('--schedule <name>', scheduleWords)
    .requiredOption(
      '--iterations <list>',
      'T, or several: 1,4,16; a row for each, in increasing order',
      positiveIntegers('T', largestIterations),
    )
    .requiredOption('--start <file>', 'x⁰ as JSON, a file, - or itself: an array of numbers, or { "x": [...] }')
    .addOption(new Option('--engine <engine>', 'how the left side is found').choices(engineChoices).default('auto'))
    .addOption(
      new Option('--sign-of-zero <value>', 'sgn(0) of signProx; Monte Carlo says where floats may round a tie away')
        .choices(signConventions)
        .default('zero'),
    )
    .option('--seed <seed>', 'master seed of Monte Carlo', parseSeed, '1')
    .option('--workers <count>', 'worker threads (no influence on any result)', parseWorkers, availableParallelism())
    .addOption(new Option('--format <format>', 'what is printed').choices(['table', 'json']).default('table'))
    .option('--strict', 'fail for a row that is not refuted and not proved either')
    .addHelpText(
      'after',
      examples(["signprox bounds --problem p.json --theorem 2 --iterations 1,4,16 --start '[1.25]'"]),
    )
    .action(async (options: BoundsOptions) => {
      process.exitCode = await runOnThread(new URL('../commands/bounds.js', import.meta.url), options);
    });
}
