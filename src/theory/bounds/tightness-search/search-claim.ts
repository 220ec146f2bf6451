import fc from 'fast-check';
import type { Budget, Claim, Depth } from '../../../claims/claim.js';
import { type ClaimFacts, claimInPieces } from '../../../claims/claim-in-pieces.js';
import { claimMaker } from '../../../claims/claim-mutant.js';
import type { CaseRecord, Finding, Part, RowFinding } from '../../../claims/evidence.js';
import { decodeExact, encodeExact } from '../../../claims/exact-encoding.js';
import { deriveSeed } from '../../../claims/seed.js';
import type { Verdict } from '../../../claims/verdict.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { enclosedRow } from '../bound-row.js';
import { type Comparison, inPlaceOfSampling } from '../comparison.js';
import { describeFamily, type Family, families, quadratics } from './family.js';
import { type Evaluation, evaluate, ratioName, searchFamily, searchListed } from './search.js';

/** The extent of the search: T, the number of families for each T in addition to the quadratics, and the evaluations of each family. */
const effort: Readonly<
  Record<Depth, { readonly iterations: readonly number[]; readonly drawn: number; readonly evaluations: number }>
> = {
  quick: { iterations: [1, 4], drawn: 1, evaluations: 40 },
  standard: { iterations: [1, 4, 16, 64], drawn: 1, evaluations: 50 },
  deep: { iterations: [1, 4, 16, 64, 256], drawn: 24, evaluations: 300 },
};

/** T at which the listed problems are tried. They need few evaluations, so that large T are among these: some theorems fail there only. */
const listedByDepth: Readonly<Record<Depth, readonly number[]>> = {
  quick: [1, 2, 4, 16, 64, 256],
  standard: [1, 2, 3, 4, 16, 64, 256, 1024],
  deep: [1, 2, 3, 4, 8, 16, 64, 100, 256, 1024, 4096],
};

/** T that a theorem is about: those from `from` on, and `from` in place of the smaller ones. */
export const fromOn = (iterations: readonly number[], from = 1): readonly number[] => [
  ...new Set(iterations.map((T) => Math.max(T, from))),
];

/** What a search for the tightest instance of a theorem is about. */
export interface TightnessSearch extends Pick<Claim, 'id' | 'version'> {
  readonly theorem: Theorem;
  /** The word for the theorem after `signprox bounds --theorem`. */
  readonly word: string;
  /** Evaluations of each family, instead of the depth's. */
  readonly evaluations?: number;
  /** T, instead of the depth's. */
  readonly iterations?: readonly number[];
  /** Problems that are tried at T beside those that the search finds. */
  listed(theorem: Theorem, iterations: number): readonly BoundInstance[];
  /** T at which these are tried, instead of the depth's. */
  readonly listedAt?: readonly number[];
}

/** The tightest instance of a search. */
interface Tightest {
  readonly ratio: number;
  readonly instance: BoundInstance;
  readonly row: RowFinding;
}

/** The result of the search of one family. */
interface FamilyFound {
  readonly evaluations: number;
  readonly tightest: Tightest | undefined;
}

/** One family at one T, or the listed problems. */
interface FamilySearch {
  readonly iterations: number;
  readonly family: Family | 'listed';
}

/** The largest ratio for one T. */
interface SearchedFamily extends FamilyFound {
  readonly iterations: number;
  /** Families searched, in words; none for a saved case. */
  readonly searched: readonly string[];
  /** An instance of an earlier failure, instead of a search. */
  readonly saved?: true;
}

/**
 * A search for the instance on which a theorem is tightest, for each T: dividing rectangles over curvatures, start and noise, with left sides of the
 * exact engines, for quadratics and for families drawn by fast-check, which have other shapes, K up to 3 and n up to 2. A ratio above 1 refutes the
 * theorem; otherwise the ratio is a lower bound of the best constant.
 */
