import type { Budget, Claim, Depth } from '../../claims/claim.js';
import type { ClaimFacts } from '../../claims/claim-in-pieces.js';
import { claimMaker } from '../../claims/claim-mutant.js';
import type { Finding, RowFinding } from '../../claims/evidence.js';
import { typesIn } from '../../claims/implementation/call.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import type { ExactEngineName } from '../left-side/engine-names.js';
import { implementationReplicates } from '../left-side/replicate-sources.js';
import type { BoundInstance, Schedule, Theorem } from '../theorem/theorem.js';
import { boundEvidence, evidenceOfRows } from './bound-evidence.js';
import { type PlannedRow, rowClaim } from './bound-row.js';
import { withoutRoom } from './comparison.js';

/** T at each depth. */
export type IterationsByDepth = Readonly<Record<Depth, readonly number[]>>;

/** T for the reference, whose replicates are cheap, and for implementations under test, where every step is a call. */
const iterationsOfReference: IterationsByDepth = {
  quick: [1, 4, 16],
  standard: [1, 4, 16, 64, 256, 1024],
  deep: [1, 4, 16, 64, 256, 1024],
};
const iterationsUnderTest: IterationsByDepth = { quick: [1, 4], standard: [1, 4, 16], deep: [1, 4, 16, 64] };

/** A schedule other than the paper's. */
export interface GeneralSchedule {
  /** Its name beside the instance, e.g. `γ = 1.5/L, B = 4`. */
  readonly name: string;
  /** γ and B, instead of the paper's. */
  readonly schedule: (paper: Schedule, iterations: number) => Schedule;
}

/** Texts of a bound claim that default to the theorem's. */
type Words = Partial<Pick<Claim, 'source' | 'statement'>>;

/** A claim that a bound holds: a theorem, and the instances and T on which it is judged. */
export interface BoundClaim extends Omit<Claim, 'check' | 'requires' | 'hypotheses' | keyof Words>, Words {
  /** The bound. */
  readonly theorem: Theorem;
  /** Problems with their starts. An implementation is asked about those whose functions it offers. */
  readonly instances: readonly BoundInstance[];
  /** Judged only on the reference: for statements beyond the paper, on instances whose paper theorems are judged on all implementations. */
  readonly referenceOnly?: true;
  /** T on the reference, instead of 1, 4, 16, … 1024: sampling costs more the closer a left side is to its bound. */
  readonly iterations?: IterationsByDepth | ((instance: BoundInstance) => IterationsByDepth);
  /** The exact engine for all left sides, which are then also compared with the sharpened bound; default: Monte Carlo. */
  readonly engine?: ExactEngineName;
  /** From this T on, the reference uses an exact engine, if one applies, instead of sampling. */
  readonly exactFrom?: number;
  /** The instances were not chosen for the power of the check: a row may end without a decision. */
  readonly unchosen?: PlannedRow['unchosen'];
  /** Steps and mini-batches instead of the theorem's, for a bound that holds for any. */
  readonly schedules?: readonly GeneralSchedule[];
  /** Findings in addition to the worst verdict of the rows, or instead of it. */
  readonly conclude?: (rows: readonly RowFinding[], budget: Budget) => Partial<Finding>;
}

/**
 * Wraps a theorem and its instances into a claim: one row per schedule, instance and T.
 *
 * @example
 * const instance = {
 *   name: 'two parabolas',
 *   problem: {
 *     smooth: { type: 'quadratic', curvature: 1, center: 0 },
 *     functions: [-1, 1].map((center) => ({ type: 'quadratic', curvature: 1, center })),
 *     probabilities: [0.5, 0.5],
 *   },
 *   start: [2],
 * };
 * const claim = boundClaim({
 *   id: 'my-bound',
 *   version: 1,
 *   theorem: theorem1,
 *   instances: [instance],
 *   method: 'second moments in rationals',
 *   engine: 'moments',
 *   referenceOnly: true,
 * });
 * const [{ evidence }] = await runClaims([claim], reference, createBudget());
 * assert.ok(evidence.rows.every(({ left, bound }) => left <= bound));
 */
export const boundClaim = claimMaker((claim: BoundClaim): Claim => {
  const { theorem, instances, iterations, engine, exactFrom, unchosen, schedules, referenceOnly, conclude, ...rest } =
    claim;
  const facts: ClaimFacts = {
    source: theorem.source,
    statement: theorem.statement,
    ...rest,
    hypotheses: theorem.hypotheses,
    judges: [],
    requires:
      referenceOnly || typeof theorem.algorithm !== 'string'
        ? { referenceOnly: true }
        : { methods: ['step'], algorithms: [theorem.algorithm] },
  };
  return rowClaim(facts, {
    plan: (budget, implementation) => plannedRows(claim, implementation, budget),
    conclude(rows, budget, _planned, implementation) {
      if (rows.length === 0) return { ...evidenceOfRows(rows), reason: nearestInstance(implementation, instances) };
      return { ...evidenceOfRows(rows), ...conclude?.(rows, budget) };
    },
  });
});

