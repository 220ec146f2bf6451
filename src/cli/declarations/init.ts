import type { Command } from 'commander';
import { examples } from '../words/examples.js';

/** `signprox init <language>`: an adapter to fill in, and what guards it. */
export function declareInit(program: Command): void {
  program
    .command('init')
    .description('write an adapter to fill in, with the protocol in it, and the CI step that guards it')
    .argument('<language>', 'python, octave, javascript, cpp or r')
    .option('--out <directory>', 'where the files are written', '.')
    .option('--package <source>', 'the tarball, git URL or folder from which CI installs signprox (default: as here)')
    .addHelpText(
      'after',
      examples(
        ['signprox init python', 'signprox init cpp --out adapters --package ./signprox-0.1.0.tgz'],
        `Writes signprox_adapter.<py|m|mjs|cpp|R>, guard.sh, .github/workflows/signprox.yml
and for Python test_signprox.py, and never over a file that is there.`,
      ),
    )
    .action(async (language: string, options: { out: string; package?: string }) => {
      const { init } = await import('../commands/init.js');
      await init(language, options.out, options.package);
    });
}
