import type { Command } from 'commander';
import type { Claim } from '../claims/claim.js';
import type { Evidence } from '../claims/evidence.js';
import type { Implementation } from '../claims/implementation.js';
import { reference } from '../claims/reference.js';
import { runClaims } from '../claims/run-claims.js';
import { localEngine } from '../engine/local.js';
import { loadModule, ModuleLoadError } from '../guard/module-implementation.js';
import { exitCodeOf, outcomeOf } from '../report/outcome.js';
import { printable, printableLine } from '../report/sanitize.js';
import { readFailure, type SavedFailure, type Target } from './failures.js';
import { interruptible } from './interruptible.js';
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
      const implementation = await open(failure.target);
      process.exitCode = await interruptible((signal) => replay(failure, claim, implementation, file, signal));
    });
}

async function open(target: Target): Promise<Implementation> {
  switch (target.kind) {
    case 'reference':
      return reference;
    case 'module':
      return loadModule(target.path).catch((error: unknown) => {
        throw error instanceof ModuleLoadError ? new UsageError(error.message) : error;
      });
    case 'command':
      throw new UsageError(`this version cannot start ${target.command[0]}`);
  }
}

async function replay(
  failure: SavedFailure,
  claim: Claim,
  implementation: Implementation,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const engine = localEngine({ signal });
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
    return exitCodeOf([outcomeOf(evidence, claim.expected)]);
  } finally {
    await engine.close();
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
