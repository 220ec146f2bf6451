import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { testWith } from '../guard/programs.test.helper.js';
import { commandRunner, ends, words } from './command-runner.test.helper.js';
import { fixture } from './few-functions.test.helper.js';
import { directory } from './run-directory.test.helper.js';

const run = commandRunner();
const program = fileURLToPath(new URL('./main.js', import.meta.url));

/** A file system of the test's own needs a name space of its own; where a user may have none, CI can. */
const testWithDisk = testWith('unshare', '-rm', 'mount', '-t', 'tmpfs', 'none', '/tmp');

/** Runs a command with a disk of so many KiB below `disk`, and copies what is on it to `kept` afterwards. */
function onSmallDisk(cwd: string, kibibytes: number, args: readonly string[]) {
  const script = `mount -t tmpfs -o size=${kibibytes}k none disk || exit 99; "$@"; code=$?; cp -r disk/. kept; exit $code`;
  const words = ['-rm', 'sh', '-c', script, 'sh', process.execPath, program, ...args];
  const { status, stdout, stderr } = spawnSync('unshare', words, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const sweep = [
  'bounds',
  ...['--problem', fixture('problems/cosine-linear.json'), '--start', '[1.25]'],
  ...['--theorem', '1', '--theorem', 'theorem-2-sharp', '--iterations', '1,2,3,4,5,6,7,8'],
];

testWithDisk('a sweep on a full disk ends in one line, keeps its rows, and continues to the same bytes', async (t) => {
  const cwd = await directory(t);
  await Promise.all(['disk', 'kept'].map((name) => mkdir(join(cwd, name))));
  t.is((await run(cwd, words`${sweep} --out whole`)).code, 0);
  const whole = await readFile(join(cwd, 'whole/rows.ndjson'), 'utf8');
  t.true(whole.length > 8192, `${whole.length} bytes`);
  const { status, stdout, stderr } = onSmallDisk(cwd, 8, [...sweep, '--out', 'disk/rows']);
  t.deepEqual([status, stdout], [2, ''], stderr);
  t.regex(
    stderr,
    /^signprox: cannot write to disk\/rows: ENOSPC: no space left on device, write; choose another --out\n$/m,
  );
  const kept = await readFile(join(cwd, 'kept/rows/rows.ndjson'), 'utf8');
  // A line that did not fit whole is at the end, and nothing behind it.
  const lines = kept.split('\n').slice(1, -1);
  t.true(lines.length > 0);
  for (const line of lines) t.true(whole.split('\n').includes(line), line);
  await ends(t, run(cwd, words`${sweep} --out kept/rows --resume`));
  t.is(await readFile(join(cwd, 'kept/rows/rows.ndjson'), 'utf8'), whole);
});

testWithDisk('a report that cannot be written is printed, with the reason', async (t) => {
  const cwd = await directory(t);
  await Promise.all(['disk', 'kept'].map((name) => mkdir(join(cwd, name))));
  const asked = ['verify', '--claims', 'eq9*,eq12*', '--depth', 'quick', '--format', 'tap'];
  const there = await run(cwd, asked);
  const { status, stdout, stderr } = onSmallDisk(cwd, 8, [...asked, '--out', 'disk']);
  t.is(status, 2);
  const timeless = (text: string): string => text.replaceAll(/duration_ms: \d+/g, '');
  t.is(timeless(stdout), timeless(there.stdout));
  t.regex(
    stderr,
    /^signprox: cannot write to disk\/selection: ENOSPC: no space left on device, write; choose another --out\n$/m,
  );
  // What is there is whole.
  await t.throwsAsync(readFile(join(cwd, 'kept/selection/index.html')), { code: 'ENOENT' });
});

test.serial('every command that shares work reports an unwritable output before it runs', async (t) => {
  const cwd = await directory(t);
  const quick = ['--claims', 'eq12*', '--depth', 'quick'];
  const commands = [['verify', ...quick], ['guard', ...quick, '--module', fixture('mutants/library.js')], sweep];
  for (const command of commands) {
    await ends(t, run(cwd, words`${command} --out /proc/signprox`), {
      code: 2,
      stdout: '',
      stderr: /^signprox: cannot write to \/proc\/signprox\S*: .*; choose another --out\n$/,
    });
  }
});
