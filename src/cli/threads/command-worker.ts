import { parentPort, workerData } from 'node:worker_threads';
import { answerTo } from './command-thread.js';

/** The thread of `runOnThread`: runs one command and sends what it says and its result. */
await answerTo(workerData, (message) => parentPort!.postMessage(message));
