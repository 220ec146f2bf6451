import type { Budget, Claim, Depth } from '../../src/claims/claim.js';
import { claimInPieces, eventLoopTurns } from '../../src/claims/claim-in-pieces.js';
import { type ClaimOf, claimOf } from '../../src/claims/claim-mutant.js';
import type { Finding, KillMatrix, Part } from '../../src/claims/evidence.js';
import {
  claimAbout,
  definedMutants,
  type FunctionMutant,
  plantDefect,
} from '../../src/claims/implementation/planted-defect.js';
import { plural } from '../../src/claims/text.js';
import { wrapperTypes } from '../../src/judging/arbitraries/function-specification.js';
import { claim as eq6 } from '../prox/eq6-prox.js';
import { functionGradientsClaim, functionValuesClaim } from '../prox/function-answers.js';
import { inputsUnchangedClaim } from '../prox/numbers.js';

/** Claims about single functions, in the order in which they are tried and of the columns. */
export const judges: readonly Claim[] = [eq6, functionValuesClaim, functionGradientsClaim, inputsUnchangedClaim];

/** Simple functions to put inside of a wrapper that is wrong. */
const insides = ['l1', 'l2', 'quadratic', 'huber', 'box', 'hinge'];

/** Types that a judge meets: the wrong one, and what it needs inside. */
export const typesFor = (type: string): readonly string[] =>
  wrapperTypes.includes(type) ? [type, ...insides] : [type];

/** What asks for the prox, the values and the gradients can find; the others are for the test of the forms of a function. */
const askedMutants = (): readonly FunctionMutant[] => definedMutants().filter((mutant) => !('ofForms' in mutant));

/** Whether the judge finds the mutant with the cases of a depth. */
export async function kills(judge: Claim, mutant: FunctionMutant, depth: Depth, budget: Budget): Promise<boolean> {
  const implementation = plantDefect(mutant, typesFor(mutant.type));
  const { seed, executor, reproduce, signal } = budget;
  const own: Budget = {
    depth,
    seed,
    executor,
    reproduce,
    verdictOnly: true,
    ...(signal && { signal }),
  };
  return (await judge.check(implementation, own)).verdict === 'violated';
}

/** Which judges found a mutant, in the order in which they were tried. */
type MutantRow = KillMatrix['mutants'][number];

/** Tries the judges until one finds the mutant, at deep depth all of them; first the one that is about what is wrong. */
async function rowOf(mutant: FunctionMutant, budget: Budget): Promise<MutantRow> {
  budget.progress?.(mutant.name);
  const turn = eventLoopTurns();
  const caught: string[] = [];
  const missed: string[] = [];
  const about = claimAbout(mutant);
  const isFirst = ({ id }: Claim): boolean => id === about;
  for (const judge of judges.toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)))) {
    if (caught.length > 0 && budget.depth !== 'deep') break;
    budget.signal?.throwIfAborted();
    await turn();
    // Most show in the few cases of a first look; what does not is asked as everybody asks.
    const isFound = (await kills(judge, mutant, 'quick', budget)) || (await kills(judge, mutant, 'standard', budget));
    (isFound ? caught : missed).push(judge.id);
  }
  return { name: mutant.name, killedBy: (caught[0] ?? missed[0])!, caught, missed };
}

function matrixOf(rows: readonly MutantRow[], mutants: readonly FunctionMutant[]): Finding {
  const tried = ({ caught, missed }: MutantRow): number => caught.length + missed.length;
  const parts = rows.map((row, i): Part => {
    const { name, caught } = row;
    return {
      name,
      verdict: caught.length > 0 ? 'holds' : 'violated',
      cases: tried(row),
      worstRatio: 0,
      reason: `${mutants[i]!.description}: ${caught.length > 0 ? `caught by ${caught[0]}` : 'missed'}`,
    };
  });
  const cells = rows.reduce((sum, row) => sum + tried(row), 0);
  const survivors = rows.filter(({ caught }) => caught.length === 0).map(({ name }) => name);
  return {
    verdict: survivors.length === 0 ? 'holds' : 'violated',
    reason:
      survivors.length === 0
        ? `${plural(rows.length, 'mutant')}, each caught; ${cells} of the ${rows.length * judges.length} cells tried`
        : `caught by no claim about functions: ${survivors.join(', ')}`,
    cases: cells,
    parts,
    matrix: { claims: judges.map(({ id }) => id), mutants: rows },
  };
}

/**
 * The checks can fail: wrong proxes, values and gradients, planted one at a time into the reference, and each caught by one of the claims about
 * functions. At deep depth every claim is tried on every mutant: the matrix says which claims can see what.
 */
export const claim: ClaimOf<{ readonly planted: () => readonly FunctionMutant[] }> = claimOf(
  { planted: askedMutants },
  ({ planted }) =>
    claimInPieces(
      {
        id: 'kill-matrix',
        version: 2,
        source: { section: '1', equation: '(6)' },
        statement: 'every planted wrong function is caught by a claim about functions',
        method: 'wrong formulas replace the library’s, one at a time; reports show the matrix of mutants and claims',
        requires: { referenceOnly: true },
      },
      {
        plan: () => planted(),
        decide: (mutant, _implementation, budget) => rowOf(mutant, budget),
        conclude: (rows: readonly MutantRow[], _budget, mutants) => matrixOf(rows, mutants),
      },
    ),
);
