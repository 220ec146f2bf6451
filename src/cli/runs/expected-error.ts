import { ImplementationError } from '../../claims/implementation/implementation.js';
import { ExecutorError } from '../../executors/replicates.js';
import { InvalidInputError } from '../../guard/invalid-input.js';
import { type ExitCode, exitCodes } from '../../report/record/outcome.js';
import { UsageError } from '../options/usage-error.js';

/** An error that is not a bug of this suite, as a sentence with its exit code; undefined for any other. */
export function expectedError(error: unknown): { readonly sentence: string; readonly code: ExitCode } | undefined {
  if (error instanceof UsageError) return { sentence: error.message, code: exitCodes.usage };
  if (error instanceof InvalidInputError) return { sentence: error.message, code: exitCodes.invalidInput };
  if (error instanceof ExecutorError) return { sentence: error.message, code: exitCodes.partMissing };
  if (error instanceof ImplementationError)
    return { sentence: `${error.kind}: ${error.message}`, code: exitCodes.implementation };
  return undefined;
}
