import type fc from 'fast-check';
import { AskedSoFar } from '../../claims/asked.js';
import type { Budget, Claim, Depth, SavedCase } from '../../claims/claim.js';
import { claimInPieces } from '../../claims/claim-in-pieces.js';
import type { CaseRecord, Cell, FailingCase, Finding, Part, Refused } from '../../claims/evidence.js';
import { isBuiltOfFunctions, type Subject, termOf } from '../../claims/implementation/call.js';
import { significantDigits } from '../../claims/implementation/dtype.js';
import type { Implementation, ImplementationDescription } from '../../claims/implementation/implementation.js';
import { type Observer, observed } from '../../claims/implementation/observed.js';
import { withinRestrictions } from '../../claims/implementation/within-restrictions.js';
import { deriveSeed } from '../../claims/seed.js';
import { joinedRefusals } from '../../claims/subject-verdicts.js';
import { plural } from '../../claims/text.js';
import type { Verdict } from '../../claims/verdict.js';
import { spendSlots } from '../../statistics/budget.js';
import { neverFixed, neverInOneDraw, neverWithout } from '../arbitraries/restricted.js';
import { checkProperty } from './property-check.js';
import {
  type DescribedResult,
  hasTransforms,
  holdsForwardStep,
  offeredCase,
  type PropertyPart,
  type PropertyResult,
  type PropertyRun,
} from './property-part.js';
import { type DescribedTally, largerCase, smallerCase, type Tally } from './tallies.js';

/** Cases per part. Quick runs under coverage in the test suite, deep is for overnight runs. */
const runsByDepth: Readonly<Record<Depth, number>> = { quick: 60, standard: 300, deep: 5000 };

/** A property claim before it is wrapped: everything a `Claim` has, with `parts` instead of `check`. */
export interface PropertyClaim extends Omit<Claim, 'check'> {
  /**
   * Verdict when every case passes: `proved-exactly` for claims without any tolerance. Their judgements are 0 or Infinity, and a ratio in
   * between, which can only come from a tolerance, is an error.
   */
  readonly success: Extract<Verdict, 'holds' | 'proved-exactly'>;
  /** Multiplies the number of cases: below 1 for expensive judges. */
  readonly effort?: number;
  /** The families of inputs for this implementation. */
  parts(implementation: Implementation, budget: Budget): readonly PropertyPart[] | Promise<readonly PropertyPart[]>;
}

/** A part, the recorder of its cases, and its inputs of earlier failures. */
interface PlannedPart extends Pick<PropertyRun, 'saved'> {
  readonly part: PropertyPart;
  readonly observe: Observer['observe'];
}

/** The result of a part. */
interface DecidedPart {
  readonly result: DescribedResult;
  readonly verdict: Verdict;
}

/**
 * Erases the case type, so that parts about different kinds of cases can be in one list.
 *
 * @example
 * const { default: fc } = await import('fast-check');
 * const l1 = { type: 'l1', weight: 1 };
 * const oddness = (implementation) =>
 *   propertyPart({
 *     name: 'l1',
 *     arbitrary: fc.double({ min: -4, max: 4, noNaN: true }),
 *     async judge(y) {
 *       const proxAt = async (y) => (await implementation.ask({ method: 'prox', function: l1, step: 1, x: Float64Array.of(y) })).x;
 *       const [[u], [v]] = [await proxAt(y), await proxAt(-y)];
 *       return { ratio: u === -v ? 0 : Infinity };
 *     },
 *   });
 * assert.deepEqual(await oddness(reference).judge(3), { ratio: 0 });
 */
export function propertyPart<Case>(part: PropertyPart<Case>): PropertyPart {
  return part as unknown as PropertyPart;
}

/** The part on cases that the implementation offers. */
function offered(part: PropertyPart, description: ImplementationDescription): PropertyPart {
  const change = offeredCase(description);
  if (change === undefined) return part;
  const strata = [part.arbitrary].flat() as readonly fc.Arbitrary<unknown>[];
  // A matrix that was orthogonal may not be so when it is rounded.
  const arbitrary = strata.map((each) =>
    each
      .filter((input) => hasTransforms(change(input)) || !hasTransforms(input))
      .map(change)
      .filter(holdsForwardStep(description.dtype)),
  );
  const { oneDraw = false, withoutHyperparameters = [], fixedHyperparameters = {} } = description.restrictions ?? {};
  const never = [
    ...(oneDraw ? neverInOneDraw : []),
    ...neverWithout(withoutHyperparameters),
    ...neverFixed(fixedHyperparameters),
  ];
  if (never.length === 0 || part.mustReach === undefined) return { ...part, arbitrary };
  return { ...part, arbitrary, mustReach: part.mustReach.filter((category) => !never.includes(category)) };
}

