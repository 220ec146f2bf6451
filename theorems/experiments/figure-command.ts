import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandTools } from '../../src/library/report.js';
import type { FigureOptions } from './draw-figures.js';
import { readings } from './readings.js';

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
export function declare(command: Command, tools: CommandTools): void {
  command
    .option('--size <pixels>', 'side of the phantom', positiveInteger('the size', 4), 50)
    .option('--measurements <m>', 'number of intensities', positiveInteger('the number of measurements'), 3000)
    .option('--weight <lambda>', 'λ of λ·TV', nonnegative, 1e-3)
    .option('--iterations <T>', 'iterations of every run', positiveInteger('the number of iterations'), 400)
    .option('--seeds <count>', 'noise seeds for the median and the band', positiveInteger('the number of seeds'), 1)
    .addOption(tools.seedOption('seed of the measurements and the noise'))
    .addOption(
      new Option('--reading <reading>', 'whose standard deviation is constant: of the mixture, or of the entries hit')
        .choices([...readings, 'both'])
        .default('both'),
    )
    .option('--search', 'search for the steps again (cached in the output directory) instead of using the stored ones')
    .option('--out <directory>', 'output directory', 'reports/figure')
    .addOption(tools.workersOption())
    .addHelpText(
      'after',
      tools.examples(['signprox figure', 'signprox figure --size 16 --measurements 400 --iterations 100']),
    )
    .action(async (options: FigureOptions) => {
      // Help and wrong options need none of what draws.
      const { drawFigures } = await import('./draw-figures.js');
      process.exitCode = await tools.interruptible((signal) => drawFigures(options, tools, signal));
    });
}
