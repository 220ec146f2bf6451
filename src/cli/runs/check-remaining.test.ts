import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { properties } from '../../../properties/index.js';
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

test('in a log the first and last claims have a line, and others one in ten seconds at most', (t) => {
  let written = '';
  const stream = { isTTY: false, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
  const progress = createProgress(stream, 52);
  const claim = properties[0]!;
  const evidence = { verdict: 'holds', seconds: 0 } as never;
  const start = performance.now();
  for (let i = 0; i < 52; i++) progress.finished({ claim, evidence }, i, 52);
  const lines = written.trimEnd().split('\n');
  t.true(lines.length <= 2 + (performance.now() - start) / 10_000);
  t.deepEqual(
    [lines[0], lines.at(-1)],
    [1, 52].map((i) => `[${i}/52] ${claim.id}: holds (0.0 s)`),
  );
});
