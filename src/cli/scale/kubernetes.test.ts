import { spawn } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { startRedis, testWithRedis } from '../../executors/queue/redis.test.helper.js';
import { serving } from '../queue-worker.test.helper.js';
import { environmentIn, rowsIn, runWith, scaleText, withGrid } from './dry-run.test.helper.js';
import { type Manifest, readManifest } from './manifests.test.helper.js';

const container = ({ spec }: Manifest) => spec.template.spec.containers[0];

test('the schema of Kubernetes accepts the manifests, and rejects errors in them', (t) => {
  for (const name of ['shards.yaml', 'merge.yaml', 'workers.yaml']) {
    t.notThrows(() => readManifest(scaleText(name)), name);
    t.regex(
      scaleText('Dockerfile'),
      new RegExp(`signprox-${container(readManifest(scaleText(name))).image.split(':')[1]}\\.tgz `),
    );
  }
  const shards = scaleText('shards.yaml');
  for (const [right, wrong, message] of [
    ['completions: 4', "completions: '4'", /completions must be integer/],
    ['completionMode:', 'completionsMode:', /unknown: \/spec\/completionsMode$/],
    ['  backoffLimitPerIndex:', '  backoffLimitPerIdx:', /unknown: \/spec\/backoffLimitPerIdx$/],
    ['mountPath: /grid', 'path: /grid', /mountPath/],
    [
      '        - name: shard\n          image',
      '        - nam: shard\n          image',
      /must have required property name/,
    ],
    ['      containers:', '      container:', /must have required property containers/],
    ['- action: FailIndex', '- actions: FailIndex', /must have required property action/],
    ['requests: {', 'request: {', /unknown: .*\/resources\/request,/],
  ] as const) {
    t.true(shards.includes(right), right);
    t.throws(() => readManifest(shards.replace(right, wrong)), { message }, wrong);
  }
});

test('each index of the Job decides its shard, and the merge Job joins them', (t) => {
  const cwd = withGrid(t);
  mkdirSync(join(cwd, 'grid'));
  for (const name of ['grid.json', 'cosine-linear.json', 'cosine-linear.start.json']) {
    renameSync(join(cwd, name), join(cwd, 'grid', name));
  }
  const [shards, merge] = [readManifest(scaleText('shards.yaml')), readManifest(scaleText('merge.yaml'))];
  const { completions } = shards.spec;
  t.is(runWith(cwd, ['signprox', 'bounds', '--grid', 'grid/grid.json', '--out', 'whole']).status, 0);
  for (let index = 0; index < completions!; index++) {
    const { status, stderr } = runWith(cwd, commandIn(shards), { JOB_COMPLETION_INDEX: String(index) });
    t.is(status, 0, stderr);
  }
  const one = `results/shard-3-of-${completions}`;
  renameSync(join(cwd, one), join(cwd, 'elsewhere'));
  const incomplete = runWith(cwd, commandIn(merge));
  t.is(incomplete.status, 75);
  t.regex(incomplete.stderr, /incomplete: missing 3\/4; for the rest: .* --resume/);
  renameSync(join(cwd, 'elsewhere'), join(cwd, one));
  t.is(runWith(cwd, commandIn(merge)).status, 0);
  t.is(rowsIn(cwd, 'results'), rowsIn(cwd, 'whole'));
  const again = runWith(cwd, commandIn(shards), { JOB_COMPLETION_INDEX: '2' });
  t.is(again.status, 0, `an attempt goes on with what the one before has left: ${again.stderr}`);
});

testWithRedis(
  'the Deployment serves the queue whose address is in its secret, and ends when it is told to',
  async (t) => {
    const cwd = withGrid(t);
    const { url } = await startRedis(t);
    const { command, env } = container(readManifest(scaleText('workers.yaml')));
    t.deepEqual(
      env!.map(({ name }) => name),
      ['SIGNPROX_REDIS'],
    );
    const environment = environmentIn(cwd, { [env![0]!.name]: url });
    const [program, ...words] = command;
    const child = spawn(program!, words, { cwd, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    const worker = await serving(t, child);
    t.regex(worker.said(), /2 threads serve/);
    t.is(await worker.end('SIGTERM'), 143);
  },
);

/** The command of a pod, whose volumes are directories of the test. */
function commandIn(manifest: Manifest): readonly string[] {
  const { command, volumeMounts } = container(manifest);
  return command.map((word) =>
    volumeMounts!.reduce((text, { name, mountPath }) => text.replaceAll(` ${mountPath}`, ` ${name}`), word),
  );
}
