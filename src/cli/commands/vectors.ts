import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { buildVectorFiles, vectorFileText } from '../../guard/vectors/build-vectors.js';
import { judgeOutput, type VectorVerdict } from '../../guard/vectors/judge-outputs.js';
import { readOutputs, readVectors } from '../../guard/vectors/read-vectors.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { exitCodes } from '../../report/record/outcome.js';
import { plural } from '../../report/wording/format-number.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { makeDirectory, writeWhole } from '../../report/write-reports.js';
import { cannotWrite, requireWritable } from '../output-directory.js';

/** The vectors as they are shipped: three levels above the compiled file. */
const shipped = fileURLToPath(new URL('../../../../fixtures', import.meta.url));

/** Failures that are told in full. */
const shownFailures = 20;

interface CheckOptions {
  readonly vectors: string;
  readonly format: 'table' | 'json';
}

/** `signprox vectors export` and `signprox vectors check`: for implementations that cannot be driven live. */
export function addVectors(program: Command): void {
  const vectors = program
    .command('vectors')
    .description('test vectors with exact answers, for implementations that cannot be driven live');
  vectors
    .command('export')
    .description('write the vectors and trajectories as JSON files; the same version writes the same bytes')
    .option('--out <directory>', 'where the folders vectors and trajectories are written', 'signprox-vectors')
    .action(async ({ out }: { out: string }) => {
      await requireWritable(out);
      process.stdout.write(`${await exportVectors(out)}\n`);
    });
  vectors
    .command('check')
    .description(
      'judge the answers of an implementation, a JSON object { id: answer }; without answers check the vectors themselves',
    )
    .argument('[outputs]', 'JSON: by id of the vector a list of numbers, or of iterates; null for what is not offered')
    .option('--vectors <directory>', 'the directory that holds the folders vectors and trajectories', shipped)
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(['table', 'json']).default('table'))
    .action(async (outputs: string | undefined, options: CheckOptions) => {
      process.exitCode = await checkVectors(outputs, options);
    });
}

async function exportVectors(directory: string): Promise<string> {
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
  return `${count} vectors in ${files.size} files written to ${directory}`;
}

async function checkVectors(path: string | undefined, { vectors: directory, format }: CheckOptions): Promise<number> {
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

/** One line a file, the failures, and the value of sgn(0) that the answers show. */
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
