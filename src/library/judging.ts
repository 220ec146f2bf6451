import { type Budget, type Claim, type Depth, depths, type Executor } from '../claims/claim.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { version } from '../claims/implementation/version.js';
import { type CheckedClaim, inapplicable } from '../claims/run-claims.js';
import { isSeed, seedWords } from '../claims/seed.js';
import { selectNames } from '../claims/text.js';
import { buildRunRecord } from '../report/record/build-run-record.js';
import type { RunRecord } from '../report/record/run-record.js';

/** What a check asks for, in Node and in a browser; `quick` and `1` if depth and seed are left out. */
interface Requested {
  readonly claims?: string;
  readonly depth?: Depth;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly signal?: AbortSignal;
}

/** @throws RangeError for an invalid depth or seed */
export function budgetWith({ depth = 'quick', seed = '1', signal }: Requested, executor: Executor): Budget {
  if (!depths.includes(depth)) throw new RangeError(`a depth is ${depths.join(', ')}, got ${JSON.stringify(depth)}`);
  if (!isSeed(seed)) throw new RangeError(`a seed is ${seedWords}, got ${JSON.stringify(seed)}`);
  return {
    ...{ depth, seed, executor },
    ...(signal && { signal }),
    reproduce: (claim) => `claims '${claim}', depth '${depth}', seed '${seed}'`,
  };
}

/**
 * Those of all claims that apply to an implementation and match a pattern.
 *
 * @throws RangeError for a pattern that matches no claim
 */
export function claimsFor(
  all: readonly Claim[],
  implementation: Implementation,
  patterns: string | undefined,
): readonly Claim[] {
  const { selected, unmatched } = selectNames(
    all.map(({ id }) => id),
    patterns ?? '*',
  );
  if (unmatched !== undefined) throw new RangeError(`no claim matches ${unmatched}`);
  return all.filter((claim) => selected.includes(claim.id) && inapplicable(claim, implementation) === undefined);
}

/** The record of claims that were checked from within a program: its command says what the program asked for. */
export function recordOf(
  implementation: Implementation,
  checked: readonly CheckedClaim[],
  { claims, depth = 'quick', seed = '1', strict = false }: Requested,
  startedAt: Date,
  environment: RunRecord['environment'],
): RunRecord {
  return buildRunRecord({
    suite: { name: 'signprox', version },
    environment,
    command: `judge(implementation, ${JSON.stringify({ ...(claims && { claims }), depth, seed })})`,
    ...{ seed, depth, checked, strict, refuseNotRefuted: strict },
    implementation: implementation.description,
    ...(!implementation.reference && { asked: [] }),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    startedAt: startedAt.toISOString(),
  });
}
