import type { Executor } from '../../claims/claim.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { boundsEntry, plainNumber } from '../../report/formats/bounds-report.js';
import type { SweepRow } from '../../report/record/sweep-record.js';
import { printableJson } from '../../report/wording/sanitize.js';
import { ScheduleError } from '../../theory/theorem/audit/audit.js';
import { givesCoordinates } from '../problems/load-theorem.js';
import type { GridCell } from './cells.js';
import { decideQuestion, type Loaded, loadAsked, whyUndecided } from './question.js';

/** A thread parses each problem once, however many rows are about it. */
const specifications = new Map<string, ProblemSpecification>();

/** The line of one row of a sweep. A row that cannot be decided says why, and does not stop the others. */
export async function lineOfCell(cell: GridCell, executor: Executor, signal?: AbortSignal): Promise<string> {
  const { problem, asked } = cell;
  const specification = specifications.get(problem.digest) ?? problem.specification;
  specifications.set(problem.digest, specification);
  const loaded = await loadAsked(asked);
  const place = { cell: cell.cell, problem: problem.title };
  const entry = await entryOf(cell, specification, loaded, executor, signal);
  return printableJson(JSON.stringify({ ...place, ...entry }, plainNumber));
}

async function entryOf(
  { problem, asked, iterations, conditions, reproduce }: GridCell,
  specification: ProblemSpecification,
  loaded: Loaded,
  executor: Executor,
  signal: AbortSignal | undefined,
): Promise<Record<string, unknown>> {
  const { name, start } = problem;
  const { signOfZero, engine, seed, depth } = conditions;
  const { theorem, schedule } = loaded;
  try {
    const { row, own } = await decideQuestion({
      ...{ loaded, iterations, executor, engine, seed, depth, reproduce },
      instance: { name, problem: specification, start, signOfZero },
      ...(signal && { signal }),
    });
    return boundsEntry({ theorem: theorem.id, schedule, coordinatewise: givesCoordinates(theorem) }, row, own);
  } catch (error) {
    const reason = whyUndecided(error, asked.theorem, name);
    if (reason === undefined) throw error;
    return {
      ...{ theorem: theorem.id, schedule, iterations, step: asked.step ?? null, miniBatch: asked.miniBatch ?? null },
      ...{ engine: null, left: null, bound: null, ratio: null, reason, replicates: 0 },
      // A theorem that needs smaller steps, or whose constants define no step, is silent.
      verdict: error instanceof ScheduleError ? 'silent' : 'error',
      ...{ seed, reproduce },
    } satisfies Omit<SweepRow, 'cell' | 'problem'>;
  }
}

// There are many rows, so each is decided on one thread, with its replicates.
const ownThread = localExecutor({ workers: 0 });

/** The task of a worker thread: decides one row and returns its line. */
export default function cellLine(cell: GridCell): Promise<string> {
  return lineOfCell(cell, ownThread);
}
