import { propertyMutants } from '../../properties/mutants/index.js';
import { theoremMutants } from '../../theorems/mutants/index.js';
import { definedMutants } from '../claims/implementation/planted-defect.js';
import type { Verdict } from '../claims/verdict.js';

/** Something wrong that a claim finds out, wherever it is planted: in the claim, in a function of the library, or in an implementation under test. */
export interface CaughtMutant {
  /** The id of the claim. */
  readonly claim: string;
  readonly wrong: string;
  readonly verdict: Verdict;
}

/** What a planted error is named by. */
interface Planted {
  readonly killedBy: string;
  readonly description: string;
}

const caught = ({ killedBy, description }: Planted): CaughtMutant => ({
  claim: killedBy,
  wrong: description,
  verdict: 'violated',
});

/** Compiled commands stand in dist/src/cli; fixtures are shipped as they are. */
const javascript = new URL('../../../fixtures/mutants/javascript/index.js', import.meta.url);

/**
 * Every mutant of the suite with the claim that must find it out. Each is run by the tests: those of claims and of implementations one by one,
 * those of functions by the claim kill-matrix.
 */
export async function claimMutants(): Promise<readonly CaughtMutant[]> {
  const own = [...propertyMutants, ...theoremMutants].map(({ claim: { id }, ...rest }) => ({ ...rest, claim: id }));
  const { mutants } = (await import(javascript.href)) as { mutants: readonly Planted[] };
  return [...own, ...definedMutants().map(caught), ...mutants.map(caught)];
}
