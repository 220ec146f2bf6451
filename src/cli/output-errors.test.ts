import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const program = fileURLToPath(new URL('main.js', import.meta.url));

test('standard output that cannot be written to is told in one line', (t) => {
  // Open for reading alone.
  const stdout = openSync(program, 'r');
  const { status, stderr } = spawnSync(process.execPath, [program, 'functions'], {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
  });
  t.regex(stderr, /^signprox: cannot write to standard output: EBADF: .*: redirect it elsewhere\n$/);
  t.is(status, 2);
});