export const tightnessSearchClaim = claimMaker((search: TightnessSearch): Claim => {
  const { id, version, theorem } = search;
  const facts: ClaimFacts = {
    id,
    version,
    source: theorem.source,
    statement: `no instance that the search can find exceeds the bound of ${theorem.source.equation}; the tightest one is reported for every T`,
    method:
      'dividing rectangles (DIRECT) over curvatures, starts, size, rarity and shape of the noise, on left sides of the exact engines; further families drawn by fast-check: shapes of d and r, K up to 3, n up to 2, sgn(0); listed problems on which bounds of gradient methods are attained, plateaus, kinks and noise, up to large T',
    hypotheses: theorem.hypotheses,
    requires: { referenceOnly: true },
  };
  return claimInPieces(facts, {
    plan: (_implementation, budget) => (budget.replayOnly === true ? [] : searches(search, budget)),
    decide: (each: FamilySearch, _implementation, budget) => searchOne(search, each, budget),
    conclude: (found, budget, planned) =>
      evidenceOf(search.theorem, [...savedOutcomes(search, budget), ...outcomesOf(planned, found)]),
  });
});

/** The families to search, and the listed problems, for each T. */
function searches(search: TightnessSearch, { depth, seed }: Budget): FamilySearch[] {
  const { id, version, theorem, iterations } = search;
  const { listedAt = fromOn(listedByDepth[depth], theorem.from) } = search;
  const found = (iterations ?? fromOn(effort[depth].iterations, theorem.from)).flatMap((T) => {
    const own = deriveSeed(seed, id, version, `families, T = ${T}`);
    const drawn = fc.sample(families(gradientsFor(theorem, T)), { numRuns: effort[depth].drawn, seed: own });
    return [...quadratics, ...drawn].map((family): FamilySearch => ({ iterations: T, family }));
  });
  return [...found, ...listedAt.map((T): FamilySearch => ({ iterations: T, family: 'listed' }))].toSorted(
    (a, b) => a.iterations - b.iterations,
  );
}

const wordsFor = (family: FamilySearch['family']): string =>
  family === 'listed' ? 'listed problems' : describeFamily(family);

async function searchOne(
  search: TightnessSearch,
  { iterations, family }: FamilySearch,
  { depth, progress, signal }: Budget,
): Promise<FamilyFound> {
  progress?.(`T = ${iterations}, ${wordsFor(family)}`);
  const { theorem, evaluations = effort[depth].evaluations } = search;
  const found =
    family === 'listed'
      ? await searchListed({ theorem, iterations, listed: search.listed(theorem, iterations), signal })
      : await searchFamily({ theorem, iterations, family, evaluations, signal });
  return { evaluations: found.evaluations, tightest: found.tightest && tightestOf(search, iterations, found.tightest) };
}

function outcomesOf(planned: readonly FamilySearch[], found: readonly FamilyFound[]): SearchedFamily[] {
  return [...new Set(planned.map(({ iterations }) => iterations))].map((iterations) => {
    const own = [...planned.keys()].filter((i) => planned[i]!.iterations === iterations);
    return {
      iterations,
      evaluations: own.reduce((total, i) => total + found[i]!.evaluations, 0),
      tightest: own.map((i) => found[i]!.tightest).reduce(tighter),
      searched: own.map((i) => wordsFor(planned[i]!.family)),
    };
  });
}

/** The scope of the engines: the lattice covers everything separable, an enumeration everything rational, the moments everything affine. */
function gradientsFor({ algorithm }: Theorem, iterations: number): Parameters<typeof families>[0] {
  if (algorithm !== 'spgm') return 'any';
  return iterations <= 4 ? 'piecewise-affine' : 'affine';
}

function tighter(a: Tightest | undefined, b: Tightest | undefined): Tightest | undefined {
  return a === undefined || (b !== undefined && b.ratio > a.ratio) ? b : a;
}

/** A saved case: an instance with its T. */
interface SavedInstance extends Omit<BoundInstance, 'name'> {
  readonly iterations: number;
}

function savedOutcomes(search: TightnessSearch, budget: Budget): SearchedFamily[] {
  return (budget.savedCases?.(search.id) ?? []).map(({ input }) => {
    const { iterations, ...instance } = decodeExact(input) as SavedInstance;
    const evaluation = evaluate(search.theorem, { name: 'saved case', ...instance }, iterations);
    const tightest = evaluation && tightestOf(search, iterations, evaluation);
    return { iterations, evaluations: 1, tightest, searched: [], saved: true };
  });
}

