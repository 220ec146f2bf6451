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

test('an error of ours is told with its lines, and its exit code is not that of a claim that failed', (t) => {
  const planted = 'data:text/javascript,process.stdout.write = () => { throw new RangeError("planted") }';
  const { status, stderr } = spawnSync(process.execPath, ['--import', planted, program, 'functions'], {
    encoding: 'utf8',
  });
  t.regex(stderr, /^RangeError: planted\n {4}at /);
  t.regex(stderr, /\nsignprox: this is an error of signprox: please report it with the lines above\n$/);
  t.is(status, 7);
});
