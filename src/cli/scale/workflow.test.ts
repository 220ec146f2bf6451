import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { recordIn } from '../run-directory.test.helper.js';
import { runWith, scaleText, withGrid } from './dry-run.test.helper.js';
import {
  errorsIn,
  filledIn,
  readWorkflow,
  type Step,
  type WorkflowJob,
  workflowReader,
} from './workflow.test.helper.js';

const text = scaleText('github-actions.yml');
const { verify, merge } = readWorkflow(text).jobs as { readonly verify: WorkflowJob; readonly merge: WorkflowJob };
const { shard: shards } = verify.strategy!.matrix;
const inputs = { claims: 'eq12*,prox-sets,theorem-2-lattice,counterexample-step', depth: 'quick' };

test("GitHub's schema accepts the workflow, and rejects errors in it", async (t) => {
  const reader = await workflowReader();
  t.deepEqual(await errorsIn(text, reader), []);
  for (const [right, wrong, message] of [
    ['runs-on:', 'runs_on:', /Unexpected value 'runs_on'/],
    ['needs: verify', 'needs: verfy', /depends on unknown job 'verfy'/],
    ['inputs.claims', 'input.claims', /Unrecognized named-value: 'input'/],
    ['fail-fast: false', 'fail-fast: maybe', /Unexpected value 'maybe'/],
    ['if: always()', 'if: allways()', /Unrecognized function: 'allways'/],
  ] as const) {
    t.true(text.includes(right), right);
    t.regex((await errorsIn(text.replace(right, wrong), reader)).join('\n'), message, wrong);
  }
});

test('a push checks all claims at standard depth', (t) => {
  const { env } = verify.steps.find(({ run }) => run?.includes('signprox'))!;
  const filled = Object.values(env!).map((value) => filledIn(value, contexts(3, {})));
  t.deepEqual(filled, ['*', 'standard', '3/4']);
});

test('the steps of all shards and of the merge give the report of one run, and name missing shards', async (t) => {
  const cwd = withGrid(t);
  for (const shard of shards) for (const { status } of steps(t, cwd, verify, shard)) t.is(status, 0);
  t.is(steps(t, cwd, merge).at(-1)!.status, 0);
  const summary = readFileSync(join(cwd, 'summary.md'), 'utf8');
  t.regex(summary, /4 claims/);
  const { claims, depth } = inputs;
  t.is(runWith(cwd, ['signprox', 'verify', '--claims', claims, '--depth', depth, '--out', 'whole']).status, 0);
  const [merged, whole] = [await recordIn(cwd, 'artifacts/merged/selection'), await recordIn(cwd, 'whole/selection')];
  t.deepEqual({ ...merged, timing: undefined }, { ...whole, timing: undefined });

  for (const directory of ['artifacts/shard-2', 'parts', 'merged']) rmSync(join(cwd, directory), { recursive: true });
  const incomplete = steps(t, cwd, merge).at(-1)!;
  t.is(incomplete.status, 75);
  t.regex(incomplete.stdout, /^::error title=Incomplete::shards are missing/m);
  t.regex(incomplete.stderr, /the reports are in merged\/incomplete/);
});

/** What expressions in the workflow may name. */
const contexts = (shard: number, given: object) => ({
  ...{ inputs: given, matrix: { shard }, strategy: { 'job-total': shards.length } },
});

/** Runs the steps of a job as a runner does, with a directory in place of the artifacts. The checkout and the installation are there. */
function steps(t: ExecutionContext, cwd: string, job: WorkflowJob, shard = 0): readonly ReturnType<typeof runWith>[] {
  const fill = (value = ''): string => filledIn(value, contexts(shard, inputs));
  const stored = (step: Step): string => join(cwd, 'artifacts', fill(step.with!['name']));
  return job.steps.flatMap((step) => {
    const { run, env = {}, uses = '' } = step;
    if (run === 'npm ci' || /checkout|setup-node/.test(uses)) return [];
    if (run !== undefined) {
      const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]));
      return runWith(cwd, ['bash', '-e', '-c', fill(run)], { GITHUB_STEP_SUMMARY: 'summary.md', ...filled });
    }
    const { path, pattern } = step.with!;
    if (uses.includes('upload-artifact')) cpSync(join(cwd, fill(path)), stored(step), { recursive: true });
    else {
      t.regex(uses, /download-artifact/);
      const wanted = new RegExp(`^${pattern!.replaceAll('*', '.*')}$`);
      for (const name of readdirSync(join(cwd, 'artifacts')).filter((each) => wanted.test(each))) {
        cpSync(join(cwd, 'artifacts', name), join(cwd, path!, name), { recursive: true });
      }
    }
    return [];
  });
}
