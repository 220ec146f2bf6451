import type { BoundRow, Finding } from '../../claims/evidence.js';
import type { Verdict } from '../../claims/verdict.js';

/** Verdicts that count as success when a claim does not list its own. */
export const successVerdicts: readonly Verdict[] = ['proved-exactly', 'holds', 'holds-within-rho'];

/**
 * Accepted verdicts for rows about a user's problem or theorem: without a cap, `not-refuted` is the best possible. A claim of the suite must list
 * it to accept it, and `--strict` accepts it nowhere.
 */
export const userVerdicts: readonly Verdict[] = [...successVerdicts, 'not-refuted'];

/** The accepted verdicts that `--strict` accepts too: not `illustrated` if a part is inconclusive, as when everything was refused. */
export function strictly(
  accepted: readonly Verdict[],
  { parts = [] }: Pick<Finding, 'parts'> = {},
): readonly Verdict[] {
  const isOpen = parts.some(({ verdict }) => verdict === 'inconclusive');
  return accepted.filter((verdict) => verdict !== 'not-refuted' && !(isOpen && verdict === 'illustrated'));
}

/**
 * The consequence of a verdict for the run. pass: a success verdict that the claim accepts · expected: any other verdict that the claim
 * lists (silent, not-refuted, misprint, needed, illustrated, or violated for a planted error): counted separately, because an instance outside a
 * theorem's hypotheses is never a pass · fail: a verdict that the claim does not accept · error, timeout, crash: the
 * implementation did not answer something that the claim asks · protocol: communication with it failed · suite-error: the check itself failed ·
 * extreme: only cases outside of the usual range fail · follows: it fails only where one of its building blocks fails ·
 * n/a: the implementation does not offer what the claim needs · xfail: a known failure failed · xpass: a known failure passed.
 *
 * @useDeclaredType
 */
export type Outcome = keyof typeof codeOfOutcome;

/** Outcomes of a claim that fails. */
export const failingOutcomes: readonly Outcome[] = ['fail', 'error', 'timeout', 'crash', 'protocol'];

/** Whether a claim has failed, so that every reader must see it. */
export function isTrouble({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === 'suite-error' || outcome === 'xpass' || failingOutcomes.includes(outcome);
}

/**
 * The outcome of one claim: from its evidence, the verdicts that it accepts, whether it is known to fail, and the outcome of its failing cells if
 * that is less than a failure.
 */
export function outcomeOf(
  evidence: Pick<Finding, 'verdict' | 'failure'>,
  expected: readonly Verdict[] = successVerdicts,
  knownToFail = false,
  settled?: Outcome,
): Outcome {
  const found = undeclaredOutcome(evidence, expected);
  const outcome = settled !== undefined && failingOutcomes.includes(found) ? settled : found;
  if (!knownToFail || outcome === 'n/a') return outcome;
  return outcome === 'pass' || outcome === 'expected' ? 'xpass' : 'xfail';
}

function undeclaredOutcome(evidence: Pick<Finding, 'verdict' | 'failure'>, expected: readonly Verdict[]): Outcome {
  const { failure, verdict } = evidence;
  if (verdict === 'violated' && !expected.includes(verdict)) return 'fail';
  // A result of another shape is a wrong answer.
  if (failure?.kind === 'shape') return 'fail';
  if (failure !== undefined) return failure.kind === 'suite' ? 'suite-error' : failure.kind;
  if (verdict === 'not-applicable') return 'n/a';
  if (!expected.includes(verdict)) return 'fail';
  return successVerdicts.includes(verdict) ? 'pass' : 'expected';
}

/** Exit codes of every command. */
export const exitCodes = {
  ok: 0,
  claimFailed: 1,
  usage: 2,
  implementation: 3,
  invalidInput: 4,
  expectedFailurePassed: 5,
  nothingRan: 6,
  suite: 7,
  partMissing: 75,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'nothing failed',
  1: 'a claim failed',
  2: 'usage error',
  3: 'the implementation cannot be talked to (it does not start, or breaks the protocol)',
  4: 'invalid vectors or baseline',
  5: 'an expected failure passed',
  6: 'nothing ran',
  7: 'a check of this suite itself failed: please report it',
  75: 'a part of the run is missing, which a queue was to compute',
  130: 'interrupted before every claim was checked',
};

/**
 * Strongest first: what makes a later judgement meaningless comes before it. A wrong command line or baseline judges nothing; an
 * implementation that crashes makes its failed claims doubtful; a failed claim matters more than a stale list of known failures.
 */
const precedence: readonly ExitCode[] = [
  exitCodes.usage,
  exitCodes.invalidInput,
  exitCodes.suite,
  exitCodes.implementation,
  exitCodes.claimFailed,
  exitCodes.expectedFailurePassed,
  exitCodes.nothingRan,
  exitCodes.ok,
];

/** The one exit code of several, by precedence and never OR-ed; 0 for none. */
export function dominantExitCode(codes: Iterable<ExitCode>): ExitCode {
  const present = new Set(codes);
  return precedence.find((code) => present.has(code)) ?? exitCodes.ok;
}

const codeOfOutcome = {
  pass: exitCodes.ok,
  expected: exitCodes.ok,
  fail: exitCodes.claimFailed,
  error: exitCodes.claimFailed,
  timeout: exitCodes.claimFailed,
  crash: exitCodes.claimFailed,
  protocol: exitCodes.implementation,
  'suite-error': exitCodes.suite,
  extreme: exitCodes.ok,
  follows: exitCodes.ok,
  'n/a': exitCodes.ok,
  xfail: exitCodes.ok,
  xpass: exitCodes.expectedFailurePassed,
} as const satisfies Readonly<Record<string, ExitCode>>;

export const outcomes = Object.keys(codeOfOutcome) as readonly Outcome[];

/** The exit code of a run. A run without an applicable claim has judged nothing and is not a success. */
export function exitCodeOf(results: readonly Outcome[]): ExitCode {
  if (results.every((outcome) => outcome === 'n/a')) return exitCodes.nothingRan;
  return dominantExitCode(results.map((outcome) => codeOfOutcome[outcome]));
}

/** left / bound of a row; with a bound of 0, only a left side of 0 is within it. */
export function boundRatio(row: Pick<BoundRow, 'left' | 'bound'>): number {
  return row.left === 0 && row.bound === 0 ? 0 : row.left / row.bound;
}

/** A claim or a theorem with the rows that were decided. */
interface Decided {
  readonly id: string;
  readonly rows: readonly Pick<BoundRow, 'instance' | 'iterations' | 'verdict'>[];
}

/** The rows that `--strict` does not accept, and what to do, in one line; undefined if there is none. */
export function strictText(decided: readonly Decided[]): string | undefined {
  const iterations = new Map<string, number[]>();
  for (const { id, rows } of decided) {
    for (const row of rows) {
      const place = `${id} on ${row.instance}`;
      if (row.verdict === 'not-refuted') iterations.set(place, [...(iterations.get(place) ?? []), row.iterations]);
    }
  }
  if (iterations.size === 0) return undefined;
  const places = [...iterations].map(([place, list]) => `${place}, T = ${list.join(', ')}`);
  return `--strict: neither refuted nor proved: ${places.join('; ')}: derive a cap, as docs/statistics.md shows, or leave --strict out`;
}
