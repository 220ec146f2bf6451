import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { setEnvironmentData } from 'node:worker_threads';
import type { CommandLine } from './command-runner.test.helper.js';
import { answerTo, type CommandRequest } from './threads/command-thread.js';
import { sharedKey } from './user-files/shared.js';

// Runs one command line after another as main.js does, in one process that loads the modules once: see command-runner.test.helper.ts.

// A user's file needs no process of its own here, where it is one of ours.
setEnvironmentData(sharedKey, {});

const program = new URL('./main.js', import.meta.url);
const streams = ['stdout', 'stderr'] as const;
let turn: Promise<unknown> = Promise.resolve();
let runs = 0;

/** In place of the thread of a command, which would load its modules anew: the command runs here and sends the same. */
class CommandHere extends EventEmitter {
  constructor(request: CommandRequest) {
    super();
    answerTo(request, (message) => this.emit('message', message)).catch((error) => this.emit('error', error));
  }
  async terminate(): Promise<void> {}
}

const { Worker } = workerThreads;
const isOfCommand = (url: URL | string): boolean => String(url).endsWith('/command-worker.js');
Object.assign(workerThreads, {
  Worker: new Proxy(Worker, {
    construct: (_, [url, options]) =>
      isOfCommand(url) ? new CommandHere(options.workerData) : new Worker(url, options),
  }),
});
syncBuiltinESMExports();

async function run({ cwd, args }: CommandLine): Promise<void> {
  const written = { stdout: '', stderr: '' };
  for (const name of streams) {
    process[name].write = (text: string | Uint8Array) => {
      written[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    };
  }
  process.chdir(cwd);
  // Not the path of the program, which would stand in printed commands in place of its name.
  process.argv.splice(1, Number.POSITIVE_INFINITY, 'signprox', ...args);
  process.exitCode = 0;
  try {
    // Another query makes it another module, which runs anew; what it imports stays loaded.
    await import(`${program.href}?run=${runs++}`);
  } catch (error) {
    process.exitCode = 1;
    written.stderr += error instanceof Error ? error.stack : String(error);
  }
  for (const name of streams) process[name].removeAllListeners('error');
  process.send!({ code: process.exitCode, ...written });
}

process.on('message', (command: CommandLine) => {
  turn = turn.then(() => run(command));
});
process.on('disconnect', () => process.exit());
