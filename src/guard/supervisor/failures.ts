import { ImplementationError } from '../../claims/implementation.js';

/** An adapter hung, died or broke the protocol. The process it happened to is ended. */
export class AdapterFailure extends ImplementationError {}

/** The command could not be started: a mistake of whoever typed it. */
export class CommandError extends AdapterFailure {
  constructor(message: string) {
    super('crash', message);
  }
}