function partVerdict(result: PropertyResult, success: PropertyClaim['success']): Verdict {
  const ratio = result.worst?.ratio ?? 0;
  if (!(ratio <= 1)) return 'violated';
  if (success === 'proved-exactly' && ratio > 0) {
    throw new Error(
      `${result.name} is judged with a tolerance (${ratio} of it), so it cannot be proved exactly: claim 'holds'`,
    );
  }
  if (result.unsupported !== undefined) return 'not-applicable';
  if (result.failure !== undefined || result.unhealthy !== undefined || result.cases === 0) return 'inconclusive';
  return success;
}

function summarise(result: DescribedResult, verdict: Verdict): Part {
  const reason = result.failure?.message ?? result.unsupported ?? result.unhealthy ?? result.late ?? result.thin;
  return {
    name: result.name,
    verdict,
    cases: result.cases,
    worstRatio: result.worst?.ratio ?? 0,
    ...(reason === undefined ? {} : { reason }),
  };
}

function overall(parts: readonly Part[], success: PropertyClaim['success']): Verdict {
  const has = (verdict: Verdict): boolean => parts.some((part) => part.verdict === verdict);
  if (has('violated')) return 'violated';
  if (has('inconclusive')) return 'inconclusive';
  return has(success) ? success : 'not-applicable';
}

/**
 * Wraps a description by parts into a `Claim` whose evidence is the union of its parts.
 *
 * @example
 * const { default: fc } = await import('fast-check');
 * const l1 = { type: 'l1', weight: 1 };
 * const oddness = (implementation) =>
 *   propertyPart({
 *     name: 'l1',
 *     arbitrary: fc.double({ min: -4, max: 4, noNaN: true }),
 *     async judge(y) {
 *       const proxAt = async (y) => (await implementation.ask({ method: 'prox', function: l1, step: 1, x: Float64Array.of(y) })).x;
 *       const [[u], [v]] = [await proxAt(y), await proxAt(-y)];
 *       return { ratio: u === -v ? 0 : Infinity };
 *     },
 *   });
 * const claim = propertyClaim({
 *   id: 'my-oddness',
 *   version: 1,
 *   source: { section: 'mine' },
 *   statement: 'the prox of ‖·‖₁ is odd',
 *   method: 'points and their negatives',
 *   requires: { methods: ['prox'] },
 *   success: 'proved-exactly',
 *   parts: (implementation) => [oddness(implementation)],
 * });
 * const [{ evidence }] = await runClaims([claim], reference, createBudget());
 * assert.equal(evidence.verdict, 'proved-exactly');
 */
