import type { Command } from 'commander';
import { examples } from '../words/examples.js';

/** `signprox init <language>`: an adapter to fill in, and what guards it. */
export function declareInit(program: Command): void {
  program
    .command('init')
    .description('write an adapter to fill in, with the protocol in it, and the CI step that guards it')
    .argument('<language>', 'python, octave, javascript, cpp or r')
    .option('--out <directory>', 'where the files are written', '.')
    .addHelpText(
      'after',
      examples(
        ['signprox init python', 'signprox init cpp --out adapters'],
        `Writes signprox_adapter.<py|m|mjs|cpp|R>, guard.sh, .github/workflows/signprox.yml
and for Python test_signprox.py, and never over a file that is there.`,
      ),
    )
    .action(async (language: string, { out }: { out: string }) => {
      const { init } = await import('../commands/init.js');
      await init(language, out);
    });
}
