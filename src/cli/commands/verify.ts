import type { Command } from 'commander';
import { reference } from '../../claims/implementation/reference.js';
import { interruptible } from '../interruptible.js';
import { judge, listClaims } from '../judge.js';
import { type CheckOptions, selectClaims, withCheckOptions } from '../options.js';
import { ledger } from '../registry.js';

/** `signprox verify`: every claim of the ledger on the reference implementation. */
export function addVerify(program: Command): void {
  withCheckOptions(program.command('verify').description('check every claim on the reference implementation'))
    .option('--list', 'list the claims and stop')
    .action(async (options: CheckOptions & { list?: true }) => {
      if (options.list) {
        process.stdout.write(listClaims(selectClaims(ledger, options.claims)));
        return;
      }
      process.exitCode = await interruptible((signal) =>
        judge({
          open: async () => ({ implementation: reference, close: async () => undefined }),
          target: { kind: 'reference' },
          claims: ledger,
          options,
          commandWith: (given) => `signprox verify ${given}`,
          signal,
        }),
      );
    });
}
