import type { Budget, Claim, Depth } from '../../src/claims/claim.js';
import { claimInPieces, eventLoopTurns } from '../../src/claims/claim-in-pieces.js';
import { type ClaimOf, claimOf } from '../../src/claims/claim-mutant.js';
import type { Finding, KillMatrix, Part } from '../../src/claims/evidence.js';
import { definedMutants, type FunctionMutant, plantDefect } from '../../src/claims/implementation/planted-defect.js';
import { deriveSeed } from '../../src/claims/seed.js';
import { plural } from '../../src/claims/text.js';
import { wrapperTypes } from '../../src/judging/arbitraries/function-specification.js';
import {
  calculusFenchelYoungClaim as calculusFenchelYoung,
  calculusInPlaceClaim as calculusInPlace,
  calculusMoreauClaim as calculusMoreau,
  calculusResidualsClaim as calculusResiduals,
  calculusRulesClaim as calculusRules,
} from '../calculus/calculus.js';
import { calculusIdentitiesClaim as calculusIdentities, identityPartners } from '../calculus/calculus-identities.js';
import { claim as eq6 } from '../prox/eq6-prox.js';
import {
  functionGradientsClaim as functionGradients,
  functionValuesClaim as functionValues,
} from '../prox/function-answers.js';
import {
  proxCyclicallyMonotoneClaim as proxCyclicallyMonotone,
  proxEnvelopeGradientClaim as proxEnvelopeGradient,
  proxFirmlyNonexpansiveClaim as proxFirmlyNonexpansive,
  proxFirstOrderClaim as proxFirstOrder,
  proxGlobalMinimiserClaim as proxGlobalMinimiser,
  proxJacobianClaim as proxJacobian,
  proxUniqueMinimiserClaim as proxUniqueMinimiser,
  proxVariationalInequalityClaim as proxVariationalInequality,
} from '../prox/inequalities.js';
import { inputsUnchangedClaim as inputsUnchanged, proxValuesClaim as proxValues } from '../prox/numbers.js';
import {
  proxAverageMixedClaim as proxAverageMixed,
  proxSeparableClaim as proxSeparable,
  proxSetsClaim as proxSets,
  proxSymmetriesClaim as proxSymmetries,
} from '../prox/structure.js';

/** Claims about single functions, in the order of the columns. */
export const judges: readonly Claim[] = [
  eq6,
  proxVariationalInequality,
  proxUniqueMinimiser,
  proxGlobalMinimiser,
  proxFirstOrder,
  proxFirmlyNonexpansive,
  proxCyclicallyMonotone,
  proxJacobian,
  proxEnvelopeGradient,
  proxSets,
  proxSeparable,
  proxSymmetries,
  proxAverageMixed,
  proxValues,
  calculusMoreau,
  calculusFenchelYoung,
  calculusRules,
  calculusIdentities,
  calculusResiduals,
  calculusInPlace,
  functionValues,
  functionGradients,
  inputsUnchanged,
];

/** Judges with a part of its own for every wrapper: the bare function is enough for them. */
const alone: readonly Claim[] = [eq6, functionValues, functionGradients, inputsUnchanged];

/** Simple functions to put inside of a wrapper that is wrong. */
const insides = ['l1', 'l2', 'quadratic', 'huber', 'box', 'hinge'];

/** Types that a judge meets: the wrong one, and what it needs beside it. */
export function typesFor({ type }: FunctionMutant, judge: Claim): readonly string[] {
  if (judge === calculusIdentities) return identityPartners(type);
  if (wrapperTypes.includes(type)) return [type, ...insides];
  if (judge === proxAverageMixed) return [type, 'l1', 'huber'];
  return alone.includes(judge) ? [type] : [type, ...wrapperTypes];
}

/** Judges that a mutant meets at standard depth beside the one named for it. */
const drawn = 2;