function evidenceOf(theorem: Theorem, outcomes: readonly SearchedFamily[]): Finding {
  const rows: RowFinding[] = [];
  const parts: Part[] = [];
  let worst: CaseRecord | undefined;
  for (const outcome of outcomes) {
    const { iterations, evaluations, tightest } = outcome;
    if (tightest !== undefined) rows.push(tightest.row);
    const part = `T = ${iterations}${outcome.saved ? ', saved case' : ''}`;
    const ratio = tightest?.ratio ?? 0;
    parts.push({ name: part, cases: evaluations, worstRatio: ratio, ...judge(outcome) });
    if (tightest === undefined || ratio <= (worst?.ratio ?? 0)) continue;
    const { name: _, ...instance } = tightest.instance;
    worst = {
      ...{ part, ratio },
      input: encodeExact({ iterations, ...instance }),
      explanation: `${ratioName(theorem)} = ${ratio} at T = ${iterations}: ${tightest.row.reproduce}`,
    };
  }
  const verdict = (['violated', 'inconclusive'] as const).find((one) => parts.some((part) => part.verdict === one));
  const tried = parts.filter((part) => part.verdict !== 'not-applicable');
  const table = tried.map(({ name, worstRatio }) => `${worstRatio.toFixed(4)} at ${name}`).join(', ');
  return {
    verdict: verdict ?? (tried.length === 0 ? 'not-applicable' : 'holds'),
    reason:
      tried.length === 0
        ? 'no exact engine applies to any instance of the search'
        : `largest ${ratioName(theorem)} found: ${table}`,
    cases: parts.reduce((total, { cases }) => total + cases, 0),
    ...(worst !== undefined && { worst, ...(verdict === 'violated' && { minimal: worst }) }),
    ...{ parts, rows },
  };
}

/**
 * A left side that is attained may be as near the bound as doubles can tell after many iterations: it refutes nothing. Its enclosure grows with
 * T², as the errors of T iterations do; then its middle is the best estimate, which must not exceed the bound.
 */
const comparison: Comparison = (left, prepared) => {
  const found = inPlaceOfSampling(left, prepared);
  const [lower, upper] = left.interval;
  const { relation, lowerBound, upperBound } = prepared;
  const excessOf = (low: number, high: number) => (relation === 'at-most' ? high / lowerBound : upperBound / low) - 1;
  const middle = lower / 2 + upper / 2;
  const [room, text] = excessOf(middle, middle) <= 2 ** -36 ? [2 ** -20, '2⁻²⁰'] : [2 ** -30, '2⁻³⁰'];
  return found.verdict === 'inconclusive' && excessOf(lower, upper) <= room
    ? { ...found, verdict: 'holds', reason: `the enclosed left side exceeds the bound by ${text} of it at most` }
    : found;
};

/** The tightest instance with its row, whose command is self-contained. */
function tightestOf(
  { word }: TightnessSearch,
  iterations: number,
  { instance, prepared, left, ratio }: Evaluation,
): Tightest {
  const { problem, start, signOfZero = 'zero' } = instance;
  const reproduce = [
    `signprox bounds --theorem ${word} --iterations ${iterations} --engine ${left.engine} --sign-of-zero ${signOfZero}`,
    `--problem '${JSON.stringify(problem)}' --start '${JSON.stringify(start)}'`,
  ].join(' ');
  return { ratio, instance, row: { ...enclosedRow({ instance, iterations, comparison }, prepared, left), reproduce } };
}

/** A search to which no engine applies says nothing. */
function judge({ tightest, searched }: SearchedFamily): { readonly verdict: Verdict; readonly reason: string } {
  if (tightest === undefined) {
    return { verdict: 'not-applicable', reason: 'no exact engine applies to any instance of the search' };
  }
  const { row, instance } = tightest;
  const { problem, start } = instance;
  const where = `${row.reason}, by ${row.engine}: x⁰ = ${start}, ${JSON.stringify(problem)}`;
  const reason = searched.length === 0 ? where : `${where}; searched ${searched.join('; ')}`;
  const isDecided = row.verdict === 'violated' || row.verdict === 'inconclusive';
  return { verdict: isDecided ? row.verdict : 'holds', reason };
}
