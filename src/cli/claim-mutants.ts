import { claimAbout, definedMutants } from '../claims/implementation/planted-defect.js';
import type { Verdict } from '../claims/verdict.js';
import { collections } from './collections.js';

/** A planted error that a claim finds: in the claim, in a function of the library, or in an implementation under test. */
export interface CaughtMutant {
  /** The id of the claim. */
  readonly claim: string;
  readonly wrong: string;
  readonly verdict: Verdict;
}

/** The name of a planted error. */
interface Planted {
  readonly killedBy: string;
  readonly description: string;
}

/** Compiled files are in dist/src/cli; fixtures are not compiled. */
const wrongImplementations = new URL('../../../fixtures/mutants/mutants.js', import.meta.url);

/**
 * Every mutant of the suite with the claim that must find it. The tests run mutants of claims and implementations one by one; the claim
 * kill-matrix runs those of functions.
 */
export async function claimMutants(): Promise<readonly CaughtMutant[]> {
  const own = collections.flatMap(({ mutants }) =>
    mutants.map(({ claim: { id }, ...rest }) => ({ ...rest, claim: id })),
  );
  const { mutants } = (await import(wrongImplementations.href)) as { mutants: readonly Planted[] };
  const ofFunctions = definedMutants().filter((mutant) => !('ofForms' in mutant));
  const planted = [...ofFunctions.map((mutant) => ({ ...mutant, killedBy: claimAbout(mutant) })), ...mutants];
  return [
    ...own,
    ...planted.map(({ killedBy, description }) => ({
      claim: killedBy,
      wrong: description,
      verdict: 'violated' as const,
    })),
  ];
}
