import type { Answered, Budget, Claim } from './claim.js';
import type { BoundRow, Evidence, Finding, Refused, RowFinding } from './evidence.js';
import { termOf, typeOfTerm } from './implementation/call.js';
import { type Implementation, ImplementationError, UnsupportedError } from './implementation/implementation.js';
import { joinedRefusals } from './subject-verdicts.js';
import type { Verdict } from './verdict.js';

/** A claim with what its check found. */
export interface CheckedClaim {
  /** The claim. */
  readonly claim: Claim;
  /** What its check found. */
  readonly evidence: Evidence;
}

/** Called before and after every claim, with its place in the list; a promise that `finished` returns is awaited. */
export interface ClaimObserver {
  /** Before a claim is checked. */
  started?(claim: Claim, index: number, total: number): void;
  /** One line about the progress of a claim. */
  progress?(claim: Claim, message: string): void;
  /** After a claim was checked. */
  finished?(checked: CheckedClaim, index: number, total: number): unknown;
}

/** Why a claim does not apply to an implementation, or undefined when it does. */
export function inapplicable(
  { requires }: Pick<Claim, 'requires'>,
  implementation: Implementation,
): string | undefined {
  const { methods = [], algorithms = [], referenceOnly } = requires;
  if (referenceOnly && !implementation.reference) return 'a claim about the paper, judged on the reference only';
  const offered: readonly string[] = [
    ...implementation.description.algorithms,
    ...(implementation.description.statefulAlgorithms ?? []),
  ];
  const missing = [
    ...methods.filter((method) => !implementation.description.methods.includes(method)),
    ...algorithms.filter((algorithm) => !offered.includes(algorithm)),
  ];
  return missing.length === 0 ? undefined : `the implementation does not offer ${missing.join(', ')}`;
}

/** The claims in the order in which they are checked: those about functions alone first, because the others go by what these find wrong. */
export function inCheckingOrder<Of extends Pick<Claim, 'judgesFunctions'>>(claims: readonly Of[]): readonly Of[] {
  return claims.toSorted((a, b) => Number(b.judgesFunctions ?? false) - Number(a.judgesFunctions ?? false));
}

/**
 * Checks claims, one after another or `atOnce` of them side by side, and returns them in the order given; those about functions alone come
 * first, except on the reference, where the others do not use their findings. An implementation that fails to
 * answer leaves evidence that says how; an unexpected error of the suite itself does too, so that one broken check never hides the
 * verdicts of the others. Only aborting throws, after all finished claims have been observed.
 *
 * @example
 * const claim = properties.find(({ id }) => id === 'eq9-proximal-average');
 * const [{ evidence }] = await runClaims([claim], reference, createBudget({ seed: '7' }));
 * assert.equal(evidence.verdict, 'holds');
 */
export async function runClaims(
  claims: readonly Claim[],
  implementation: Implementation,
  budget: Budget,
  observer: ClaimObserver = {},
  atOnce = 1,
): Promise<CheckedClaim[]> {
  const checked: CheckedClaim[] = [];
  const knownWrong = budget.knownWrong ?? new Set<string>();
  const answered = budget.answered ?? new Map<string, Answered>();
  // Lanes share what waits: each takes the next claim when its last one is done.
  const lane = async (waiting: IterableIterator<[number, Claim]>): Promise<void> => {
    for (const [index, claim] of waiting) {
      budget.signal?.throwIfAborted();
      observer.started?.(claim, index, claims.length);
      const progress = (message: string): void => observer.progress?.(claim, message);
      const known = { progress, ...budget, knownWrong, answered };
      const result = { claim, evidence: await checkOne(claim, implementation, known) };
      if (!implementation.reference) addKnownWrong(knownWrong, claim, result.evidence);
      addAnswered(answered, result.evidence);
      budget.signal?.throwIfAborted();
      checked[index] = result;
      await observer.finished?.(result, index, claims.length);
    }
  };
  for (const phase of phasesOf(claims, implementation)) {
    const waiting = phase.values();
    const lanes = await Promise.allSettled(Array.from({ length: atOnce }, () => lane(waiting)));
    for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason;
  }
  return checked;
}

