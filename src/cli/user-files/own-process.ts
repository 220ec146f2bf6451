import { constants } from 'node:os';
import { setEnvironmentData, Worker } from 'node:worker_threads';
import { type Given, newCells, type Received, type Shared, sharedKey } from './shared.js';

// The process of a command that takes a user's file: node own-process.js <given> <the program as it was started> <words of the command …>

const exit = process.exit.bind(process);
const [, , given] = process.argv;
process.argv.splice(1, 2);
const { main, stdout, stderr } = JSON.parse(given!) as Given;
const shared: Shared = { cells: newCells(), stdout };
setEnvironmentData(sharedKey, shared as unknown as Parameters<typeof setEnvironmentData>[1]);
// What it writes goes to its parent, and from there to the terminal.
Object.assign(process.stderr, stderr);
new Worker(new URL('./watchdog.js', import.meta.url), { workerData: shared.cells }).unref();
process.on('message', (received: Received) => {
  if (received === 'end') exit();
  else if (!process.emit(received, received)) exit(128 + constants.signals[received]);
});
process.on('disconnect', () => exit());
process.channel!.unref();

// Imported when the threads can find what they share.
const { tell } = await import('./watched.js');
await import(main);
tell({ done: Number(process.exitCode ?? 0) });
// Timers of the file keep nothing waiting.
exit();
