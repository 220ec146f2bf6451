import { Writable } from 'node:stream';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { properties } from '../../../properties/index.js';
import type { Claim } from '../../claims/claim.js';
import { createProgress } from './check-remaining.js';

test('the progress bar of a terminal shows the claim, its detail and how many are done, and goes away', async (t) => {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const terminal = Object.assign(stream, { isTTY: true, columns: 60, cursorTo() {}, clearLine() {}, moveCursor() {} });
  const progress = createProgress(terminal as unknown as NodeJS.WriteStream, 2);
  const [claim] = properties;
  progress.started(claim!, 0, 2);
  progress.progress(claim!, 'd = zero\u001b[31m');
  progress.finished({ claim: claim!, evidence: {} as never }, 0, 2);
  // The bar is drawn some times a second.
  for (let waited = 0; waited < 10_000 && !written.includes('1/2'); waited += 10) await sleep(10);
  progress.stop();
  t.regex(written, /1\/2/);
  t.regex(written, /0\/2/);
  t.regex(written, new RegExp(claim!.id));
  t.false(written.includes('\u001b[31m'));
});

test.serial('in a log the first and the last claim have a line, and what is running one every ten seconds', (t) => {
  mock.timers.enable({ apis: ['setInterval', 'Date'] });
  t.teardown(() => mock.timers.reset());
  const lines: string[] = [];
  const stream = { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
  const progress = createProgress(stream, 52);
  const [claim, other] = properties as [Claim, Claim];
  const evidence = { verdict: 'holds', seconds: 0.25 } as never;
  for (let i = 0; i < 52; i++) {
    progress.started(claim, i, 52);
    if (i === 7) {
      // The claim that has been checked longest is named.
      for (let second = 0; second < 21; second++) {
        mock.timers.tick(1_000);
        if (second === 4) progress.started(other, i, 52);
      }
    }
    progress.finished({ claim, evidence }, i, 52);
  }
  progress.stop();
  mock.timers.tick(60_000);
  t.deepEqual(lines, [
    `[1/52] ${claim.id}: holds (0.3 s)\n`,
    `[7/52] checking ${claim.id} for 10.0 s\n`,
    `[7/52] checking ${claim.id} for 20.0 s\n`,
    `[52/52] ${claim.id}: holds (0.3 s)\n`,
  ]);
});
