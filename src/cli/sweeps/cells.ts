import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { version } from '../../claims/implementation/version.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { SweepHeader } from '../../report/record/sweep-record.js';
import type { Theorem } from '../../theory/theorem/theorem.js';
import { UsageError } from '../options/usage-error.js';
import { isInline, isReplayable, problemTitle, readProblem, readStart } from '../problems/json-file.js';
import type { GridWords } from './grid.js';
import { mostCells } from './limits.js';
import { type AskedTheorem, type Conditions, loadAsked, requireSigns, rowCommand } from './question.js';

/** A problem with its start, as an item of a grid. */
export interface SweptProblem {
  /** The key of its random streams, the same as without a grid. */
  readonly name: string;
  readonly title: string;
  readonly digest: string;
  readonly specification: ProblemSpecification;
  readonly start: readonly number[];
  /** As on a command line. */
  readonly words: { readonly problem: string; readonly start: string };
}

/** One row to decide, as it is sent to a worker thread. */
export interface GridCell {
  readonly cell: number;
  readonly problem: SweptProblem;
  readonly asked: AskedTheorem;
  readonly iterations: number;
  readonly conditions: Conditions;
  readonly reproduce: string;
}

/** A grid's rows, and the header of their file. */
export interface Sweep {
  readonly header: SweepHeader;
  readonly cells: readonly GridCell[];
}

/**
 * Expands a grid into its rows.
 * @throws UsageError if a problem, a start or a theorem is invalid, or if there are too many rows
 */
export async function expandGrid(grid: GridWords, conditions: Conditions, command: string): Promise<Sweep> {
  const { iterations, steps, miniBatches } = grid;
  const problems: SweptProblem[] = [];
  for (const words of grid.problems) problems.push(await readSwept(words));
  const asked = grid.theorems.flatMap((theorem) =>
    (steps ?? [undefined]).flatMap((step) =>
      (miniBatches ?? [undefined]).map(
        (miniBatch): AskedTheorem => ({
          ...theorem,
          ...(step !== undefined && { step }),
          ...(miniBatch !== undefined && { miniBatch }),
        }),
      ),
    ),
  );
  const count = problems.length * asked.length * iterations.length;
  if (count > mostCells) {
    throw new UsageError(`the grid has ${count} rows, more than the limit of ${mostCells}: split it into several`);
  }
  // An invalid theorem is reported before anything runs.
  const theorems: Theorem[] = [];
  for (const one of asked) theorems.push((await loadAsked(one)).theorem);
  requireSigns(theorems, conditions.signOfZero);
  const rows = problems.flatMap((problem) =>
    asked.flatMap((theorem) => iterations.map((T) => ({ problem, asked: theorem, iterations: T }))),
  );
  const cells = rows.map((row, cell): GridCell => {
    const words = { ...row.problem.words, ...row.asked, ...conditions, iterations: row.iterations, format: 'json' };
    return { cell, ...row, conditions, reproduce: rowCommand(words) };
  });
  const { seed, depth, engine, signOfZero } = conditions;
  return {
    cells,
    header: {
      ...{ schemaVersion: 1, version, command, seed, depth, engine, signOfZero },
      problems: problems.map(({ title, digest }) => ({ name: title, digest })),
      theorems: grid.theorems.map((each) => ({ ...each, ...ofFile(each.theorem) })),
      iterations: [...iterations],
      ...(steps && { steps: [...steps] }),
      ...(miniBatches && { miniBatches: [...miniBatches] }),
      cells: count,
    },
  };
}

async function readSwept(words: GridWords['problems'][number]): Promise<SweptProblem> {
  const problem = await readProblem(words.problem);
  const start = Array.from(await readStart(words.start, problem));
  const { specification } = problem;
  const named = !isInline(words.problem) && isReplayable(words.problem);
  const content = JSON.stringify(specification);
  return {
    name: named ? basename(words.problem) : 'problem',
    title: named ? words.problem : problemTitle(words.problem),
    digest: sha256(`${content}\n${JSON.stringify(start)}`),
    specification,
    start,
    words: {
      problem: isReplayable(words.problem) ? words.problem : content,
      start: isReplayable(words.start) ? words.start : JSON.stringify(start),
    },
  };
}

const ofFile = (theorem: string): { readonly digest?: string } =>
  existsSync(theorem) ? { digest: sha256(readFileSync(theorem)) } : {};

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
