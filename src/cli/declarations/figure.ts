import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readings } from '../../reference/imaging/readings.js';
import type { FigureOptions } from '../commands/figure.js';
import { examples } from '../words/examples.js';
import { parseSeed, parseWorkers } from '../words/options.js';

function positiveInteger(name: string, smallest = 1) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= smallest && value <= 1e6) return value;
    throw new InvalidArgumentError(`${name} is an integer from ${smallest} to 1000000`);
  };
}

function nonnegative(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('a finite number ≥ 0');
}

/** `signprox figure`: Figure 1 of the paper, from the measurements to the composed picture. */
export function declareFigure(program: Command): void {
  program
    .command('figure')
    .description('reproduce Figure 1: SPGM and signProx on phase retrieval with total variation')
    .option('--size <pixels>', 'side of the phantom', positiveInteger('the size', 4), 50)
    .option('--measurements <m>', 'number of intensities', positiveInteger('the number of measurements'), 3000)
    .option('--weight <lambda>', 'λ of λ·TV', nonnegative, 1e-3)
    .option('--iterations <T>', 'iterations of every run', positiveInteger('the number of iterations'), 400)
    .option('--seeds <count>', 'noise seeds behind the median and the band', positiveInteger('the number of seeds'), 1)
    .option('--seed <seed>', 'key of the measurements and of the noise', parseSeed, '1')
    .addOption(
      new Option('--reading <reading>', 'what "constant standard deviation" means: of the mixture, of the entries hit')
        .choices([...readings, 'both'])
        .default('both'),
    )
    .option('--search', 'search the steps anew (cached in the output directory) instead of taking the stored ones')
    .option('--out <directory>', 'where the figure is written', 'reports/figure')
    .option('--workers <count>', 'worker threads (no influence on any result)', parseWorkers, availableParallelism())
    .addHelpText(
      'after',
      examples(['signprox figure', 'signprox figure --size 16 --measurements 400 --iterations 100']),
    )
    .action(async (options: FigureOptions) => {
      const { figure } = await import('../commands/figure.js');
      process.exitCode = await figure(options);
    });
}