export function propertyClaim(claim: PropertyClaim): Claim {
  const { parts: _, success, effort = 1, ...rest } = claim;
  return claimInPieces(rest, {
    async plan(implementation, budget): Promise<PlannedPart[]> {
      const saved = budget.savedCases?.(claim.id) ?? [];
      const { implementation: watched, observe } = observed(implementation);
      const partsAbout = (judged: Implementation) => claim.parts(withinRestrictions(judged), budget);
      const parts = await partsOf(partsAbout, watched, budget.knownWrong);
      return parts
        .map((part) => ({ part, observe, saved: inputsOf(saved, part) }))
        .filter((planned) => budget.replayOnly !== true || planned.saved.length > 0);
    },
    async decide({ part, observe, saved }: PlannedPart, implementation, budget): Promise<DecidedPart> {
      budget.progress?.(part.name);
      const { description } = implementation;
      const { dtype, functions, smooth } = description;
      const wrong = significantDigits(dtype) / 2;
      const result = await checkProperty(offered(part, implementation.description), {
        seed: deriveSeed(budget.seed, claim.id, claim.version, part.name),
        runs: budget.casesOfPart ?? part.runs ?? Math.max(20, Math.round(runsByDepth[budget.depth] * effort)),
        replayOnly: budget.replayOnly === true,
        concurrency: implementation.concurrency ?? 1,
        saved,
        observe,
        keepsAsked: implementation.reference !== true && budget.verdictOnly !== true,
        verdictOnly: budget.verdictOnly === true,
        asFound: budget.asFound === true,
        plainlyWrong: Math.min(6, significantDigits(dtype) - 1),
        gross: 10 ** (significantDigits(dtype) / 2),
        isRounded: dtype !== 'f64',
        // Zero is both an r and a d.
        offers: new Set(functions.filter((type) => type !== 'zero' || smooth.includes(type))),
        ...(budget.millisecondsOfPart && { milliseconds: budget.millisecondsOfPart }),
        ...(budget.timeOfSubject && { timeOfSubject: budget.timeOfSubject }),
        ...(budget.knownWrong && { knownWrong: budget.knownWrong }),
        ...(budget.signal ? { signal: budget.signal } : {}),
        ...silentCases(implementation),
      });
      const subjects = await describedIn(result.subjects, implementation, wrong);
      tellFailure(claim.id, subjects, budget);
      return { result: { ...result, subjects }, verdict: partVerdict(result, success) };
    },
    isEnough: ({ verdict }, { verdictOnly }) => verdictOnly === true && verdict === 'violated',
    conclude(decided, budget, planned): Finding {
      const slots = planned.reduce((sum, { part }) => sum + (part.slots ?? 0), 0);
      const results = decided.map(({ result }) => result);
      const parts = decided.map(({ result, verdict }) => summarise(result, verdict));
      let verdict = overall(parts, success);
      const cases = results.reduce((sum, result) => sum + result.cases, 0);
      const judged = results.filter((result) => result.worst !== undefined);
      const worst = judged.reduce<DescribedResult | undefined>(
        (most, result) => (most === undefined || result.worst!.ratio > most.worst!.ratio ? result : most),
        undefined,
      );
      // A replay may hold one case, and so may what ran out of time; of many, all with the same non-zero ratio, the statistic measures nothing.
      const few = budget.replayOnly === true || judged.some((result) => result.late !== undefined);
      const constant = !few && judged.length > 0 && judged.every((result) => !result.varies);
      if (verdict === 'holds' && constant) verdict = 'inconclusive';
      const silent = results.filter((result) => result.failure !== undefined);
      // How it fails to answer about other subjects says more than that it breaks the protocol at one.
      const failed = silent.find(({ failure }) => failure!.kind !== 'protocol') ?? silent[0];
      const reached: Record<string, number> = {};
      for (const result of results) {
        for (const [category, count] of Object.entries(result.reached)) {
          reached[`reached ${category}`] = (reached[`reached ${category}`] ?? 0) + count;
        }
      }
      const cells = cellsOf(results);
      return {
        verdict,
        reason: constant && verdict === 'inconclusive' ? 'the statistic never varied' : explain(verdict, cases, parts),
        cases,
        ...(worst?.worst ? { worst: worst.worst } : {}),
        ...(worst?.minimal ? { minimal: worst.minimal } : {}),
        parts,
        ...(slots > 0 && { statistical: spendSlots(slots) }),
        ...(cells.length > 0 && { cells }),
        measured: reached,
        ...(failed?.failure && { failure: failed.failure }),
        ...(failed?.unanswered && { unanswered: failed.unanswered }),
      };
    },
  });
}

const describedIn = (tallies: readonly Tally[], speaker: Parameters<Tally['described']>[0], wrong: number) =>
  Promise.all(tallies.map((tally) => tally.described(speaker, wrong)));

/** How cases without an answer are made smaller. */
function silentCases({ again, description }: Implementation): Pick<PropertyRun, 'again' | 'offered'> {
  const offered = offeredCase(description);
  return { ...(again && { again }), ...(offered && { offered }) };
}

/** Tells of the first failure at an ordinary question that nothing built of a wrong function explains. */
function tellFailure(claim: string, subjects: readonly DescribedTally[], { failed, knownWrong }: Budget): void {
  for (const { subject, failing } of failed === undefined ? [] : subjects) {
    const found = failing.find(({ extreme, of }) => extreme === undefined && !of.some((type) => knownWrong?.has(type)));
    if (found !== undefined) failed!(claim, subject.name, found.text);
  }
}

const inputsOf = (saved: readonly SavedCase[], { name }: PropertyPart): unknown[] =>
  saved.filter(({ part }) => part === name).map(({ input }) => input);

function explain(verdict: Verdict, cases: number, parts: readonly Part[]): string {
  const named = (wanted: Verdict): string =>
    parts
      .filter((part) => part.verdict === wanted)
      .map((part) => (part.reason === undefined ? part.name : `${part.name} (${part.reason})`))
      .join(', ');
  if (verdict === 'violated') return `violated by ${named('violated')}`;
  if (verdict === 'inconclusive') return `undecided: ${named('inconclusive')}`;
  if (verdict === 'not-applicable') return `nothing to judge: ${named('not-applicable') || 'no part applies'}`;
  const judged = parts.filter((part) => part.cases > 0).length;
  const figures = `${plural(cases, 'case')} over ${plural(judged, 'part')}`;
  if (verdict === 'proved-exactly') return `${figures}, without a tolerance`;
  const worst = Math.max(0, ...parts.map((part) => part.worstRatio));
  return `${figures}, worst ${worst.toPrecision(2)} of its tolerance`;
}

