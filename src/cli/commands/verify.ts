import { reference } from '../../claims/implementation/reference.js';
import { readCatalogue } from '../catalogue.js';
import { judge } from '../judging/judge.js';
import { interruptible } from '../threads/interruptible.js';
import type { CheckOptions } from '../words/options.js';

/** `signprox verify`: every claim of the ledger on the reference implementation. */
export function verify(options: CheckOptions): Promise<number> {
  return interruptible((signal) =>
    judge({
      open: async () => ({ implementation: reference, close: async () => undefined }),
      target: { kind: 'reference' },
      claims: readCatalogue(),
      options,
      commandWith: (given) => `signprox verify ${given}`,
      signal,
    }),
  );
}
