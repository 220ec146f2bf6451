import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import test from 'ava';
import { arrangementOf } from '../../report/formats/format-names.js';
import { parseRunRecord } from '../../report/record/run-record.js';
import { writeReports } from '../../report/write-reports.js';
import { readContributions } from '../catalogue.js';
import { startCommand } from '../command-process.test.helper.js';
import { commandRunner, ends } from '../command-runner.test.helper.js';
import { writeModule } from '../few-functions.test.helper.js';
import { directory, recordIn } from '../run-directory.test.helper.js';

const run = commandRunner();

test.serial('an obstacle that only writing finds is a usage error too, and leaves no partial file', async (t) => {
  const cwd = await directory(t);
  await mkdir(join(cwd, 'reports/selection/run.json'), { recursive: true });
  await ends(t, run(cwd, 'verify --claims eq5-sign-sgd --depth quick'), {
    code: 2,
    stderr: /^signprox: cannot write to reports\/selection: .*; choose another --out$/m,
  });
  t.deepEqual(await readdir(join(cwd, 'reports/selection')), ['run.json']);
});

test.serial('verify writes its reports and prints the ledger, without colours if there is no terminal', async (t) => {
  const cwd = await directory(t);
  const claims = ['--claims', 'eq12*,eq5-sign-sgd', '--depth', 'quick', '--workers', '1'];
  const { stdout, stderr } = await ends(t, run(cwd, ['verify', ...claims]));
  t.deepEqual((await readdir(join(cwd, 'reports/selection'))).sort(), [
    'index.html',
    'junit.xml',
    'report.md',
    'run.json',
  ]);
  const record = await recordIn(cwd);
  t.deepEqual(
    record.claims.map(({ id }) => id),
    ['eq5-sign-sgd', 'eq12-sign-sgd-equivalence'],
  );
  t.is(record.exitCode, 0);
  t.is(record.command, `signprox verify --claims 'eq12*,eq5-sign-sgd' --depth quick --seed 1`);
  t.regex(stdout, /^✓ 2 claims, 0 failed\n/);
  t.regex(stdout, /^ +eq12-sign-sgd-equivalence +✓ holds /m);
  t.regex(stdout, /^report reports\/selection\/index\.html .* exit 0\n$/m);
  t.regex(
    // A machine under load says every ten seconds what it is at.
    stderr.replaceAll(/^\[\d\/2\] checking .*\n/gm, ''),
    /^\[1\/2\] eq5-sign-sgd: holds \(\d+\.\d s\)\n\[2\/2\] eq12-sign-sgd-equivalence: holds \(\d+\.\d s\)\n$/,
  );
  t.false(`${stdout}${stderr}`.includes('\u001b'));
});

test.serial('the same seed gives the same bytes whatever the number of workers, another seed does not', async (t) => {
  const cwd = await directory(t);
  const verify = (out: string, ...rest: string[]): string[] => [
    ...['verify', '--claims', 'theorem-?,prox-overflow', '--depth', 'quick', '--out', out],
    ...rest,
  ];
  const finished = await Promise.all([
    startCommand(cwd, verify('a', '--workers', '0')),
    startCommand(cwd, verify('b', '--workers', '2')),
    run(cwd, verify('c', '--workers', '0', '--seed', '2')),
    run(cwd, verify('d', '--workers', '1', '--format', 'json')),
  ]);
  t.deepEqual(
    finished.map(({ code }) => code),
    [0, 0, 0, 0],
  );
  const bytes = async (out: string): Promise<string> => {
    const parsed = JSON.parse(await readFile(join(cwd, out, 'selection/run.json'), 'utf8')) as Record<string, unknown>;
    t.truthy(parsed['timing']);
    delete parsed['timing'];
    return JSON.stringify(parsed);
  };
  t.is(await bytes('b'), await bytes('a'));
  t.is(await bytes('d'), await bytes('a'));
  t.not(await bytes('c'), await bytes('a'));
  t.is(finished[3]!.stdout, await readFile(join(cwd, 'd/selection/run.json'), 'utf8'));
});

test.serial(
  'the same command writes the same bytes except for times, even over the files of an earlier run',
  async (t) => {
    const commands = {
      verify: ['verify', '--claims', 'eq5*,eq12*,theorem-1', '--depth', 'quick'],
      guard: ['guard', '--claims', 'eq6*', '--depth', 'quick', '--module', 'l1-step-dropped.mjs'],
    };
    for (const [name, command] of Object.entries(commands)) {
      const [once, fresh] = [await directory(t), await directory(t)];
      for (const cwd of [once, fresh]) await writeModule(cwd, 'l1-step-dropped');
      const codes: (number | null)[] = [];
      const judge = async (cwd: string, workers: string): Promise<Map<string, string>> => {
        codes.push((await run(cwd, [...command, '--workers', workers])).code);
        return filesBelow(cwd);
      };
      const first = await judge(once, '1');
      const timing = JSON.parse(first.get('reports/selection/run.json')!).timing;
      for (const files of [await judge(once, '1'), await judge(once, '2'), await judge(fresh, '2')]) {
        t.deepEqual([...files.keys()], [...first.keys()]);
        // The pages are drawn from the record and nothing else, so with the times of the first run they have its bytes.
        const record = { ...parseRunRecord(files.get('reports/selection/run.json')!), timing };
        const redrawn = await directory(t);
        await writeReports(
          record,
          join(redrawn, 'reports/selection'),
          arrangementOf(record),
          await readContributions(),
        );
        const selection = await filesBelow(redrawn);
        t.deepEqual([...selection.keys()].length, 4);
        for (const [file, text] of first) t.is(selection.get(file) ?? files.get(file), text, `${name}: ${file}`);
      }
      t.deepEqual(codes, Array(4).fill(name === 'guard' ? 1 : 0));
      t.is(
        [...first.keys()].some((file) => file.startsWith('reports/failures/')),
        name === 'guard',
      );
    }
  },
);

/** The files below a directory, each with its text. */
async function filesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(paths.sort().map((path) => readFile(path, 'utf8')));
  return new Map(paths.map((path, i) => [relative(folder, path), texts[i]!]));
}

test.serial('a run of some claims does not overwrite the report of all', async (t) => {
  const cwd = await directory(t);
  await mkdir(join(cwd, 'reports'));
  await writeFile(join(cwd, 'reports/run.json'), 'of all');
  const { stdout } = await run(cwd, 'verify --claims eq12* --depth quick');
  t.regex(stdout, /^report reports\/selection\/index\.html /m);
  t.is(await readFile(join(cwd, 'reports/run.json'), 'utf8'), 'of all');
});
