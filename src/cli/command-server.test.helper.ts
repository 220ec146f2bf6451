// Runs one command line after another as main.js does, in one process that loads the modules once: see command-runner.test.helper.ts.
import type { CommandLine } from './command-runner.test.helper.js';

const program = new URL('./main.js', import.meta.url);
const streams = ['stdout', 'stderr'] as const;
let turn: Promise<unknown> = Promise.resolve();
let runs = 0;

async function run({ cwd, args }: CommandLine): Promise<void> {
  const written = { stdout: '', stderr: '' };
  for (const name of streams) {
    process[name].write = (text: string | Uint8Array) => {
      written[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    };
  }
  process.chdir(cwd);
  process.argv.splice(1, Number.POSITIVE_INFINITY, program.pathname, ...args);
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
