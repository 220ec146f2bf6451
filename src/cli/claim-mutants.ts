import { propertyMutants } from '../../properties/mutants/index.js';
import { theoremMutants } from '../../theorems/mutants/index.js';
import type { Verdict } from '../claims/verdict.js';

/** Something wrong that a claim finds out, wherever it is planted: in the claim, in a function of the library, or in an implementation under test. */
export interface CaughtMutant {
  /** The id of the claim. */
  readonly claim: string;
  readonly wrong: string;
  readonly verdict: Verdict;
}

/** An entry of fixtures/mutants. */
interface Planted {
  readonly killedBy: string;
  readonly description: string;
}

/** Compiled commands stand in dist/src/cli; fixtures are shipped as they are. */
async function planted(directory: string): Promise<CaughtMutant[]> {
  const { href } = new URL(`../../../fixtures/mutants/${directory}/index.js`, import.meta.url);
  const { mutants } = (await import(href)) as { mutants: readonly Planted[] };
  return mutants.map(({ killedBy, description }) => ({ claim: killedBy, wrong: description, verdict: 'violated' }));
}

/**
 * Every mutant of the suite with the claim that must find it out. Each is run by the tests: those of claims and of implementations one by one,
 * those of functions by the claim kill-matrix.
 */
export async function claimMutants(): Promise<readonly CaughtMutant[]> {
  const own = [...propertyMutants, ...theoremMutants].map(({ claim: { id }, ...rest }) => ({ ...rest, claim: id }));
  return [...own, ...(await planted('functions')), ...(await planted('javascript'))];
}
