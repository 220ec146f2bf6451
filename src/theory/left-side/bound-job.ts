import type { Budget } from '../../claims/claim.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { BoundInstance, Schedule } from '../theorem/theorem.js';
import type { AlgorithmParameters } from '../theorem/theorem-algorithm.js';

/** Everything that one replicate of a bound check depends on, as data. */
export interface BoundJob {
  readonly problem: ProblemSpecification;
  readonly start: readonly number[];
  readonly iterations: number;
  readonly step: number;
  readonly miniBatch: number;
  readonly parameters?: AlgorithmParameters;
  readonly signOfZero: SignConvention;
  /** Parts of the stream key: master seed, check id (claim, instance and T) and version of the check. */
  readonly seed: string;
  readonly check: string;
  readonly version: number;
}

/** The row and claim of a replicate, which key its stream. */
export interface RowKey {
  readonly claim: string;
  readonly version: number;
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly budget: Pick<Budget, 'seed'>;
}

/** The data that the replicates of a row depend on. */
export function boundJob({ claim, version, instance, iterations, budget }: RowKey, schedule: Schedule): BoundJob {
  return {
    problem: instance.problem,
    start: instance.start,
    iterations,
    ...schedule,
    signOfZero: instance.signOfZero ?? 'zero',
    seed: budget.seed,
    check: `${claim}/${instance.name}/${iterations}`,
    version,
  };
}
