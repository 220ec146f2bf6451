import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { plural } from '../../claims/text.js';
import { buildVectorFiles, vectorFileText } from '../../guard/vectors/build-vectors.js';
import { judgeOutput, readOutputs, readVectors, type VectorVerdict } from '../../guard/vectors/check-outputs.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { exitCodes } from '../../report/record/outcome.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { makeDirectory, writeWhole } from '../../report/write-reports.js';
import { examples } from '../options/options.js';
import { cannotWrite, requireWritable } from '../options/output-directory.js';

/** The vectors that the package ships, four levels above the compiled file. */
const shipped = fileURLToPath(new URL('../../../../fixtures', import.meta.url));

/** `signprox vectors export` and `signprox vectors check`: for implementations that cannot run live. */
export function declare(command: Command): void {
  command
    .command('export')
    .description('write the vectors and trajectories as JSON files; every run of a version writes the same bytes')
    .option('--out <directory>', 'directory for the folders vectors and trajectories', 'signprox-vectors')
    .addHelpText('after', examples(['signprox vectors export --out signprox-vectors']))
    .action(async ({ out }: { out: string }) => {
      await exportVectors(out);
    });
  command
    .command('check')
    .description('judge the answers of an implementation; without answers, check the vectors themselves')
    .argument(
      '[outputs]',
      'JSON object { id: answer }: a list of numbers, a list of iterates, or null if it is not implemented',
    )
    .option('--vectors <directory>', 'the directory that holds the folders vectors and trajectories', shipped)
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['table', 'json']).default('table'))
    .addHelpText('after', examples(['signprox vectors check', 'signprox vectors check answers.json']))
    .action(async (outputs: string | undefined, options: VectorsCheckOptions) => {
      process.exitCode = await checkVectors(outputs, options);
    });
}

/** Failures that are printed; of the others only their number. */
const shownFailures = 20;

/** Options of `signprox vectors check`. */
interface VectorsCheckOptions {
  readonly vectors: string;
  readonly format: 'table' | 'json';
}

/** Writes the vectors and trajectories below a directory. */
export async function exportVectors(directory: string): Promise<void> {
  await requireWritable(directory);
  const files = buildVectorFiles();
  let count = 0;
  for (const [path, file] of files) {
    const target = join(directory, path);
    try {
      await makeDirectory(dirname(target));
      await writeWhole(target, vectorFileText(file));
    } catch (error) {
      throw cannotWrite(directory, (error as Error).message);
    }
    count += file.vectors.length;
  }
  process.stdout.write(`${plural(count, 'vector')} in ${plural(files.size, 'file')} written to ${directory}\n`);
}

/** Judges the answers in the file `path`; without one, checks the vectors themselves. Returns the exit code. */
export async function checkVectors(
  path: string | undefined,
  { vectors: directory, format }: VectorsCheckOptions,
): Promise<number> {
  const vectors = await readVectors(directory);
  if (path === undefined) {
    process.stdout.write(`${plural(vectors.length, 'vector')} in ${directory}: as this version builds them\n`);
    return exitCodes.ok;
  }
  const outputs = await readOutputs(path, vectors);
  const verdicts = vectors.map((vector) => judgeOutput(vector, outputs[vector.id]));
  process.stdout.write(format === 'json' ? stableJson(verdicts) : table(verdicts));
  if (verdicts.some(({ outcome }) => outcome === 'fail')) return exitCodes.claimFailed;
  return verdicts.every(({ outcome }) => outcome === 'n/a') ? exitCodes.nothingRan : exitCodes.ok;
}

/** One line per file, the failures, and the value of sgn(0) that the answers show. */
function table(verdicts: readonly VectorVerdict[]): string {
  const fileOf = ({ id }: VectorVerdict): string => id.slice(0, id.lastIndexOf('-'));
  const names = [...new Set(verdicts.map(fileOf))];
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) => {
    const own = verdicts.filter((verdict) => fileOf(verdict) === name);
    const answered = own.filter(({ outcome }) => outcome !== 'n/a');
    if (answered.length === 0) return `${name.padEnd(width)}  n/a: no answers`;
    const passed = answered.filter(({ outcome }) => outcome === 'pass').length;
    const worst = Math.max(...answered.map(({ ratio }) => ratio));
    const missing = own.length - answered.length;
    const open = missing === 0 ? '' : `, ${missing} without an answer`;
    return `${name.padEnd(width)}  ${passed} of ${own.length} pass, worst ${worst.toPrecision(2)} of its tolerance${open}`;
  });
  const failures = verdicts.filter(({ outcome }) => outcome === 'fail');
  for (const { id, ratio, reason } of failures.slice(0, shownFailures)) {
    lines.push(`fail ${id} (${ratio.toPrecision(3)} times its tolerance): ${printableLine(reason ?? '')}`);
  }
  if (failures.length > shownFailures) lines.push(`and ${failures.length - shownFailures} more failures`);
  const conventions = new Set(
    verdicts.flatMap(({ outcome, signOfZero }) => (outcome === 'pass' ? (signOfZero ?? []) : [])),
  );
  if (conventions.size > 0) lines.push(`sgn(0) is ${[...conventions].join(' and ')}`);
  return `${lines.join('\n')}\n`;
}
