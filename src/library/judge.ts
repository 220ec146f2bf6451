import { properties } from '../../properties/index.js';
import type { Budget, Claim } from '../claims/claim.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { type CheckedClaim, runClaims } from '../claims/run-claims.js';
import { requireOptions } from '../claims/text.js';
import type { RunRecord } from '../report/record/run-record.js';
import { type BudgetOptions, budgetOptions, createBudget } from './budget.js';
import { claimsFor, recordOf } from './judging.js';

/** Which claims are judged, and how thoroughly. */
export interface JudgeOptions extends BudgetOptions {
  /** Ids of claims, separated by commas, `*` for any text and `?` for one character; all that apply if left out. */
  readonly claims?: string;
  /** Claims beside those of the suite, e.g. `theorems` of `signprox/paper`, two of which bound the iterates of SPGM and signProx. */
  readonly also?: readonly Claim[];
  /** Whether failures for extreme questions alone (weight 0, 10³⁰⁰, …) and bounds that are only not refuted count as failures. */
  readonly strict?: boolean;
}

/**
 * The claims that apply to an implementation, as it describes itself.
 *
 * @throws RangeError for a pattern that matches no claim
 */
export function applicableClaims(
  implementation: Implementation,
  { claims, also = [] }: JudgeOptions,
): readonly Claim[] {
  return claimsFor([...properties, ...also], implementation, claims);
}

/**
 * Judges an implementation by the claims that apply to it, one after another, and returns the record that all reports are made of.
 *
 * Record and exit code are those of `signprox guard`, which takes the theorems of the paper too: 0 if nothing fails, 1 if a claim fails, 3 if the implementation does not
 * answer, 6 if no claim applies. Nothing is written to disk. The same seed gives the same record, except `timing`.
 *
 * @throws RangeError for a pattern that matches no claim, and for an invalid depth or seed; TypeError for an unknown option
 * @example
 * const record = await judge(await loadModule('fixtures/adapters/javascript/adapter.js'), { claims: 'eq6-prox' });
 * assert.equal(record.exitCode, 0);
 * assert.equal(subjectsOf(record).subjects.find(({ subject }) => subject === 'prox of l1').verdict, 'right');
 */
export async function judge(implementation: Implementation, options: JudgeOptions = {}): Promise<RunRecord> {
  const budget = judgingBudget('judge', options);
  const startedAt = new Date();
  try {
    const checked = await runClaims(applicableClaims(implementation, options), implementation, budget);
    return recordHere(implementation, checked, options, startedAt);
  } finally {
    await budget.executor.close();
  }
}

/** The budget of a judgement from within a program. */
export function judgingBudget(owner: string, options: JudgeOptions): Budget {
  requireOptions(owner, options, { claims: true, also: true, strict: true, ...budgetOptions } satisfies Record<
    keyof JudgeOptions,
    true
  >);
  const { claims: _, also: __, strict: ___, ...ofBudget } = options;
  return createBudget(ofBudget);
}

/** The record of claims that were checked by this program. */
export function recordHere(
  implementation: Implementation,
  checked: readonly CheckedClaim[],
  options: JudgeOptions,
  startedAt: Date,
): RunRecord {
  const environment = { node: process.version, platform: `${process.platform}-${process.arch}` };
  return recordOf(implementation, checked, options, startedAt, environment);
}
