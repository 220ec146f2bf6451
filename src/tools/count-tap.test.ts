import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const program = fileURLToPath(new URL('../../../.ci/count-tap', import.meta.url));

/** What is said of a stream, and how it ends, when the commands before it have ended with a status. */
function count(stream: string, status = 0) {
  const { stdout, stderr, status: code } = spawnSync(program, [String(status)], { input: stream, encoding: 'utf8' });
  return { line: stdout, why: stderr, code };
}

const full =
  'Checked 3 files\nTAP version 13\n# one\nok 1 - one\n# two\nok 2 - two\n    # a log: 1..9\n\n1..2\n# tests 2\n# pass 2\n';

test('a full stream is what it says', (t) => {
  t.deepEqual(count(full), { line: '2 passed, 0 failed\n', why: '', code: 0 });
});

test('a stream that was cut is a failure, wherever it was cut', (t) => {
  for (const end of ['\n1..2', '\nok 2', '\n# two', '\nok 1']) {
    const { line, why, code } = count(full.slice(0, full.indexOf(end) + 1));
    t.regex(line, /^[012] passed, 1 failed\n$/, end);
    t.regex(why, /^[^\n]*a stream of tests has no plan 1\.\.N: the run was cut[^\n]*\n$/);
    t.is(code, 1, end);
  }
  const lost = count(full.replace('ok 1 - one\n', ''));
  t.deepEqual([lost.line, lost.code], ['1 passed, 1 failed\n', 1]);
  t.regex(lost.why, /^[^\n]*the plan says 2 tests, and there are 1\n$/);
  const more = count(full.replace('1..2', '1..1'));
  t.deepEqual([more.line, more.code], ['2 passed, 1 failed\n', 1]);
});

test('streams of several lanes are added up, and each must have its own plan', (t) => {
  t.deepEqual(count(full + full), { line: '4 passed, 0 failed\n', why: '', code: 0 });
  const cut = full.slice(0, full.indexOf('\n1..2') + 1);
  for (const streams of [cut + full, full + cut, full + cut + full]) {
    const { line, why, code } = count(streams);
    t.regex(line, /^\d passed, 1 failed\n$/);
    t.regex(why, /^[^\n]*was cut after 2 tests\n$/);
    t.is(code, 1);
  }
});

test('nothing is no success, with a plan and without', (t) => {
  t.deepEqual([count('').line, count('').code], ['0 passed, 1 failed\n', 1]);
  t.deepEqual([count('TAP version 13\n1..0\n').line, count('1..0\n').code], ['0 passed, 1 failed\n', 1]);
});

test('failures count, and so does what bails out or is skipped', (t) => {
  const failed = count(full.replace('ok 2', 'not ok 2'));
  t.deepEqual([failed.line, failed.code], ['1 passed, 1 failed\n', 1]);
  const skipped = count(full.replace('ok 2 - two', 'ok 2 - two # SKIP'));
  t.deepEqual([skipped.line, skipped.code], ['1 passed, 0 failed, 1 skipped\n', 1]);
  const bailed = count(`${full}Bail out! no memory\n`);
  t.deepEqual([bailed.line, bailed.code], ['2 passed, 1 failed\n', 1]);
  t.regex(bailed.why, /Bail out! no memory/);
});

test('a command that failed beside the tests is a failure, with its status', (t) => {
  t.deepEqual(count(full, 3), { line: '2 passed, 1 failed\n', why: '', code: 3 });
  const both = count(full.replace('ok 2', 'not ok 2'), 3);
  t.deepEqual([both.line, both.code], ['1 passed, 1 failed\n', 3]);
});
