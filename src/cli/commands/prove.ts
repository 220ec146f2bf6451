import { type Command, Option } from 'commander';
import { positiveIntegers, positiveNumber } from '../options/numbers.js';
import { examples, scheduleOption, theoremWords } from '../options/options.js';
import { requireWritable } from '../options/output-directory.js';
import { UsageError } from '../options/usage-error.js';
import { runOnThread } from '../threads/command-thread.js';
import type { MultipliersOptions } from './multipliers-on-thread.js';
import type { ProveCommandOptions } from './prove-on-thread.js';

type ProveWords = Omit<ProveCommandOptions, 'theorem' | 'format'> & {
  readonly format: 'table' | 'json' | 'markdown' | 'coq';
  readonly multipliers?: string;
};

/** `signprox prove`: searches a proof of a theorem and checks it in rationals, or refutes the theorem. */
export function declare(command: Command): void {
  command
    .argument('[theorem]', theoremWords)
    .addOption(scheduleOption())
    .option(
      '--iterations <list>',
      'prove the bound at these T alone, e.g. 1,2,3; default: for every T',
      positiveIntegers('T', 1e6),
    )
    .addOption(
      new Option('--format <format>', 'what to print; coq: the certificate as a file that coqc checks')
        .choices(['table', 'json', 'markdown', 'coq'])
        .default('table'),
    )
    .option('--out <directory>', 'directory for the certificate (JSON and Coq) or the problem that refutes the theorem')
    .option('--budget <seconds>', 'end the search after this time', positiveNumber('the budget'), 600)
    .option('--ledger', 'also print the terms of the proof, and at which T the bound was read')
    .option('--strict', 'fail too if the theorem is neither proved nor refuted, or says nothing')
    .addOption(
      new Option(
        '--multipliers <file>',
        'in place of a theorem: inequalities and their multipliers in doubles, as PEPit or AutoLyap gives them, to be made an exact proof; - for standard input',
      ).conflicts(['schedule', 'iterations', 'out', 'ledger']),
    )
    .addHelpText(
      'after',
      examples(
        [
          'signprox prove my-bound.mjs',
          'signprox prove convex.mjs --iterations 1,2,3,4 --out proofs',
          'signprox prove 1',
          'signprox prove --multipliers gradient-descent.json --format coq > gradient_descent.v',
        ],
        `Exit code 0: proved, or without --strict neither proved nor refuted; 1: false, not proved
with --strict, or no exact proof near the multipliers; 2: no model of such a theorem.`,
      ),
    )
    .action(async (theorem: string | undefined, { multipliers, ...options }: ProveWords) => {
      if (multipliers !== undefined) {
        if (theorem !== undefined) throw new UsageError('give a theorem or --multipliers <file>, not both');
        const asked: MultipliersOptions = { multipliers, ...options };
        process.exitCode = await runOnThread(new URL('./multipliers-on-thread.js', import.meta.url), asked);
        return;
      }
      if (theorem === undefined) throw new UsageError("missing required argument 'theorem': see signprox prove --help");
      if (options.out !== undefined) await requireWritable(options.out);
      process.exitCode = await runOnThread(new URL('./prove-on-thread.js', import.meta.url), { ...options, theorem });
    });
}
