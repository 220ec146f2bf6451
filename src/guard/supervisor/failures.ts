import { ImplementationError } from '../../claims/implementation/implementation.js';

/** An adapter hung, died or broke the protocol. The process it happened to is ended. */
export class AdapterFailure extends ImplementationError {}

/** An adapter failed at another call, and this one was in the queue. */
export class AlongsideFailure extends AdapterFailure {
  override readonly alongside = true;
  constructor({ kind, message }: AdapterFailure) {
    super(kind, message);
  }
}

/** The command could not be started: a mistake of whoever typed it. */
export class CommandError extends AdapterFailure {
  constructor(message: string) {
    super('crash', message);
  }
}
