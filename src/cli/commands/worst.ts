import { type Command, Option } from 'commander';
import { longestWorst } from '../../theory/proofs/search/run-proof.js';
import { positiveInteger, positiveNumber } from '../options/numbers.js';
import { examples, scheduleOption, theoremWords } from '../options/options.js';
import { requireWritable } from '../options/output-directory.js';
import { runOnThread } from '../threads/command-thread.js';
import type { WorstCommandOptions } from './worst-on-thread.js';

/** `signprox worst`: the worst case of a theorem's left side, with a proof and a function that attains it. */
export function declare(command: Command): void {
  command
    .argument('<theorem>', theoremWords)
    .addOption(scheduleOption())
    .option(
      '--up-to <T>',
      `the largest T: it is 1, 2, …, at most ${longestWorst}`,
      positiveInteger('T', longestWorst),
      4,
    )
    .addOption(
      new Option(
        '--by <start>',
        'give it as a multiple of f(x⁰) − f*, or of ‖x⁰ − x*‖²; default: distance for f(x) − f* of a convex f',
      ).choices(['gap', 'distance']),
    )
    .option('--strong-convexity <ratio>', 'μ/L as a fraction: f is μ-strongly convex')
    .addOption(
      new Option('--format <format>', 'what to print; coq: the certificates as a file that coqc checks')
        .choices(['table', 'json', 'markdown', 'coq'])
        .default('table'),
    )
    .option(
      '--out <directory>',
      'directory for the theorem with its bound, the problems that attain it, and the certificates (JSON and Coq)',
    )
    .option('--by-steps', 'with --out: also draw the worst case at the largest T for γL from 1/16 to 31/16')
    .option('--budget <seconds>', 'end the search after this time', positiveNumber('the budget'), 600)
    .option('--strict', 'fail too if a value is only enclosed, or about the formula of a program')
    .addHelpText(
      'after',
      examples(
        [
          'signprox worst convex.mjs',
          'signprox worst convex.mjs --up-to 6 --out worst',
          'signprox worst convex.mjs --strong-convexity 1/10',
        ],
        `Exit code 0: exact or enclosed, or not found without --strict; 1: not exact,
or of the formula of a program, with --strict; 2: no model of such a theorem.`,
      ),
    )
    .action(async (theorem: string, options: Omit<WorstCommandOptions, 'theorem'>) => {
      if (options.out !== undefined) await requireWritable(options.out);
      process.exitCode = await runOnThread(new URL('./worst-on-thread.js', import.meta.url), { ...options, theorem });
    });
}
