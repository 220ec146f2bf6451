import { reference } from '../../claims/implementation/reference.js';
import { runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { boundsJson, boundsTable } from '../../report/formats/bounds-report.js';
import { exitCodes } from '../../report/record/outcome.js';
import { tableOptions } from '../../report/wording/screen.js';
import { listedProblems } from '../../theory/bounds/tightness-search/hard-problems.js';
import { tightnessSearchClaim } from '../../theory/bounds/tightness-search/search-claim.js';
import { UsageError } from '../options/usage-error.js';
import { givesCoordinates, loadTheorem, theoremErrorText, theoremWord } from '../problems/load-theorem.js';
import type { CommandContext, CommandResult } from '../threads/command-thread.js';

/** Options of `signprox bounds --search`. */
export interface SearchOptions {
  readonly theorem: string;
  readonly schedule?: string;
  readonly iterations: readonly number[];
  readonly evaluations: number;
  readonly seed: string;
  readonly format: 'table' | 'json';
}

/** `signprox bounds --search`: the instance on which a theorem is tightest, as far as a search finds it. */
export async function run(options: SearchOptions, { say, stdout }: CommandContext): Promise<CommandResult> {
  const { iterations, evaluations, seed } = options;
  const loaded = await loadTheorem(options.theorem, options.schedule);
  const { theorem, word, schedule } = loaded;
  const claim = tightnessSearchClaim({
    ...{ id: `search-${theorem.id}`, version: 1, theorem, word: theoremWord(loaded) },
    ...{ iterations, evaluations, listed: listedProblems, listedAt: iterations },
  });
  const executor = localExecutor({ workers: 0 });
  const budget = {
    depth: 'standard' as const,
    seed,
    executor,
    progress: say,
    reproduce: () => `signprox bounds --search --theorem ${theoremWord(loaded)}`,
  };
  try {
    const [checked] = await runClaims([claim], reference, budget);
    const { rows = [], parts = [], verdict, failure } = checked!.evidence;
    if (failure !== undefined) throw new UsageError(`${word}: ${failure.message}`);
    const record = {
      theorem: theorem.id,
      schedule,
      coordinatewise: givesCoordinates(theorem),
      problem: 'the tightest instances found',
      rows,
    };
    const { width, colour } = tableOptions(stdout, process.env);
    // On one line each, however long: they are copied.
    const commands = rows.map(({ iterations: T, reproduce }) => `T = ${T}: ${reproduce}`);
    const lines = parts.map(
      ({ name, cases, reason }) =>
        `${name}: ${cases} instances evaluated${reason?.startsWith('no exact') ? `, ${reason}` : ''}`,
    );
    const exitCode = verdict === 'holds' ? exitCodes.ok : exitCodes.claimFailed;
    return {
      stdout:
        options.format === 'json'
          ? boundsJson(record)
          : boundsTable(record, { width, colour }, exitCode, [...lines, ...commands]),
      exitCode,
    };
  } catch (error) {
    const why = theoremErrorText(error);
    if (why !== undefined) throw new UsageError(`${word}: ${why}`);
    throw error;
  } finally {
    await executor.close();
  }
}