/**
 * The parts of a claim, from `partsAbout` and a description. Wrappers and problems are built from functions that earlier claims have not found
 * wrong, so that they are judged for themselves; a wrong function is judged alone, and used inside others only if nothing else is left.
 */
async function partsOf(
  partsAbout: (implementation: Implementation) => readonly PropertyPart[] | Promise<readonly PropertyPart[]>,
  implementation: Implementation,
  knownWrong: ReadonlySet<string> = new Set(),
): Promise<readonly PropertyPart[]> {
  const all = await partsAbout(implementation);
  const { description } = implementation;
  const isKnownWrong = (name: string): boolean => knownWrong.has(name);
  const basic = description.functions.filter((type) => !isBuiltOfFunctions(type));
  if (basic.every(isKnownWrong) || ![...basic, ...description.smooth.map(termOf)].some(isKnownWrong)) return all;
  const only = async (accepts: (name: string) => boolean): Promise<ReadonlyMap<string, PropertyPart>> => {
    const functions = description.functions.filter(accepts);
    const smooth = description.smooth.filter((type) => accepts(termOf(type)));
    const parts = await partsAbout({ ...implementation, description: { ...description, functions, smooth } });
    return new Map(parts.map((part) => [part.name, part]));
  };
  const passed = await only((name) => !isKnownWrong(name));
  const alone = await only(isKnownWrong);
  return all.map((part) => passed.get(part.name) ?? alone.get(part.name) ?? part);
}

/** The result of each subject over all parts of a claim, the simplest subjects first. */
function cellsOf(results: readonly DescribedResult[]): Cell[] {
  const found = new Map<string, { subject: Subject; parts: TalliedPart[] }>();
  for (const { subjects, thin, late } of results) {
    for (const result of subjects) {
      const entry = found.get(result.subject.name) ?? { subject: result.subject, parts: [] };
      entry.parts.push({ result, thin, late });
      found.set(result.subject.name, entry);
    }
  }
  const sorted = [...found.values()].sort((one, other) => one.subject.level - other.subject.level);
  return sorted.map(({ subject, parts }) => cellOf(subject.name, parts));
}

/** The result of a subject in one part, and the categories of the part that were not reached. */
interface TalliedPart {
  readonly result: DescribedTally;
  readonly thin: string | undefined;
  readonly late: string | undefined;
}

function cellOf(subject: string, parts: readonly TalliedPart[]): Cell {
  const skipped: Record<string, number> = {};
  const asked = new AskedSoFar();
  const failing: FailingCase[] = [];
  let minimal: CaseRecord | undefined;
  let worst: CaseRecord | undefined;
  let unanswered: CaseRecord | undefined;
  let refusals: Refused | undefined;
  for (const { result } of parts) {
    if (result.refusals) refusals = joinedRefusals(refusals, result.refusals);
    for (const [reason, count] of Object.entries(result.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
    failing.push(...result.failing);
    if (result.asked) asked.add(result.asked);
    if (result.minimal) minimal = smallerCase(minimal, result.minimal);
    if (result.worst) worst = largerCase(worst, result.worst);
    if (result.unanswered) unanswered = smallerCase(unanswered, result.unanswered);
  }
  const refused = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const cases = parts.reduce((sum, { result }) => sum + result.cases, 0);
  // Refused cases of this subject may have been replaced by cases about other subjects of the part.
  const few = refused > cases ? `${cases} of ${plural(cases + refused, 'case')} answered` : undefined;
  const unmet = parts.find((part) => part.thin !== undefined)?.thin ?? few;
  const thin = parts.find((part) => part.late !== undefined)?.late ?? unmet;
  return {
    subject,
    cases,
    worst: Math.max(...parts.map(({ result }) => result.worstRatio)),
    ...(refused > 0 && { skipped }),
    ...(refusals && { refused: refusals }),
    ...(thin !== undefined && { thin }),
    ...(cases > 0 && parts.some(({ result }) => result.asked) && { asked: asked.summary() }),
    ...(minimal && { minimal }),
    ...(worst && { worstCase: worst }),
    ...(unanswered && { unanswered }),
    ...(failing.length > 0 && { failing: failing.sort((one, other) => one.of.length - other.of.length) }),
  };
}
