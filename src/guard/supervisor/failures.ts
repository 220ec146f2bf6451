import { ImplementationError } from '../../claims/implementation/implementation.js';

/** An adapter hung, died or broke the protocol. The process it happened to is ended. */
export class AdapterFailure extends ImplementationError {}

/** What an adapter was asked about has cost it two processes: this request is not sent. */
export class NotAsked extends AdapterFailure {
  override readonly asked = false;
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
