import type { Claim, Depth } from '../claim.js';
import { type ClaimOf, claimOf } from '../claim-mutant.js';
import type { BoundRow } from '../evidence.js';
import type { Implementation } from '../implementation/implementation.js';
import type { ExactEngineName } from '../left-side/exact-engine.js';
import { answerInTurns } from '../left-side/exact-engines.js';
import { executorReplicates, implementationReplicates } from '../left-side/replicate-sources.js';
import type { BoundInstance } from '../theorems/bound-instance.js';
import { prepareBound } from '../theorems/prepare-bound.js';
import type { Theorem } from '../theorems/theorem.js';
import { boundEvidence, evidenceOfRows } from './bound-evidence.js';
import { decideRow, type RowRequest } from './bound-row.js';
import { exactRow } from './exact-row.js';

/** T at each depth for the reference, whose replicates are cheap, and for implementations under test, whose steps are calls. */
const iterationsByDepth = { quick: [1, 4, 16], standard: [1, 4, 16, 64, 256, 1024], deep: [1, 4, 16, 64, 256, 1024] };
const iterationsUnderTest = { quick: [1, 4], standard: [1, 4, 16], deep: [1, 4, 16, 64] };

export interface BoundClaim extends Omit<Claim, 'check' | 'requires' | 'source' | 'statement'> {
  readonly theorem: Theorem;
  /** URL of the module that exports `replicate` for this theorem. */
  readonly module: string;
  readonly instances: readonly BoundInstance[];
  /** Judged on the reference only: for statements beyond the paper, on instances on which the paper's own are judged everywhere. */
  readonly referenceOnly?: true;
  /** T at each depth on the reference, in place of 1, 4, 16, … 1024: sampling costs more the nearer a left side is to its bound. */
  readonly iterations?: (instance: BoundInstance) => Readonly<Record<Depth, readonly number[]>>;
  /** On the reference, left sides of longer runs by an exact engine where it applies, in place of sampling. */
  readonly exact?: { readonly engine: ExactEngineName; readonly from: number };
}

/** A planted error: a change of the row that makes the theorem false, so that the check must answer `violated`. */
export interface PlantedRow {
  readonly name: string;
  readonly instance: BoundInstance;
  readonly iterations: readonly number[];
  /** The step in place of the schedule's. */
  readonly step?: number;
  readonly sigmaFactor?: number;
  readonly boundFactor?: number;
}

/** Planted errors in a theorem's check. */
export type ControlClaim = Omit<BoundClaim, 'instances'> & { readonly planted: readonly PlantedRow[] };

/** Wraps a theorem and its instances into a claim: one row per instance and T, each decided by STATISTICS' two e-processes. */
export function boundClaim(data: BoundClaim): ClaimOf<BoundClaim> {
  return claimOf(data, makeBoundClaim);
}

function makeBoundClaim(claim: BoundClaim): Claim {
  const { theorem, module, instances, iterations: own, exact, referenceOnly, ...rest } = claim;
  return {
    ...rest,
    source: theorem.source,
    statement: theorem.statement,
    hypotheses: theorem.hypotheses,
    requires: referenceOnly ? { referenceOnly } : { methods: ['step'], algorithms: [theorem.algorithm] },
    async check(implementation, budget) {
      const iterationsOf = (instance: BoundInstance): readonly number[] =>
        (implementation.reference ? (own?.(instance) ?? iterationsByDepth) : iterationsUnderTest)[budget.depth];
      const rows: BoundRow[] = [];
      for (const instance of instances.filter((entry) => answers(implementation, entry))) {
        for (const T of iterationsOf(instance)) {
          budget.signal?.throwIfAborted();
          budget.progress?.(`${instance.name}, T = ${T}`);
          const request: RowRequest = {
            ...{ claim: claim.id, version: claim.version, theorem, instance, iterations: T, budget },
            replicates: implementation.reference
              ? executorReplicates(budget.executor, module)
              : implementationReplicates(implementation, theorem, budget.signal),
          };
          const known = implementation.reference && exact !== undefined && T >= exact.from;
          rows.push((known ? await exactRowBy(exact.engine, request) : undefined) ?? (await decideRow(request)));
        }
      }
      return evidenceOfRows(rows);
    },
  };
}

/** The row by an exact engine; undefined where that does not apply. */
async function exactRowBy(engine: ExactEngineName, request: RowRequest): Promise<BoundRow | undefined> {
  const { theorem, instance, iterations, budget } = request;
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) return undefined;
  const { schedule } = prepared;
  const asked = { theorem, instance, iterations, schedule, signOfZero: instance.signOfZero ?? 'zero' } as const;
  const left = await answerInTurns(engine, asked, budget.signal);
  return 'inapplicable' in left ? undefined : exactRow(request, prepared, left);
}

/** A claim that the check can fail: every planted error must come out `violated`. */
export function controlClaim(data: ControlClaim): ClaimOf<ControlClaim> {
  return claimOf(data, makeControlClaim);
}

function makeControlClaim(claim: ControlClaim): Claim {
  const { theorem, module, planted, ...rest } = claim;
  return {
    ...rest,
    source: { section: 'beyond the paper', equation: `negative controls of ${theorem.source.equation}` },
    statement: `planted errors in ${theorem.source.equation} are found: a check that cannot fail proves nothing`,
    requires: { referenceOnly: true },
    async check(_implementation, budget) {
      const rows: BoundRow[] = [];
      for (const { name, instance, iterations, ...change } of planted) {
        for (const T of iterations) {
          budget.signal?.throwIfAborted();
          budget.progress?.(`${name}, T = ${T}`);
          const request: RowRequest = {
            ...{ claim: claim.id, version: claim.version, theorem, iterations: T, budget },
            instance: { ...instance, name },
            replicates: executorReplicates(budget.executor, module),
            ...change,
          };
          rows.push(await decideRow(request));
        }
      }
      const found = rows.filter((row) => row.verdict === 'violated').length;
      return boundEvidence(
        rows,
        found === rows.length ? 'holds' : 'violated',
        `${found} of ${rows.length} planted errors came out violated`,
      );
    },
  };
}

/** True when the implementation knows every function and smooth term of the instance. */
function answers(implementation: Implementation, { problem }: BoundInstance): boolean {
  const { functions, smooth } = implementation.description;
  const known = (specification: unknown): boolean =>
    typeof specification !== 'object' ||
    specification === null ||
    Object.entries(specification).every(([key, value]) =>
      key === 'type' ? functions.includes(String(value)) : known(value),
    );
  return smooth.includes(problem.smooth.type) && problem.functions.every(known);
}
