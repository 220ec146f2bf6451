import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
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
