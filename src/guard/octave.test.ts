import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { theorems } from '../../theorems/index.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { successVerdicts } from '../report/record/outcome.js';
import { caught } from './caught.test.helper.js';
import { openProcess } from './process-implementation.js';
import { testWith } from './programs.test.helper.js';

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

const octave = ['octave-cli', '-qf'] as const;
const mutants = fixture('mutants/octave/mutants.m');
const claims = [...properties, ...theorems].filter(({ requires }) => requires.referenceOnly !== true);
const testOctave = testWith(octave[0], '--version');

interface Mutant {
  readonly name: string;
  readonly killedBy: string;
  readonly description: string;
}

/** The answer of `judge` about an Octave program, which is ended then. */
async function judged<Answer>(script: readonly string[], judge: (adapter: Implementation) => Promise<Answer>) {
  const adapter = await openProcess({ command: [...octave, ...script], timeout: 30_000, seed: '1' });
  try {
    return await judge(adapter);
  } finally {
    await adapter.close();
  }
}

async function dies(t: ExecutionContext, { name, killedBy, description }: Mutant): Promise<void> {
  const claim = claims.find(({ id }) => id === killedBy);
  if (claim === undefined) return t.fail(`${killedBy} is no claim`);
  const { verdict, reason, failure } = await judged([mutants, name], (adapter) => caught(claim, adapter));
  t.is(verdict, 'violated', `${description}: ${reason}`);
  t.is(failure, undefined);
}

testOctave('the Octave adapter passes every claim', async (t) => {
  const script = [fixture('adapters/octave/adapter.m')];
  for (const { claim, evidence } of await judged(script, (adapter) => runClaims(claims, adapter, quickBudget()))) {
    t.true((claim.expected ?? successVerdicts).includes(evidence.verdict), `${claim.id}: ${evidence.reason}`);
    t.is(evidence.failure, undefined, claim.id);
  }
});

testOctave(
  'what an Octave function raises is told with its line, and the calls that led there once on stderr',
  async (t) => {
    const cwd = mkdtempSync(join(tmpdir(), 'signprox-raising-'));
    t.teardown(() => rmSync(cwd, { recursive: true }));
    const script = join(cwd, 'raising.m');
    writeFileSync(
      script,
      `addpath ("${fixture('adapters/octave')}");
function u = shrink (y)
  u = y + undefined_name;
endfunction
model = complete_model ();
model.functions.l1.prox = @(m, F, step, y) shrink (y);
model.functions.huber.prox = @(m, F, step, y) strjoin (3, 4);
serve (model);
`,
    );
    const adapter = await openProcess({ command: [...octave, script], timeout: 30_000, seed: '1' });
    const x = Float64Array.of(1);
    for (let call = 0; call < 2; call++) {
      await t.throwsAsync(adapter.prox({ type: 'l1', weight: 1 }, 1, x), {
        message: /^prox answers internal: .*undefined_name.* at raising\.m:3 in shrink$/,
      });
    }
    // Raised in a file of Octave's own, and told where it was called.
    await t.throwsAsync(adapter.prox({ type: 'huber', weight: 1, threshold: 1 }, 1, x), {
      message: /^prox answers internal: Invalid call to strjoin\..* at raising\.m:7 in @<anonymous>$/,
    });
    // A pipe of its own: it may arrive after the replies.
    while (!/ strjoin at line/.test(adapter.stderr)) await setImmediate();
    t.is(adapter.stderr.match(/^ {4}shrink at line 3 of .*raising\.m$/gm)?.length, 1, adapter.stderr);
    t.is(await adapter.close(), undefined);
  },
);

const listed = spawnSync(octave[0], [...octave.slice(1), mutants, '--list'], { encoding: 'utf8' });
if (listed.status === 0) {
  const list = JSON.parse(listed.stdout) as readonly Mutant[];
  for (const mutant of list) {
    testOctave(`${mutant.name} (Octave) is caught by ${mutant.killedBy}`, dies, mutant);
  }
  test('there are at least ten Octave mutants, each with a claim that is there', (t) => {
    t.true(list.length >= 10);
    t.deepEqual(
      list.filter(({ killedBy }) => !claims.some(({ id }) => id === killedBy)),
      [],
    );
  });
} else testOctave('the Octave mutants can be listed', (t) => t.fail(listed.error?.message ?? listed.stderr));
