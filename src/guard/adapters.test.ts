import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { properties } from '../../properties/index.js';
import { theorems } from '../../theorems/index.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { successVerdicts } from '../report/record/outcome.js';
import { caught } from './caught.test.helper.js';
import { openProcess } from './process-implementation.js';
import { testWith } from './programs.test.helper.js';

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

const claims = [...properties, ...theorems].filter(({ requires }) => requires.referenceOnly !== true);
const testPython = testWith('python3', '--version');

const timeout = 30_000;

async function passes(t: ExecutionContext, ...command: readonly string[]): Promise<void> {
  const adapter = await openProcess({ command, timeout, seed: '1' });
  t.is(adapter.concurrency, 256, 'it offers batches');
  for (const { claim, evidence } of await runClaims(claims, adapter, quickBudget())) {
    t.true((claim.expected ?? successVerdicts).includes(evidence.verdict), `${claim.id}: ${evidence.reason}`);
    t.is(evidence.failure, undefined, claim.id);
  }
  t.is(await adapter.close(), undefined);
}

testPython('the Python adapter passes every claim', (t) => passes(t, 'python3', fixture('adapters/python/adapter.py')));

const mutants = fixture('mutants/python/mutants.py');

interface Mutant {
  readonly name: string;
  readonly killedBy: string;
  readonly description: string;
}

async function dies(t: ExecutionContext, { name, killedBy, description }: Mutant): Promise<void> {
  const claim = claims.find(({ id }) => id === killedBy);
  if (claim === undefined) return t.fail(`${killedBy} is no claim`);
  const adapter = await openProcess({ command: ['python3', mutants, name], timeout, seed: '1' });
  const { verdict, reason, failure } = await caught(claim, adapter);
  t.is(verdict, 'violated', `${description}: ${reason}`);
  t.is(failure, undefined);
  t.is(await adapter.close(), undefined);
}

const listed = spawnSync('python3', [mutants, '--list'], { encoding: 'utf8' });
if (listed.status === 0) {
  const list = JSON.parse(listed.stdout) as readonly Mutant[];
  for (const mutant of list) {
    testPython(`${mutant.name} (Python) is caught by ${mutant.killedBy}`, dies, mutant);
  }
  testPython('there are at least ten Python mutants', (t) => t.true(list.length >= 10));
} else testPython('the Python mutants can be listed', (t) => t.fail(listed.error?.message ?? listed.stderr));
