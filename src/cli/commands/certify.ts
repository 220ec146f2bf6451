import { type Command, Option } from 'commander';
import { positiveNumber } from '../options/numbers.js';
import { examples } from '../options/options.js';
import { runOnThread } from '../threads/command-thread.js';
import type { CertifyCommandOptions } from './certify-on-thread.js';

/** `signprox certify`: an exact proof from the multipliers that another program found in doubles. */
export function declare(command: Command): void {
  command
    .argument(
      '<file>',
      'a JSON file of inequalities and their multipliers, as PEPit or AutoLyap gives them; - for standard input',
    )
    .addOption(
      new Option('--format <format>', 'what to print; json: with the certificate')
        .choices(['table', 'json'])
        .default('table'),
    )
    .option('--coq <file>', 'write the proof as a file that coqc checks')
    .option('--budget <seconds>', 'end the search after this time', positiveNumber('the budget'), 600)
    .addHelpText(
      'after',
      examples(
        ['signprox certify gradient-descent.json', 'signprox certify gradient-descent.json --coq gradient_descent.v'],
        `Exit code 0: proved; 1: the multipliers are not near those of an exact proof;
2: the file cannot be read.`,
      ),
    )
    .action(async (file: string, options: Omit<CertifyCommandOptions, 'file'>) => {
      process.exitCode = await runOnThread(new URL('./certify-on-thread.js', import.meta.url), { ...options, file });
    });
}
