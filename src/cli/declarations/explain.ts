import { type Command, Option } from 'commander';
import type { ExplainOptions } from '../commands/explain.js';
import { examples } from '../words/examples.js';
import { theoremWords } from '../words/options.js';

/** `signprox explain <claim>`: what a claim says and how it is decided; `--list` names all of them by section. */
export function declareExplain(program: Command): void {
  program
    .command('explain')
    .description(
      'say what a claim states, how it is checked, what it needs and what it finds out; print its proof where it has one',
    )
    .argument('[claim]', 'the id of a claim, e.g. theorem-2 or certificate-theorem-1-sharp')
    .option('--list', 'list every claim by section of the paper')
    .addOption(
      new Option('--format <format>', 'what is printed; coq: the proof of a certificate, for coqc to check')
        .choices(['text', 'coq'])
        .default('text'),
    )
    .option('--theorem <theorem>', `what is checked of ${theoremWords}`)
    .addHelpText(
      'after',
      examples([
        'signprox explain theorem-1',
        'signprox explain certificate-theorem-1',
        'signprox explain --list',
        'signprox explain --theorem my-bound.mjs',
        'signprox explain certificate-theorem-1 --format coq > theorem_1.v && coqc theorem_1.v',
      ]),
    )
    .action(async (id: string | undefined, options: ExplainOptions) => {
      const { explain } = await import('../commands/explain.js');
      await explain(id, options);
    });
}
