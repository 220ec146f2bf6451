import { type Implementation, ImplementationError, UnsupportedError } from './implementation.js';

/**
 * The protocol's error code with which a call is refused; undefined when it is answered. The reference refuses by throwing a RangeError
 * that names the parameter. Hanging, dying and breaking the protocol are no refusals, so those errors pass.
 */
export async function refusalOf(
  { reference }: Pick<Implementation, 'reference'>,
  call: () => Promise<unknown>,
): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return 'unsupported';
    if (error instanceof ImplementationError && error.kind === 'error') return error.code ?? 'internal';
    if (reference && error instanceof RangeError) return 'bad-request';
    throw error;
  }
}