/** The judge named for the mutant, then others: none at quick depth, all of them at deep, a few drawn by the seed between. */
function judgesFor({ name, killedBy }: FunctionMutant, { depth, seed }: Budget): readonly Claim[] {
  const named = judges.filter(({ id }) => id === killedBy);
  const rest = judges.filter(({ id }) => id !== killedBy);
  if (depth === 'deep') return [...named, ...rest];
  const order = new Map(rest.map((judge) => [judge, deriveSeed(seed, judge.id, claim.version, name)]));
  rest.sort((a, b) => order.get(a)! - order.get(b)!);
  return [...named, ...rest.slice(0, depth === 'quick' ? 0 : drawn)];
}

/** Whether the judge finds the mutant with the cases of a depth. */
export async function kills(judge: Claim, mutant: FunctionMutant, depth: Depth, budget: Budget): Promise<boolean> {
  const implementation = plantDefect(mutant, typesFor(mutant, judge));
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

async function rowOf(mutant: FunctionMutant, budget: Budget): Promise<MutantRow> {
  budget.progress?.(mutant.name);
  const turn = eventLoopTurns();
  const caught: string[] = [];
  const missed: string[] = [];
  for (const judge of judgesFor(mutant, budget)) {
    budget.signal?.throwIfAborted();
    await turn();
    // The claim named for it finds it in a run as everybody runs it; which others do is for the matrix.
    const depth = judge.id === mutant.killedBy || budget.depth === 'deep' ? 'standard' : 'quick';
    ((await kills(judge, mutant, depth, budget)) ? caught : missed).push(judge.id);
  }
  const { name, killedBy } = mutant;
  if (caught.includes(killedBy)) return { name, killedBy, caught, missed };
  // Which claim to name for it instead: the others are tried as the one named for it was.
  for (const judge of judges.filter(({ id }) => id !== killedBy && !caught.includes(id))) {
    budget.signal?.throwIfAborted();
    await turn();
    if (await kills(judge, mutant, 'standard', budget)) caught.push(judge.id);
  }
  return { name, killedBy, caught, missed: judges.map(({ id }) => id).filter((id) => !caught.includes(id)) };
}

/** A mutant that the claim named for it missed: that claim, and those that caught it. */
const survivor = ({ name, killedBy, caught }: MutantRow): string =>
  `${name} (missed by ${killedBy}, caught by ${caught.length > 0 ? caught.join(', ') : 'no claim about functions'})`;

function matrixOf(rows: readonly MutantRow[], mutants: readonly FunctionMutant[]): Finding {
  const tried = ({ caught, missed }: MutantRow): number => caught.length + missed.length;
  const parts = rows.map((row, i): Part => {
    const { name, killedBy, caught } = row;
    const killed = caught.includes(killedBy);
    return {
      name,
      verdict: killed ? 'holds' : 'violated',
      cases: tried(row),
      worstRatio: 0,
      reason: `${mutants[i]!.description}: ${killed ? 'caught' : 'missed'} by ${killedBy}`,
    };
  });
  const cells = rows.reduce((sum, row) => sum + tried(row), 0);
  const survivors = rows.filter(({ killedBy, caught }) => !caught.includes(killedBy)).map(survivor);
  return {
    verdict: survivors.length === 0 ? 'holds' : 'violated',
    reason:
      survivors.length === 0
        ? `${plural(rows.length, 'mutant')}, each caught by the claim named for it; ${cells} of the ${rows.length * judges.length} cells tried`
        : `not caught by the claim named for them: ${survivors.join(', ')}`,
    cases: cells,
    parts,
    matrix: { claims: judges.map(({ id }) => id), mutants: rows },
  };
}

/**
 * The checks can fail: wrong proxes, values and residual forms, planted one at a time into the reference, and each caught by the claim
 * named for it. At deep depth every claim is tried on every mutant: the matrix says which claims can see what.
 */
export const claim: ClaimOf<{ readonly planted: () => readonly FunctionMutant[] }> = claimOf(
  { planted: definedMutants },
  ({ planted }) =>
    claimInPieces(
      {
        id: 'kill-matrix',
        version: 1,
        source: { section: '1', equation: '(6)' },
        statement: 'every planted wrong function is caught by the claim named for it',
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
