import type { Claim } from '../claims/claim.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { runClaims } from '../claims/run-claims.js';
import { subjectsOf } from '../report/record/subjects.js';
import { failedSubjects, severityText } from '../report/view/subjects.js';
import { printable } from '../report/wording/sanitize.js';
import { applicableClaims, type JudgeOptions, judgingBudget, recordHere } from './judge.js';

/** A function that adds a test: `test` of AVA, node:test, Vitest, Jest or Mocha's `it`. */
export type Register = (title: string, run: (context?: unknown) => Promise<void>) => unknown;

/** Which claims are checked, and how thoroughly, in one thread. */
export type CheckOptions = Omit<JudgeOptions, 'workers'>;

/**
 * Adds a test for each claim that applies to an implementation: the test fails if the claim fails, with the simplest counterexample of
 * every function it is about. A claim that turns out not to apply is skipped if the framework can skip, and else passes.
 *
 * Each claim is judged by itself, so the order and the number of the tests that run change no verdict. An implementation that is wrapped
 * in this process cannot be interrupted: only the framework's time limit can end a call that never returns.
 *
 * @throws RangeError for a pattern that matches no claim, for an invalid depth or seed, and if no claim applies; TypeError for
 *   an option that there is not
 * @example
 * const titles = [];
 * checkClaims((title) => titles.push(title), reference, { claims: 'eq6-prox,eq9-*' });
 * assert.equal(titles[0].startsWith('eq6-prox: '), true);
 */
export function checkClaims(test: Register, implementation: Implementation, options: CheckOptions = {}): void {
  const claims = applicableClaims(implementation, options);
  if (claims.length === 0) {
    throw new RangeError(`no claim applies to ${implementation.description.name}: see what its description offers`);
  }
  // A wrong option is refused here, not by each of the tests.
  judgingBudget('checkClaims', options);
  for (const claim of claims) {
    test(`${claim.id}: ${claim.statement}`, async (context) => {
      const outcome = await check(claim, implementation, options);
      if (outcome.failed !== undefined) throw new Error(outcome.failed);
      conclude(context, outcome.skipped);
    });
  }
}

interface Checked {
  readonly failed?: string;
  readonly skipped?: string;
}

/** Outcomes that do not fail a run; failures for extreme questions alone count only with `strict`. */
const harmless: readonly string[] = ['pass', 'expected', 'extreme'];

async function check(claim: Claim, implementation: Implementation, options: CheckOptions): Promise<Checked> {
  const checked = await runClaims([claim], implementation, judgingBudget('checkClaims', options));
  const record = recordHere(implementation, checked, { ...options, claims: claim.id }, new Date());
  const [{ outcome, evidence }] = record.claims as [(typeof record.claims)[number]];
  if (outcome === 'n/a') return { skipped: evidence.reason };
  if (harmless.includes(outcome)) return {};
  const examples = failedSubjects(subjectsOf(record).subjects).map(
    (subject) => `${subject.subject}: ${severityText(subject)}\n  ${subject.counterexample ?? ''}`,
  );
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
