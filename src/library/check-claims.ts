import type { Claim } from '../claims/claim.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { askableSubjects } from '../claims/offered-subjects.js';
import { runClaims } from '../claims/run-claims.js';
import { claimsApart, countedFailures, type SubjectRecord, subjectsOf } from '../report/record/subjects.js';
import { failedSubjects, severityText } from '../report/view/subjects.js';
import { printable } from '../report/wording/sanitize.js';
import { applicableClaims, type JudgeOptions, judgingBudget, recordHere } from './judge.js';

/** A function that adds a test: `test` of AVA, node:test, Vitest, Jest or Mocha's `it`. */
export type Register = (title: string, run: (context?: unknown) => Promise<void>) => unknown;

/** Which claims are checked, and how thoroughly, in one thread. */
export type CheckOptions = Omit<JudgeOptions, 'workers'> & {
  /** `subjects`: a test for each function and method, such as `prox of l1`, in place of one for each claim. */
  readonly by?: 'claims' | 'subjects';
};

/**
 * Adds a test for each claim that applies to an implementation: the test fails if the claim fails, with the simplest counterexample of
 * every function it is about. A claim that turns out not to apply is skipped if the framework can skip, and else passes.
 *
 * Each claim is judged by itself, so the order and the number of the tests that run change no verdict. An implementation that is wrapped
 * in this process cannot be interrupted: only the framework's time limit can end a call that never returns.
 *
 * With `by: 'subjects'` there is a test for each subject that is offered, and one for the claims that fail about none. The first of them to run
 * judges all claims together, once, so it takes the time of all. A subject that only fails because of another one, or that no question was
 * asked about, is skipped.
 *
 * @throws RangeError for a pattern that matches no claim, for an invalid depth, seed or `by`, and if no claim applies; TypeError for
 *   an option that there is not
 * @example
 * const titles = [];
 * checkClaims((title) => titles.push(title), reference, { claims: 'eq6-prox,eq9-*' });
 * assert.equal(titles[0].startsWith('eq6-prox: '), true);
 */
export function checkClaims(test: Register, implementation: Implementation, given: CheckOptions = {}): void {
  const { by = 'claims', ...options } = given;
  const claims = applicableClaims(implementation, options);
  if (claims.length === 0) {
    throw new RangeError(`no claim applies to ${implementation.description.name}: see what its description offers`);
  }
  // A wrong option is refused here, not by each of the tests.
  judgingBudget('checkClaims', options);
  if (by === 'subjects') {
    testSubjects(test, implementation, claims, options);
    return;
  }
  if (by !== 'claims') throw new RangeError(`by is '${String(by)}': give 'claims' or 'subjects'`);
  for (const claim of claims) {
    test(`${claim.id}: ${claim.statement}`, async (context) => {
      const outcome = await check(claim, implementation, options);
      if (outcome.failed !== undefined) throw new Error(outcome.failed);
      conclude(context, outcome.skipped);
    });
  }
}

/** The title of the test of the claims that fail through no subject's fault. */
const others = 'claims about no subject';

function testSubjects(
  test: Register,
  implementation: Implementation,
  claims: readonly Claim[],
  options: Omit<CheckOptions, 'by'>,
): void {
  let judged: Promise<ReadonlyMap<string, Checked>> | undefined;
  const judgeAll = async (): Promise<ReadonlyMap<string, Checked>> => {
    const checked = await runClaims(claims, implementation, judgingBudget('checkClaims', options));
    const record = recordHere(implementation, checked, options, new Date());
    const { subjects } = subjectsOf(record);
    const counted = countedFailures(record);
    const apart = claimsApart(record, subjects).map(({ id, evidence }) => `${id}: ${evidence.reason}`);
    return new Map([
      ...subjects.map((subject): [string, Checked] => [subject.subject, outcomeOf(subject, counted)]),
      [others, apart.length > 0 ? { failed: printable(apart.join('\n')) } : {}],
    ]);
  };
  for (const title of [...askableSubjects(implementation.description), others]) {
    test(title, async (context) => {
      judged ??= judgeAll();
      const { failed, skipped } = (await judged).get(title) ?? { skipped: 'no question was asked about it' };
      if (failed !== undefined) throw new Error(failed);
      conclude(context, skipped);
    });
  }
}

function outcomeOf(subject: SubjectRecord, counted: readonly string[]): Checked {
  if (counted.includes(subject.subject)) return { failed: printable(failureText(subject)) };
  if (subject.of !== undefined) return { skipped: `follows from ${subject.of.join(', ')}` };
  const unanswered = ['not-offered', 'not-asked', 'refuses'].includes(subject.verdict);
  return unanswered ? { skipped: subject.why ?? Object.keys(subject.skipped)[0] ?? subject.verdict } : {};
}

const failureText = (subject: SubjectRecord): string =>
  `${subject.subject}: ${severityText(subject)}\n  ${subject.counterexample ?? ''}`;

interface Checked {
  readonly failed?: string;
  readonly skipped?: string;
}

/** Outcomes that do not fail a run; failures for extreme questions alone count only with `strict`. */
const harmless: readonly string[] = ['pass', 'expected', 'extreme'];

async function check(
  claim: Claim,
  implementation: Implementation,
  options: Omit<CheckOptions, 'by'>,
): Promise<Checked> {
  const checked = await runClaims([claim], implementation, judgingBudget('checkClaims', options));
  const record = recordHere(implementation, checked, { ...options, claims: claim.id }, new Date());
  const [{ outcome, evidence }] = record.claims as [(typeof record.claims)[number]];
  if (outcome === 'n/a') return { skipped: evidence.reason };
  if (harmless.includes(outcome)) return {};
  const examples = failedSubjects(subjectsOf(record).subjects).map(failureText);
  const kept = evidence.minimal?.explanation;
  const lines = examples.length > 0 ? examples : kept === undefined ? [] : [kept];
  return {
    failed: printable(
      [`${evidence.verdict}: ${evidence.reason}`, ...lines, `reproduce: ${evidence.reproduce}`].join('\n'),
    ),
  };
}

/** Reports to the framework that the test has passed, if it takes reports, or why it is skipped. */
function conclude(context: unknown, skipped: string | undefined): void {
  const told = context as { pass?: (message?: string) => void; skip?: (reason: string) => void } | undefined;
  if (skipped !== undefined && typeof told?.skip === 'function') told.skip(skipped);
  else if (typeof told?.pass === 'function') told.pass(skipped);
}
