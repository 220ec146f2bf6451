import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '../../guard/invalid-input.js';
import { whyUnreadable } from '../../guard/why-unreadable.js';
import {
  type Baseline,
  baselineSchema,
  compareBaselines,
  type Difference,
  differenceText,
  isRegression,
} from '../../report/record/baseline.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { dominantExitCode, type ExitCode, exitCodes } from '../../report/record/outcome.js';
import { printable } from '../../report/wording/sanitize.js';
import { writeWhole } from '../../report/write-reports.js';
import type { CheckOptions } from '../words/options.js';
import { UsageError } from '../words/usage-error.js';

const remedy = 'make one with --update-baseline';

/**
 * Reads a baseline; undefined when there is none yet and one is going to be written.
 *
 * @throws InvalidInputError when the file cannot be read or is no baseline, UsageError when it belongs to another seed or depth
 */
export async function readBaseline(options: CheckOptions): Promise<Baseline | undefined> {
  const { baseline: path, updateBaseline } = options;
  if (path === undefined) {
    if (updateBaseline) throw new UsageError('--update-baseline: which file? give --baseline <file> too');
    return undefined;
  }
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidInputError(`${path} is not JSON: ${error.message}: ${remedy}`);
    if (updateBaseline && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InvalidInputError(`cannot read the baseline ${path}: ${whyUnreadable(error)}; ${remedy}`);
  }
  const parsed = baselineSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const place = issue.path.join('.') || 'the file';
    throw new InvalidInputError(`${path} is no baseline: ${place}: ${issue.message}: ${remedy}`);
  }
  const { seed, depth } = parsed.data;
  if (seed === options.seed && depth === options.depth) return parsed.data;
  if (updateBaseline) return parsed.data;
  throw new UsageError(
    `${path} is a run with --seed ${seed} --depth ${depth}: other cases cannot be compared, run with the same`,
  );
}

/**
 * Compares a run with an earlier one, or makes it the one to compare with, and says what changed.
 *
 * @throws InvalidInputError when the earlier run is one of another implementation
 */
export async function settleBaseline(
  before: Baseline | undefined,
  after: Baseline,
  options: CheckOptions,
  exitCode: ExitCode,
  selected: (id: string) => boolean,
): Promise<{ readonly exitCode: ExitCode; readonly text: string }> {
  const path = options.baseline!;
  const foreign = before !== undefined && before.implementation.name !== after.implementation.name;
  if (foreign && !options.updateBaseline) {
    throw new InvalidInputError(
      `${path} is a baseline of "${before.implementation.name}", not of "${after.implementation.name}": ${remedy}`,
    );
  }
  const differences: Difference[] = before === undefined ? [] : compareBaselines(before, after, selected);
  const compared = before === undefined ? 'a first baseline' : differenceText(differences);
  if (options.updateBaseline) {
    await writeWhole(path, stableJson(merged(before, after, selected)));
    return { exitCode, text: `${printable(compared)}\nwrote ${path}\n` };
  }
  const regression = isRegression(differences) ? exitCodes.claimFailed : exitCodes.ok;
  return { exitCode: dominantExitCode([exitCode, regression]), text: `${printable(compared)}\n` };
}

/** A run of some of the claims updates those; tolerances that somebody stated stay. */
function merged(before: Baseline | undefined, after: Baseline, selected: (id: string) => boolean): Baseline {
  if (before === undefined) return after;
  const kept = before.claims.filter(({ id }) => !selected(id));
  return { ...after, tolerance: before.tolerance, claims: [...kept, ...after.claims] };
}
