import type { Command } from 'commander';
import { loadModule, ModuleLoadError } from '../guard/module-implementation.js';
import { interruptible } from './interruptible.js';
import { judge, listClaims } from './judge.js';
import { type CheckOptions, selectClaims, withCheckOptions } from './options.js';
import { ledger } from './registry.js';
import { shellQuote } from './shell-quote.js';
import { UsageError } from './usage-error.js';

/** `signprox guard --module file.js`: the same claims on somebody else's implementation. */
export function addGuard(program: Command): void {
  const command = program
    .command('guard')
    .description("check the claims on another implementation: a JavaScript module's");
  withCheckOptions(command)
    .option('--module <file>', 'a JavaScript module whose default export wears the implementation interface')
    .option('--list', 'list the claims that an implementation can be asked for and stop')
    .action(async (options: CheckOptions & { module?: string; list?: true }) => {
      const claims = ledger.filter((claim) => claim.requires.referenceOnly !== true);
      if (options.list) {
        process.stdout.write(listClaims(selectClaims(claims, options.claims)));
        return;
      }
      if (options.module === undefined) {
        throw new UsageError('nothing to judge: give --module <file.js>');
      }
      const path = options.module;
      const implementation = await loadModule(path).catch((error: unknown) => {
        throw error instanceof ModuleLoadError ? new UsageError(error.message) : error;
      });
      process.exitCode = await interruptible((signal) =>
        judge({
          implementation,
          target: { kind: 'module', path },
          claims,
          options,
          command: `signprox guard --module ${shellQuote(path)}`,
          signal,
        }),
      );
    });
}
