import type { Command } from 'commander';
import type { Claim } from '../claims/claim.js';
import type { Evidence } from '../claims/evidence.js';
import type { Implementation } from '../claims/implementation.js';
import { runClaims } from '../claims/run-claims.js';
import { localEngine } from '../engine/local.js';
import { exitCodeOf, exitCodes, outcomeOf } from '../report/outcome.js';
import { printable, printableLine } from '../report/sanitize.js';
import { readFailure, type SavedFailure } from './failures.js';
import { interruptible } from './interruptible.js';
import { type OpenTarget, openTarget } from './open-target.js';
import { ledger } from './registry.js';
import { shellQuote } from './shell-quote.js';
import { UsageError } from './usage-error.js';

/** `signprox replay file`: judges the exact cases of a saved failure again. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('judge a saved failure again, from its exact values')
    .argument('<file>', 'a file that a failed run wrote under reports/failures/')
    .action(async (file: string) => {
      const failure = await readFailure(file);
      const claim = ledger.find(({ id }) => id === failure.claim);
      if (claim === undefined)
        throw new UsageError(`${file} is about "${failure.claim}", which is no claim of this version`);
      process.exitCode = await interruptible(async (signal) => {
        const opened = await openTarget(failure.target, failure.seed, signal);
        return replay(failure, claim, opened, file, signal);
      });
    });
}

async function replay(
  failure: SavedFailure,
  claim: Claim,
  opened: OpenTarget,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const engine = localEngine({ signal });
  const { implementation } = opened;
  try {
    const [checked] = await runClaims([claim], implementation, {
      depth: failure.depth,
      seed: failure.seed,
      engine,
      signal,
      reproduce: () => `signprox replay ${shellQuote(file)}`,
      savedCases: () => failure.cases.map(({ part, input }) => ({ part, input })),
      replayOnly: failure.cases.length > 0,
    });
    const { evidence } = checked!;
    process.stdout.write(describe(failure, implementation, evidence));
    const ending = await opened.close(evidence.failure !== undefined);
    if (ending !== undefined) return exitCodes.implementation;
    return exitCodeOf([outcomeOf(evidence, claim.expected)]);
  } finally {
    await engine.close();
    await opened.close(false);
  }
}

function describe(failure: SavedFailure, implementation: Implementation, evidence: Evidence): string {
  const lines = [
    `${failure.claim} on ${printableLine(implementation.description.name)}: ${evidence.verdict}`,
    printable(evidence.reason),
  ];
  if (evidence.worst) {
    lines.push(`worst: ${evidence.worst.ratio.toPrecision(3)} times the tolerance`);
    if (evidence.worst.explanation) lines.push(printable(evidence.worst.explanation));
  }
  return `${lines.join('\n')}\n`;
}
