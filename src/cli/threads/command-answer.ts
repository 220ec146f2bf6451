import { UsageError } from '../words/usage-error.js';
import type { CommandContext, CommandMessage, CommandModule } from './command-result.js';

/** What a thread is asked to run: the URL of a `CommandModule`, and what it is given. */
export interface CommandRequest {
  readonly module: string;
  readonly options: object;
  readonly stdout: CommandContext['stdout'];
}

/** Runs a command and sends what it says, and its result or its complaint. */
export async function answerTo(
  { module, options, stdout }: CommandRequest,
  send: (message: CommandMessage) => void,
): Promise<void> {
  try {
    const { run } = (await import(module)) as CommandModule<unknown>;
    send({ result: await run(options, { say: (text) => send({ say: text }), stdout }) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    send({ usageError: error.message });
  }
}
