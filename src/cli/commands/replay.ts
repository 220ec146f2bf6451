import type { Command } from 'commander';
import type { Claim } from '../../claims/claim.js';
import type { Evidence } from '../../claims/evidence.js';
import { runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { replayScreen } from '../../report/formats/replay-report.js';
import { exitCodes } from '../../report/record/outcome.js';
import { screenText, tableOptions } from '../../report/wording/screen.js';
import { loadEntry, readCatalogue } from '../catalogue.js';
import { examples } from '../options/options.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { loadTheorem } from '../problems/load-theorem.js';
import { decisive, readFailure, type SavedFailure } from '../runs/failures.js';
import { type OpenTarget, openTarget } from '../runs/open-target.js';
import { theoremEntries } from '../runs/theorem-entries.js';
import { interruptible } from '../threads/interruptible.js';
import { stdout } from '../user-files/watched.js';

/** `signprox replay <file>`: judges a saved failure again. */
export function declare(command: Command): void {
  command
    .argument('<file>', 'a file that a failed run wrote under reports/failures/')
    .addHelpText(
      'after',
      examples(
        ['signprox replay reports/failures/eq6-prox.prox-of-l1.mine.json'],
        'Exit code 0: fixed; 1: still wrong; 6: no answer, which is not fixed.',
      ),
    )
    .action(async (file: string) => {
      process.exitCode = await replay(file);
    });
}

/** Judges the exact cases of a saved failure again. Returns the exit code. */
export async function replay(file: string): Promise<number> {
  const failure = await readFailure(file);
  const { theorem } = failure;
  const entries = theorem ? theoremEntries(await loadTheorem(theorem.word, theorem.schedule)) : readCatalogue();
  const entry = entries.find(({ id }) => id === failure.claim);
  if (entry === undefined)
    throw new UsageError(`${file} is about "${failure.claim}", which is not a claim of this version`);
  const claim = await loadEntry(entry);
  return interruptible(async (signal) => {
    const opened = await openTarget(failure.target, failure.seed, signal);
    return judgeAgain(failure, claim, opened, file, signal);
  });
}

async function judgeAgain(
  failure: SavedFailure,
  claim: Claim,
  opened: OpenTarget,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const executor = localExecutor({ signal });
  const { implementation } = opened;
  const judge = async (cases: SavedFailure['cases']): Promise<Evidence> => {
    const [checked] = await runClaims([claim], implementation, {
      depth: failure.depth,
      seed: failure.seed,
      executor,
      signal,
      reproduce: () => `signprox replay ${shellQuote(file)}`,
      savedCases: () => cases.map(({ part, input }) => ({ part, input })),
      replayOnly: cases.length > 0,
    });
    return checked!.evidence;
  };
  try {
    const evidence = await judge(decisive(failure.cases));
    const [shown] = failure.cases;
    // An implementation that fails to answer is not asked again.
    const isAskedAgain = evidence.verdict === 'violated' && evidence.failure === undefined && shown !== undefined;
    const screen = replayScreen({
      ...{ claim, evidence, subject: failure.subject, implementation: implementation.description },
      ...(isAskedAgain && { shown: await judge([shown]) }),
    });
    const ending = await opened.close(evidence.failure !== undefined);
    const exitCode = ending === undefined ? screen.exitCode : exitCodes.implementation;
    stdout.write(screenText({ ...screen, exitCode }, tableOptions(process.stdout, process.env)));
    return exitCode;
  } finally {
    await executor.close();
    await opened.close(false);
  }
}
