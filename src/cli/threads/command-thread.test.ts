import test from 'ava';
import { runOnThread } from './command-thread.js';

test('a command that never pauses is ended at once when it is interrupted', async (t) => {
  const running = runOnThread(new URL('./endless-command.test.helper.js', import.meta.url), {});
  process.emit('SIGINT', 'SIGINT');
  t.is(await running, 130);
});
