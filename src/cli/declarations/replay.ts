import type { Command } from 'commander';
import { examples } from '../words/examples.js';

/** `signprox replay file`: judges the exact cases of a saved failure again. */
export function declareReplay(program: Command): void {
  program
    .command('replay')
    .description('judge a saved failure again, from its exact values')
    .argument('<file>', 'a file that a failed run wrote under reports/failures/')
    .addHelpText('after', examples(['signprox replay reports/failures/eq6-prox.prox-of-l1.mine.json']))
    .action(async (file: string) => {
      const { replay } = await import('../commands/replay.js');
      process.exitCode = await replay(file);
    });
}
