import test from 'ava';
import { announcedReplicates } from './announced-replicates.js';

test('on a terminal a line says how far a row is and is gone when the replicates are there; elsewhere nothing is written', async (t) => {
  const written: string[] = [];
  const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
  const source = async (from: number, to: number) => Float64Array.from({ length: to - from }, (_, i) => from + i);
  t.deepEqual(await announcedReplicates(source, 1_000_000, stream(true))(64, 66), Float64Array.of(64, 65));
  t.deepEqual(written, ['\r\u001b[KT = 1000000: 64 replicates, the next 2 are under way', '\r\u001b[K']);
  const failing = announcedReplicates(() => Promise.reject(new Error('stop')), 4, stream(true));
  await t.throwsAsync(failing(0, 1), { message: 'stop' });
  t.is(written.at(-1), '\r\u001b[K', 'an error starts on a line of its own');
  written.length = 0;
  await announcedReplicates(source, 4, stream(false))(0, 1);
  t.deepEqual(written, []);
});
