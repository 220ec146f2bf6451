import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { placedClaims } from '../cli/collections.js';
import { directory } from '../cli/run-directory.test.helper.js';
import { successVerdicts } from '../report/record/outcome.js';
import { prox, value } from './ask.test.helper.js';
import { caught } from './caught.test.helper.js';
import { openProcess } from './process-implementation.js';
import { startWithoutCoverage } from './processes.test.helper.js';
import { testWith } from './programs.test.helper.js';

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

/** The claims that apply to the adapters here. */
const claims = placedClaims.map(({ claim }) => claim).filter(({ requires }) => requires.referenceOnly !== true);
const testPython = testWith('python3', '--version');

const timeout = 30_000;

startWithoutCoverage();

testPython('the Python adapter passes every claim', async (t) => {
  const command = ['python3', fixture('adapters/python/adapter.py')];
  const adapter = await openProcess({ command, timeout, seed: '1' });
  t.is(adapter.concurrency, 256, 'it offers batches');
  for (const { claim, evidence } of await runClaims(claims, adapter, quickBudget())) {
    t.true((claim.expected ?? successVerdicts).includes(evidence.verdict), `${claim.id}: ${evidence.reason}`);
    t.is(evidence.failure, undefined, claim.id);
  }
  t.is(await adapter.close(), undefined);
});

const raising = `
from signprox.adapter import serve

def entry(F):
    return {"a": 1}[F["type"]]

def prox(F, step, y):
    return entry(F)

def value(F, x):
    raise ValueError("over\\ntwo lines " + 300 * "x")

serve(name="raising", functions={"l1": {"prox": prox, "value": value}})
`;

testPython(
  'an exception of a Python function is reported with its line, and its traceback once on stderr',
  async (t) => {
    const cwd = await directory(t, { 'raising.py': raising });
    const adapter = await openProcess({ command: ['python3', join(cwd, 'raising.py')], timeout, seed: '1' });
    for (let call = 0; call < 2; call++) {
      await t.throwsAsync(prox(adapter, 1), {
        message: "prox answers internal: KeyError: 'l1' at raising.py:5 in entry",
      });
      await t.throwsAsync(value(adapter, 1), {
        message: /^value answers internal: ValueError: over two lines x{180,200}… at raising\.py:11 in value$/,
      });
    }
    // A pipe of its own: it may arrive after the replies.
    while (!adapter.stderr.includes('ValueError')) await setImmediate();
    t.is(adapter.stderr.match(/^KeyError: 'l1'$/gm)?.length, 1, adapter.stderr);
    t.is(await adapter.close(), undefined);
  },
);

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
