#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../claims/version.js';
import { printable } from '../report/sanitize.js';
import { addGuard } from './guard.js';
import { addReplay } from './replay.js';
import { UsageError } from './usage-error.js';
import { addVerify } from './verify.js';

const usage = 2;

/** The command line: one subcommand a file, errors in one line on stderr. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('signprox')
    .description('Checks the claims of the signProx paper, on the reference implementation and on yours')
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(
          `signprox: ${text
            .replace(/^error: /, '')
            .trim()
            .replaceAll('\n', ' ')}\n`,
        ),
    });
  for (const add of [addVerify, addGuard, addReplay]) add(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  // Commander has printed its own message; help and --version end with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage;
  if (error instanceof UsageError) {
    process.stderr.write(`signprox: ${printable(error.message)}\n`);
    return usage;
  }
  throw error;
}

// A reader that closes the pipe early (head, less) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await main(process.argv.slice(2));
