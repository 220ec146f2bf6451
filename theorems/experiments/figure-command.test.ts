import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { commandRunner } from '../../src/cli/command-runner.test.helper.js';
import { directory } from '../../src/cli/run-directory.test.helper.js';
import type { FigureRecord } from './figure-record.js';

const command = commandRunner();
const small = ['--size', '6', '--measurements', '80', '--weight', '3e-4', '--iterations', '20'];

const figure = (cwd: string, args: readonly string[]) => command(cwd, ['figure', ...args]);

const record = async (path: string): Promise<FigureRecord> => JSON.parse(await readFile(path, 'utf8'));

test.serial('both readings are drawn, with the same bytes for any number of workers', async (t) => {
  const cwd = await directory(t);
  const first = await figure(cwd, [...small, '--seeds', '2', '--workers', '0']);
  t.is(first.code, 0, first.stderr);
  t.regex(first.stderr, /^curves: 1\/\d+$/m);
  const names = (await readdir(join(cwd, 'reports/figure'))).sort();
  t.deepEqual(
    names,
    ['entry', 'total'].flatMap((reading) => ['json', 'png', 'svg'].map((kind) => `figure-1-${reading}.${kind}`)),
  );
  const [total, entry] = [
    await record(join(cwd, 'reports/figure/figure-1-total.json')),
    await record(join(cwd, 'reports/figure/figure-1-entry.json')),
  ];
  t.is(total.bands['spgm-dense'].median.length, 21);
  // Dense noise does not depend on the reading, sparse noise does.
  t.deepEqual(total.bands['spgm-dense'], entry.bands['spgm-dense']);
  t.notDeepEqual(total.bands['spgm-sparse'], entry.bands['spgm-sparse']);
  const second = await figure(cwd, [...small, '--seeds', '2', '--workers', '2', '--out', 'again']);
  t.is(second.code, 0, second.stderr);
  for (const name of names) {
    t.deepEqual(await readFile(join(cwd, 'again', name)), await readFile(join(cwd, 'reports/figure', name)), name);
  }
});

test.serial('a size beyond the memory of the machine is refused in one line, before any allocation', async (t) => {
  const cwd = await directory(t);
  for (const more of [[], ['--search'], ['--workers', '0']]) {
    const { code, stdout, stderr } = await figure(cwd, ['--size', '1000', '--measurements', '1000000', ...more]);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(
      stderr,
      /^signprox: the matrix of 1000000 × 1000² numbers takes 7451 GiB in .*thread.*, and this machine has [\d.]+ GiB: give a smaller --size or --measurements\n$/,
    );
  }
});

test.serial('the result of a search is cached for the same experiment only', async (t) => {
  const cwd = await directory(t);
  const search = [...small, '--reading', 'total', '--search', '--out', 'found'];
  const first = await figure(cwd, search);
  t.is(first.code, 0, first.stderr);
  t.regex(first.stderr, /^step search: 1\/58$/m);
  const found = await record(join(cwd, 'found/figure-1-total.json'));
  const again = await figure(cwd, search);
  t.notRegex(again.stderr, /step search: \d/);
  t.deepEqual(await record(join(cwd, 'found/figure-1-total.json')), found);
  await writeFile(join(cwd, 'found/steps.json'), '{"key": 1}');
  t.regex((await figure(cwd, search)).stderr, /^step search: 1\/58$/m);
});

test.serial('a wrong option gives one line on stderr and exit 2', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'file'), '');
  for (const args of [
    ['--size', '1'],
    ['--iterations', '2.5'],
    ['--weight', 'NaN'],
    ['--reading', 'neither'],
    ['--workers', '-1'],
    ['--out', 'file/inside'],
  ]) {
    const { code, stderr } = await figure(cwd, args);
    t.is(code, 2, args.join(' '));
    t.regex(stderr, /^signprox: [^\n]+\n$/);
  }
  t.deepEqual(await readdir(cwd), ['file']);
});