/** The claims with their places, in groups; each group waits for the one before. */
function phasesOf(claims: readonly Claim[], { reference }: Implementation): [number, Claim][][] {
  const all = [...claims.entries()];
  if (reference) return [all];
  return [true, false].map((first) => all.filter(([, claim]) => (claim.judgesFunctions ?? false) === first));
}

async function checkOne(claim: Claim, implementation: Implementation, budget: Budget): Promise<Evidence> {
  const started = performance.now();
  const { rows, ...finding } = await findingOf(claim, implementation, budget);
  const seconds = (performance.now() - started) / 1000;
  const reproduce = budget.reproduce(claim.id);
  return {
    ...finding,
    ...(rows && { rows: rows.map((row) => stampedRow(row, budget.seed, reproduce)) }),
    seed: budget.seed,
    seconds,
    reproduce,
  };
}

/** A row with how anyone can find it again. */
export function stampedRow(row: RowFinding, seed: string, reproduce: string): BoundRow {
  return { trivial: row.engine === 'cap', seed, reproduce, ...row };
}

/** What the check of a claim finds, how it failed included; throws when the budget's signal aborts, and otherwise never. */
export async function findingOf(claim: Claim, implementation: Implementation, budget: Budget): Promise<Finding> {
  const none = (verdict: Verdict, reason: string): Finding => ({ verdict, reason, cases: 0 });
  const missing = inapplicable(claim, implementation);
  if (missing !== undefined) return none('not-applicable', missing);
  try {
    return await claim.check(implementation, budget);
  } catch (error) {
    budget.signal?.throwIfAborted();
    if (error instanceof UnsupportedError) return none('not-applicable', error.message);
    const message = error instanceof Error ? error.message : String(error);
    const kind = error instanceof ImplementationError ? error.kind : 'suite';
    return { ...none('inconclusive', message), failure: { kind, message } };
  }
}

/** Adds what a claim has asked about. */
export function addAnswered(
  answered: Map<string, Answered>,
  { cells = [], parts = [] }: Pick<Evidence, 'cells' | 'parts'>,
): void {
  const add = (name: string, cases: number, refusal: string | undefined, newest?: Refused): void => {
    const earlier = answered.get(name);
    const said = earlier?.refusal ?? refusal;
    const refused = newest === undefined ? earlier?.refused : joinedRefusals(earlier?.refused, newest);
    const more = { ...(said !== undefined && { refusal: said }), ...(refused !== undefined && { refused }) };
    answered.set(name, { cases: (earlier?.cases ?? 0) + cases, ...more });
  };
  for (const { subject, cases, skipped = {}, refused } of cells) add(subject, cases, Object.keys(skipped)[0], refused);
  for (const { name, cases, reason } of parts) {
    if (typeOfTerm(name) !== undefined) add(name, cases, reason);
    const [, variant] = /, variant (.+)$/.exec(name) ?? [];
    if (variant !== undefined) add(`variant ${variant}`, cases, reason);
  }
}

/** Adds the types of functions and the terms `d = …` that a claim about functions alone has found wrong, for ordinary questions; other claims add none. */
export function addKnownWrong(
  knownWrong: Set<string>,
  { judgesFunctions }: Pick<Claim, 'judgesFunctions'>,
  { cells = [] }: Pick<Evidence, 'cells'>,
): void {
  if (!judgesFunctions) return;
  for (const { subject, failing = [] } of cells) {
    for (const { of, extreme } of failing) {
      if (of.length !== 1 || extreme !== undefined) continue;
      knownWrong.add(of[0]!);
      // A gradient is asked for in the same way of a function and of a term.
      if (subject.startsWith('gradient of ')) knownWrong.add(termOf(of[0]!));
    }
  }
}
