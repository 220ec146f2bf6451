import { parentPort, workerData } from 'node:worker_threads';
import type { CommandMessage, CommandModule } from './command-result.js';
import { UsageError } from './usage-error.js';

/** The thread of `runOnThread`: runs one command and sends what it says and its result. */
const { module, options, stdout } = workerData;
const send = (message: CommandMessage): void => parentPort!.postMessage(message);

try {
  const { run } = (await import(module)) as CommandModule<unknown>;
  send({ result: await run(options, { say: (text) => send({ say: text }), stdout }) });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  send({ usageError: error.message });
}
