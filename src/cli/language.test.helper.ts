import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { properties } from '../../properties/index.js';
import { theorems } from '../../theorems/index.js';
import { type CheckedClaim, runClaims } from '../claims/run-claims.js';
import { openProcess } from '../guard/process-implementation.js';
import { successVerdicts } from '../report/outcome.js';
import { quickBudget } from './registry-tests.test.helper.js';

/** An interpreter with an independent implementation and its mutants in `fixtures/`, as they are shipped. */
export interface Language {
  readonly name: string;
  /** The interpreter with the options that a script needs. */
  readonly interpreter: readonly [string, ...string[]];
  /** The script of the implementation, in `fixtures/`. */
  readonly adapter: string;
  /** The script that lists its mutants (`--list`) and serves one by name, in `fixtures/`. */
  readonly mutants: string;
}

interface Mutant {
  readonly name: string;
  readonly killedBy: string;
  readonly description: string;
}

const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

const claims = [...properties, ...theorems].filter(({ requires }) => requires.referenceOnly !== true);

/** Mutants of a language as its own file lists them. */
function listMutants({ interpreter: [program, ...options], mutants }: Language): readonly Mutant[] {
  return JSON.parse(execFileSync(program, [...options, fixture(mutants), '--list'], { encoding: 'utf8' })) as Mutant[];
}

/** Whether the interpreter is there; a missing one is an error where nothing may be skipped. */
function isInstalled({ interpreter: [program] }: Language): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env['REQUIRE_ALL'] === '1') throw error;
    return false;
  }
}

async function judge(command: readonly string[], ids: readonly string[]): Promise<CheckedClaim[]> {
  const implementation = await openProcess({ command, seed: '1', timeout: 20_000 });
  try {
    const chosen = claims.filter(({ id }) => ids.includes(id));
    return await runClaims(chosen, implementation, quickBudget('1'));
  } finally {
    await implementation.close();
  }
}

async function mustDie(t: ExecutionContext, language: Language, mutant: Mutant): Promise<void> {
  const command = [...language.interpreter, fixture(language.mutants), mutant.name];
  const [checked] = await judge(command, [mutant.killedBy]);
  const { verdict, reason } = checked!.evidence;
  t.is(verdict, 'violated', `${mutant.description}: ${reason}`);
}

/** The implementation of a language passes every claim, and each of its mutants dies by the claim that it names. */
export function testLanguage(language: Language): void {
  if (!isInstalled(language)) {
    test.skip(`${language.name} is not installed`, (t) => t.pass());
    return;
  }
  const mutants = listMutants(language);

  // One process at a time: a dozen interpreters that start together take longer than hello may.
  test.serial(`the ${language.name} implementation passes every claim`, async (t) => {
    const command = [...language.interpreter, fixture(language.adapter)];
    const checked = await judge(
      command,
      claims.map(({ id }) => id),
    );
    t.is(checked.length, claims.length);
    for (const { claim, evidence } of checked) {
      t.true(
        (claim.expected ?? successVerdicts).includes(evidence.verdict),
        `${claim.id}: ${evidence.verdict}: ${evidence.reason}`,
      );
      t.is(evidence.failure, undefined, claim.id);
    }
  });

  test.serial(`${language.name} has at least ten mutants and each names the claim that catches it`, (t) => {
    t.true(mutants.length >= 10);
    t.deepEqual(
      mutants.filter(({ killedBy }) => !claims.some(({ id }) => id === killedBy)),
      [],
    );
  });

  for (const mutant of mutants) {
    test.serial(`${language.name}: ${mutant.name} is caught by ${mutant.killedBy}`, mustDie, language, mutant);
  }
}
