import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { rowsIn, runWith, scalePath, scaleText, withGrid } from './dry-run.test.helper.js';
import { startSlurm, testWithSlurm } from './slurm.test.helper.js';

const script = scalePath('shard.sbatch');
const sweep = ['bounds', '--grid', 'grid.json', '--out', 'sweep', '--resume'];

test('each index of a Slurm array decides its shard, with and without an offset, and together they are complete', (t) => {
  const cwd = withGrid(t);
  t.is(runWith(cwd, ['signprox', 'bounds', '--grid', 'grid.json', '--out', 'whole']).status, 0);
  const task = (index: number, variables: Readonly<Record<string, string>>, out: string) =>
    runWith(cwd, ['bash', script, ...sweep.toSpliced(4, 1, out)], {
      ...{ SLURM_ARRAY_TASK_ID: String(index), SLURM_CPUS_PER_TASK: '1' },
      ...variables,
    });
  for (const [out, tasks] of [
    ['one', [1, 2, 3].map((index) => [index, {}] as const)],
    // As many as the tasks of the last array are: what says how many shards there are is not that.
    ['chunks', ([[1], [2], [1, '2']] as const).map(([index, OFFSET]) => [index, OFFSET ? { OFFSET } : {}] as const)],
  ] as const) {
    for (const [index, offset] of tasks) {
      const { status, stderr } = task(index, { SHARDS: '3', SLURM_ARRAY_TASK_COUNT: '1', ...offset }, out);
      t.is(status, 0, stderr);
    }
    const merged = runWith(cwd, ['bash', '-c', `signprox merge ${out}/shard-*-of-3 --out ${out}`]);
    t.is(merged.status, 0, merged.stderr);
    t.is(rowsIn(cwd, out), rowsIn(cwd, 'whole'));
  }
  const without = task(1, {}, 'none');
  t.is(without.status, 1);
  t.regex(without.stderr, /SHARDS: how many shards there are in all/);
});

test('the comments of the script and the page give the same commands', (t) => {
  const commands = scaleText('shard.sbatch').match(/(?<=^# {3}).*\bsbatch .*/gm)!;
  t.is(commands.length, 4);
  const page = scaleText('../scale.md');
  for (const command of commands) t.true(page.includes(command.replace(' ...', '')), command);
});

testWithSlurm('arrays submitted to Slurm, in chunks that it allows, give the whole result', async (t) => {
  const cwd = withGrid(t);
  // Indices have to be smaller than that: of four shards, two at a time.
  const slurm = await startSlurm(t, cwd, 'MaxArraySize=3');
  const submit = (...words: readonly string[]) => slurm.run('sbatch', '--parsable', ...words);
  const refused = submit('--array=1-4', script, ...sweep);
  t.not(refused.status, 0);
  t.regex(refused.stderr, /Invalid job array specification/);
  const arrays = ['0', '2'].map((OFFSET) => {
    const submitted = slurm.run(
      ...(['env', 'SHARDS=4', `OFFSET=${OFFSET}`, 'sbatch', '--parsable', '--array=1-2', script, ...sweep] as const),
    );
    t.is(submitted.status, 0, submitted.stderr);
    return submitted.stdout.trim();
  });
  const merge = submit(
    `--dependency=afterany:${arrays.join(':')}`,
    ...[
      '--output=merge.out',
      '--wrap',
      'node_modules/.bin/signprox merge sweep/shard-*-of-4 --out sweep; echo "exit $?"',
    ],
  );
  t.is(merge.status, 0, merge.stderr);
  await slurm.idle();
  const printed = readdirSync(cwd)
    .filter((name) => name.endsWith('.out'))
    .map((name) => `${name}\n${readFileSync(join(cwd, name), 'utf8')}`)
    .join('\n');
  t.regex(printed, /^exit 0$/m, printed);
  t.is(runWith(cwd, ['signprox', 'bounds', '--grid', 'grid.json', '--out', 'whole']).status, 0);
  t.is(rowsIn(cwd, 'sweep'), rowsIn(cwd, 'whole'));
});

testWithSlurm('a task that Slurm is about to end keeps its rows, and says how to continue', async (t) => {
  const cwd = withGrid(t);
  const grid = JSON.parse(readFileSync(join(cwd, 'grid.json'), 'utf8'));
  // The second row takes longer than anybody waits.
  writeFileSync(join(cwd, 'grid.json'), JSON.stringify({ ...grid, theorems: ['2'], iterations: [1, 1_000_000] }));
  const slurm = await startSlurm(t, cwd);
  const words = ['sbatch', '--parsable', '--array=1', '--output=task.out', script, ...sweep, '--engine', 'monte-carlo'];
  const submitted = slurm.run('env', 'SHARDS=1', ...words);
  t.is(submitted.status, 0, submitted.stderr);
  const lines = (): readonly string[] => {
    const path = join(cwd, 'sweep/shard-1-of-1/rows.ndjson');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  };
  await slurm.until(() => lines().length === 2);
  // As --signal=B:TERM@60 has it, of which Slurm is sure to a minute only.
  t.is(slurm.run('scancel', '--batch', '--signal=TERM', submitted.stdout.trim()).status, 0);
  await slurm.idle();
  t.is(lines().length, 2);
  const told = readFileSync(join(cwd, 'task.out'), 'utf8');
  t.regex(told, /1 of 2 rows are in sweep\/shard-1-of-1\/rows\.ndjson; for the rest: .* --resume/);
});
