import type { Command } from 'commander';
import type { Claim } from '../../claims/claim.js';
import type { CaseRecord, Evidence } from '../../claims/evidence.js';
import { runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { exitCodeOf, exitCodes, outcomeOf } from '../../report/record/outcome.js';
import { inputText } from '../../report/wording/case-input.js';
import { formatNumber } from '../../report/wording/format-number.js';
import { printable, printableLine } from '../../report/wording/sanitize.js';
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
    .addHelpText('after', examples(['signprox replay reports/failures/eq6-prox.prox-of-l1.mine.json']))
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
    stdout.write(
      `${aboutText(failure)} on ${printableLine(implementation.description.name)}: ${evidence.verdict}\n${printable(evidence.reason)}\n`,
    );
    if (evidence.unanswered !== undefined) {
      stdout.write(
        printable(`unanswered case, ${evidence.unanswered.part}\n  ${inputText(evidence.unanswered.input)}\n`),
      );
    }
    // An implementation that fails to answer is not asked again.
    for (const saved of evidence.failure === undefined ? failure.cases : []) {
      stdout.write(describeCase(saved, (await judge([saved])).worst));
    }
    const ending = await opened.close(evidence.failure !== undefined);
    if (ending !== undefined) return exitCodes.implementation;
    return exitCodeOf([outcomeOf(evidence, claim.expected)]);
  } finally {
    await executor.close();
    await opened.close(false);
  }
}

const aboutText = ({ claim, subject }: SavedFailure): string =>
  subject === undefined ? claim : `${printableLine(subject)}, ${claim}`;

/** One saved case as it is judged now: the input, the answer, the right answer and the distance. */
function describeCase(saved: SavedFailure['cases'][number], now: CaseRecord | undefined): string {
  // The claim may no longer have a case that another version saved.
  if (now === undefined) return '';
  const before = Number(saved.ratio);
  return printable(
    [
      `${saved.kind} case, ${saved.part}: ${formatNumber(now.ratio)} times the tolerance, ${saved.kind === 'unanswered' ? 'without an answer' : formatNumber(before)} when it was saved`,
      `  ${inputText(now.input)}`,
      ...(now.explanation === undefined ? [] : [`  ${now.explanation}`]),
      '',
    ].join('\n'),
  );
}
