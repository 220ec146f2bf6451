import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { engineChoices } from '../../claims/left-side/engine-names.js';
import { signConventions } from '../../reference/algorithms/algorithm.js';
import { largestBatch, largestIterations } from '../sweeps/limits.js';
import { examples } from '../words/examples.js';
import { withExecutorOptions } from '../words/executor-options.js';
import { positiveIntegers, positiveNumbers, probability } from '../words/numbers.js';
import { depthOption, parseSeed, parseWorkers, scheduleWords, theoremWords } from '../words/options.js';
import { parseShard } from '../words/shard.js';
import { type BoundsWords, runBounds } from './run-bounds.js';

const several = (word: string, words: readonly string[] = []): readonly string[] => [...words, word];
const ofGrid = ['problem', 'theorem', 'schedule', 'iterations', 'start', 'step', 'miniBatch'];

/** `signprox bounds`: the left side of a theorem against its bound and the sharpened one, on a user's problem, or on a grid of them. */
export function declareBounds(program: Command): void {
  const command = program
    .command('bounds')
    .description(
      'the left side of a theorem on a problem against its bound and the sharpened bound, or of a grid of them',
    )
    .option(
      '--problem <file>',
      'the problem as JSON, a file, - for standard input, or itself: { "smooth", "functions", "probabilities" }; may be given several times',
      several,
    )
    .option('--theorem <theorem>', `${theoremWords}; may be given several times`, several)
    .addOption(new Option('--schedule <name>', scheduleWords).conflicts(['step', 'miniBatch']))
    .option(
      '--iterations <list>',
      'T, or several: 1,4,16; a row for each, in increasing order',
      positiveIntegers('T', largestIterations),
    )
    .option('--step <list>', "γ in place of the theorem's, or several: 0.1,0.5", positiveNumbers('the step'))
    .option('--mini-batch <list>', "B in place of the theorem's, or several: 1,16", positiveIntegers('B', largestBatch))
    .option(
      '--start <file>',
      'x⁰ as JSON, a file, - or itself: an array of numbers, or { "x": [...] }; one for all problems, or one for each',
      several,
    )
    .addOption(new Option('--grid <file>', 'problems, theorems, T, γ and B in one JSON file').conflicts(ofGrid))
    .addOption(new Option('--engine <engine>', 'how the left side is found').choices(engineChoices).default('auto'))
    .addOption(
      new Option('--sign-of-zero <value>', 'sgn(0) of signProx; Monte Carlo says where floats may round a tie away')
        .choices(signConventions)
        .default('zero'),
    )
    .option('--seed <seed>', 'master seed of Monte Carlo', parseSeed, '1')
    .addOption(depthOption('how many replicates at most'))
    .option('--workers <count>', 'worker threads (no influence on any result)', parseWorkers, availableParallelism())
    .addOption(new Option('--format <format>', 'what is printed').choices(['table', 'json']).default('table'))
    .option('--strict', 'fail for a row that is not refuted and not proved either')
    .option('--out <directory>', 'where the rows of a grid are written, in rows.ndjson; default: reports/sweep')
    .option('--resume', 'go on with the rows of the same grid that are there')
    .option(
      '--shard <i/n>',
      'only the i-th of n parts of the grid, e.g. 2/4; signprox merge puts them together',
      parseShard,
    )
    .option('--plan', 'estimate the replicates and the time that the grid takes, and decide nothing')
    .option('--power <probability>', 'of --plan: with which probability a row is to be decided', probability, 0.99);
  withExecutorOptions(command)
    .addHelpText(
      'after',
      examples([
        "signprox bounds --problem p.json --theorem 2 --iterations 1,4,16 --start '[1.25]'",
        'signprox bounds --grid grid.json --out sweep --shard 1/4',
      ]),
    )
    .action(async (words: BoundsWords) => {
      process.exitCode = await runBounds(words);
    });
}
