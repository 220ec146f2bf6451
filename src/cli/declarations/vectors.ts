import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import type { VectorsCheckOptions } from '../commands/vectors.js';
import { examples } from '../words/examples.js';

/** The vectors as they are shipped: four levels above the compiled file. */
const shipped = fileURLToPath(new URL('../../../../fixtures', import.meta.url));

/** `signprox vectors export` and `signprox vectors check`: for implementations that cannot be driven live. */
export function declareVectors(program: Command): void {
  const vectors = program
    .command('vectors')
    .description('test vectors with exact answers, for implementations that cannot be driven live');
  vectors
    .command('export')
    .description('write the vectors and trajectories as JSON files; the same version writes the same bytes')
    .option('--out <directory>', 'where the folders vectors and trajectories are written', 'signprox-vectors')
    .addHelpText('after', examples(['signprox vectors export --out signprox-vectors']))
    .action(async ({ out }: { out: string }) => {
      const { exportVectors } = await import('../commands/vectors.js');
      await exportVectors(out);
    });
  vectors
    .command('check')
    .description(
      'judge the answers of an implementation, a JSON object { id: answer }; without answers check the vectors themselves',
    )
    .argument('[outputs]', 'JSON: by id of the vector a list of numbers, or of iterates; null for what is not offered')
    .option('--vectors <directory>', 'the directory that holds the folders vectors and trajectories', shipped)
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(['table', 'json']).default('table'))
    .addHelpText('after', examples(['signprox vectors check', 'signprox vectors check answers.json']))
    .action(async (outputs: string | undefined, options: VectorsCheckOptions) => {
      const { checkVectors } = await import('../commands/vectors.js');
      process.exitCode = await checkVectors(outputs, options);
    });
}
