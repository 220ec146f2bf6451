import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { InvalidInputError, whyUnreadable } from '../../guard/invalid-input.js';
import { type Baseline, baselineSchema } from '../../report/record/baseline.js';
import {
  compareBaselines,
  type Difference,
  differenceText,
  isRegression,
} from '../../report/record/compare-baselines.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { dominantExitCode, type ExitCode, exitCodes } from '../../report/record/outcome.js';
import { printable } from '../../report/wording/sanitize.js';
import { writeWhole } from '../../report/write-reports.js';
import type { CheckOptions } from '../options/options.js';
import { UsageError } from '../options/usage-error.js';

/** A baseline in the old format, without cells. */
const byClaimSchema = z.object({ schemaVersion: z.literal(1), tolerance: baselineSchema.shape.tolerance });

const remedy = 'make one with --update-baseline';

/** A baseline file: an earlier run, and the tolerances of the comparison if a user stated any. */
export interface Earlier {
  readonly run?: Baseline;
  readonly tolerance: Baseline['tolerance'];
}

/**
 * Reads a baseline; undefined if there is none yet and this run writes one. `rewrite` is the command that writes it again.
 *
 * @throws InvalidInputError when the file cannot be read or is not a baseline, UsageError when it belongs to another seed or depth
 */
export async function readBaseline(options: CheckOptions, rewrite: string): Promise<Earlier | undefined> {
  const { baseline: path, updateBaseline } = options;
  if (path === undefined) {
    if (updateBaseline) throw new UsageError('--update-baseline needs a file: give --baseline <file> too');
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
  const byClaim = byClaimSchema.safeParse(json);
  if (byClaim.success) {
    if (updateBaseline) return { tolerance: byClaim.data.tolerance };
    throw new InvalidInputError(
      `${path} lists claims, but baselines now list subjects and claims: write it again, which keeps its tolerances: ${rewrite}`,
    );
  }
  const parsed = baselineSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const place = issue.path.join('.') || 'the file';
    throw new InvalidInputError(`${path} is not a baseline: ${place}: ${issue.message}: ${remedy}`);
  }
  const { seed, depth, tolerance } = parsed.data;
  if ((seed === options.seed && depth === options.depth) || updateBaseline) return { run: parsed.data, tolerance };
  throw new UsageError(
    `${path} is a run with --seed ${seed} --depth ${depth}, and other cases cannot be compared: run with the same options`,
  );
}

/**
 * Compares a run with the baseline, or makes it the baseline, and says what changed.
 *
 * @throws InvalidInputError when the earlier run is one of another implementation
 */
export async function settleBaseline(
  earlier: Earlier | undefined,
  after: Baseline,
  options: CheckOptions,
  exitCode: ExitCode,
  selected: (id: string) => boolean,
): Promise<{ readonly exitCode: ExitCode; readonly text: string }> {
  const path = options.baseline!;
  const before = earlier?.run;
  const foreign = before !== undefined && before.implementation.name !== after.implementation.name;
  if (foreign && !options.updateBaseline) {
    throw new InvalidInputError(
      `${path} is a baseline of "${before.implementation.name}", not of "${after.implementation.name}": ${remedy}`,
    );
  }
  const differences: Difference[] = before === undefined ? [] : compareBaselines(before, after, selected);
  const compared = before === undefined ? 'a first baseline' : differenceText(differences);
  if (options.updateBaseline) {
    await writeWhole(path, stableJson(merged(earlier, after, selected)));
    return { exitCode, text: `${printable(compared)}\nwrote ${path}\n` };
  }
  const regression = isRegression(differences) ? exitCodes.claimFailed : exitCodes.ok;
  return { exitCode: dominantExitCode([exitCode, regression]), text: `${printable(compared)}\n` };
}

/** A run of some claims updates only those. Tolerances that a user stated stay. */
function merged(earlier: Earlier | undefined, after: Baseline, selected: (id: string) => boolean): Baseline {
  if (earlier === undefined) return after;
  const kept = (earlier.run?.claims ?? []).filter(({ id }) => !selected(id));
  return { ...after, tolerance: earlier.tolerance, claims: [...kept, ...after.claims] };
}
