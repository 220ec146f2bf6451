#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ImplementationError } from '../claims/implementation/implementation.js';
import { version } from '../claims/implementation/version.js';
import { InvalidInputError } from '../guard/invalid-input.js';
import { exitCodes } from '../report/record/outcome.js';
import { printableLine } from '../report/wording/sanitize.js';
import { declareAudit } from './declarations/audit.js';
import { declareBounds } from './declarations/bounds.js';
import { declareExplain } from './declarations/explain.js';
import { declareFigure } from './declarations/figure.js';
import { declareFunctions } from './declarations/functions.js';
import { declareGuard } from './declarations/guard.js';
import { declareReplay } from './declarations/replay.js';
import { declareVectors } from './declarations/vectors.js';
import { declareVerify } from './declarations/verify.js';
import { UsageError } from './usage-error.js';

/** The command line: every command is declared, and what it does is loaded when it is called; errors in one line on stderr. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('signprox')
    .description('Checks the claims of the signProx paper, on the reference implementation and on yours')
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${oneLine(text)}\n`),
    });
  const declarations = [
    ...[declareVerify, declareGuard, declareReplay, declareFigure, declareAudit, declareBounds],
    ...[declareExplain, declareFunctions, declareVectors],
  ];
  for (const declare of declarations) declare(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Commander's complaint in our form: one line that ends with what to do. */
function oneLine(text: string): string {
  const what = printableLine(text.replace(/^error: /, '')).replace(/\.$/, '');
  return `signprox: ${what}${what.includes(' is invalid') ? '' : ': see signprox --help'}`;
}

function report(error: unknown): number {
  // Commander has printed its own message; help and --version end with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UsageError) {
    process.stderr.write(`signprox: ${printableLine(error.message)}\n`);
    return exitCodes.usage;
  }
  if (error instanceof InvalidInputError) {
    process.stderr.write(`signprox: ${printableLine(error.message)}\n`);
    return exitCodes.invalidInput;
  }
  if (error instanceof ImplementationError) {
    process.stderr.write(`signprox: ${error.kind}: ${printableLine(error.message)}\n`);
    return exitCodes.implementation;
  }
  throw error;
}

// A reader that closes the pipe early (head, less) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

await main(process.argv.slice(2));