function plannedRows(
  {
    theorem,
    instances,
    iterations = iterationsOfReference,
    engine,
    exactFrom = Number.POSITIVE_INFINITY,
    unchosen,
    schedules,
  }: BoundClaim,
  implementation: Implementation,
  { depth, signal }: Budget,
): PlannedRow[] {
  const answered = instances.filter((instance) => unknownTypes(implementation, instance).length === 0);
  if (!implementation.reference) {
    const replicates = implementationReplicates(implementation, theorem, signal);
    return answered.flatMap((instance) =>
      iterationsUnderTest[depth].map((T) => ({
        theorem,
        instance,
        iterations: T,
        replicates,
        underTest: true as const,
        ...(unchosen && { unchosen }),
      })),
    );
  }
  return scheduled(theorem, answered, schedules).flatMap((row) => {
    const byDepth = typeof iterations === 'function' ? iterations(row.instance) : iterations;
    return byDepth[depth].map((T): PlannedRow => {
      if (engine !== undefined) return { ...row, iterations: T, engine, comparison: withoutRoom };
      return {
        ...{ ...row, iterations: T, engine: T >= exactFrom ? 'auto' : 'monte-carlo' },
        ...(unchosen && { unchosen }),
      };
    });
  });
}

/** The theorem on its instances at every schedule, or at its own. */
function scheduled(theorem: Theorem, instances: readonly BoundInstance[], schedules?: readonly GeneralSchedule[]) {
  if (schedules === undefined) return instances.map((instance) => ({ theorem, instance }));
  return schedules.flatMap(({ name, schedule }) => {
    const general: Theorem = {
      ...theorem,
      schedule: (iterations, constants) => schedule(theorem.schedule(iterations, constants), iterations),
    };
    return instances.map((instance) => ({
      theorem: general,
      instance: { ...instance, name: `${instance.name}, ${name}` },
    }));
  });
}

/** A planted error: a theorem changed so that it is false on this instance. */
export interface PlantedError {
  readonly name: string;
  readonly theorem: Theorem;
  readonly instance: BoundInstance;
  readonly iterations: readonly number[];
  /** The exact engine that finds its left sides; default: Monte Carlo, which runs the algorithm of the theorem with the same id. */
  readonly engine?: ExactEngineName;
}

/** Planted errors in a theorem's check. */
export interface ControlClaim extends Omit<Claim, 'check' | 'requires' | 'source' | 'statement' | 'hypotheses'> {
  /** The theorem whose check is tested. */
  readonly theorem: Theorem;
  /** The planted errors, which must be found. */
  readonly planted: readonly PlantedError[];
}

/**
 * A claim that the check can fail: every planted error must come out `violated`.
 *
 * @example
 * const instance = {
 *   name: 'two parabolas',
 *   problem: {
 *     smooth: { type: 'quadratic', curvature: 1, center: 0 },
 *     functions: [-1, 1].map((center) => ({ type: 'quadratic', curvature: 1, center })),
 *     probabilities: [0.5, 0.5],
 *   },
 *   start: [2],
 * };
 * const fifth = { ...theorem1, bound: (...of) => theorem1.bound(...of) / 5 };
 * const claim = controlClaim({
 *   id: 'my-control',
 *   version: 1,
 *   theorem: theorem1,
 *   planted: [{ name: 'a fifth of the bound', theorem: fifth, instance, iterations: [4] }],
 *   method: 'a bound that is false is refuted',
 * });
 * const [{ evidence }] = await runClaims([claim], reference, createBudget());
 * assert.equal(evidence.verdict, 'holds');
 */
export const controlClaim = claimMaker(({ theorem, planted, ...claim }: ControlClaim): Claim => {
  const facts = {
    ...claim,
    source: { section: 'beyond the paper', equation: `negative controls of ${theorem.source.equation}` },
    statement: `planted errors in ${theorem.source.equation} are found: a check that cannot fail proves nothing`,
    requires: { referenceOnly: true },
  } as const;
  return rowClaim(facts, {
    plan: () =>
      planted.flatMap(({ name, iterations, instance, ...error }) =>
        iterations.map((T) => ({ ...error, instance: { ...instance, name }, iterations: T })),
      ),
    conclude(rows) {
      const found = rows.filter((row) => row.verdict === 'violated').length;
      return boundEvidence(
        rows,
        found === rows.length ? 'holds' : 'violated',
        `${found} of ${rows.length} planted errors came out violated`,
      );
    },
  });
});

/** Types of the functions and the smooth term of the instance that the implementation does not offer. */
function unknownTypes({ description }: Implementation, { problem }: BoundInstance): string[] {
  const functions = typesIn(problem.functions).filter((type) => !description.functions.includes(type));
  const smooth = typesIn(problem.smooth).filter((type) => !description.smooth.includes(type));
  return [...new Set([...smooth, ...functions])];
}

/** Why no instance can be asked about, and what is missing for one of them. */
function nearestInstance(implementation: Implementation, instances: readonly BoundInstance[]): string {
  const why = 'no instance has only functions that the implementation offers';
  const missing = instances.map((instance) => unknownTypes(implementation, instance));
  const fewest = missing.reduce<readonly string[] | undefined>(
    (best, next) => (best === undefined || next.length < best.length ? next : best),
    undefined,
  );
  return fewest === undefined ? why : `${why}: one would with ${fewest.join(', ')}`;
}
