import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { properties } from '../../properties/index.js';
import { theorems } from '../../theorems/index.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { type CheckedClaim, runClaims } from '../claims/run-claims.js';
import { successVerdicts } from '../report/record/outcome.js';
import { openProcess } from './process-implementation.js';
import { limiter, testWith } from './programs.test.helper.js';

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

const octave = ['octave-cli', '-qf'] as const;
const mutants = fixture('mutants/octave/mutants.m');
const claims = [...properties, ...theorems].filter(({ requires }) => requires.referenceOnly !== true);
const testOctave = testWith(octave[0], '--version');
// One interpreter at a time: it is slow to start and has a file of its own beside the other adapters'.
const turn = limiter(1);

interface Mutant {
  readonly name: string;
  readonly killedBy: string;
  readonly description: string;
}

async function judge(script: readonly string[], accept: (id: string) => boolean): Promise<CheckedClaim[]> {
  const adapter = await openProcess({ command: [...octave, ...script], timeout: 30_000, seed: '1' });
  try {
    const chosen = claims.filter(({ id }) => accept(id));
    return await runClaims(chosen, adapter, quickBudget());
  } finally {
    await adapter.close();
  }
}

async function dies(t: ExecutionContext, { name, killedBy, description }: Mutant): Promise<void> {
  const [checked] = await judge([mutants, name], (id) => id === killedBy);
  t.is(checked!.evidence.verdict, 'violated', `${description}: ${checked!.evidence.reason}`);
  t.is(checked!.evidence.failure, undefined);
}

testOctave('the Octave adapter passes every claim', (t) =>
  turn(async () => {
    for (const { claim, evidence } of await judge([fixture('adapters/octave/adapter.m')], () => true)) {
      t.true((claim.expected ?? successVerdicts).includes(evidence.verdict), `${claim.id}: ${evidence.reason}`);
      t.is(evidence.failure, undefined, claim.id);
    }
  }),
);

const listed = spawnSync(octave[0], [...octave.slice(1), mutants, '--list'], { encoding: 'utf8' });
if (listed.status === 0) {
  const list = JSON.parse(listed.stdout) as readonly Mutant[];
  for (const mutant of list) {
    testOctave(`${mutant.name} (Octave) is caught by ${mutant.killedBy}`, (t) => turn(() => dies(t, mutant)));
  }
  test('there are at least ten Octave mutants, each with a claim that is there', (t) => {
    t.true(list.length >= 10);
    t.deepEqual(
      list.filter(({ killedBy }) => !claims.some(({ id }) => id === killedBy)),
      [],
    );
  });
} else testOctave('the Octave mutants can be listed', (t) => t.fail(listed.error?.message ?? listed.stderr));
