import { mock } from 'node:test';
import test from 'ava';
import { runOnThread, statusLine } from './command-thread.js';

test('a command that never yields ends at once when interrupted', async (t) => {
  const running = runOnThread(new URL('./endless-command.test.helper.js', import.meta.url), {});
  process.emit('SIGINT', 'SIGINT');
  t.is(await running, 130);
});

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 30, write: (text: string) => written.push(text) > 0 };
}

let now = 0;

/** Lets milliseconds pass, for timers and for the monotonic clock. */
function pass(milliseconds: number): void {
  for (let left = milliseconds; left > 0; left -= 500) {
    const part = Math.min(left, 500);
    now += part;
    mock.timers.tick(part);
  }
}

test.beforeEach(() => {
  mock.timers.enable({ apis: ['setInterval'] });
  mock.method(performance, 'now', () => now);
});
test.afterEach.always(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test.serial('on a terminal one line is rewritten every second, fits the width, and is erased at the end', (t) => {
  const terminal = stream(true);
  const status = statusLine(terminal);
  pass(1000);
  t.deepEqual(terminal.written, [], 'there is nothing to say yet');
  status.say('theorem-1');
  pass(1000);
  status.say('a text that is longer than thirty columns');
  pass(1000);
  status.stop();
  pass(5000);
  const lines = ['theorem-1, 2 s', 'a text that is longer than thi', ''];
  t.deepEqual(
    terminal.written,
    lines.map((line) => `\r\u001b[K${line.slice(0, 29)}`),
  );
});

test.serial('a computation of less than a second writes nothing to a terminal', (t) => {
  const terminal = stream(true);
  const status = statusLine(terminal);
  status.say('theorem-1');
  pass(999);
  status.stop();
  t.deepEqual(terminal.written, []);
});

test.serial('in a log there is a line every ten seconds', (t) => {
  const pipe = stream(false);
  const status = statusLine(pipe);
  for (const text of ['one', 'two', 'three', 'four', 'five']) {
    status.say(text);
    pass(5000);
  }
  status.stop();
  t.deepEqual(pipe.written, ['two, 10 s\n', 'four, 20 s\n']);
});
